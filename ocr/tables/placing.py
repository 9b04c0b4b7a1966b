"""Put lines of print into the cells of tables.

In: boxes of lines as a detector found them, the tables, and the page without their rules. Out: the same lines, those in tables
cut at the borders of cells and named by their cell; and lines that the detector overlooked, such as single digits and dashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from dossier.model import Box, Cell, CellPlace, Table, enclosing
from ocr.engines.line_place import Bend, LinePlace
from ocr.intake.rendering import Pixels
from ocr.tables.cell_rows import fits, ink_of, is_speck, rows_of
from ocr.tables.rulings import MM_PER_INCH

_DARK = 218
"""Ink on even paper (245) is darker."""
_LEAST_MARK_MM = 0.55
"""Smaller ink in an empty cell is a speck: a dot of 12 point is 0.5 mm, a dash 1.4 mm wide."""
_JOIN_MM = (3.2, 0.35)
"""Ink in a cell closer than this (across, down) is one line: words of a line; an accent and its letter."""
_EDGE_MM = 0.5
"""What is left of a rule lies this near to the border."""
_LINE_MM = (2.2, 3.4)
"""Height that the box of a line has at least, and at which a short one (a dash, a full stop) is set, in mm."""
_COVERED = 0.5
_LEAST_PART_MM = 0.4
_NEAR = 0.75
"""Ink whose middle is so near to that of a line, in heights of the line, belongs to it: accents stand beyond its box."""
_SAME_ROW = 0.5
_TOUCHES_MM, _MOST_CROSSED = 0.6, 3
"""Print keeps this distance from the borders of its cell; what does not, on both sides of up to so many, was pressed on later."""
_WHITE = 0.15


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
        near = [place for place in places if _common(place.box, table.box)]
        over = [place for place in near if _lies_over(place.box, table, sheet)]
        rest += [place for place in over if place not in rest]
        for place in over:
            sheet.ink[place.box.y0 : place.box.y1, place.box.x0 : place.box.x1] = 0
        cut = [place for place in near if place not in over]
        for cell in table.cells:
            where = CellPlace(number, cell.row, cell.column)
            rest += [replace(place, cell=where) for place in _lines_of(cell, cut, sheet)]
    return tuple(rest)


def _lies_over(box: Box, table: Table, sheet: _Sheet) -> bool:
    """Whether a line was pressed over borders of cells, as stamps are: its ink comes up to them from both sides."""
    under = [cell.box for cell in table.cells if _common(cell.box, box)]
    reach = max(1, round(_TOUCHES_MM * sheet.millimetre))
    crossed = [
        (left.x1, right.x0)
        for left in under
        for right in under
        if 0 <= right.x0 - left.x1 <= 4 * reach and left.y0 < right.y1 and right.y0 < left.y1
    ]
    if not 1 <= len(crossed) <= _MOST_CROSSED:
        return False
    rows = sheet.ink[box.y0 : box.y1]
    return all(
        rows[:, max(box.x0, left - reach) : left].any() and rows[:, right : min(box.x1, right + reach)].any()
        for left, right in crossed
    )


def _lines_of(cell: Cell, places: Sequence[LinePlace], sheet: _Sheet) -> list[LinePlace]:
    """Lines in a cell, from top to bottom."""
    marks = _marks(cell.box, sheet)
    if not marks:
        return []
    own = _one_a_row([part for place in places if (part := _part_in(cell.box, place, sheet)) is not None])
    inked: list[list[Box]] = [[] for _ in own]
    loose: list[Box] = []
    for mark in marks:
        away = [_distance(mark, part.box) for part in own]
        if away and min(away) <= _NEAR:
            inked[int(np.argmin(away))].append(mark)
        else:
            loose.append(mark)
    found = [
        _narrowed(part, _with_sides(ink_of(ink, millimetre=sheet.millimetre), part.box.height, cell.box))
        for part, ink in zip(own, inked, strict=True)
        if ink
    ]
    if not all(fits(part, ink, millimetre=sheet.millimetre) for part, ink in zip(found, filter(None, inked), strict=True)):
        return [LinePlace(_with_sides(row, row.height, cell.box)) for row in rows_of(marks, cell.box, millimetre=sheet.millimetre)]
    for row in _rows(loose, sheet):
        if found and is_speck(row, millimetre=sheet.millimetre):
            continue
        box = _raised(row, cell.box, sheet)
        found.append(LinePlace(_with_sides(box, box.height, cell.box)))
    return sorted(found, key=lambda place: (place.box.y0 + place.box.y1, place.box.x0))


def _one_a_row(parts: Sequence[LinePlace]) -> list[LinePlace]:
    """The widest of the parts that stand side by side: others are its pieces, or ends of lines of the next cell."""
    kept: list[LinePlace] = []
    for part in sorted(parts, key=lambda part: -part.box.width):
        if all(min(_distance(part.box, other.box), _distance(other.box, part.box)) > _SAME_ROW for other in kept):
            kept.append(part)
    return kept


def _distance(mark: Box, line: Box) -> float:
    """How far the middle of a mark is above or below that of a line, in heights of the line."""
    return abs(mark.y0 + mark.y1 - line.y0 - line.y1) / 2 / max(1, line.height)


def _with_sides(ink: Box, height: int, cell: Box) -> Box:
    """White left and right of the ink, as the detector leaves it: a lone digit is not read without."""
    white = round(_WHITE * height)
    return Box(max(cell.x0, ink.x0 - white), ink.y0, min(cell.x1, ink.x1 + white), ink.y1)


def _part_in(cell: Box, place: LinePlace, sheet: _Sheet) -> LinePlace | None:
    """The part of a found line that lies in a cell, or None when it hardly does."""
    part = _common(cell, place.box)
    if part is None or part.width < _LEAST_PART_MM * sheet.millimetre:
        return None
    bent = _narrowed(place, Box(part.x0, place.box.y0, part.x1, place.box.y1))
    inside = _common(cell, bent.box)
    if inside is None or inside.height < min(_COVERED * place.box.height, 0.8 * cell.height):
        return None
    return replace(bent, box=inside)


def _narrowed(place: LinePlace, width: Box) -> LinePlace:
    """A line from one column of pixels to another; of a bent line the box follows the bend."""
    bend = place.bend
    box = Box(width.x0, place.box.y0, width.x1, place.box.y1)
    if bend is None or width.width == 0:
        return replace(place, box=box)
    middle, reach = (width.x0 + width.x1) / 2, width.width / 2
    off, share = (middle - bend.middle) / bend.reach, reach / bend.reach
    lower = round(bend.slope * off + bend.curve * (off * off + share * share / 3 - 1 / 3))
    own = Bend(middle, reach, (bend.slope + 2 * bend.curve * off) * share, bend.curve * share * share)
    return replace(place, box=Box(box.x0, max(0, box.y0 + lower), box.x1, max(0, box.y1 + lower)), bend=own)


def _marks(cell: Box, sheet: _Sheet) -> list[Box]:
    """Pieces of ink in a cell that are not left over from its rules."""
    inside = sheet.ink[cell.y0 : cell.y1, cell.x0 : cell.x1]
    if not inside.size or not inside.any():
        return []
    count, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    edge = _EDGE_MM * sheet.millimetre
    marks = []
    for x, y, width, height, _ in stats[1:count].tolist():
        off = min(x, y, cell.width - x - width, cell.height - y - height)
        if off > edge or min(width, height) > edge:
            marks.append(Box(cell.x0 + x, cell.y0 + y, cell.x0 + x + width, cell.y0 + y + height))
    return marks


def _rows(marks: Sequence[Box], sheet: _Sheet) -> list[Box]:
    """Rows of print that marks make, accents with their letters; what stays small is a speck."""
    if not marks:
        return []
    around = enclosing(marks)
    picture = np.zeros((around.height, around.width), np.uint8)
    for mark in marks:
        picture[mark.y0 - around.y0 : mark.y1 - around.y0, mark.x0 - around.x0 : mark.x1 - around.x0] = 255
    across, down = (max(1, round(side * sheet.millimetre)) for side in _JOIN_MM)
    joined = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((down, across), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = _LEAST_MARK_MM * sheet.millimetre
    return [
        Box(around.x0 + x, around.y0 + y, around.x0 + x + width, around.y0 + y + height)
        for x, y, width, height, _ in stats[1:count].tolist()
        if max(width, height) >= least
    ]


def _raised(ink: Box, cell: Box, sheet: _Sheet) -> Box:
    """The box of a line that the detector overlooked: a dash or a full stop gets the height of a line, within its cell."""
    low, wanted = (round(side * sheet.millimetre) for side in _LINE_MM)
    if ink.height >= low:
        return ink
    middle = (ink.y0 + ink.y1) // 2
    return Box(ink.x0, max(cell.y0, middle - wanted // 2), ink.x1, min(cell.y1, middle + wanted // 2))


def _common(one: Box, other: Box) -> Box | None:
    x0, y0, x1, y1 = max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1)
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _share_inside(box: Box, other: Box) -> float:
    part = _common(box, other)
    return part.width * part.height / (box.width * box.height) if part else 0.0
