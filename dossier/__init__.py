"""The words every room speaks: data model, Vietnamese text rules, messages, errors and settings. Imports no other room."""
