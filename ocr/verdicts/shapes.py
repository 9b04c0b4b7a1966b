"""Measure the shapes of ink on a page, at 100 dpi: print, pen strokes, leaders of forms, lines of drawings.

In: the cleaned page and the lines that were read on it. Out: `Shapes`, areas in square millimetres and counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from dossier.model import Line
from dossier.text.syllables import is_syllable
from ocr.cleaning.components import measured
from ocr.cleaning.flat_field import PAPER
from ocr.cleaning.shrinking import shrink
from ocr.intake.rendering import Pixels

_WORK_DPI = 100
_INK = 70
"""Darkness from which a pixel counts as ink."""
_BELIEVED = 0.75
"""Ink within words that the engine believes in so far is print."""
_LARGE_MM = 50.0
"""Connected ink longer than this is a table, a frame or a drawing; seals and signatures are smaller."""
_STRAIGHT_MM = 6.0
"""Runs of ink along rows and columns from this length are rules of tables."""
_PEN_MM = (1.8, 40.0)
_PEN_FILL = 0.45
"""Pen strokes are of this size and fill at most this share of their box; dirt and bars fill more."""
_THIN_MM, _GAP_MM, _LEADER_MM = 1.0, 2.6, 25.0
"""Dots and dashes are lower than the first; closer than the second they form a leader, from the third in length."""
_EDGE_MM = 4.0
_BOX = {name: getattr(cv2, f"CC_STAT_{name.upper()}") for name in ("left", "top", "width", "height", "area")}


@dataclass(frozen=True, slots=True)
class Shapes:
    """Areas of ink in square millimetres; `leaders` counts dotted or drawn lines to write on, `pen_strokes` loose strokes."""

    print_mm2: float
    pen_mm2: float
    pen_strokes: int
    leaders: int
    large_mm2: float
    oblique_mm2: float


def measure_shapes(grey: Pixels, lines: Sequence[Line], *, dpi: int) -> Shapes:
    """Sort the ink of a page by what it may be."""
    scale = _WORK_DPI / dpi
    small = shrink(grey, scale)  # exactly: strokes of a pen that touch would look like the lines of a drawing
    scale = small.shape[1] / grey.shape[1]
    millimetre = dpi * scale / 25.4
    ink = (small < PAPER - _INK).astype(np.uint8)
    words = _words_mask(lines, ink.shape, scale)
    printed = float(cv2.countNonZero(ink & words))
    loose = ink & ~words & 1
    labels, stats = measured(loose)
    left, top, width, height, area = (stats[:, _BOX[name]] for name in ("left", "top", "width", "height", "area"))
    longest = np.maximum(width, height)
    rim = _EDGE_MM * millimetre
    inner = (left > rim) & (top > rim) & (left + width < ink.shape[1] - rim) & (top + height < ink.shape[0] - rim)
    inner[0] = False
    large = inner & (longest >= _LARGE_MM * millimetre) & (np.minimum(width, height) > 2 * millimetre)
    pen = inner & ~large & (height >= _PEN_MM[0] * millimetre) & (longest <= _PEN_MM[1] * millimetre)
    pen &= (width >= _PEN_MM[0] * millimetre) & (area <= _PEN_FILL * width * height)
    thin = inner & (height <= _THIN_MM * millimetre)
    large_ink = large[labels].astype(np.uint8)
    square = millimetre**2
    return Shapes(
        print_mm2=round(printed / square, 1),
        pen_mm2=round(float(area[pen].sum()) / square, 1),
        pen_strokes=int(pen.sum()),
        leaders=_leaders(thin[labels].astype(np.uint8), millimetre),
        large_mm2=round(float(area[large].sum()) / square, 1),
        oblique_mm2=round(_oblique(large_ink, millimetre) / square, 1) if large.any() else 0.0,
    )


def _words_mask(lines: Sequence[Line], shape: tuple[int, ...], scale: float) -> Pixels:
    mask = np.zeros(shape, np.uint8)
    for line in lines:
        for word in line.words:
            if word.confidence >= _BELIEVED and _may_be_print(word.text):
                box = [round(value * scale) for value in (word.box.x0, word.box.y0, word.box.x1, word.box.y1)]
                mask[max(0, box[1] - 1) : box[3] + 2, max(0, box[0] - 1) : box[2] + 2] = 1
    return mask


def _may_be_print(text: str) -> bool:
    """Whether a word could stand in a printed text: pen strokes read as letters make no syllables."""
    letters = "".join(filter(str.isalpha, text))
    return any(map(str.isdigit, text)) or (bool(letters) and (letters.isupper() or is_syllable(letters)))


def _leaders(thin: Pixels, millimetre: float) -> int:
    """Rows of dots, dashes or a rule to write on."""
    joined = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((1, round(_GAP_MM * millimetre)), np.uint8))
    _, stats = measured(joined)
    long = stats[1:, cv2.CC_STAT_WIDTH] >= _LEADER_MM * millimetre
    return int((long & (stats[1:, cv2.CC_STAT_HEIGHT] <= 2 * _THIN_MM * millimetre)).sum())


def _oblique(large: Pixels, millimetre: float) -> float:
    """Pixels of large shapes that lie on no row or column of ink: rules of tables go, bends and slants stay."""
    run = round(_STRAIGHT_MM * millimetre)
    across = cv2.morphologyEx(large, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    down = cv2.morphologyEx(large, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    straight = np.asarray(cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8)), dtype=np.uint8)
    return float(cv2.countNonZero(cv2.bitwise_and(large, 1 - straight)))
