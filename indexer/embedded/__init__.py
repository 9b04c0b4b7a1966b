"""The embedded engine (tantivy): an index in a folder, nothing to install."""
