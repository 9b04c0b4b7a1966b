"""Make a smaller picture quickly. In: grey or RGB uint8. Out: the same at a scale, every pixel averaged."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.intake.rendering import Pixels

NEARLY_AVERAGED = 0.6
"""From this scale upwards the nearest pixels are as good as the average of all and take a fifth of the time; below, lines as thin
as a pixel could vanish between them."""


def shrink(pixels: Pixels, scale: float, *, nearly: bool = False) -> Pixels:
    """The picture at `scale`; itself from 1 upwards.

    Averaging over odd shares of pixels is slow, over two by two it is not: the picture is halved as often as it goes, and the slow
    way is left for what remains.

    Args:
        pixels: the picture.
        scale: how large it becomes.
        nearly: average what remains from the nearest pixels only, and leave out the last row or column of odd sides: for looking.
    """
    if scale >= 1:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    odd = int(nearly)
    least = max(2, 2 * size[1] - odd), max(2, 2 * size[0] - odd)
    while pixels.shape[0] >= least[0] and pixels.shape[1] >= least[1]:
        half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        even = pixels[: 2 * half[1], : 2 * half[0]]
        pixels = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    way = cv2.INTER_LINEAR if nearly and size[0] >= NEARLY_AVERAGED * pixels.shape[1] else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, size, interpolation=way), dtype=np.uint8)
