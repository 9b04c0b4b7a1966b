"""Every field of the form as an index sees it: words to search in, values to filter and count by, numbers and orders.

In: a document and the dossier it lies in. Out: words by field, values by facet, keywords, numbers, sort keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dossier.catalogues.units import bare_name
from dossier.model import ArchivalFacts, Document, Dossier, Found, Issuer, MentionKind
from dossier.text import Days, fold, name_sort_key, normalise, number_key, sort_key, written_days
from indexer.narrowing import NO, UNKNOWN, YES, Facet, branch_key, value_key
from indexer.query import TextField

MAX_VALUE = 1_000
"""Longest value to filter and count by, in characters; engines refuse terms of 32 KB and garbage can be that long."""

LABEL_MARK = "\x1f"
"""Stands between key, label and folded label of a facet value; no text has it."""

NO_VALUE_LAST = 99_999_999_999_999
"""Sort value that puts a document without the value last in a rising order."""

_MOST_NUMBER = 999_999_999
_FIRST_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Value:
    """A value to filter and count by: `key` is compared, `label` is shown; `others` are compared but not counted."""

    key: str
    label: str
    others: tuple[str, ...] = ()


def _clean(text: str | None) -> str:
    plain = normalise(text or "").encode("utf-8", "ignore").decode().replace(LABEL_MARK, " ")
    return " ".join(plain.split())[:MAX_VALUE]


def _value(text: str | None, others: Iterable[str] = ()) -> Value | None:
    label = _clean(text)
    return Value(value_key(label), label, tuple(others)) if label else None


def printed(found: Found | None) -> str:
    """The value, "" without one."""
    return found.value if found is not None else ""


def words_of(document: Document, dossier: Dossier) -> dict[TextField, str]:
    """The words of every field that can be asked for by name; fields without words are left out."""
    facts, arrival, record = dossier.known_facts, document.arrival, document.record
    issuers = document.co_issuers
    lines: dict[TextField, Iterable[str | None]] = {
        TextField.NUMBER: _numbers(document),
        TextField.TYPE: [printed(document.type_name), record.name if record else ""],
        TextField.AGENCY: [
            *(printed(found) for found in (document.parent_organ_name, document.organ_name)),
            *(printed(found) for issuer in issuers for found in (issuer.parent_organ_name, issuer.organ_name)),
        ],
        TextField.UNIT: _names_today(document),
        TextField.PLACE: [printed(document.issued_place)],
        TextField.SIGNER: _of_signers(document, "signer_name"),
        TextField.POSITION: _of_signers(document, "signer_position"),
        TextField.AUTHORITY: _of_signers(document, "signer_authority"),
        TextField.RECIPIENT: [found.value for found in document.to_places],
        TextField.SUBJECT: [printed(document.subject)],
        TextField.DOSSIER: [" ".join(part for part in (dossier.name, facts.title or "", facts.file_number or "") if part)],
        TextField.FONDS: [facts.fonds],
        TextField.CATALOGUE: [facts.catalogue],
        TextField.BOX: [facts.box],
        TextField.RETENTION: [facts.maintenance],
        TextField.PRIORITY: [printed(document.priority)],
        TextField.SECRECY: [printed(document.secrecy)],
        TextField.LANGUAGE: [printed(document.language)],
        TextField.MODE: [printed(document.mode)],
        TextField.AUTOGRAPH: [printed(document.autograph)],
        TextField.ARRIVAL: [printed(found) for found in (arrival.number, arrival.organ_name)] if arrival else [],
        TextField.PERSON: [mention.found.value for mention in document.mentions if mention.kind is MentionKind.PERSON],
        TextField.CITES: [part for one in document.references for part in (one.number, one.title)],
        TextField.ANNEX: [printed(annex.title) for annex in document.annexes],
        TextField.RECORD: [record.name, *(found.value for found in record.fields.values())] if record else [],
    }
    joined = {field: "\n".join(dict.fromkeys(line for line in found if line)) for field, found in lines.items()}
    return {field: text for field, text in joined.items() if text}


WITH_TEXT = frozenset(
    {
        TextField.NUMBER, TextField.TYPE, TextField.AGENCY, TextField.UNIT, TextField.PLACE, TextField.SIGNER, TextField.SUBJECT,
        TextField.DOSSIER, TextField.FONDS, TextField.PRIORITY,
    }
)  # fmt: skip
"""Fields whose words are also found without naming the field; what the rest says is on the page, or of nearly every document."""


def _issuers(document: Document) -> Iterator[Document | Issuer]:
    yield document
    yield from document.co_issuers


def _numbers(document: Document) -> list[str]:
    issuers = (issuer for issuer in document.co_issuers if issuer.code_number is not None)
    others = (f"{printed(issuer.code_number)}{document.number_joint}{printed(issuer.code_notation)}" for issuer in issuers)
    return [number for number in (document.number, *others) if number]


def _of_signers(document: Document, attribute: str) -> list[str]:
    return [printed(getattr(one, attribute)) for one in _issuers(document)]


def _names_today(document: Document) -> list[str]:
    return list(dict.fromkeys(unit.name for unit in document.units))


def keywords_of(document: Document, dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """Whole values that are filtered by, but not counted."""
    numbers = [number_key(number)[:MAX_VALUE] for number in _numbers(document)]
    parts = [number_key(printed(found))[:MAX_VALUE] for found in (document.code_number, document.code_notation)]
    facts = dossier.known_facts
    path = (facts.fonds, facts.catalogue, facts.box)
    nodes = [branch_key(*path[:depth]) for depth in range(1, _depth(facts) + 1)]
    found = {
        "number_key": numbers,
        "number_part": parts,
        "cites_key": [number_key(reference.number)[:MAX_VALUE] for reference in document.references if reference.number],
        "arrival_number_key": [number_key(printed(document.arrival.number))[:MAX_VALUE]] if document.arrival else [],
        "file_key": [page_id.rpartition("-")[0] for page_id in document.page_ids],
        "branch_key": [*(node[:MAX_VALUE] for node in nodes), dossier.id],
    }
    return {name: tuple(dict.fromkeys(key for key in keys if key)) for name, keys in found.items()}


def _depth(facts: ArchivalFacts) -> int:
    """How many levels of the tree above the dossier are stated, the ones between them included."""
    return max((depth for depth, part in enumerate((facts.fonds, facts.catalogue, facts.box), start=1) if part), default=0)


def values_of(document: Document, dossier: Dossier) -> dict[Facet, tuple[Value, ...]]:
    """What can be filtered, counted and ticked."""
    days = written_days(printed(document.issued_date))
    facts = dossier.known_facts
    record = document.record
    month = days is not None and days.first // 100 == days.last // 100
    found: dict[Facet, Iterable[Value | None]] = {
        Facet.AGENCY: [_value(printed(one.organ_name), _agencies_today(document)) for one in _issuers(document)],
        Facet.PARENT: [_value(printed(one.parent_organ_name)) for one in _issuers(document)],
        Facet.UNIT: _units(document),
        Facet.TYPE: [_value(printed(document.type_name))],
        Facet.RECORD: [_record(record.pack, record.paper, record.name)] if record else [],
        Facet.PLACE: [_value(printed(document.issued_place), _places_today(document))],
        Facet.SIGNER: map(_value, _of_signers(document, "signer_name")),
        Facet.POSITION: map(_value, _of_signers(document, "signer_position")),
        Facet.AUTHORITY: map(_value, _of_signers(document, "signer_authority")),
        Facet.RECIPIENT: [_value(found.value) for found in document.to_places],
        Facet.YEAR: [_value(f"{days.first // 10_000:04d}")] if days else [],
        Facet.MONTH: [_value(f"{days.first // 10_000:04d}-{days.first // 100 % 100:02d}")] if days and month else [],
        Facet.PRECISION: [_value(_precision(days))],
        **_tree(dossier, facts),
        Facet.RETENTION: [_value(facts.maintenance)],
        Facet.PRIORITY: [_value(printed(document.priority))],
        Facet.SECRECY: [_value(printed(document.secrecy))],
        Facet.LANGUAGE: [_value(printed(document.language))],
        Facet.MODE: [_value(printed(document.mode))],
        Facet.AUTOGRAPH: [_value(YES if document.autograph else NO)],
        Facet.ANNEXES: [_value(YES if document.annexes else NO)],
        Facet.DOUBT: [_value(doubt.code, (YES,)) for doubt in document.doubts] or [_value(NO)],
        Facet.PERSON: [_value(one.found.value) for one in document.mentions if one.kind is MentionKind.PERSON],
    }
    distinct = {facet: {value.key: value for value in values if value is not None} for facet, values in found.items()}
    return {facet: tuple(values.values()) for facet, values in distinct.items() if values}


def _precision(days: Days | None) -> str:
    if days is None:
        return UNKNOWN
    if days.first == days.last:
        return "day"
    return "month" if days.first // 100 == days.last // 100 else "year"


def _tree(dossier: Dossier, facts: ArchivalFacts) -> dict[Facet, list[Value | None]]:
    depth = _depth(facts)
    labels = (facts.fonds, facts.catalogue, facts.box)
    levels: dict[Facet, list[Value | None]] = {}
    for level, facet in enumerate((Facet.FONDS, Facet.CATALOGUE, Facet.BOX), start=1):
        key = branch_key(*labels[:level])[:MAX_VALUE]
        levels[facet] = [Value(key, _clean(labels[level - 1]) or "–")] if level <= depth else []
    title = _value(dossier.known_facts.title or dossier.name) or Value("", dossier.id)
    levels[Facet.DOSSIER] = [Value(dossier.id, title.label)]
    return levels


def _record(pack: str, paper: str, name: str) -> Value:
    return Value(f"{pack}/{paper}", _clean(name) or paper, (value_key(name),) if name else ())


def _units(document: Document) -> Iterator[Value]:
    """Units of today, by code; filtered by today's name, with or without its type, and by the name as printed."""
    printed_names = {"organName": printed(document.organ_name), "issuedPlace": printed(document.issued_place)}
    for unit in document.units:
        names = (value_key(unit.name), bare_name(fold(unit.name))[0], value_key(printed_names.get(unit.field, "")))
        yield Value(f"{unit.system}:{unit.id}"[:MAX_VALUE], _clean(unit.name), tuple(name[:MAX_VALUE] for name in names if name))


