"""Cross-checks: what of a document a person should look at (NĐ 30/2020 Điều 8 and 15, PL I mục II.3-II.4).

In: a document with its fields, or all documents of a dossier. Out: `Doubt`s; `dossier.review` weighs them.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dossier.model import SINGLE_FIELDS, Document, Doubt, page_number, single_fields
from metadata.sheets.anchors import key, starts_with
from metadata.sheets.spelling import PROVINCES

SURE = 0.5
"""Fields with less confidence are doubted; the viewer marks them from its own, higher bound on."""

SURE_BOUNDARY = 0.7
_OBLIGATORY = ("organ_name", "code_number", "code_notation", "issued_place", "issued_date", "type_name", "subject", "signer_name")
"""Main components of Điều 8 khoản 2 that are fields."""

_NO_NUMBER = frozenset({"Biên bản", "Hợp đồng", "Giấy mời", "Thư công", "Bản cam kết", "Luật", "Giấy nghỉ phép"})
_DERIVED = frozenset({"language", "mode", "autograph"})
_YEAR = re.compile(r"\d/((?:19|20)\d\d)$|^((?:19|20)\d\d)/")
_PEOPLES_BODIES = (("ỦY BAN NHÂN DÂN", "UBND"), ("HỘI ĐỒNG NHÂN DÂN", "HĐND"))
_CONTRADICTIONS = frozenset(
    {
        "number_year_mismatch", "date_in_future", "arrival_before_issue", "agency_not_in_notation", "place_not_in_province",
        "number_out_of_order", "number_twice",
    }
)  # fmt: skip
_LOWERED = 0.5
_PROVINCES = frozenset(key(name) for name in PROVINCES)
_PARTS = re.compile(r"[-/.\s]+")


def doubts_of(document: Document, *, today: dt.date) -> tuple[Doubt, ...]:
    """All doubts about one document by itself."""
    if not (document.organ_name or document.code_notation or document.issued_date):
        return (Doubt("boundary", "no_head", {}),) if document.record is None else ()
    return (
        *_dates(document, today),
        *_agency(document),
        *_place(document),
        *_missing(document),
        *_unsure(document),
    )


def doubted(document: Document, doubts: Iterable[Doubt]) -> Document:
    """The document with these doubts; a value that contradicts another one is half as sure as it was."""
    more = tuple(doubts)
    contradicted = {doubt.field for doubt in more if doubt.code in _CONTRADICTIONS}
    lowered = {
        attribute: replace(found, confidence=round(_LOWERED * found.confidence, 3))
        for attribute, name in SINGLE_FIELDS.items()
        if name in contradicted and (found := getattr(document, attribute)) is not None
    }
    return replace(document, doubts=(*document.doubts, *more), **lowered)


def doubts_inside(pages: Iterable[tuple[str, float]]) -> tuple[Doubt, ...]:
    """Doubts about pages (id, probability) that may begin another document than the one they are in."""
    return tuple(
        Doubt("boundary", "boundary_inside", {"page": str(page_number(page)), "confidence": f"{sure:.2f}"}) for page, sure in pages
    )


def _dates(document: Document, today: dt.date) -> Iterator[Doubt]:
    if document.issued_date is None:
        return
    issued = document.issued_date.value
    for part in (document.code_number, document.code_notation):
        year = _YEAR.search(part.value) if part else None
        if year is not None and (year[1] or year[2]) != issued[:4]:
            yield Doubt("issuedDate", "number_year_mismatch", {"year": year[1] or year[2], "date": issued})
    if issued > today.isoformat():
        yield Doubt("issuedDate", "date_in_future", {"date": issued})
    arrived = document.arrival.date.value if document.arrival and document.arrival.date else None
    if arrived is not None and arrived < issued:
        yield Doubt("issuedDate", "arrival_before_issue", {"arrival": arrived, "date": issued})


def _agency(document: Document) -> Iterator[Doubt]:
    """A people's body and its notation name each other (PL I mục II.3); other abbreviations are too free to be judged."""
    organ, notation = document.organ_name, document.code_notation
    if organ is None or notation is None or document.co_issuers:
        return
    parts = {key(part) for part in _PARTS.split(notation.value)}
    for name, short in _PEOPLES_BODIES:
        is_body = starts_with(organ.value, name, least=90) or starts_with(organ.value, short, least=100)
        named = key(short) in parts or (short == "UBND" and "ub" in parts)
        if (
            short == "UBND" and named and starts_with(organ.value, "ỦY BAN", least=90)
        ):  # ủy ban hành chính until 1976, UB in the notation
            continue
        if is_body != named and not (is_body and any(part.startswith(("ub", "hd")) for part in parts)):
            yield Doubt("codeNotation", "agency_not_in_notation", {"notation": notation.value, "organ": organ.value})
            return


