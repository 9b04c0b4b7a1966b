"""Cut out what page layout analysis overlooks: red print and framed stamps (độ mật, mức khẩn: NĐ 30/2020, PL I, ô 10).

The red channel makes red ink vanish, which is right for seals over text and wrong for stamps that carry text; and a stamp in a
frame is taken for a picture. In: an upright page. Out: cut-outs of single stamps with where they stood, frames taken off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from dossier.model import Box, Ink
from ocr.intake.rendering import PageImage, Pixels

_MM_PER_INCH = 25.4
_LEAST_RED = 60
"""How much red must exceed green and blue for ink to count as red (0-255)."""
_JOIN_MM = (5.0, 1.2)
"""Red ink closer than this (across, down) belongs to one stamp."""
_STAMP_MM = ((6.0, 90.0), (2.2, 22.0))
"""Width and height of stamps with text: from a bare KHẨN to a framed TUYỆT MẬT with room for a tilt."""
_FRAME_MM = ((12.0, 70.0), (6.0, 18.0))
"""Width and height of framed stamps: KHẨN 20x8, HỎA TỐC 30x8, TUYỆT MẬT 40x8 mm (NĐ 30/2020, PL I; TT 24/2020/TT-BCA)."""
_UPPER_PART = 0.55
"""Framed stamps are looked for in this part of the page from the top."""
_FRAME_SHARE = 0.7
"""Connected ink over this share of a stamp's width and height is its frame, not a letter."""
_EDGE_SHARE = 0.12
"""Ink this thin and this near to the edge (of the stamp's height) is a piece of frame."""
MOST_STAMPS = 12


@dataclass(frozen=True, slots=True)
class Stamp:
    """A cut-out with dark print on white; `box` is where it stood on the page."""

    pixels: Pixels
    box: Box
    ink: Ink


def find_stamps(image: PageImage, grey: Pixels) -> tuple[Stamp, ...]:
    """Red print and framed stamps of an upright page; `grey` is its cleaned red channel, same size."""
    red = list(_red_stamps(image)) if image.is_colour else []
    taken = [stamp.box for stamp in red]
    framed = [stamp for stamp in _framed_stamps(grey, image.dpi) if not any(_overlap(stamp.box, box) for box in taken)]
    return tuple((red + framed)[:MOST_STAMPS])


def _red_stamps(image: PageImage) -> Iterator[Stamp]:
    excess = image.pixels[:, :, 0].astype(np.int16) - np.maximum(image.pixels[:, :, 1], image.pixels[:, :, 2])
    mask = (excess > _LEAST_RED).astype(np.uint8)
    if not mask.any():
        return
    for box in _clusters(mask, image.dpi):
        cut = excess[box.y0 : box.y1, box.x0 : box.x1]
        pixels = (255 - np.clip(cut.astype(np.int32) * 2, 0, 255)).astype(np.uint8)
        yield Stamp(_without_frame(pixels), box, Ink.RED)


def _clusters(mask: Pixels, dpi: int) -> Iterator[Box]:
    kernel = np.ones((_pixels(_JOIN_MM[1], dpi), _pixels(_JOIN_MM[0], dpi)), np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for x, y, width, height, _ in stats[1:count].tolist():
        if _fits((width, height), _STAMP_MM, dpi):
            pad = _pixels(0.8, dpi)
            yield Box(max(0, x - pad), max(0, y - pad), min(mask.shape[1], x + width + pad), min(mask.shape[0], y + height + pad))


def _framed_stamps(grey: Pixels, dpi: int) -> Iterator[Stamp]:
    top = grey[: int(grey.shape[0] * _UPPER_PART)]
    ink = cv2.threshold(top, 140, 255, cv2.THRESH_BINARY_INV)[1]
    ink = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    contours, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return
    for contour, (_, _, child, parent) in zip(contours, tree[0].tolist(), strict=True):
        x, y, width, height = cv2.boundingRect(contour)
        is_hole = parent >= 0 or child >= 0
        if not is_hole or not _fits((width, height), _FRAME_MM, dpi):
            continue
        (_, _), sides, _ = cv2.minAreaRect(contour)
        if cv2.contourArea(contour) < 0.8 * sides[0] * sides[1]:
            continue
        box = Box(x, y, x + width, y + height)
        yield Stamp(_without_frame(top[y : y + height, x : x + width]), box, Ink.BLACK)


def _without_frame(pixels: Pixels) -> Pixels:
    """Paint the frame of a stamp white: ink that spans most of the stamp both ways, or runs along one of its edges."""
    dark = cv2.threshold(pixels, 170, 255, cv2.THRESH_BINARY_INV)[1]
    height, width = pixels.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    frame = np.zeros(count, bool)
    for label in range(1, count):
        x, y, across, down, _ = stats[label].tolist()
        spans = across >= _FRAME_SHARE * width and down >= _FRAME_SHARE * height
        at_edge = min(x, y, width - x - across, height - y - down) <= _EDGE_SHARE * height
        thin = min(across, down) <= _EDGE_SHARE * height
        frame[label] = spans or (at_edge and thin)
    out = pixels.copy()
    out[cv2.dilate(frame[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = 255
    return out


def _fits(size: tuple[int, int], limits: tuple[tuple[float, float], tuple[float, float]], dpi: int) -> bool:
    sides_mm = (side / dpi * _MM_PER_INCH for side in size)
    return all(low <= side <= high for side, (low, high) in zip(sides_mm, limits, strict=True))


def _pixels(millimetres: float, dpi: int) -> int:
    return max(1, round(millimetres / _MM_PER_INCH * dpi))


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
