"""Which columns of a line hold ink. In: a grey page and the box of a line. Out: its gaps, and whether it is light on dark."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from dossier.model import Box
from ocr.intake.rendering import Pixels

_FAINTEST = 0.35
"""Ink is at least this share of the way from the line's paper to its darkest print; noise and show-through are less."""
_LEAST_CONTRAST = 24
_DARK_TAIL, _DARK_MORE = 2.0, 8.0
"""A line is light on dark when its bright tail is this many times longer than its dark one, and by so many grey levels."""
_INSIDE = 0.1
"""Share of the height at the top and bottom that may belong to the neighbouring lines."""


def is_light_on_dark(grey: Pixels, box: Box) -> bool:
    """Whether light letters stand on a dark ground (table heads, banners): the ground is nearer to the dark end."""
    dark, middle, light = _levels(grey[box.y0 : box.y1, box.x0 : box.x1], (0.02, 0.5, 0.98))
    return light - middle > _DARK_TAIL * (middle - dark) + _DARK_MORE


def gaps(grey: Pixels, box: Box) -> list[tuple[int, int]]:
    """Runs of columns without ink inside a line, as page pixels (left, right exclusive), from left to right."""
    inside = round(box.height * _INSIDE)
    pixels = grey[box.y0 + inside : box.y1 - inside, box.x0 : box.x1]
    if pixels.size == 0:
        return []
    if is_light_on_dark(grey, box):
        pixels = 255 - pixels
    limit = _limit(pixels)
    inked = np.concatenate(([True], cv2.reduce(pixels, 0, cv2.REDUCE_MIN)[0] < limit, [True]))
    edges = np.flatnonzero(np.diff(inked.astype(np.int8)))
    return [(box.x0 + int(left), box.x0 + int(right)) for left, right in zip(edges[::2], edges[1::2], strict=True)]


def _levels(pixels: npt.NDArray[np.uint8], shares: tuple[float, ...]) -> tuple[float, ...]:
    """Grey levels under which these shares of the pixels lie."""
    counts = np.cumsum(np.bincount(pixels.ravel(), minlength=256))
    return tuple(float(np.searchsorted(counts, share * pixels.size)) for share in shares)


def ink_limit(grey: Pixels, box: Box) -> float:
    """Brightness below which a pixel of this line of dark print is ink."""
    return _limit(grey[box.y0 : box.y1, box.x0 : box.x1])


def _limit(pixels: Pixels) -> float:
    dark, paper = _levels(pixels, (0.02, 0.7))
    return paper - max(_LEAST_CONTRAST, _FAINTEST * (paper - dark))
