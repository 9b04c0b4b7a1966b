"""Put a page upright: skew by row profiles, quarter turns, without cutting anything off. In and out: grey or RGB uint8."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.intake.rendering import Pixels

LEAST_SKEW_DEG = 0.15
"""Smaller skews are left alone: Tesseract does not notice them and turning costs sharpness."""
_MOST_SKEW_DEG = 15.0
_USUAL_SKEW_DEG = 5.0
_THUMB_SIDE = 900
_STROKE_PX = 15
"""Dark things wider than this on the thumbnail are no print."""
_BLANK_INK = 0.0008
_STRIP_PX = 12
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_MOST_SHIFT_PX = 130
"""Half the thumbnail's width times the tangent of the largest skew."""


def turn_quarters(pixels: Pixels, clockwise_deg: int) -> Pixels:
    """Turn by 0, 90, 180 or 270 degrees clockwise."""
    return np.asarray(cv2.rotate(pixels, _TURNS[clockwise_deg]), dtype=np.uint8) if clockwise_deg else pixels


def straighten(pixels: Pixels, skew_deg: float) -> Pixels:
    """Take out a counter-clockwise skew; the page grows so that no corner is cut off, new corners are white."""
    if abs(skew_deg) < LEAST_SKEW_DEG:
        return pixels
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -skew_deg, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = round(height * sine + width * cosine), round(height * cosine + width * sine)
    matrix[0, 2] += (new_width - width) / 2
    matrix[1, 2] += (new_height - height) / 2
    white = (255, 255, 255)
    turned = cv2.warpAffine(
        pixels, matrix, (new_width, new_height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=white
    )
    return np.asarray(turned, dtype=np.uint8)


def measure_skew(grey: Pixels) -> float:
    """Counter-clockwise skew in degrees: the angle at which the rows of print are sharpest, 0 on a page without print.

    A coarse search on a half-size thumbnail in steps of 1 degree; then 0.25 and 0.05 on the full thumbnail turned by the first.
    """
    fine = _ink(grey, _THUMB_SIDE)
    if float(fine.mean()) < _BLANK_INK * 255:
        return 0.0
    coarse = np.asarray(cv2.resize(fine, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    strips, angles = _strips(coarse), np.arange(-_MOST_SKEW_DEG, _MOST_SKEW_DEG + 0.5, 1.0)
    first, usual = _sharpest(strips, angles), _sharpest(strips, angles[np.abs(angles) <= _USUAL_SKEW_DEG])
    if first != usual:  # rows of tables are even: strips moved by whole rows fall on others, and only turning tells
        first = max(first, usual, key=lambda angle: _turned_sharpness(coarse, angle))
    strips = _strips(_turned(fine, first))
    best = _sharpest(strips, np.arange(-1.0, 1.01, 0.25))
    best = _sharpest(strips, best + np.arange(-0.2, 0.21, 0.05))
    return round(first + best, 2)


def _ink(grey: Pixels, side: int) -> Pixels:
    scale = side / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Strokes only: the dark lid beside a page, shadows and stains have edges of their own and would outweigh the print.
    strokes = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((_STROKE_PX, _STROKE_PX), np.uint8))
    return np.asarray(strokes, dtype=np.uint8)


def _turned(ink: Pixels, skew_deg: float) -> Pixels:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -skew_deg, 1.0)
    return np.asarray(cv2.warpAffine(ink, matrix, (width, height)), dtype=np.uint8)


Sums = npt.NDArray[np.float64]


def _strips(ink: Pixels) -> Sums:
    """Row profiles of narrow upright strips, left to right: turning a page by little only shifts them.

    One a row, each with all to its left: the sum of neighbours is one difference.
    """
    count = max(1, ink.shape[1] // _STRIP_PX)
    profiles = cv2.resize(ink.astype(np.float32), (count, ink.shape[0]), interpolation=cv2.INTER_AREA)
    return np.pad(np.cumsum(profiles.T, axis=0, dtype=np.float64), ((1, 0), (_MOST_SHIFT_PX, _MOST_SHIFT_PX)))


def _sharpest(strips: Sums, angles: npt.NDArray[np.float64]) -> float:
    return float(angles[int(np.argmax([_sharpness(strips, float(angle)) for angle in angles]))])


def _turned_sharpness(ink: Pixels, skew_deg: float) -> float:
    """How sharp rows are near an angle once the page is really turned."""
    strips = _strips(_turned(ink, skew_deg))
    return max(_sharpness(strips, angle) for angle in (-0.5, -0.25, 0.0, 0.25, 0.5))


def _sharpness(strips: Sums, skew_deg: float) -> float:
    """How sharply ink changes from row to row once `skew_deg` is taken out: every strip moves down by its share."""
    count, length = strips.shape[0] - 1, strips.shape[1]
    # Whole pixels: shares of pixels would blur every angle but 0.
    shifts = np.rint((np.arange(count) - (count - 1) / 2) * _STRIP_PX * np.tan(np.deg2rad(skew_deg))).astype(int)
    profile = np.zeros(length - 2 * _MOST_SHIFT_PX)
    # Neighbours that move alike are taken together.
    ends = [*(np.flatnonzero(np.diff(shifts)) + 1).tolist(), count]
    for first, end in zip([0, *ends[:-1]], ends, strict=True):
        rows = slice(_MOST_SHIFT_PX - shifts[first], length - _MOST_SHIFT_PX - shifts[first])
        profile += strips[end, rows] - strips[first, rows]
    return float(np.square(np.diff(profile)).sum())
