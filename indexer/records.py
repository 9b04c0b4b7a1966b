"""The fields of the two indices and the records that fill them, the same for every engine.

In: entries. Out: flat records of texts (tokens with spaces), keywords and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier.model import Access
from indexer.entries import LABEL_MARK, SCHEMA, DocumentEntry, PageEntry, tie_breaker
from indexer.query import TextField
from indexer.question import Facet, FacetCount

GENERATION_STEM = f"v{SCHEMA}"

NO_DAY_LAST = 99_999_999
"""Sort value that puts a document without date last when the oldest come first."""

Record = dict[str, str | int | list[str]]


class Kind(StrEnum):
    """What a field can do.

    `TEXT`: tokens with positions. `KEYWORD`: whole values, several allowed. `FACET`, `ORDER`: keywords that are counted or
    sorted by. `NUMBER`: integers to compare and sort by. `KEPT`: only given back.
    """

    TEXT = "text"
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
    FieldSpec("number_key", Kind.KEYWORD),
    FieldSpec("first_day", Kind.NUMBER),
    FieldSpec("last_day", Kind.NUMBER),
    FieldSpec("oldest_day", Kind.NUMBER),
    FieldSpec("title_key", Kind.ORDER),
    FieldSpec("dates", Kind.KEYWORD),
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
        "first_day": entry.first_day,
        "last_day": entry.last_day,
        "oldest_day": entry.first_day or NO_DAY_LAST,
        "title_key": entry.title_key,
        "dates": list(entry.text.dates),
        "text_ex": entry.text.ex,
        "text_fo": entry.text.fo,
    }
    if entry.number_key:
        record["number_key"] = entry.number_key
    for field, stream in entry.fields.items():
        record |= {f"{field.value}_ex": stream.ex, f"{field.value}_fo": stream.fo}
    for name, value in entry.values.items():
        record |= {f"{name}_key": value.key, f"{name}_facet": f"{value.key}{LABEL_MARK}{value.label}"}
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
        "first_day": 0,
        "last_day": 0,
        "oldest_day": NO_DAY_LAST,
        "title_key": "",
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
        "number": entry.number,
        "version": entry.version,
        **_access_record(entry.access),
        "dates": list(entry.text.dates),
        "text_ex": entry.text.ex,
        "text_fo": entry.text.fo,
    }


FACET_VALUES = 1_000
"""Different printed values of one facet that are counted."""


def facet_counts(buckets: list[tuple[str, int]]) -> tuple[FacetCount, ...]:
    """Buckets of printed values to values: spellings of one key are summed, the most frequent one is the label."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for text, count in sorted(buckets, key=lambda bucket: (-bucket[1], bucket[0])):
        key, _, label = text.partition(LABEL_MARK)
        counts[key] = counts.get(key, 0) + count
        labels.setdefault(key, label)
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple(FacetCount(key, labels[key], counts[key]) for key in ordered)
