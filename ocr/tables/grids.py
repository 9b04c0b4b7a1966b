"""Rules that meet become a grid, and the grid the cells of a table.

In: the level and upright rules of one table. Out: a `Table`. Where a rule between two places of the grid is missing they are one
cell; where the outer rule at a side is missing the ends of the others stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dossier.model import Box, Cell, Table
from ocr.tables.rules import Rule
from ocr.tables.rulings import MM_PER_INCH

_SAME_LEVEL_MM = 1.7
"""Rules nearer to each other than this are one border: the two lines of a double frame, the pieces of a curved rule."""
_OPEN_MM = 5.0
"""Level rules that run on beyond the last upright one by this leave a column with an open side."""
_LEAST_COVER = 0.5
"""Least share of the border between two places of the grid that is ruled."""
_WHOLE_COVER = 0.97
"""A rule from border to border; a row of letters in a cell ends before them."""
_LEAST_COLUMN_SHARE, _LEAST_ROW_SHARE = 0.3, 0.12
"""Least share of the table's height that a border of columns runs along, and of its width for one of rows: letters that look like
rules are shorter, and heads that hold several columns leave the rows below them."""


@dataclass(frozen=True, slots=True)
class _Border:
    """A line of the grid: all rules at one height (or one distance from the left)."""

    rules: tuple[Rule, ...]
    offset: float
    drawn: bool = True

    def cover(self, start: float, end: float, slack: float) -> float:
        """Share of the way from `start` to `end` that is ruled."""
        if not self.drawn:
            return 1.0
        spans = sorted((max(start, rule.start - slack), min(end, rule.end + slack)) for rule in self.rules)
        covered, reached = 0.0, start
        for low, high in spans:
            if high > max(low, reached):
                covered += high - max(low, reached)
                reached = high
        return covered / max(1.0, end - start)


def build_table(level: Sequence[Rule], upright: Sequence[Rule], *, dpi: int, page: tuple[int, int]) -> Table | None:
    """The table of rules that meet, or None when they enclose fewer than three cells in two columns.

    Args:
        level: its level rules.
        upright: its upright rules.
        dpi: resolution.
        page: width and height of the page.
    """
    millimetre = dpi / MM_PER_INCH
    lean = _lean(level, upright)
    slack = 0.6 * millimetre
    rows, columns = _borders(level, lean, millimetre), _borders(upright, -lean, millimetre)
    for _ in range(2):
        columns = _with_open_sides(columns, rows, millimetre)
        rows = _needed(rows, columns, slack, least_share=_LEAST_ROW_SHARE)
        columns = _needed(columns, rows, slack, least_share=_LEAST_COLUMN_SHARE)
    if len(rows) < 2 or len(columns) < 3:
        return None
    groups = _groups(rows, columns, slack)
    cells = _cells(groups, rows, columns, lean, page)
    if len(cells) < 3:
        return None
    box = Box(
        min(cell.box.x0 for cell in cells), min(cell.box.y0 for cell in cells),
        max(cell.box.x1 for cell in cells), max(cell.box.y1 for cell in cells),
    )  # fmt: skip
    return Table(box, len(rows) - 1, len(columns) - 1, cells)


def _lean(level: Sequence[Rule], upright: Sequence[Rule]) -> float:
    """Slope of the table's level rules; the longest know best."""
    leans = sorted([(rule.lean, rule.length) for rule in level] + [(-rule.lean, rule.length) for rule in upright])
    half, passed = sum(length for _, length in leans) / 2, 0.0
    for lean, length in leans:
        passed += length
        if passed >= half:
            return lean
    return 0.0


def _borders(rules: Sequence[Rule], lean: float, millimetre: float) -> list[_Border]:
    """Gather rules to borders. Offsets are those at the origin along the rules, with the table's lean taken out."""
    placed = sorted(((rule.offset - lean * (rule.start + rule.end) / 2, rule) for rule in rules), key=lambda pair: pair[0])
    clusters: list[list[tuple[float, Rule]]] = []
    for offset, rule in placed:
        if clusters and offset - _mean(clusters[-1]) <= _SAME_LEVEL_MM * millimetre:
            clusters[-1].append((offset, rule))
        else:
            clusters.append([(offset, rule)])
    return [_Border(tuple(rule for _, rule in cluster), _mean(cluster)) for cluster in clusters]


def _mean(cluster: Sequence[tuple[float, Rule]]) -> float:
    return sum(offset * rule.length for offset, rule in cluster) / sum(rule.length for _, rule in cluster)


