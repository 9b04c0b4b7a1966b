"""A document and its pages as an index keeps them: analysed once, here, for every engine.

In: a document, the pages read, its dossier, a version that grows with every change. Out: one entry a document, one a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Access, Document, Dossier, Page
from dossier.text import Stream, join_streams, stream
from indexer.form import WITH_TEXT, Value, keywords_of, numbers_of, orders_of, values_of, words_of
from indexer.hints import hints_of
from indexer.narrowing import Facet
from indexer.query import TextField

SCHEMA = 2
"""Version of the entries' shape; raise it when a field changes, and every index asks to be rebuilt."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of a document. `number` is its place in the document, from 1."""

    page_id: str
    document_id: str
    number: int
    version: int
    access: Access
    text: Stream


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document: facts to filter and sort by, and streams to search in.

    Attributes:
        seq: breaks ties in every order, the same in every engine.
        keywords: whole values to filter by, by index field. values: what can be filtered and counted.
        numbers, orders: what can be compared and sorted by, by index field.
        text: whole text, then the facts as words, so that every word of a question may stand in either.
        fields: streams to search in by name. `hints`: what is offered while somebody types.
    """

    document_id: str
    dossier_id: str
    version: int
    access: Access
    seq: int
    page_ids: tuple[str, ...]
    keywords: dict[str, tuple[str, ...]]
    values: dict[Facet, tuple[Value, ...]]
    numbers: dict[str, int]
    orders: dict[str, str]
    text: Stream
    fields: dict[TextField, Stream]
    hints: tuple[str, ...] = ()


def tie_breaker(document_id: str) -> int:
    """A number of 52 bits out of an id: exact as a JSON number and as a double."""
    return int.from_bytes(hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 12


def entries_of(
    document: Document, pages: Sequence[Page], dossier: Dossier, version: int, access: Access
) -> tuple[DocumentEntry, tuple[PageEntry, ...]]:
    """Analyse a document with those of its pages that were read; pages of other documents are passed over.

    Args:
        document: the document.
        pages: pages in any order; those in `document.page_ids` are taken, in its order.
        dossier: where it lies.
        version: a number that is higher for every later state of this document.
        access: who may see it.
    """
    read = {page.id: page for page in pages}
    page_entries = tuple(
        PageEntry(identifier, document.id, number, version, access, stream(read[identifier].text))
        for number, identifier in enumerate(document.page_ids, start=1)
        if identifier in read
    )
    fields = {name: stream(text) for name, text in words_of(document, dossier).items()}
    whole = join_streams(entry.text for entry in page_entries)
    facts = (words for name, words in fields.items() if name in WITH_TEXT)
    entry = DocumentEntry(
        document_id=document.id,
        dossier_id=dossier.id,
        version=version,
        access=access,
        seq=tie_breaker(document.id),
        page_ids=tuple(entry.page_id for entry in page_entries),
        keywords=keywords_of(document, dossier),
        values=values_of(document, dossier),
        numbers=numbers_of(document),
        orders=orders_of(document),
        text=join_streams([whole, *facts], apart=True),
        fields=fields,
        hints=hints_of(document, dossier, fields=fields, whole=whole),
    )
    return entry, page_entries
