"""Fields at the head of a first page: agency, number, place, date, type, subject, urgency (NĐ 30/2020 Điều 8, ô 1-5 and 10b).

In: the sheet of a first page without foreign stamps. Out: `HeadFields` with evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dossier.model import Found
from metadata.heads.agency import AgencyName, agencies, completed
from metadata.heads.date import DateLine, date_line
from metadata.heads.document_types import OFFICIAL_LETTER
from metadata.heads.kind import Kind, kind_of
from metadata.heads.marks import priority_mark
from metadata.heads.notation import settled_notation
from metadata.heads.number import Number, number_line
from metadata.heads.subject import subject_of_letter, subject_of_title, subject_text, subject_without_title
from metadata.sheets.consensus import consensus, respelt_head
from metadata.sheets.header import Header, header_of
from metadata.sheets.layout import Segment, Sheet, found, split_before
from metadata.sheets.phrases import PHRASES
from metadata.sheets.spelling import agreed, respell

_INFERRED = 0.7
"""Strength of an agency of which the ký hiệu tells a part that is not legible."""

NumberLine = tuple[Segment, Number] | None
DatedLine = tuple[Segment, DateLine] | None


@dataclass(frozen=True, slots=True)
class HeadFields:
    """What the head of a first page says; `end` is the height (pixels) under which the text begins.

    Attributes:
        organs: all agencies of ô 2 from the highest to the lowest. number_joint: what stands between số and ký hiệu.
    """

    organ_name: Found | None
    parent_organ_name: Found | None
    code_number: Found | None
    code_notation: Found | None
    issued_place: Found | None
    issued_date: Found | None
    type_name: Found | None
    subject: Found | None
    priority: Found | None
    end: float
    organs: tuple[Found, ...] = ()
    number_joint: str = "/"


def read_head(sheet: Sheet) -> HeadFields:
    """Read all fields of the head of a first page."""
    header = header_of(sheet)
    numbered, dated = number_line(header), date_line(header)
    below = max([header.bottom, *(line[0].middle for line in (numbered, dated) if line)])
    header = header_of(respelt_head(header.sheet, end=below))
    numbered, dated = number_line(header), date_line(header)
    issuers = _issuers(header, numbered, dated)
    kind = kind_of(header, below=below, notation=numbered[1].notation if numbered else None)
    lines = _subject_lines(header, kind, numbered, below)
    number, notation = _number(header, numbered, kind, issuers)
    place, date = _place_and_date(header, dated)
    return HeadFields(
        organ_name=_agency(header, issuers, 1),
        parent_organ_name=_agency(header, issuers, 2),
        code_number=number,
        code_notation=notation,
        issued_place=place,
        issued_date=date,
        type_name=_type(header, kind, numbered),
        subject=_subject(header, kind, lines),
        priority=priority_mark(header.sheet),
        end=max([below, *(line.middle for line in lines)]),
        organs=tuple(organ for count in range(len(issuers), 0, -1) if (organ := _agency(header, issuers, count))),
        number_joint=numbered[1].joint if numbered else "/",
    )


def _agency_end(header: Header, numbered: NumberLine, dated: DatedLine) -> float | None:
    """The agency block ends at the number line, or at the date line that stands on its height (ô 3 and 4)."""
    if numbered is not None:
        return numbered[0].middle
    return dated[0].middle if dated is not None and dated[0].middle > header.bottom else None


def _issuers(header: Header, numbered: NumberLine, dated: DatedLine) -> tuple[AgencyName, ...]:
    """The agencies of the head as number and place, the other two parts that name them, spell them."""
    issuers = agencies(header, above=_agency_end(header, numbered, dated))
    if issuers and numbered is not None:
        whole = completed(issuers[-1].name, numbered[1].notation)
        issuers = (*issuers[:-1], replace(issuers[-1], name=whole, inferred=whole != issuers[-1].name))
    if dated is None or dated[1].place is None:
        return issuers
    place = respell(dated[1].place)
    return tuple(replace(issuer, name=agreed(issuer.name, place)) for issuer in issuers)


def _agency(header: Header, issuers: tuple[AgencyName, ...], from_end: int) -> Found | None:
    if len(issuers) < from_end:
        return None
    agency = issuers[-from_end]
    sure = 0.95 if header.state or header.motto else 0.7
    others = (agency.read,) if agency.read else ()
    strength, source = (_INFERRED, "nd30.o2.agency.inferred") if agency.inferred else (sure, "nd30.o2.agency")
    return found(header.sheet, agency.name, agency.segments, strength=strength, source=source, alternatives=others)


def _number(
    header: Header, numbered: NumberLine, kind: Kind | None, issuers: tuple[AgencyName, ...]
) -> tuple[Found | None, Found | None]:
    if numbered is None:
        return None, None
    segment, number = numbered
    notation = settled_notation(number.notation, kind=kind.type if kind else None, organ_name=issuers[-1].name if issuers else None)
    others = (number.notation,)
    shown = found(header.sheet, notation, [segment], strength=0.95, source="nd30.o3.notation", alternatives=others)
    if number.number is None:
        return None, shown
    return found(header.sheet, number.number, [segment], strength=0.95, source="nd30.o3.number"), shown


def _place_and_date(header: Header, dated: DatedLine) -> tuple[Found | None, Found | None]:
    if dated is None:
        return None, None
    segment, line = dated
    before = segment.word_at(line.start) if line.start else 0
    *named, figures = split_before(segment, before) if before else (segment,)
    place = date = None
    if line.place is not None:
        place = found(header.sheet, respell(line.place), named or [segment], strength=0.95, source="nd30.o4.place")
    if line.date is not None:
        source = "nd30.o4.date" if len(line.date) == len("2014-10-29") else "nd30.o4.date.part"
        date = found(header.sheet, line.date, [figures], strength=0.95, source=source, alternatives=line.alternatives)
    return place, date


def _type(header: Header, kind: Kind | None, numbered: NumberLine) -> Found | None:
    if kind is None:
        return None
    evidence = kind.title or (numbered[0] if numbered else None)
    if evidence is None:
        column = [s for s in header.left_column() if s.middle > header.bottom]
        evidence = column[0] if column else header.sheet.segments[0]
    others = (kind.other.name,) if kind.other else ()
    return found(header.sheet, kind.type.name, [evidence], strength=kind.strength, source=kind.source, alternatives=others)


def _subject_lines(header: Header, kind: Kind | None, numbered: NumberLine, below: float) -> tuple[Segment, ...]:
    if kind is not None and kind.title is not None:
        return subject_of_title(header.sheet, kind.title)
    if kind is None or kind.type is OFFICIAL_LETTER:
        return subject_of_letter(header, numbered[0] if numbered else None)
    return subject_without_title(header.sheet, below=below)


def _subject(header: Header, kind: Kind | None, lines: tuple[Segment, ...]) -> Found | None:
    text = respell(subject_text(consensus(header.sheet, lines), before=kind.rest if kind else ""), PHRASES)
    if not text or (kind is not None and kind.title is None and not lines):
        return None
    evidence = list(lines) or [kind.title] if kind and kind.title else list(lines)
    source = "nd30.o5b.subject" if kind is None or kind.title is None else "nd30.o5a.subject"
    return found(header.sheet, text, evidence, strength=0.9, source=source)
