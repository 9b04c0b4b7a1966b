"""Is a page blank? In: the cleaned page and what the engine read on it. Out: a verdict.

Faint print must never count as blank and show-through must never count as print, so ink alone does not decide: a page is blank when
there is little ink *and* the engine found no word it believes in.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from dossier.model import Line
from ocr.intake.rendering import Pixels

_DARK = 128
_MARGIN_MM = 8.0
"""Scan borders, punch holes and staples lie in this margin."""
_SPECK_MM = 0.6
_MOST_INK_MM2 = 60.0
"""Dark area of a page with about one line of print of size 14; less is dirt."""
_BELIEVED = 0.6
_BELIEVED_SHARE = 0.4
"""Of faint print nearly every word is believed, of show-through a few by chance (mirrored letters look like others)."""


def looks_blank(grey: Pixels, lines: Sequence[Line], *, dpi: int) -> bool:
    """Whether the page carries neither believable words nor ink worth a look."""
    words = [word for line in lines for word in line.words]
    believed = sum(word.confidence >= _BELIEVED and sum(letter.isalnum() for letter in word.text) >= 2 for word in words)
    return believed < max(2.0, _BELIEVED_SHARE * len(words)) and ink_area(grey, dpi=dpi) < _MOST_INK_MM2


def ink_area(grey: Pixels, *, dpi: int) -> float:
    """Dark area inside the margins in square millimetres, without specks."""
    millimetre = dpi / 25.4
    margin = round(_MARGIN_MM * millimetre)
    inner = grey[margin:-margin, margin:-margin]
    if inner.size == 0:
        return 0.0
    dark = (inner < _DARK).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    sides = np.maximum(stats[1:count, cv2.CC_STAT_WIDTH], stats[1:count, cv2.CC_STAT_HEIGHT])
    areas = stats[1:count, cv2.CC_STAT_AREA]
    return float(areas[sides >= _SPECK_MM * millimetre].sum()) / millimetre**2
