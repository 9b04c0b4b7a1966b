"""The piece of a line that the reader of pen-written figures looks at.

In: a grey upright page and a box on it, as high as the line and as wide as the slot. Out: the ink, at the height the network wants.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from dossier.model import Box
from ocr.intake.rendering import Pixels

ROWS, STEP = 40, 4
"""Height of the window, and pixels of width a time step of the network."""
MOST_COLUMNS = 480
_AROUND = 0.35
"""Figures written by pen stand out above and below the line: so much more of the page is seen, in heights of the box."""
_PAPER, _PALE = 255, 70.0


def pen_window(grey: Pixels, box: Box) -> Pixels:
    """The ink of the box as uint8 [`ROWS` x columns], 255 where it is darkest; grey paper is white, pale pens are strengthened."""
    around = _AROUND * box.height
    x0, y0, x1, y1 = box.x0, math.floor(box.y0 - around), max(box.x1, box.x0 + 1), math.ceil(box.y1 + around)
    cut = np.full((y1 - y0, x1 - x0), _PAPER, np.uint8)
    rows, columns = slice(max(y0, 0), min(y1, grey.shape[0])), slice(max(x0, 0), min(x1, grey.shape[1]))
    inside = grey[rows, columns]
    if inside.size:
        cut[rows.start - y0 : rows.stop - y0, columns.start - x0 : columns.stop - x0] = inside
    scale = ROWS / cut.shape[0]
    width = min(MOST_COLUMNS, max(STEP, round(cut.shape[1] * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    ink = 255.0 - cv2.resize(cut, (width, ROWS), interpolation=way).astype(np.float32)
    ink = np.maximum(ink - np.median(ink), 0)
    darkest = max(_PALE, float(np.percentile(ink, 99)))
    return np.asarray(np.clip(ink * (255.0 / darkest), 0, 255), dtype=np.uint8)
