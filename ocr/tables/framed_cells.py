"""Tell stamps in frames from cells of tables, whose rules are frames as well.

In: lines that were read in frames, and the tables of the page. Out: those lines that a stamp printed. A short mark of secrecy,
urgency or arrival counts as a stamp wherever it stands: a secret page taken for a table would be the greater harm.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Box, Ink, Table
from ocr.cleaning.stamps import Stamp, find_stamps
from ocr.intake.rendering import PageImage, Pixels
from ocr.stamp_reading import StampLine

_SAME_PLACE = 0.6
_MOST_WORDS_OF_MARK = 3


def find_framed(image: PageImage, grey: Pixels, unruled: Pixels) -> tuple[Stamp, ...]:
    """Stamps of a page; on one with tables (`unruled` is another than `grey`) also those that were pressed over rules."""
    found = find_stamps(image, unruled)
    if unruled is grey:
        return found
    known = [stamp.box for stamp in found]
    ruled = find_stamps(image, grey, crossed=False)
    return (*found, *(stamp for stamp in ruled if not any(_same(stamp.box, box) for box in known)))


def without_cells(stamps: Sequence[StampLine], tables: Sequence[Table]) -> tuple[StampLine, ...]:
    """The lines of stamps that are no cells read as frames."""
    cells = [cell.box for table in tables for cell in table.cells]
    return tuple(stamp for stamp in stamps if _is_stamp(stamp) or not any(_same(stamp.stamp.box, cell) for cell in cells))


def _is_stamp(stamp: StampLine) -> bool:
    return stamp.stamp.ink is Ink.RED or (stamp.is_mark and len(stamp.line.words) <= _MOST_WORDS_OF_MARK)


def _same(one: Box, other: Box) -> bool:
    """Whether two boxes share most of the area that they cover together."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0:
        return False
    return across * down >= _SAME_PLACE * (one.width * one.height + other.width * other.height - across * down)
