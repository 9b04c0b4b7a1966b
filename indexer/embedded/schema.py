"""Our fields in tantivy's terms.

In: field lists and records of the room. Out: tantivy schemas and documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy

from indexer.embedded.pairs import PAIRS
from indexer.records import DOCUMENT_FIELDS, FieldSpec, Kind, Record

EMBEDDED_DOCUMENT_FIELDS: tuple[FieldSpec, ...] = (*DOCUMENT_FIELDS, FieldSpec(PAIRS, Kind.WORDS))
"""Fields of documents in this engine: everybody's, and pairs of words, which Elasticsearch makes itself where they are wanted."""

TOKENS = "tokens"
"""Name of the analyzer for text: tokens come ready and are only split at spaces."""


def build_schema(fields: Sequence[FieldSpec]) -> tantivy.Schema:
    """A tantivy schema of these fields."""
    builder = tantivy.SchemaBuilder()
    for field in fields:
        match field.kind:
            case Kind.TEXT:
                builder.add_text_field(field.name, tokenizer_name=TOKENS, index_option="position")
            case Kind.WORDS:
                builder.add_text_field(field.name, tokenizer_name=TOKENS, index_option="basic")
            case Kind.KEYWORD:
                builder.add_text_field(field.name, stored=field.returned, tokenizer_name="raw", index_option="basic")
            case Kind.FACET | Kind.ORDER:
                builder.add_text_field(field.name, fast=True, tokenizer_name="raw", index_option="basic")
            case Kind.NUMBER:
                builder.add_unsigned_field(field.name, stored=field.returned, indexed=True, fast=True)
            case Kind.KEPT:
                pass  # pages of a document are replaced by its id here, nothing has to be remembered
    return builder.build()


def open_tantivy(folder: Path, fields: Sequence[FieldSpec]) -> tantivy.Index:
    """Open the index in `folder`, creating it when the folder is empty."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(build_schema(fields), path=str(folder), reuse=True)
    index.register_tokenizer(TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader(reload_policy="manual")
    return index


def to_document(record: Record, fields: Sequence[FieldSpec]) -> tantivy.Document:
    """A tantivy document; the typed adders refuse at once what would otherwise break the whole batch at commit."""
    document = tantivy.Document()
    for field in fields:
        value = record.get(field.name)
        if value is None or field.kind is Kind.KEPT:
            continue
        if isinstance(value, int):
            document.add_unsigned(field.name, value)
        else:
            for text in value if isinstance(value, list) else [value]:
                document.add_text(field.name, text)
    return document
