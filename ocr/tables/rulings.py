"""Find the rules (đường kẻ) of a page: thin straight ink, longer than letters are, level or upright.

In: an upright grey page with even paper. Out: `Rule`s, each a line that may lean a little. Ink is averaged along the direction
looked for, so pale, dotted and broken rules stand out from noise, and print does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.cleaning.components import Labels, measured
from ocr.cleaning.shrinking import NEARLY_AVERAGED
from ocr.intake.rendering import Pixels
from ocr.tables.rules import Rule
from ocr.tables.scratches import without_scratches

MM_PER_INCH = 25.4
_WORK_DPI = 150
_BLUR_MM = 1.2
"""Averaging along a rule: bridges the gaps of dotted and flaking rules."""
_WIDEST_MM = 1.7
"""Thicker ink is no rule."""
CLEAR_CONTRAST, FAINT_CONTRAST = 20, 9
"""Grey levels by which a rule, averaged, is darker than what lies beside it. Show-through stays below the first; the second is for
places where clear rules have told of a table."""
_LEAST_LEVEL_MM, _LEAST_UPRIGHT_MM = 5.0, 4.2
"""Shorter runs of ink are letters. The rows of tables are lower than their columns are wide."""
_MOST_LEAN, _STEP_PX = 0.013, 1.2
"""A rule of an upright page leans at most so much (sheets lie bent on the glass), plus one step of pixels over its length."""
_LONG_LEVEL_MM, _LONG_UPRIGHT_MM = 15.0, 6.5
"""Where no rule is so long there is no table: most pages are done with here."""
_LEAST_LONG_LEVEL, _LONG_ENOUGH_MM = 4, 30.0
"""Tables without upright rules have this many level ones so long."""
REACH_MM = 1.6
"""Rules that miss each other by less still meet."""
LEAST_WIDTH_MM, LEAST_HEIGHT_MM = 40.0, 5.0
"""Smaller grids are stamps and drawings."""
_MOST_RULES = 1500
"""More pieces than this are a drawing or a halftone."""


@dataclass(frozen=True, slots=True)
class Relief:
    """How much darker than its surroundings every place is along a level and along an upright line.

    `upright` is transposed, so that both are looked through in the same way. `scale` is their size over that of the page;
    `has_upright` tells whether any upright ink is long enough for a table.
    """

    level: Pixels
    upright: Pixels
    dpi: float
    scale: float
    has_upright: bool


@dataclass(frozen=True, slots=True)
class Rulings:
    """Level and upright rules."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


def measure_relief(grey: Pixels, *, dpi: int) -> Relief:
    """Look at an upright page with even paper (`flatten_field`)."""
    scale = min(1.0, _WORK_DPI / dpi)
    # At this very scale: made smaller to whole pixels, rules would drift from where they are on the page.
    way = cv2.INTER_LINEAR if scale >= NEARLY_AVERAGED else cv2.INTER_AREA
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way) if scale < 1 else grey
    millimetre = dpi * scale / MM_PER_INCH
    along, across = max(3, round(_BLUR_MM * millimetre)), max(3, round(_WIDEST_MM * millimetre))
    upright = cv2.morphologyEx(cv2.blur(small, (1, along)), cv2.MORPH_BLACKHAT, np.ones((1, across), np.uint8))
    clear = cv2.threshold(upright, CLEAR_CONTRAST, 255, cv2.THRESH_BINARY)[1]
    has_upright = cv2.countNonZero(cv2.erode(clear, np.ones((round(_LONG_UPRIGHT_MM * millimetre), 1), np.uint8))) > 0
    level = cv2.morphologyEx(cv2.blur(small, (along, 1)), cv2.MORPH_BLACKHAT, np.ones((across, 1), np.uint8))
    return Relief(np.asarray(level, np.uint8), np.asarray(cv2.transpose(upright), np.uint8), dpi * scale, scale, has_upright)