def _agencies_today(document: Document) -> list[str]:
    found = (unit for unit in document.units if unit.field == "organName" and unit.system == "organ")
    return [value_key(unit.name)[:MAX_VALUE] for unit in found]


def _places_today(document: Document) -> list[str]:
    names = [unit.name for unit in document.units if unit.field == "issuedPlace"]
    return [key[:MAX_VALUE] for name in names for key in (value_key(name), bare_name(fold(name))[0])]


def numbers_of(document: Document) -> dict[str, int]:
    """Numbers to compare and sort by: days (YYYYMMDD, 0 without one), the document's number, its page amount."""
    issued = written_days(printed(document.issued_date)) or (0, 0)
    arrived = (written_days(printed(document.arrival.date)) if document.arrival else None) or (0, 0)
    number = _number_order(printed(document.code_number), issued[0] // 10_000)
    return {
        "first_day": issued[0],
        "last_day": issued[1],
        "oldest_day": issued[0] or NO_VALUE_LAST,
        "arrival_first": arrived[0],
        "arrival_last": arrived[1],
        "arrival_oldest": arrived[0] or NO_VALUE_LAST,
        "number_lowest": number or NO_VALUE_LAST,
        "number_highest": number,
        "page_amount": document.page_amount if document.page_amount is not None else len(document.page_ids),
    }


def _number_order(number: str, year: int) -> int:
    """The figures of a number, then the year: 15 of 1980 before 15 of 1981 before 16; 0 without a figure."""
    figures = _FIRST_FIGURES.search(normalise(number))
    if figures is None or len(figures.group()) > len(str(_MOST_NUMBER)):
        return 0
    return int(figures.group()) * 10_000 + year if int(figures.group()) else 0


def orders_of(document: Document) -> dict[str, str]:
    """Texts to sort by, in Vietnamese order; what has no text comes last."""
    return {
        "title_order": sort_key(printed(document.subject) or printed(document.type_name)),
        "agency_order": sort_key(printed(document.organ_name)),
        "signer_order": name_sort_key(printed(document.signer_name)),
    }
