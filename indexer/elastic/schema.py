"""Our fields in Elasticsearch's terms.

In: field lists of the room and the settings of new indices. Out: the body that creates an index.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.settings import IndexSettings
from dossier.text import ANALYSIS
from indexer.entries import SCHEMA
from indexer.records import DOCUMENT_FIELDS, PAGE_FIELDS, FieldSpec, Kind

Json = dict[str, object]

META: Json = {"schema": SCHEMA, "analysis": ANALYSIS}
"""Versions that made an index, kept in its mapping."""

REFRESH = "30s"

_TYPES: dict[Kind, Json] = {
    # Tokens come ready and are only split at spaces, so no analysis plugin is needed anywhere.
    Kind.TEXT: {"type": "text", "analyzer": "whitespace"},
    Kind.WORDS: {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False},
    Kind.KEYWORD: {"type": "keyword"},
    Kind.FACET: {"type": "keyword"},
    Kind.ORDER: {"type": "keyword"},
    Kind.NUMBER: {"type": "long"},
    Kind.KEPT: {"type": "keyword", "index": False, "doc_values": False},
}


def index_settings(settings: IndexSettings) -> Json:
    """Settings of a new index while it is being filled: no replicas and no refresh until it answers."""
    return {
        "number_of_shards": settings.shards,
        "number_of_replicas": 0,
        "codec": "best_compression",
        "refresh_interval": "-1",
        "gc_deletes": "1h",
        "max_result_window": 10_000,
    }


def live_settings(settings: IndexSettings) -> Json:
    """Settings of an index that answers."""
    return {"number_of_replicas": settings.replicas, "refresh_interval": REFRESH}


def _mapping(fields: Sequence[FieldSpec]) -> Json:
    return {"dynamic": "strict", "_meta": META, "properties": {field.name: _TYPES[field.kind] for field in fields}}


def documents_mapping() -> Json:
    """Mapping of documents."""
    return _mapping(DOCUMENT_FIELDS)


def pages_mapping() -> Json:
    """Mapping of pages; they lie on the shard of their document."""
    return _mapping(PAGE_FIELDS) | {"_routing": {"required": True}}
