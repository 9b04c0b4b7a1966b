"""The head of a first page: quốc hiệu on the right, agencies on the left (NĐ 30/2020 PL I, ô 1 and 2).

In: a `Sheet`. Out: a `Header` with the sheet's segments cut at the line between the two columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from metadata.sheets.anchors import MOTTOS, STATE_NAMES, UNION_LIKENESS, UNION_NAMES, Place, locate
from metadata.sheets.layout import Segment, Sheet, arranged, split_before

HEAD = 0.40
"""The head of a first page ends above this share of the page's height, also where an overlay pushes it down."""

_YEAR_AT_END = re.compile(r"\bng[aeo]?[yvij]\b.{1,24}\b(?:19|20)\d\d\W*$")
_DATE_WORDS = re.compile(r"\bng[aeo]?[yvij]\b.{0,12}\bth[ao]n[gq]\b")


@dataclass(frozen=True, slots=True)
class Header:
    """What was recognised at the head of a page.

    Attributes:
        state, motto: quốc hiệu, tiêu ngữ; None where not legible or not printed.
        sheet: the same page with header lines cut between the columns.
        middle_x: the vertical line between the columns, in pixels.
    """

    sheet: Sheet
    state: Segment | None
    motto: Segment | None
    middle_x: float

    @property
    def top(self) -> float:
        """Height (pixels) of the first line of the head: of the quốc hiệu, or of the tiêu ngữ."""
        anchor = self.state or self.motto
        return anchor.middle if anchor else 0.0

    @property
    def bottom(self) -> float:
        """Height (pixels) of the last line of the right block that is always printed."""
        anchor = self.motto or self.state
        return anchor.middle if anchor else 0.0

    def left_column(self) -> tuple[Segment, ...]:
        """Segments of the head left of the middle."""
        return tuple(s for s in self.sheet.segments if self.sheet.high(s) < HEAD and s.centre < self.middle_x)

    def right_column(self) -> tuple[Segment, ...]:
        """Segments of the head right of the middle."""
        return tuple(s for s in self.sheet.segments if self.sheet.high(s) < HEAD and s.centre >= self.middle_x)


def header_of(sheet: Sheet) -> Header:
    """Recognise the head of a page and cut its lines between the columns."""
    cut: list[Segment] = []
    state: Segment | None = None
    motto: Segment | None = None
    for segment in sheet.segments:
        if sheet.high(segment) > HEAD:
            cut.append(segment)
            continue
        name = _place(segment, STATE_NAMES) or _union_at_right(sheet, segment) if state is None else None
        slogan = _place(segment, MOTTOS) if motto is None and name is None else None
        if name is not None:
            *before, state = _cut_at(segment, name)
            cut += [*before, state]
        elif slogan is not None:
            *before, motto = _cut_at(segment, slogan)
            cut += [*before, motto]
        else:
            cut += _cut_before_date(segment)
    cut_sheet = arranged(sheet.page, cut)
    return Header(cut_sheet, state, motto, _middle(cut_sheet, state, motto))


def first_page_head(sheet: Sheet) -> bool:
    """Tell whether quốc hiệu or tiêu ngữ stands at the top of a page."""
    head = [segment for segment in sheet.segments if sheet.high(segment) < HEAD]
    return any(_place(segment, (*STATE_NAMES, *MOTTOS)) or _union_at_right(sheet, segment) for segment in head)


def _place(segment: Segment, phrases: tuple[str, ...]) -> Place | None:
    places = [place for phrase in phrases if (place := locate(segment.text, phrase))]
    return max(places, key=lambda place: place.likeness) if places else None


def _union_at_right(sheet: Sheet, segment: Segment) -> Place | None:
    """The youth union's name in the right half."""
    places = (locate(segment.text, name, least=UNION_LIKENESS) for name in UNION_NAMES)
    place = next((place for place in places if place is not None), None)
    if place is None or segment.words[segment.word_at(place.start)].box.x0 < 0.45 * sheet.page.width:
        return None
    return place


def _cut_at(segment: Segment, place: Place) -> list[Segment]:
    """What stands before the phrase, then the phrase with what follows."""
    start = segment.word_at(place.start)
    parts = split_before(segment, start) if start else (segment,)
    return list(parts) or [segment]


def _cut_before_date(segment: Segment) -> tuple[Segment, ...]:
    """Cut "Số: 12/QĐ-UBND Hà Nội, ngày …" in two where the engine saw one line with a narrow gap."""
    date = _DATE_WORDS.search(segment.key) or _YEAR_AT_END.search(segment.key)
    if date is None or not re.match(r"\W*[s8][o06]\W", segment.key):
        return (segment,)
    last = segment.word_at(date.start())
    # Specks between the columns were read as words: only real words bound the gap.
    real = [i for i, word in enumerate(segment.words[: last + 1]) if sum(letter.isalnum() for letter in word.text) > 1]
    gaps = [(segment.words[i].box.x0 - segment.words[before].box.x1, i) for before, i in pairwise(real)]
    return split_before(segment, max(gaps)[1]) if gaps else (segment,)


def _middle(sheet: Sheet, state: Segment | None, motto: Segment | None) -> float:
    """Half way between the columns: left of the quốc hiệu, or 46 % of the width where it cannot be told."""
    anchor = state or motto
    usual = 0.46 * sheet.page.width
    if anchor is None or anchor.centre < 0.56 * sheet.page.width:
        return usual
    return min(usual, anchor.box.x0 + 0.2 * anchor.box.width) if state else usual