def _place(document: Document) -> Iterator[Doubt]:
    """A provincial agency dates from its province (mục II.4.a); a place that is no province proves nothing."""
    place = document.issued_place
    if place is None:
        return
    if key(place.value) not in _PROVINCES:
        return
    for organ in (document.organ_name, document.parent_organ_name):
        if organ is None:
            continue
        named = re.search(r"\btinh (?P<province>.+)$", key(organ.value))
        if named is not None and named["province"] in _PROVINCES and named["province"] != key(place.value):
            yield Doubt("issuedPlace", "place_not_in_province", {"place": place.value, "organ": organ.value})
            return


def _missing(document: Document) -> Iterator[Doubt]:
    if document.record is not None and document.code_notation is None:  # civil papers have a form of their own
        return
    kind = document.type_name.value if document.type_name else ""
    for attribute in _OBLIGATORY:
        if getattr(document, attribute) is None and not (attribute.startswith("code_") and kind in _NO_NUMBER):
            yield Doubt(SINGLE_FIELDS[attribute], "missing_field", {})


def _unsure(document: Document) -> Iterator[Doubt]:
    if document.boundary is not None and document.boundary.confidence < SURE_BOUNDARY:
        yield Doubt("boundary", "boundary_unsure", {"confidence": f"{document.boundary.confidence:.2f}"})
    found = [*single_fields(document), *(("toPlaces", place) for place in document.to_places)]
    for name, value in found:
        if value is not None and name not in _DERIVED and value.confidence < SURE:
            yield Doubt(name, "low_confidence", {"confidence": f"{value.confidence:.2f}"})


def with_series_doubts(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents of a dossier with doubts about the order of their numbers: they run through the year (Điều 15)."""
    series: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document in documents:
        if document.organ_name and document.code_notation and document.issued_date and _digits(document) is not None:
            year = document.issued_date.value[:4]
            series[key(document.organ_name.value), key(document.code_notation.value), year].append(document)
    more: dict[str, list[Doubt]] = defaultdict(list)
    for papers in series.values():
        for document, code in _out_of_order(papers):
            facts = {"number": document.number or "", "date": document.issued_date.value if document.issued_date else ""}
            if code not in {doubt.code for doubt in document.doubts}:
                more[document.id].append(Doubt("codeNumber", code, facts))
    return tuple(doubted(document, more[document.id]) if document.id in more else document for document in documents)


def _digits(document: Document) -> int | None:
    matched = re.match(r"\d+", document.code_number.value) if document.code_number else None
    return int(matched[0]) if matched else None


def _out_of_order(papers: Sequence[Document]) -> Iterator[tuple[Document, str]]:
    """Those with a number that stands twice, and the fewest whose dates must be wrong for the others to be in order."""
    numbered: dict[int, list[Document]] = defaultdict(list)
    for paper in papers:
        numbered[_digits(paper) or 0].append(paper)
    yield from ((paper, "number_twice") for same in numbered.values() if len(same) > 1 for paper in same)
    ordered = [same[0] for _, same in sorted(numbered.items()) if len(same) == 1]
    days = [paper.issued_date.value if paper.issued_date else "" for paper in ordered]
    kept = _longest_rise(days)
    yield from ((paper, "number_out_of_order") for index, paper in enumerate(ordered) if index not in kept)


def _longest_rise(values: Sequence[str]) -> frozenset[int]:
    """Positions of a longest part of `values` that never falls."""
    ends: list[str] = []
    places: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_right(ends, value)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        places[length : length + 1] = [index]
    kept = []
    at = places[-1] if places else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return frozenset(kept)
