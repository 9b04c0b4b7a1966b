"""The patch code T: four thick bars that scanners and capture programs know as the sign of a separator sheet.

In: the cleaned upright page. Out: the boxes of patch codes. A patch code has two wide (0.20 inch) and two narrow bars (0.08 inch)
with narrow spaces between; T is narrow, wide, narrow, wide. Read from its other end T is the patch code 3, which also separates,
so both count, whichever way the bars lie.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np

from dossier.model import Box
from ocr.cleaning.shrinking import shrink
from ocr.intake.rendering import Pixels

NARROW_MM, WIDE_MM, LENGTH_MM = 2.032, 5.08, 63.5
"""Bars as they are printed (0.08, 0.20 and 2.5 inches)."""

T_BARS = (NARROW_MM, WIDE_MM, NARROW_MM, WIDE_MM)

_WORK_DPI = 50
_DARK = 160
_SHORTEST_MM, _GAP_MM = 15.0, 2.5
_STEP_MM = 2.5
_LEAST_ROWS = 5
"""A patch code shows on so many sampled rows one after another."""
_WIDE_UNITS = WIDE_MM / NARROW_MM
_PATTERNS = tuple(
    np.array([bars[0], 1, bars[1], 1, bars[2], 1, bars[3]])
    for bars in ((1, _WIDE_UNITS, 1, _WIDE_UNITS), (_WIDE_UNITS, 1, _WIDE_UNITS, 1))
)
_UNITS = float(_PATTERNS[0].sum())
_EDGES = 2 * len(T_BARS)
_UNIT_MM = (1.4, 2.8)
"""A copy may be reduced or enlarged."""
_TOLERANCE = 0.65
"""In narrow bars: how far a bar or space may be from its width; half way to the next kind would be 0.75."""
_QUIET_UNITS = 2.0


def find_patch_codes(grey: Pixels, *, dpi: int) -> tuple[Box, ...]:
    """Boxes of the patch codes T (or 3) of a page."""
    scale = min(1.0, _WORK_DPI / dpi)
    small = shrink(grey, scale, nearly=True)
    dark = (small < _DARK).astype(np.uint8)
    millimetre = scale * dpi / 25.4
    boxes = list(_stacks(_long_strokes(dark, millimetre), millimetre))
    lying = _long_strokes(np.ascontiguousarray(dark.T), millimetre)
    boxes += [(top, left, bottom, right) for left, top, right, bottom in _stacks(lying, millimetre)]
    return tuple(Box(*(round(edge / scale) for edge in box)) for box in boxes)


def _long_strokes(dark: Pixels, millimetre: float) -> Pixels:
    """Only what is long from top to bottom; gaps that wear made in it are closed."""
    gap, shortest = round(_GAP_MM * millimetre), round(_SHORTEST_MM * millimetre)
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((shortest, 1), np.uint8)), dtype=np.uint8)


def _stacks(bars: Pixels, millimetre: float) -> Iterator[tuple[int, int, int, int]]:
    """Where sampled rows show the pattern at one place, one row after another: left, top, right, bottom."""
    step = max(1, round(_STEP_MM * millimetre))
    open_stacks: list[list[int]] = []
    patterns = _patterns(bars[::step], millimetre)
    for y, found in zip(range(0, bars.shape[0], step), patterns, strict=True):
        grown = []
        for left, right in found:
            same = next((s for s in open_stacks if abs(s[0] - left) < 2 * millimetre and abs(s[2] - right) < 2 * millimetre), None)
            grown.append([left, same[1], right, y + 1, same[4] + 1] if same else [left, y, right, y + 1, 1])
        for stack in open_stacks:
            ended = not any(new[1] == stack[1] and abs(new[0] - stack[0]) < 2 * millimetre for new in grown)
            if ended and stack[4] >= _LEAST_ROWS:
                yield stack[0], stack[1], stack[2], stack[3]
        open_stacks = grown
    yield from ((s[0], s[1], s[2], s[3]) for s in open_stacks if s[4] >= _LEAST_ROWS)


def _patterns(rows: Pixels, millimetre: float) -> list[list[tuple[int, int]]]:
    """Left and right edges of the patterns in each row of pixels."""
    found: list[list[tuple[int, int]]] = [[] for _ in rows]
    inked = np.pad(rows, 1).astype(np.bool_)  # rows begin and end with paper, so that all can be looked through as one
    row, column = np.divmod(np.flatnonzero(inked.ravel()[1:] != inked.ravel()[:-1]), inked.shape[1])
    if len(row) < _EDGES:
        return found
    firsts = np.arange(0, len(row) - _EDGES + 1, 2)
    edges = column[firsts[:, None] + np.arange(_EDGES)]
    units = (edges[:, -1] - edges[:, 0]) / _UNITS
    likely = (row[firsts] == row[firsts + _EDGES - 1]) & (units >= _UNIT_MM[0] * millimetre) & (units <= _UNIT_MM[1] * millimetre)
    firsts, edges, units = firsts[likely], edges[likely], units[likely]
    widths = np.diff(edges, axis=1) / units[:, None]
    fits = np.any([np.abs(widths - pattern).max(axis=1) <= _TOLERANCE for pattern in _PATTERNS], axis=0)
    for first, unit, (left, *_, right) in zip(firsts[fits].tolist(), units[fits].tolist(), edges[fits].tolist(), strict=True):
        end = first + _EDGES
        before = left - column[first - 1] if first and row[first - 1] == row[first] else math.inf
        after = column[end] - right if end < len(row) and row[end] == row[first] else math.inf
        if min(before, after) >= _QUIET_UNITS * unit:
            found[int(row[first]) - 1].append((left, right))
    return found
