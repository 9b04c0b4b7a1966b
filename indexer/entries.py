"""A document and its pages as an index keeps them: analysed once, here, for every engine.

In: a document, the pages read, its dossier, a version that grows with every change. Out: one entry a document, one a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Access, Document, Dossier, Found, Page
from dossier.text import Stream, fold, join_streams, normalise, number_key, sort_key, stream, written_days
from indexer.query import TextField

SCHEMA = 2
"""Version of the entries' shape; raise it when a field changes, and every index asks to be rebuilt."""

MAX_VALUE = 1_000
"""Longest value to filter and count by, in characters; engines refuse terms of 32 KB and garbage can be that long."""

LABEL_MARK = "\x1f"
"""Stands between key and label of a facet value; no text has it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value to filter and count by: `key` is compared, `label` is shown."""

    key: str
    label: str


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
        number_key: số, ký hiệu for equality and prefix, "" without one.
        first_day, last_day: the days its date stands for (YYYYMMDD), both 0 without one.
        values: what can be filtered and counted, by facet name.
        text: whole text, then the facts as words, so that every word of a question may stand in either.
        fields: streams to search in by name.
    """

    document_id: str
    dossier_id: str
    version: int
    access: Access
    seq: int
    page_ids: tuple[str, ...]
    number_key: str
    first_day: int
    last_day: int
    title_key: str
    values: dict[str, Value]
    text: Stream
    fields: dict[TextField, Stream]


def tie_breaker(document_id: str) -> int:
    """A number of 52 bits out of an id: exact as a JSON number and as a double."""
    return int.from_bytes(hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 12


def value_key(text: str) -> str:
    """The form in which values of filters are compared: single spaces, no case, no marks."""
    return " ".join(fold(text).split())


def _value(text: str | None) -> Value | None:
    clean = normalise(text or "").encode("utf-8", "ignore").decode().replace(LABEL_MARK, " ")
    label = " ".join(clean.split())[:MAX_VALUE]
    return Value(value_key(label), label) if label else None


def _printed(found: Found | None) -> str:
    return found.value if found is not None else ""


def _words(document: Document, dossier: Dossier) -> dict[TextField, str]:
    agencies = (_printed(document.parent_organ_name), _printed(document.organ_name))
    return {
        TextField.NUMBER: document.number or "",
        TextField.TYPE: _printed(document.type_name),
        TextField.AGENCY: "\n".join(agency for agency in agencies if agency),
        TextField.PLACE: _printed(document.issued_place),
        TextField.SIGNER: _printed(document.signer_name),
        TextField.SUBJECT: _printed(document.subject),
        TextField.DOSSIER: " ".join(part for part in (dossier.name, dossier.facts.title or "") if part),
        TextField.FONDS: dossier.facts.fonds or "",
        TextField.PRIORITY: _printed(document.priority),
    }


def _values(document: Document, dossier: Dossier, year: int) -> dict[str, Value]:
    label = _value(dossier.facts.title or dossier.name) or Value("", dossier.id)
    found = {
        "agency": _value(_printed(document.organ_name)),
        "type": _value(_printed(document.type_name)),
        "place": _value(_printed(document.issued_place)),
        "signer": _value(_printed(document.signer_name)),
        "fonds": _value(dossier.facts.fonds),
        "priority": _value(_printed(document.priority)),
        "dossier": Value(dossier.id, label.label),
        "year": _value(str(year) if year else None),
    }
    return {name: value for name, value in found.items() if value is not None}


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
    words = _words(document, dossier)
    fields = {name: stream(text) for name, text in words.items() if text}
    days = written_days(_printed(document.issued_date)) or (0, 0)
    whole = join_streams(entry.text for entry in page_entries)
    entry = DocumentEntry(
        document_id=document.id,
        dossier_id=dossier.id,
        version=version,
        access=access,
        seq=tie_breaker(document.id),
        page_ids=tuple(entry.page_id for entry in page_entries),
        number_key=number_key(words[TextField.NUMBER])[:MAX_VALUE],
        first_day=days[0],
        last_day=days[1],
        title_key=sort_key(words[TextField.SUBJECT] or words[TextField.TYPE]),
        values=_values(document, dossier, days[0] // 10_000),
        text=join_streams([whole, *fields.values()], apart=True),
        fields=fields,
    )
    return entry, page_entries
