"""Even out the paper: shadows, yellowing and fading become one brightness. In and out: grey uint8, same size."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.cleaning.shrinking import shrink
from ocr.intake.rendering import Pixels

PAPER = 245
"""Brightness that paper is set to."""
_WORK_DPI = 50
_DARKEST_PAPER = 60
"""Below this the surface is no paper (scan border, photograph): dividing by it would turn black into white."""


def flatten_field(grey: Pixels, *, dpi: int) -> Pixels:
    """Divide a page by the brightness of its paper, estimated at 50 dpi (closing 17x17, median 11, Gaussian 3)."""
    scale = _WORK_DPI / dpi
    small = shrink(grey, scale)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (17, 17))
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 11), (0, 0), 3)
    paper = np.maximum(paper, _DARKEST_PAPER).astype(np.uint8)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=PAPER), dtype=np.uint8)
