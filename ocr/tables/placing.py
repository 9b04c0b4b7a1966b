"""Put lines of print into the cells of tables.

In: boxes of lines as a detector found them, the tables, and the page without their rules. Out: the same lines, those in tables
cut at the borders of cells and named by their cell; and lines that the detector overlooked, such as single digits and dashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from dossier.model import Box, Cell, CellPlace, Table, enclosing
from ocr.engines.line_place import LinePlace
from ocr.intake.rendering import Pixels
from ocr.tables.rulings import MM_PER_INCH

_DARK = 200
"""Ink on even paper (245) is darker."""
_FAINT_DARK = 222
_LEAST_MARK_MM = 0.55
"""Smaller ink in an empty cell is a speck: a dot of 12 point is 0.5 mm, a dash 1.4 mm wide."""
_JOIN_MM = (3.2, 0.35)
"""Ink in a cell closer than this (across, down) is one line: words of a line; an accent and its letter."""
_EDGE_MM = 0.5
"""What is left of a rule lies this near to the border."""
_LINE_MM = (2.2, 3.4)
"""Height that the box of a line has at least, and at which a short one (a dash, a full stop) is set, in mm."""
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Ink of a page, 255 where dark, and pixels a millimetre."""

    ink: Pixels
    millimetre: float


def place_lines(places: Sequence[LinePlace], tables: Sequence[Table], grey: Pixels, *, dpi: int) -> tuple[LinePlace, ...]:
    """Lines outside tables as they are, then those of each table, row by row and cell by cell.

    Args:
        places: lines as found; their boxes may run across cells.
        tables: tables of the page.
        grey: the upright page with even paper, rules erased.
        dpi: resolution.
    """
    if not tables:
        return tuple(places)
    ink = np.asarray(cv2.threshold(grey, _DARK, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    sheet = _Sheet(ink, dpi / MM_PER_INCH)
    rest = [place for place in places if not any(_share_inside(place.box, table.box) >= _COVERED for table in tables)]
    for number, table in enumerate(tables):
        boxes = [place.box for place in places if _touch(place.box, table.box)]
        for cell in table.cells:
            where = CellPlace(number, cell.row, cell.column)
            rest += [LinePlace(box, where) for box in _lines_of(cell, boxes, sheet)]
    return tuple(rest)


def _lines_of(cell: Cell, boxes: Sequence[Box], sheet: _Sheet) -> list[Box]:
    """Boxes of the lines in a cell, from top to bottom."""
    marks = list(_marks(cell.box, sheet))
    if not marks:
        return []
    own = [part for box in boxes if (part := _part_in(cell.box, box, sheet)) is not None]
    lines: list[list[Box]] = [[] for _ in own]
    loose: list[Box] = []
    for mark in marks:
        shares = [_down_share(mark, box) for box in own]
        best = int(np.argmax(shares)) if shares else -1
        if shares and shares[best] >= _COVERED:
            lines[best].append(mark)
        else:
            loose.append(mark)
    found = [_fitted(box, inked, cell.box, sheet) for box, inked in zip(own, lines, strict=True) if inked]
    found += [_fitted(None, inked, cell.box, sheet) for inked in _rows(loose, sheet)]
    return sorted(found, key=lambda box: (box.y0 + box.y1, box.x0))


def _part_in(cell: Box, box: Box, sheet: _Sheet) -> Box | None:
    """The part of a found line that lies in a cell, or None when it hardly does."""
    part = _common(cell, box)
    if part is None or part.height < min(_COVERED * box.height, 0.8 * cell.height) or part.width < 0.4 * sheet.millimetre:
        return None
    return part


def _marks(cell: Box, sheet: _Sheet) -> Iterator[Box]:
    """Pieces of ink in a cell that are neither specks nor left-overs of its rules."""
    inside = sheet.ink[cell.y0 : cell.y1, cell.x0 : cell.x1]
    if not inside.size or not inside.any():
        return
    kernel = np.ones(tuple(max(1, round(side * sheet.millimetre)) for side in reversed(_JOIN_MM)), np.uint8)
    joined = cv2.morphologyEx(inside, cv2.MORPH_CLOSE, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    edge, least = _EDGE_MM * sheet.millimetre, _LEAST_MARK_MM * sheet.millimetre
    for x, y, width, height, _ in stats[1:count].tolist():
        off = min(x, y, cell.width - x - width, cell.height - y - height)
        if max(width, height) < least or (off <= edge and min(width, height) <= edge):
            continue
        yield Box(cell.x0 + x, cell.y0 + y, cell.x0 + x + width, cell.y0 + y + height)


def _rows(marks: Sequence[Box], sheet: _Sheet) -> list[list[Box]]:
    """Gather marks that stand beside one another."""
    rows: list[list[Box]] = []
    for mark in sorted(marks, key=lambda box: (box.y0, box.x0)):
        for row in rows:
            if max(_down_share(mark, other) for other in row) >= _COVERED:
                row.append(mark)
                break
        else:
            rows.append([mark])
    return rows


def _fitted(box: Box | None, marks: Sequence[Box], cell: Box, sheet: _Sheet) -> Box:
    """The box of a line: as wide as its ink, as high as the detector said or, where it said nothing, as a line of print is."""
    around = enclosing(marks)
    if box is not None:
        y0, y1 = box.y0, box.y1
    else:
        low, wanted = (round(side * sheet.millimetre) for side in _LINE_MM)
        y0, y1 = around.y0, around.y1
        if y1 - y0 < low:  # a dash or a full stop: as much above as below
            middle = (y0 + y1) // 2
            y0, y1 = middle - wanted // 2, middle + wanted // 2
    return Box(around.x0, max(cell.y0, y0), around.x1, max(max(cell.y0, y0) + 1, min(cell.y1, y1)))


def _common(one: Box, other: Box) -> Box | None:
    x0, y0, x1, y1 = max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1)
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _touch(box: Box, other: Box) -> bool:
    return _common(box, other) is not None


def _share_inside(box: Box, other: Box) -> float:
    part = _common(box, other)
    return part.width * part.height / (box.width * box.height) if part else 0.0


def _down_share(mark: Box, line: Box) -> float:
    """Share of a mark's height that lies within the height of a line."""
    return (min(mark.y1, line.y1) - max(mark.y0, line.y0)) / mark.height
