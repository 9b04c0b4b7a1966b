"""Make a smaller picture quickly. In: grey or RGB uint8. Out: the same at a scale, every pixel averaged."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.intake.rendering import Pixels


def shrink(pixels: Pixels, scale: float) -> Pixels:
    """The picture at `scale`; itself from 1 upwards.

    Averaging over odd shares of pixels is slow, over two by two it is not: the picture is halved as often as it goes, and the slow
    way is left for what remains.
    """
    if scale >= 1:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        even = pixels[: 2 * half[1], : 2 * half[0]]
        pixels = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