def _with_open_sides(columns: list[_Border], rows: Sequence[_Border], millimetre: float) -> list[_Border]:
    """Add the sides that are not drawn: where most level rules end."""
    starts = [min(rule.start for rule in row.rules) for row in rows if row.rules]
    ends = [max(rule.end for rule in row.rules) for row in rows if row.rules]
    if not columns or len(starts) < 2:
        return columns
    left, right = float(np.median(starts)), float(np.median(ends))
    if columns[0].drawn and columns[0].offset - left > _OPEN_MM * millimetre:
        columns = [_Border((), left, drawn=False), *columns]
    if columns[-1].drawn and right - columns[-1].offset > _OPEN_MM * millimetre:
        columns = [*columns, _Border((), right, drawn=False)]
    return columns


def _needed(borders: list[_Border], across: Sequence[_Border], slack: float, *, least_share: float) -> list[_Border]:
    """Borders that part enough places of the grid; underlines within a cell and letters do not."""
    if len(across) < 2:
        return borders
    spans = [(low.offset, high.offset) for low, high in pairwise(across)]
    total = across[-1].offset - across[0].offset
    least = least_share * total
    kept = []
    for border in borders:
        ruled = [high - low for low, high in spans if border.cover(low, high, slack) >= _LEAST_COVER]
        whole = any(border.cover(low, high, slack / 2) >= _WHOLE_COVER for low, high in spans)
        if ruled and sum(ruled) >= (least if whole else max(least, total / 2)):
            kept.append(border)
    return kept


Groups = npt.NDArray[np.int32]


def _groups(rows: Sequence[_Border], columns: Sequence[_Border], slack: float) -> Groups:
    """Number of the cell at each place of the grid."""
    for least in (_LEAST_COVER, _LEAST_COVER / 2, 0.0):
        numbers = np.arange((len(rows) - 1) * (len(columns) - 1), dtype=np.int32).reshape(len(rows) - 1, len(columns) - 1)
        for r, (top, bottom) in enumerate(pairwise(rows)):
            for c, (left, right) in enumerate(pairwise(columns)):
                if r and top.cover(left.offset, right.offset, slack) < least:
                    numbers[numbers == numbers[r, c]] = numbers[r - 1, c]
                if c and left.cover(top.offset, bottom.offset, slack) < least:
                    numbers[numbers == numbers[r, c]] = numbers[r, c - 1]
        if least == _LEAST_COVER:
            first = numbers
        _fill(first, numbers)
        if all(_is_rectangle(first == number) for number in np.unique(first)):
            break
    return first


def _fill(groups: Groups, stricter: Groups) -> None:
    """Part the groups that are no rectangles as the stricter reading of the rules parts them."""
    top = int(max(groups.max(), stricter.max())) + 1
    for number in np.unique(groups):
        place = groups == number
        if not _is_rectangle(place):
            groups[place] = stricter[place] + top


def _is_rectangle(place: npt.NDArray[np.bool_]) -> bool:
    rows, columns = np.flatnonzero(place.any(axis=1)), np.flatnonzero(place.any(axis=0))
    return bool(place[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].all())


def _cells(
    groups: Groups, rows: Sequence[_Border], columns: Sequence[_Border], lean: float, page: tuple[int, int]
) -> tuple[Cell, ...]:
    """Cells in reading order, each with its inside on the page."""
    cells = []
    for number in np.unique(groups):
        ys, xs = np.nonzero(groups == number)
        top, bottom, left, right = int(ys.min()), int(ys.max()) + 1, int(xs.min()), int(xs.max()) + 1
        y_middle = (rows[top].offset + rows[bottom].offset) / 2
        x_middle = (columns[left].offset + columns[right].offset) / 2
        x0, x1 = (columns[k].offset - lean * y_middle for k in (left, right))
        y0, y1 = (rows[k].offset + lean * x_middle for k in (top, bottom))
        inside = (
            np.clip(x0 + _half(columns[left]), 0, page[0]), np.clip(y0 + _half(rows[top]), 0, page[1]),
            np.clip(x1 - _half(columns[right]), 0, page[0]), np.clip(y1 - _half(rows[bottom]), 0, page[1]),
        )  # fmt: skip
        if inside[2] > inside[0] and inside[3] > inside[1]:
            box = Box(int(np.ceil(inside[0])), int(np.ceil(inside[1])), int(inside[2]), int(inside[3]))
            cells.append(Cell(top, left, bottom - top, right - left, box))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _half(border: _Border) -> float:
    return max((rule.thickness for rule in border.rules), default=0.0) / 2 + 0.5