def find_rulings(relief: Relief, *, contrast: int, window: tuple[int, int, int, int] | None = None) -> Rulings:
    """Rules with at least this contrast, in pixels of the page; none of either kind where there are too few for a table.

    Args:
        relief: the page.
        contrast: grey levels.
        window: x0, y0, x1, y1 on the page: look only there.
    """
    height, width = relief.level.shape
    x0, y0, x1, y1 = (round(side * relief.scale) for side in window) if window else (0, 0, width, height)
    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(width, x1), min(height, y1)
    level = _long_ink(relief.level[y0:y1, x0:x1], relief.dpi, least_mm=_LEAST_LEVEL_MM, contrast=contrast)
    upright = _long_ink(relief.upright[x0:x1, y0:y1], relief.dpi, least_mm=_LEAST_UPRIGHT_MM, contrast=contrast)
    grids = _grids(level, upright, relief.dpi)
    if grids is None:
        return Rulings((), ())
    left, top, across, down = cv2.boundingRect(grids)
    rows, columns = slice(top, top + down), slice(left, left + across)
    grids = np.ascontiguousarray(grids[rows, columns])
    flat = _pieces(cv2.bitwise_and(level[rows, columns], grids), relief.dpi).rules()
    tall = _pieces(cv2.bitwise_and(upright[columns, rows], cv2.transpose(grids)), relief.dpi).rules()
    return Rulings(
        _on_page(flat, (x0 + left, y0 + top), relief.level, relief.scale),
        _on_page(tall, (y0 + top, x0 + left), relief.upright, relief.scale),
    )


def find_long_level(relief: Relief) -> tuple[Rule, ...]:
    """Level rules, whatever they meet, in pixels of the page; none where too few are as long as tables are wide."""
    if count_long(relief, least_mm=_LONG_ENOUGH_MM, upright=False) < _LEAST_LONG_LEVEL:
        return ()
    return find_pieces(relief, least_mm=_LEAST_LEVEL_MM, upright=False)


def count_long(relief: Relief, *, least_mm: float, upright: bool) -> int:
    """At how many places across there is ink so long: a quick look before rules are searched for."""
    ink = cv2.threshold(relief.upright if upright else relief.level, CLEAR_CONTRAST, 255, cv2.THRESH_BINARY)[1]
    long = _beginnings(ink, round(least_mm * relief.dpi / MM_PER_INCH))
    places = np.flatnonzero(long.max(axis=1, initial=0))  # numpy's way takes a tenth of cv2.reduce's
    return int(len(places) > 0) + int((np.diff(places) > relief.dpi / MM_PER_INCH).sum())


def _beginnings(ink: Pixels | cv2.typing.MatLike, length: int) -> Pixels:
    """Where runs of ink along rows begin that are at least so long; doubling takes less time than OpenCV's erosion."""
    runs, done = np.asarray(ink, np.uint8), 1
    while done < length and runs.shape[1]:
        step = min(done, length - done)
        runs, done = np.minimum(runs[:, :-step], runs[:, step:]), done + step
    return runs


def find_pieces(relief: Relief, *, least_mm: float, upright: bool) -> tuple[Rule, ...]:
    """Thin straight ink of one kind and at least this length, in pixels of the page; letters make such pieces too."""
    dark = relief.upright if upright else relief.level
    pieces = _pieces(_long_ink(dark, relief.dpi, least_mm=least_mm, contrast=CLEAR_CONTRAST), relief.dpi)
    return _on_page(pieces.rules(), (0, 0), dark, relief.scale)


