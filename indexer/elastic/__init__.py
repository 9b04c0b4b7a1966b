"""Elasticsearch 8.19 and 9 through the official client."""
