"""Where a new document begins in a stack of pages (evidence of a first page: NĐ 30/2020 Điều 8 and PL I).

In: pages in order. Out: the positions of first pages; the first page of the stack always is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.model import Page
from metadata.agency import agencies
from metadata.date import date_line
from metadata.header import header_of
from metadata.layout import Sheet, sheet_of
from metadata.number import number_line
from metadata.stamps import own_print

ENOUGH = 3
"""Points of evidence for a first page; the state's name gives 2, every other part of the head 1."""

_ANNEX = re.compile(
    r"^\W*(phu luc|bieu so|bieu mau|mau so|mau \d|danh sach|danh muc)\b|\bban hanh kem theo\b"
    r"|\bkem theo (quyet dinh|cong van|thong bao|ke hoach|nghi quyet|to trinh|bao cao)"
)
_ANNEX_ZONE = 0.3


def first_pages(pages: Sequence[Page]) -> tuple[int, ...]:
    """Positions (from 0) in `pages` where documents begin, in order; (0, …) unless there are no pages."""
    starts = [position for position, page in enumerate(pages) if position == 0 or begins_document(page)]
    return tuple(starts)


def begins_document(page: Page) -> bool:
    """Tell whether a page looks like the first one of a document: its head is there and it is no annex."""
    if page.blank or not page.lines:
        return False
    sheet = own_print(sheet_of(page))
    return first_page_points(sheet) >= ENOUGH and not is_annex(sheet)


def first_page_points(sheet: Sheet) -> int:
    """Count the parts of a head that a page shows."""
    header = header_of(sheet)
    points = 2 * (header.state is not None) + (header.motto is not None)
    if not points:
        return 0
    line = number_line(header)
    points += line is not None
    points += date_line(header) is not None
    points += bool(agencies(header, above=line[0].middle if line else None))
    return points


def is_annex(sheet: Sheet) -> bool:
    """Tell whether the top of a page says that it belongs to another document (PL I mục III.1: phụ lục, kèm theo)."""
    return any(sheet.high(segment) < _ANNEX_ZONE and _ANNEX.search(segment.key) for segment in sheet.segments)