def _on_page(rules: Sequence[Rule], corner: tuple[int, int], relief: Pixels, scale: float) -> tuple[Rule, ...]:
    """Rules of a window in pixels of the page, without scratches."""
    kept = without_scratches([rule.moved(*corner) for rule in rules], relief)
    return tuple(Rule(r.start / scale, r.end / scale, r.offset / scale, r.lean, r.thickness / scale) for r in kept)


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Connected long ink of a window: the mask, labels, and those of pieces thin enough with their measures."""

    mask: Pixels
    labels: Labels
    numbers: npt.NDArray[np.intp]
    stats: Labels
    dpi: float

    def rules(self) -> list[Rule]:
        """The straight ones."""
        if not len(self.numbers):
            return []
        trim = _BLUR_MM * self.dpi / MM_PER_INCH / 2  # averaging made both ends longer
        leans, middles = self._fit()
        found = []
        for (x, y, width, _, area), lean, middle in zip(self.stats.tolist(), leans.tolist(), middles.tolist(), strict=True):
            if abs(lean) <= _MOST_LEAN + _STEP_PX / width:
                cut = min(trim, width / 4)
                found.append(Rule(x + cut, x + width - cut, y + middle + 0.5, lean, area / width))
        return found

    def _fit(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Slope of each piece, and its height at its middle: the straight line through the middles of its columns."""
        left, top, width, height, _ = self.stats.T
        first = np.concatenate(([0], np.cumsum(width)))  # where the columns of each piece begin
        place = np.full(int(self.labels.max()) + 1, -1)
        place[self.numbers] = np.arange(len(self.numbers))
        rows, columns = _places(self.mask)
        piece = place[self.labels[rows, columns]]
        known = piece >= 0
        piece, rows, columns = piece[known], rows[known], columns[known]
        column = first[piece] + columns - left[piece]
        counts = np.bincount(column, minlength=first[-1])
        middles = np.bincount(column, weights=rows - top[piece], minlength=first[-1]) / counts
        along = np.arange(first[-1]) - np.repeat(first[:-1] + (width - 1) / 2, width)
        slopes = np.add.reduceat(along * middles, first[:-1]) / np.maximum(1.0, np.add.reduceat(along**2, first[:-1]))
        return np.where(height > 1, slopes, 0.0), np.add.reduceat(middles, first[:-1]) / width


def _long_ink(dark: Pixels, dpi: float, *, least_mm: float, contrast: int) -> Pixels:
    """Runs of level ink of a relief, 255 where they are."""
    mask = cv2.threshold(dark, contrast, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, round(least_mm * dpi / MM_PER_INCH)), np.uint8)), np.uint8)


def _grids(level: Pixels, upright: Pixels, dpi: float) -> Pixels | None:
    """Where long ink hangs together to something of the size of a table, 255; None where nothing does."""
    millimetre = dpi / MM_PER_INCH / 2  # at half the size: four times faster, and near pieces hang together
    across, down = (
        _places(_beginnings(ink, max(1, round(least * 2 * millimetre))))
        for ink, least in ((level, _LONG_LEVEL_MM), (upright, _LONG_UPRIGHT_MM))
    )
    if not len(across[0]) or not len(down[0]):
        return None
    height, width = max(1, level.shape[0] // 2), max(1, level.shape[1] // 2)
    reach = np.ones((2 * round(REACH_MM * millimetre) + 1,) * 2, np.uint8)
    both = cv2.max(level, cv2.transpose(upright))[: 2 * height, : 2 * width]
    halved = cv2.resize(both, (width, height), interpolation=cv2.INTER_AREA)
    labels, stats = measured(cv2.dilate(cv2.threshold(halved, 1, 255, cv2.THRESH_BINARY)[1], reach))
    large = (stats[:, 2] >= LEAST_WIDTH_MM * millimetre) & (stats[:, 3] >= LEAST_HEIGHT_MM * millimetre)
    for ys, xs in (across, down[::-1]):
        held = labels[np.minimum(ys // 2, height - 1), np.minimum(xs // 2, width - 1)]
        large &= np.bincount(held, minlength=len(stats)) > 0
    large[0] = False  # label 0 is the paper
    if not large.any():
        return None
    grown = (large.astype(np.uint8) * 255)[labels]
    return np.asarray(cv2.resize(grown, (level.shape[1], level.shape[0]), interpolation=cv2.INTER_NEAREST), np.uint8)


def _places(mask: Pixels) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of what is in a mask."""
    rows, columns = np.divmod(np.flatnonzero(mask != 0), max(1, mask.shape[1]))
    return rows, columns


def _pieces(mask: Pixels | cv2.typing.MatLike, dpi: float) -> _Pieces:
    """Connected pieces of long level ink that are thin; none where they are too many."""
    labels, stats = measured(mask)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    widest = _WIDEST_MM * dpi / MM_PER_INCH
    thin = (area <= widest * width) & (height <= 2 * _MOST_LEAN * width + 2 * widest)
    thin[0] = False  # label 0 is the paper
    numbers = np.flatnonzero(thin)
    if len(numbers) > _MOST_RULES:
        numbers = numbers[:0]
    return _Pieces(np.asarray(mask, np.uint8), labels, numbers, stats[numbers], dpi)
