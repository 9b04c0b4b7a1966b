"""Phụ lục: pages of a document after its signature, each with its title (NĐ 30/2020 Điều 8 khoản 3, PL I Phần I mục III.1).

In: the pages of a document and the position of the page that closes it. Out: its annexes in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dossier.model import Annex, Found, Page
from metadata.sheets.anchors import is_capitals
from metadata.sheets.layout import Segment, Sheet, found

TITLE_ZONE = 0.33
"""Titles of annexes stand above this share of the page's height."""

_HEADING = re.compile(r"^\W*(phu luc|bieu so|bieu mau|bang ke|mau so|mau \d|danh sach|danh muc)\b")
_TIED = re.compile(r"\b(?:ban hanh )?kem theo\b")
_LONGEST = 5


def annexes_of(pages: Sequence[Page], sheets: Sequence[Sheet], *, start: int) -> tuple[Annex, ...]:
    """Part the pages from `start` on into annexes; blank backs stay with the annex before them.

    Args:
        pages: all pages of the document.
        sheets: the same pages laid out, in the same order.
        start: position of the first page of an annex; the number of pages when there is none.
    """
    if start >= len(pages):
        return ()
    begins = [start, *(number for number in range(start + 1, len(pages)) if _begins(sheets[number]))]
    spans = pairwise([*begins, len(pages)])
    return tuple(Annex(tuple(page.id for page in pages[first:end]), _title(sheets[first])) for first, end in spans)


def _begins(sheet: Sheet) -> bool:
    """Its own heading, not a table that only names one: a short line of its own at the top."""
    return any(
        sheet.high(segment) < TITLE_ZONE and _HEADING.match(segment.key) and _is_centred(sheet, segment)
        for segment in sheet.segments
    )


def _is_centred(sheet: Sheet, segment: Segment) -> bool:
    middle = sheet.page.width / 2
    return abs(segment.centre - middle) < 0.14 * sheet.page.width


def _title(sheet: Sheet) -> Found | None:
    """The heading with its name below it ("PHỤ LỤC I DANH SÁCH CÁC HỘ …"), without the line that ties it to its document."""
    lines: list[Segment] = []
    for segment in sheet.segments:
        if sheet.high(segment) > TITLE_ZONE or len(lines) == _LONGEST:
            break
        if lines and segment.middle - lines[-1].middle > 3.2 * sheet.line_height:
            break
        if _TIED.search(segment.key):
            if lines:
                break
            continue
        loud = is_capitals(segment.text, least=0.8)
        if _HEADING.match(segment.key) or (lines and loud and _is_centred(sheet, segment)):
            lines.append(segment)
        elif lines:
            break
    if not lines:
        return None
    return found(sheet, " ".join(line.text for line in lines), lines, strength=0.85, source="nd30.pl1.iii1.annex")
