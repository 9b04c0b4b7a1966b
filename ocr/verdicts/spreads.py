"""Two pages of a bound volume on one image (trang đôi): find the gutter between them and read the left leaf first.

In: the cleaned page and its lines. Out: a `Gutter`, or None for a single page; and the two leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dossier.model import Box, Line
from ocr.cleaning.flat_field import PAPER
from ocr.intake.rendering import Pixels

_ASPECT = (1.15, 1.75)
"""Width by height: two A4 pages side by side are 1.41."""
_MIDDLE = (0.42, 0.58)
"""The gutter lies in this share of the width."""
_LEAST_LINES = 5
"""Lines on each leaf; with fewer it could as well be a landscape page."""
_LEAST_HEIGHT = 0.3
"""Share of the height that the lines of each leaf span."""
_LEAST_GUTTER_MM = 8.0
_INK = 90


@dataclass(frozen=True, slots=True)
class Gutter:
    """The gutter's middle in pixels, its width, and how many lines stand on each leaf."""

    x: int
    width_mm: float
    left_lines: int
    right_lines: int


def find_gutter(grey: Pixels, lines: Sequence[Line], *, dpi: int) -> Gutter | None:
    """The empty band between the leaves, or None."""
    height, width = grey.shape
    if not _ASPECT[0] <= width / height <= _ASPECT[1]:
        return None
    free = np.ones(width, bool)
    for line in lines:
        free[max(0, line.box.x0) : line.box.x1] = False
    best = max(_bands(free, width), key=lambda band: band[1] - band[0], default=None)
    if best is None or (best[1] - best[0]) / dpi * 25.4 < _LEAST_GUTTER_MM:
        return None
    x = (best[0] + best[1]) // 2
    sides = [line for line in lines if line.box.centre[0] < x], [line for line in lines if line.box.centre[0] >= x]
    if not all(len(side) >= _LEAST_LINES and _span(side) >= _LEAST_HEIGHT * height for side in sides):
        return None
    if _rows_across(grey, best) > 0:
        return None
    return Gutter(x, round((best[1] - best[0]) / dpi * 25.4, 1), len(sides[0]), len(sides[1]))


def leaves_of(gutter: Gutter, size: tuple[int, int]) -> tuple[Box, Box]:
    """The two leaves of an image of this width and height."""
    return Box(0, 0, gutter.x, size[1]), Box(gutter.x, 0, size[0], size[1])


def left_leaf_first(lines: Sequence[Line], gutter: Gutter) -> tuple[Line, ...]:
    """The lines of the left leaf, then those of the right, each in the order they had."""
    return tuple(sorted(lines, key=lambda line: line.box.centre[0] >= gutter.x))


def _bands(free: np.ndarray[tuple[int], np.dtype[np.bool_]], width: int) -> list[tuple[int, int]]:
    """Runs of free columns that touch the middle, cut to it."""
    low, high = round(_MIDDLE[0] * width), round(_MIDDLE[1] * width)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], free[low:high].astype(np.int8), [0]])))
    return [(low + int(start), low + int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _span(lines: Sequence[Line]) -> int:
    return max(line.box.y1 for line in lines) - min(line.box.y0 for line in lines)


def _rows_across(grey: Pixels, band: tuple[int, int]) -> int:
    """Rows that are inked from one side of the band to the other: rules of a table that goes over both halves."""
    part = grey[:, band[0] : band[1]] < PAPER - _INK
    return int((part.mean(axis=1) > 0.9).sum())
