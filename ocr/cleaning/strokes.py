"""Keep what is as thin as a stroke and blacken it; folds, stains, shadows and borders go white. In and out: grey uint8, same size.

Tesseract sets one threshold for a page and takes large dark areas for pictures, with the print in them; this leaves it neither.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.intake.rendering import Pixels

_WIDEST_MM = 3.2
"""Wider dark things are no strokes: the bars of a title of size 30 are 2 mm wide."""
_GAIN = 1.6
"""Faint print becomes dark by so much; what was black stays black."""


def keep_strokes(grey: Pixels, *, dpi: int) -> Pixels:
    """Darkness against the lightest paper within reach (black-hat), stretched, on white."""
    side = max(3, round(_WIDEST_MM / 25.4 * dpi))
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((side, side), np.uint8))
    return np.asarray(255 - cv2.convertScaleAbs(strokes, alpha=_GAIN), dtype=np.uint8)
