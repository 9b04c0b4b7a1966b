"""The fields of the two indices and the records that fill them, the same for every engine.

In: entries. Out: flat records of texts (tokens with spaces), keywords and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier.model import Access
from indexer.entries import SCHEMA, DocumentEntry, PageEntry, tie_breaker
from indexer.form import LABEL_MARK, Value
from indexer.hints import FIELD as HINTS
from indexer.narrowing import IDENTIFIED, TIMELINE, Facet, value_key
from indexer.query import TextField
from indexer.question import FacetCount

GENERATION_STEM = f"v{SCHEMA}"

Record = dict[str, str | int | list[str]]


class Kind(StrEnum):
    """What a field can do.

    `TEXT`: tokens with positions. `WORDS`: tokens without. `KEYWORD`: whole values, several allowed. `FACET`, `ORDER`: keywords
    that are counted or sorted by. `NUMBER`: integers to compare and sort by. `KEPT`: only given back.
    """

    TEXT = "text"
    WORDS = "words"
    KEYWORD = "keyword"
    FACET = "facet"
    ORDER = "order"
    NUMBER = "number"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of an index; `returned` fields come back with a hit."""

    name: str
    kind: Kind
    returned: bool = False


KEYWORDS = ("number_key", "number_part", "cites_key", "arrival_number_key", "file_key", "branch_key")
"""Whole values to filter by."""

NUMBERS = (
    "first_day", "last_day", "oldest_day", "arrival_first", "arrival_last", "arrival_oldest", "number_lowest", "number_highest",
    "page_amount",
)  # fmt: skip
"""Numbers to compare and sort by."""

ORDERS = ("title_order", "agency_order", "signer_order")
"""Texts to sort by."""

STREAM_FIELDS = tuple(field for field in TextField if field is not TextField.DATE)

ACCESS_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("acl", Kind.KEYWORD),
    FieldSpec("level", Kind.NUMBER),
    FieldSpec("open_from", Kind.NUMBER),
)
"""Who may see an entry; in both indices."""

DOCUMENT_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("document_id", Kind.KEYWORD, returned=True),
    FieldSpec("dossier_id", Kind.KEYWORD, returned=True),
    FieldSpec("deleted", Kind.KEYWORD),
    FieldSpec("version", Kind.NUMBER, returned=True),
    FieldSpec("seq", Kind.NUMBER),
    *ACCESS_FIELDS,
    FieldSpec("page_ids", Kind.KEPT),
    *(FieldSpec(name, Kind.KEYWORD) for name in KEYWORDS),
    *(FieldSpec(name, Kind.NUMBER) for name in NUMBERS),
    *(FieldSpec(name, Kind.ORDER) for name in ORDERS),
    FieldSpec("dates", Kind.KEYWORD),
    FieldSpec(HINTS, Kind.KEYWORD),
    FieldSpec("text_ex", Kind.TEXT),
    FieldSpec("text_fo", Kind.TEXT),
    *(FieldSpec(f"{field.value}_{form}", Kind.TEXT) for field in STREAM_FIELDS for form in ("ex", "fo")),
    *(FieldSpec(f"{facet.value}_key", Kind.KEYWORD) for facet in Facet),
    *(FieldSpec(f"{facet.value}_facet", Kind.FACET) for facet in Facet),
)

PAGE_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("entry_id", Kind.KEYWORD),
    FieldSpec("document_id", Kind.KEYWORD, returned=True),
    FieldSpec("page_id", Kind.KEYWORD, returned=True),
    FieldSpec("document_seq", Kind.NUMBER),
    FieldSpec("number", Kind.NUMBER, returned=True),
    FieldSpec("version", Kind.NUMBER),
    *ACCESS_FIELDS,
    FieldSpec("dates", Kind.KEYWORD),
    FieldSpec("text_ex", Kind.TEXT),
    FieldSpec("text_fo", Kind.TEXT),
)


def _access_record(access: Access) -> Record:
    return {"acl": list(access.groups), "level": int(access.level), "open_from": access.open_from}


