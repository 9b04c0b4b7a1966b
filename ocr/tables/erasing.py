"""Erase the rules and specks of tables, so that they are not read as letters and signs (l, |, _, a point).

In: an upright grey page with even paper and its tables. Out: the same page without their rules; print that crosses one stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from dossier.model import Table
from ocr.intake.rendering import Pixels
from ocr.tables.rulings import MM_PER_INCH

_RUNS_MM = ((0.45, 3.0), (1.2, 12.0))
"""Ink this near to the border of a cell that runs on for so long is a rule. Rules may bend away from where the border is thought to
be; print near them has short runs, the bars of HTTT 9 mm."""
_SCRATCH_MM, _THIN_MM = 12.0, 0.45
"""Upright ink in a table so long and so thin is the mark of a scratched drum; it leans on pages that were laid askew."""
_GAP_MM = 0.4
_SPECK_MM, _ALONE_MM = 0.75, (1.9, 0.9)
"""Ink smaller than this (a dash is 1 mm wide) with no other so near to it (across, down) is a speck: an accent, a full stop and the
point in a number have their letters, which a typewriter sets wide apart."""
_ACROSS_MM = 1.3
"""A rule and its soft edges are narrower."""
_CONTRAST = 24
_DARKER = 30
"""Grey levels by which letters are darker than the scratch that crosses them."""
_PAPER = 245


def erase_rules(grey: Pixels, tables: Sequence[Table], *, dpi: int) -> Pixels:
    """Paint the rules and specks of tables as paper; the page itself where there are none."""
    if not tables:
        return grey
    out = grey.copy()
    reach = round(2 * _RUNS_MM[-1][0] * dpi / MM_PER_INCH)
    for table in tables:
        box = table.box
        rows = slice(max(0, box.y0 - reach), min(grey.shape[0], box.y1 + reach))
        columns = slice(max(0, box.x0 - reach), min(grey.shape[1], box.x1 + reach))
        part = out[rows, columns]
        ink = _ink(part)
        for reach_mm, length_mm in _RUNS_MM:
            borders = _borders(table, part.shape, (columns.start, rows.start), reach_mm / MM_PER_INCH * dpi)
            part[_rules(ink, borders, length_mm, dpi) > 0] = _PAPER
        part[_scratches(part, dpi) > 0] = _PAPER
        _erase_specks(part, dpi)
    return out


def _rules(ink: Pixels, borders: Mapping[bool, Pixels], length_mm: float, dpi: int) -> Pixels:
    """Rules within strips along borders, without what crosses them."""
    length = length_mm / MM_PER_INCH * dpi
    level, upright = (cv2.bitwise_and(_runs(ink, length, dpi, level=is_level), borders[is_level]) for is_level in (True, False))
    beside = cv2.subtract(ink, cv2.max(level, upright))
    level = cv2.subtract(level, _crossing(beside, dpi, level=True))
    return np.asarray(cv2.max(level, cv2.subtract(upright, _crossing(beside, dpi, level=False))), np.uint8)


def _ink(part: Pixels) -> Pixels:
    return np.asarray(cv2.threshold(part, _PAPER - _CONTRAST, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def _scratches(part: Pixels, dpi: int) -> Pixels:
    """Long upright ink that may lean, without what crosses it: that is darker."""
    ink = _ink(part)
    millimetre = dpi / MM_PER_INCH
    rim = round(_SCRATCH_MM * millimetre)  # what ends at the edge of the part is not taken for longer than it is
    wide = cv2.copyMakeBorder(cv2.dilate(ink, np.ones((1, 3), np.uint8)), rim, rim, 0, 0, cv2.BORDER_CONSTANT, value=0)
    runs = cv2.bitwise_and(_runs(np.asarray(wide, np.uint8), _SCRATCH_MM * millimetre, dpi, level=False)[rim:-rim], ink)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    for number in range(1, count):
        x, y, width, height, area = stats[number]
        if area > _THIN_MM * millimetre * height:
            runs[labels == number] = 0
            continue
        window = slice(y, y + height), slice(x, x + width)
        own, pixels = labels[window] == number, part[window]
        runs[window][own & (pixels < float(np.median(pixels[own])) - _DARKER)] = 0
    return np.asarray(cv2.subtract(runs, _crossing(cv2.subtract(ink, runs), dpi, level=False)), np.uint8)


def _erase_specks(part: Pixels, dpi: int) -> None:
    """Paint small ink that stands alone as paper: beside a number it would be read as a sign."""
    millimetre = dpi / MM_PER_INCH
    ink = _ink(part)
    kernel = np.ones((round(_ALONE_MM[1] * millimetre), round(_ALONE_MM[0] * millimetre)), np.uint8)
    near = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    speck = np.maximum(stats[:, 2], stats[:, 3]) <= _SPECK_MM * millimetre
    part[speck[labels]] = _PAPER


def _runs(ink: Pixels, length: float, dpi: int, *, level: bool) -> Pixels:
    """Long runs of ink with their soft edges."""
    gap = max(1, round(_GAP_MM * dpi / MM_PER_INCH))
    shape = (lambda n: (1, n)) if level else (lambda n: (n, 1))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(shape(gap), np.uint8))
    run = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(shape(round(length)), np.uint8))
    return np.asarray(cv2.dilate(run, np.ones((3, 1) if level else (1, 3), np.uint8)), np.uint8)


def _crossing(beside: Pixels | cv2.typing.MatLike, dpi: int, *, level: bool) -> Pixels:
    """Where ink beside rules goes on at the other side of one: letters and stamps over it."""
    reach = max(3, round(_ACROSS_MM * dpi / MM_PER_INCH))
    return np.asarray(cv2.morphologyEx(beside, cv2.MORPH_CLOSE, np.ones((reach, 1) if level else (1, reach), np.uint8)), np.uint8)


def _borders(table: Table, shape: tuple[int, ...], corner: tuple[int, int], reach: float) -> dict[bool, Pixels]:
    """Strips along the upper and lower (True) and the left and right (False) borders of all cells."""
    width = 2 * round(reach) + 1
    strips = {True: np.zeros(shape[:2], np.uint8), False: np.zeros(shape[:2], np.uint8)}
    for cell in table.cells:
        x0, y0, x1, y1 = (side - corner[k % 2] for k, side in enumerate(cell.box))
        for y in (y0, y1):
            cv2.line(strips[True], (x0 - width, y), (x1 + width, y), 255, width)
        for x in (x0, x1):
            cv2.line(strips[False], (x, y0 - width), (x, y1 + width), 255, width)
    return strips
