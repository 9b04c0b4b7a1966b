"""Drop scraps (vụn chữ): what the engine made of pen strokes, seals, rules and dirt and that are no words.

In: the lines that were read and the cleaned page. Out: the lines that are print, and how many were dropped. Black print that a
seal or a signature crosses is read with confidence and stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from dossier.model import Box, Line, Word
from ocr.cleaning.components import measured
from ocr.cleaning.flat_field import PAPER
from ocr.intake.rendering import Pixels
from ocr.stamp_reading import holds_mark

_SCRAPS = ((4, 0.97), (6, 0.5))
"""Lines over foreign strokes of so few letters are dropped below so much confidence. Confidence alone drops only a lone letter: it
tells how likely a reading is right, and print that was read wrongly is for people to look at. Names under a seal are longer."""
_LONE_LETTER = 0.4
_SURE = 0.97
_FOREIGN_SHARE = 0.45
"""Share of the ink in a line's box that belongs to strokes that reach far out of it."""
_REACH = 0.7
"""How far a stroke must reach out of the line, above and below together, in heights of the line."""
_LOOK_MM = 12.0
_WORK_DPI = 150
_INK = 45
"""Darkness from which a pixel counts as ink: seals are pale on grey pages."""


def without_scraps(lines: Sequence[Line], grey: Pixels, *, dpi: int) -> tuple[Line, ...]:
    """The lines that are print; lines of table cells stay, a cell may hold a single digit, and so do marks of secrecy."""
    return tuple(line for line in lines if line.cell is not None or holds_mark(line) or not _is_scrap(line, grey, dpi))


def _is_scrap(line: Line, grey: Pixels, dpi: int) -> bool:
    letters = sum(map(str.isalnum, line.text))
    if letters == 0:
        return line.text != "./."
    if any(_is_sure(word) for word in line.words):  # a number filled in with a pen
        return False
    if letters == 1 and line.confidence < _LONE_LETTER:
        return True
    limit = next((limit for most, limit in _SCRAPS if letters <= most), 0.0)
    return line.confidence < limit and foreign_share(grey, line.box, dpi=dpi) >= _FOREIGN_SHARE


def _is_sure(word: Word) -> bool:
    return word.confidence >= _SURE and sum(map(str.isalpha, word.text)) > 1


def foreign_share(grey: Pixels, box: Box, *, dpi: int) -> float:
    """Share of the ink in a box that belongs to strokes that reach far out of it: signatures, seals, frames, drawings."""
    rim = round(_LOOK_MM / 25.4 * dpi)
    left, top = max(0, box.x0 - rim), max(0, box.y0 - rim)
    part = grey[top : box.y1 + rim, left : box.x1 + rim]
    scale = min(1.0, _WORK_DPI / dpi)
    small = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else part
    ink = (small < PAPER - _INK).astype(np.uint8)
    labels, stats = measured(ink)
    x0, y0, x1, y1 = (round(value * scale) for value in (box.x0 - left, box.y0 - top, box.x1 - left, box.y1 - top))
    tops = stats[:, cv2.CC_STAT_TOP]
    out = np.maximum(0, y0 - tops) + np.maximum(0, tops + stats[:, cv2.CC_STAT_HEIGHT] - y1)
    foreign = out >= _REACH * max(1, y1 - y0)
    foreign[0] = False
    inside = np.bincount(labels[y0:y1, x0:x1].ravel(), minlength=len(stats))
    inside[0] = 0
    return float(inside[foreign].sum() / max(1, inside.sum()))