def document_record(entry: DocumentEntry) -> Record:
    """The record of a document."""
    record: Record = {
        "document_id": entry.document_id,
        "dossier_id": entry.dossier_id,
        "version": entry.version,
        "seq": entry.seq,
        **_access_record(entry.access),
        "page_ids": list(entry.page_ids),
        "dates": list(entry.text.dates),
        HINTS: list(entry.hints),
        "text_ex": entry.text.ex,
        "text_fo": entry.text.fo,
        **entry.numbers,
        **entry.orders,
    }
    record |= {name: list(keys) for name, keys in entry.keywords.items() if keys}
    for field, stream in entry.fields.items():
        record |= {f"{field.value}_ex": stream.ex, f"{field.value}_fo": stream.fo}
    for facet, values in entry.values.items():
        record[f"{facet.value}_key"] = list(dict.fromkeys(key for value in values for key in (value.key, *value.others)))
        record[f"{facet.value}_facet"] = [facet_text(facet, value) for value in values]
    return record


def tombstone_record(document_id: str, version: int) -> Record:
    """The record that stands where a document was deleted, so that an older put that comes late is seen as stale."""
    return {
        "document_id": document_id,
        "dossier_id": "",
        "deleted": "1",
        "version": version,
        "seq": tie_breaker(document_id),
        "page_ids": [],
    }


def page_entry_id(document_id: str, page_id: str) -> str:
    """Id of a page's record: with the document, since a page may move to another one."""
    return f"{document_id}/{page_id}"


def page_record(entry: PageEntry) -> Record:
    """The record of a page."""
    return {
        "entry_id": page_entry_id(entry.document_id, entry.page_id),
        "document_id": entry.document_id,
        "page_id": entry.page_id,
        "document_seq": tie_breaker(entry.document_id),
        "number": entry.number,
        "version": entry.version,
        **_access_record(entry.access),
        "dates": list(entry.text.dates),
        "text_ex": entry.text.ex,
        "text_fo": entry.text.fo,
    }


FACET_VALUES = 5_000
"""Most printed values of one facet that are read from an engine."""


def facet_text(facet: Facet, value: Value) -> str:
    """A value as an engine counts it: key and label, and behind an id the label as people look for it."""
    looked_for = f"{LABEL_MARK}{value_key(value.label)}" if facet in IDENTIFIED else ""
    return f"{value.key}{LABEL_MARK}{value.label}{looked_for}"


def values_to_read(facet: Facet, limit: int) -> int:
    """How many printed values to read for `limit` values: several spellings make one value."""
    return FACET_VALUES if facet in TIMELINE else min(2 * limit + 20, FACET_VALUES)


def value_pattern(beginning: str) -> str:
    """A regular expression, in what engines have in common, for values one of whose words begins so, and some more."""
    letters = "".join(letter if letter.isalnum() else "." for letter in value_key(beginning))
    return f"(.*[^a-z0-9])?{letters}.*"


def _begins(text: str, beginning: str) -> bool:
    """Whether a word of a value begins so, or the words from there on."""
    looked_for = f" {value_key(beginning)}"
    return any(looked_for in f" {part}" for part in text.split(LABEL_MARK)[::2])


def facet_counts(facet: Facet, buckets: list[tuple[str, int]], limit: int, beginning: str = "") -> tuple[FacetCount, ...]:
    """Buckets of printed values to values: spellings of one key are summed, the most frequent one is the label.

    The most frequent values come first; those of a timeline are all given, from the oldest on.
    """
    if beginning:
        buckets = [bucket for bucket in buckets if _begins(bucket[0], beginning)]
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for text, count in sorted(buckets, key=lambda bucket: (-bucket[1], bucket[0])):
        key, label = text.split(LABEL_MARK)[:2]
        counts[key] = counts.get(key, 0) + count
        labels.setdefault(key, label)
    if facet in TIMELINE:
        return tuple(FacetCount(key, labels[key], counts[key]) for key in sorted(counts))
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple(FacetCount(key, labels[key], counts[key]) for key in ordered[:limit])
