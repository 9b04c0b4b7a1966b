"""Find tables that have level rules only: their columns are told by white that stands over all rows.

In: the level rules of a page and its even grey. Out: `Table`s. Lines to write on, rules under heads and before footnotes are no
tables: they are few, differ in their ends, or no white parts what stands between them into columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from dossier.model import Table
from ocr.cleaning.components import measured
from ocr.intake.rendering import Pixels
from ocr.tables.grids import build_table
from ocr.tables.rules import Rule
from ocr.tables.rulings import MM_PER_INCH

_LEAST_RULES = 4
_LEAST_LENGTH_MM, _SAME_END_MM, _LEAST_COVER = 60.0, 3.5, 0.7
"""A rule of such a table is so long, ends where the next one does, and has no more gaps than this leaves."""
_SAME_LEVEL_MM = 1.7
_ROW_MM = (3.2, 45.0)
_WORK_DPI = 100
_INK_CONTRAST, _PALE_SHARE, _PRINT_QUANTILE = 27, 0.4, 0.8
"""Ink is darker than paper by so many grey levels, and by this share of the darkness that print has: stains are paler."""
_PAPER = 245
_RULE_MM, _SPECK_MM, _LONG_MM = 0.5, 0.9, 8.0
"""What lies so near to a rule is the rule itself; smaller ink is dirt, longer ink another rule or a scratch."""
_LEAST_WHITE_MM = 2.0
"""White between columns is wider than that between words."""
_MOST_IN_WHITE = 0.4
"""A cell over two columns holds print in more of the white between them; less is dirt or the end of a long line."""
_MOST_MERGED = 0.12
"""Share of the rows whose cells may run over several columns."""
_HEAD_MM, _LEAST_PRINTED, _PRINTED_SHARE = 3.0, 3, 0.2
"""The head of a column is at least so wide; a column without one has print in so many rows, and in this share of them."""
_LEAST_FILLED = 0.5
"""Share of the rows in which the first column and another hold print."""

Occupied = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Level:
    """All rules at one height: where they begin and end, and their height at the left edge of the page."""

    rules: tuple[Rule, ...]
    start: float
    end: float
    height: float


def find_level_tables(rules: Sequence[Rule], grey: Pixels, *, dpi: int) -> list[Table]:
    """Tables without rules between their columns.

    Args:
        rules: level rules, in pixels of the page.
        grey: the upright page with even paper.
        dpi: resolution.
    """
    millimetre = dpi / MM_PER_INCH
    if len(rules) < _LEAST_RULES:
        return []
    lean = float(np.median(np.repeat([rule.lean for rule in rules], [max(1, round(rule.length)) for rule in rules])))
    found = []
    for group in _groups(_levels(rules, lean, millimetre), millimetre):
        uprights = _uprights(group, grey, lean=lean, dpi=dpi)
        table = build_table([_whole(level, lean) for level in group], uprights, dpi=dpi, page=(grey.shape[1], grey.shape[0]))
        if table and uprights:
            found.append(table)
    return found


def _levels(rules: Sequence[Rule], lean: float, millimetre: float) -> list[_Level]:
    """Rules gathered by their height, those that are long and whole enough."""
    placed = sorted(((rule.offset - lean * (rule.start + rule.end) / 2, rule) for rule in rules), key=lambda pair: pair[0])
    clusters: list[list[tuple[float, Rule]]] = []
    for height, rule in placed:
        if clusters and height - clusters[-1][-1][0] <= _SAME_LEVEL_MM * millimetre:
            clusters[-1].append((height, rule))
        else:
            clusters.append([(height, rule)])
    levels = []
    for cluster in clusters:
        lengths = [rule.length for _, rule in cluster]
        start, end = min(rule.start for _, rule in cluster), max(rule.end for _, rule in cluster)
        if end - start >= _LEAST_LENGTH_MM * millimetre and sum(lengths) >= _LEAST_COVER * (end - start):
            height = float(np.average([height for height, _ in cluster], weights=lengths))
            levels.append(_Level(tuple(rule for _, rule in cluster), start, end, height))
    return levels


def _groups(levels: Sequence[_Level], millimetre: float) -> list[list[_Level]]:
    """Levels that begin and end alike, one below the other; others may lie between them."""
    groups: list[list[_Level]] = []
    near, (least, most) = _SAME_END_MM * millimetre, (side * millimetre for side in _ROW_MM)
    for level in levels:
        for group in reversed(groups):
            last = group[-1]
            alike = abs(level.start - last.start) <= near and abs(level.end - last.end) <= near
            if alike and least <= level.height - last.height <= most:
                group.append(level)
                break
        else:
            groups.append([level])
    return [group for group in groups if len(group) >= _LEAST_RULES]


def _whole(level: _Level, lean: float) -> Rule:
    """One rule for all at a height: what worn print lacks of it parts rows all the same."""
    thickness = float(np.median([rule.thickness for rule in level.rules]))
    return Rule(level.start, level.end, level.height + lean * (level.start + level.end) / 2, lean, thickness)


def _uprights(group: Sequence[_Level], grey: Pixels, *, lean: float, dpi: int) -> list[Rule]:
    """Rules that stand for the white between columns, in the rows that no print crosses there; none where it is no table."""
    start, end = min(level.start for level in group), max(level.end for level in group)
    heights = [level.height + lean * start for level in group]  # at the left end of the table
    fall = lean * (end - start)
    corner = (max(0, int(start)), max(0, int(min(heights) + min(0.0, fall))))
    scale = min(1.0, _WORK_DPI / dpi)
    ink = _ink(grey[corner[1] : int(max(heights) + max(0.0, fall)) + 1, corner[0] : int(end) + 1], lean, scale)
    millimetre = dpi * scale / MM_PER_INCH
    tops = [(height - corner[1]) * scale for height in heights]
    rows = [
        ink[round(top + _RULE_MM * millimetre) : max(round(top) + 1, round(bottom - _RULE_MM * millimetre))].any(axis=0)
        for top, bottom in pairwise(tops)
    ]
    occupied = np.array(rows)
    found = []
    for low, high in _columns(occupied, millimetre):
        middle = (low + high) / 2
        for row, (top, bottom) in zip(occupied, pairwise(tops), strict=True):
            if row[low:high].mean() <= _MOST_IN_WHITE:
                along, across = (top + bottom) / 2, middle - lean * (top + bottom) / 2
                found.append(_on_page(top, bottom, along, across, lean=lean, corner=corner, scale=scale))
    return found


def _on_page(top: float, bottom: float, along: float, across: float, *, lean: float, corner: tuple[int, int], scale: float) -> Rule:
    """An upright rule of the small picture in pixels of the page."""
    half, y, x = (bottom - top) / 2 / scale, corner[1] + along / scale, corner[0] + across / scale
    y += lean * (x - corner[0])
    return Rule(y - half, y + half, x, -lean, 0.0)


def _ink(part: Pixels, lean: float, scale: float) -> Pixels:
    """Ink of a window, made smaller and level, without dirt; True where print is."""
    small = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else part
    level = np.array([[1.0, -lean, 0.0], [lean, 1.0, 0.0]])
    straight = cv2.warpAffine(
        small, level, (small.shape[1], small.shape[0]), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=_PAPER
    )
    darkness = _PAPER - straight[straight < _PAPER - _INK_CONTRAST].astype(np.int16)
    pale = max(_INK_CONTRAST, _PALE_SHARE * float(np.quantile(darkness, _PRINT_QUANTILE))) if darkness.size else _INK_CONTRAST
    ink = np.asarray(cv2.threshold(straight, _PAPER - pale, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    for shape in ((1, long := round(_LONG_MM * _WORK_DPI / MM_PER_INCH)), (long, 1)):
        straightest = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink = np.asarray(cv2.subtract(ink, cv2.dilate(straightest, np.ones((3, 3), np.uint8))), np.uint8)
    labels, stats = measured(cv2.dilate(ink, np.ones((3, 3), np.uint8)))
    large = np.maximum(stats[:, 2], stats[:, 3]) - 2 >= _SPECK_MM * _WORK_DPI / MM_PER_INCH
    large[0] = False
    return np.asarray((ink > 0) & large[labels], np.uint8)


def _columns(occupied: Occupied, millimetre: float) -> list[tuple[int, int]]:
    """Where white parts columns, none where what it parts is no table."""
    rows = list(range(len(occupied)))
    whites = _whites(occupied, millimetre)
    for _ in range(round(_MOST_MERGED * len(occupied))):
        # The head is never left out: where it says nothing of a column there is none.
        without = [(row, _whites(occupied[[other for other in rows if other != row]], millimetre)) for row in rows[1:]]
        row, more = max(without, key=lambda each: len(each[1]))
        if len(more) <= len(whites):
            break
        rows.remove(row)
        whites = more
    whites = _with_print(whites, occupied, millimetre)
    filled = _print_widths(whites, occupied) > 0
    if not whites or filled[0].mean() < _LEAST_FILLED or filled[1:].any(axis=0).mean() < _LEAST_FILLED:
        return []
    return whites


def _with_print(whites: list[tuple[int, int]], occupied: Occupied, millimetre: float) -> list[tuple[int, int]]:
    """Without columns that have no head and hardly anything below it: dirt made them."""
    least = max(_LEAST_PRINTED, _PRINTED_SHARE * len(occupied))
    while whites:
        widths = _print_widths(whites, occupied) / millimetre
        bare = np.flatnonzero((widths[:, 0] < _HEAD_MM) & ((widths >= _SPECK_MM).sum(axis=1) < least))
        if not len(bare):
            break
        column = int(bare[0])
        before, after = whites[: max(0, column - 1)], whites[column + 1 :]
        between = [(whites[column - 1][0], whites[column][1])] if 0 < column < len(whites) else []
        whites = [*before, *between, *after]
    return whites


def _print_widths(whites: Sequence[tuple[int, int]], occupied: Occupied) -> npt.NDArray[np.int64]:
    """Width of the print, by column and row."""
    edges = [0, *((low + high) // 2 for low, high in whites), occupied.shape[1]]
    return np.array([occupied[:, low:high].sum(axis=1) for low, high in pairwise(edges)])


def _whites(occupied: Occupied, millimetre: float) -> list[tuple[int, int]]:
    """Runs of columns of pixels without print in any row, those at the sides left out."""
    inked = np.flatnonzero(occupied.any(axis=0))
    gaps = np.flatnonzero(np.diff(inked) > _LEAST_WHITE_MM * millimetre)
    return [(int(inked[gap]) + 1, int(inked[gap + 1])) for gap in gaps]
