"""Stamps of the size of a mark of secrecy of which no mark could be read: what is in them is for a person to say.

In: the stamps of a page, what was read in them, its tables. Out: verdicts with the place of each (NĐ 30/2020 PL I mục III.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from dossier.model import Box, PageKind, Table, Verdict
from ocr.cleaning.stamps import READ_DPI, Stamp
from ocr.stamp_reading import StampLine

_MM_PER_INCH = 25.4
_INSIDE_MM = ((9.0, 52.0), (4.2, 12.5))
"""Width and height inside the frame of a stamp MẬT to TUYỆT MẬT (TT 24/2020/TT-BCA: 20 to 40 mm by 8 outside), others in use."""
_LETTER_MM, _LEAST_LETTERS = (2.2, 7.5), 2
"""Height of its letters, and how many must be seen to be letters at all."""
_DARK = 128
_SAME_PLACE = 0.5
_CONFIDENCE = 0.5


def unread_stamps(stamps: Sequence[Stamp], read: Sequence[StampLine], tables: Sequence[Table], *, dpi: int) -> Iterator[Verdict]:
    """A verdict for each framed stamp with letters in which nothing was read, or only print that runs through it.

    Args:
        stamps: of the page.
        read: lines that were read in them.
        tables: whose cells are no frames.
        dpi: resolution of the page.
    """
    cells = [cell.box for table in tables for cell in table.cells]
    for stamp in stamps:
        lines = [each for each in read if each.stamp is stamp]
        told = any(each.is_mark for each in lines) if stamp.crossed else bool(lines)
        is_cell = any(_holds(cell, stamp.box) for cell in cells)
        if stamp.framed and not told and not is_cell and _is_of_size(stamp, dpi) and _letters(stamp) >= _LEAST_LETTERS:
            box = stamp.box
            place = {"x0": float(box.x0), "y0": float(box.y0), "x1": float(box.x1), "y1": float(box.y1)}
            yield Verdict(PageKind.UNREAD_STAMP, _CONFIDENCE, place)


def _is_of_size(stamp: Stamp, dpi: int) -> bool:
    high, wide = stamp.pixels.shape
    sides = (side / max(dpi, READ_DPI) * _MM_PER_INCH for side in (wide, high))
    return all(low <= side <= high for side, (low, high) in zip(sides, _INSIDE_MM, strict=True))


def _letters(stamp: Stamp) -> int:
    """How many pieces of ink are as high as the letters of a stamp."""
    dark = cv2.threshold(stamp.pixels, _DARK, 255, cv2.THRESH_BINARY_INV)[1]
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(dark, dtype=np.uint8), connectivity=8)
    low, high = (side / _MM_PER_INCH * READ_DPI for side in _LETTER_MM)
    return int(((stats[1:count, cv2.CC_STAT_HEIGHT] >= low) & (stats[1:count, cv2.CC_STAT_HEIGHT] <= high)).sum())


def _holds(cell: Box, box: Box) -> bool:
    """Whether a cell is the frame: most of each lies in the other."""
    across, down = min(cell.x1, box.x1) - max(cell.x0, box.x0), min(cell.y1, box.y1) - max(cell.y0, box.y0)
    if across <= 0 or down <= 0:
        return False
    return across * down >= _SAME_PLACE * max(cell.width * cell.height, box.width * box.height)
