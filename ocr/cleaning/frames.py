"""Find the frames of stamps: upright or tilted rectangles of the size of a stamp, drawn whole or worn.

In: darkness of ink (H x W, 255 = full ink). Out: `Frame`s, the rectangles that hold the print, without their lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from ocr.cleaning.shrinking import shrink
from ocr.intake.rendering import Pixels

_MM_PER_INCH = 25.4
_WORK_DPI = 150
_SIZE_MM = ((9.0, 72.0), (4.5, 19.0))
"""Width and height inside the frame: KHẨN 20x8, HỎA TỐC 30x8, TUYỆT MẬT 40x8 mm outside (NĐ 30/2020, PL I; TT 24/2020/TT-BCA),
smaller and larger ones in use."""
_MOST_TILT_DEG = 12.0
_WHOLE_MM, _WORN_MM = 0.5, 1.1
"""Gaps in the lines of a frame that are bridged: in a whole one, which may touch other print; in a worn one that stands alone."""
_RECTANGLE_SHARE = 0.82
"""Least share of its rotated rectangle that a frame fills."""
_MOST_HOLES = 4
"""More rectangles than this in one piece of ink are a table: two double frames that touch have four."""
_ODD_TILT_DEG = 1.5
"""A rectangle that leans against the others of its table is a stamp that was pressed onto the table."""
_LINE_SHARE = 0.5
"""Least share of each side of a worn frame that has ink: a short line of print has straight edges by chance at most."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Inside of a frame in pixels of the page: centre, width and height along its own axes, counter-clockwise tilt."""

    centre: tuple[float, float]
    size: tuple[float, float]
    tilt_deg: float


def find_frames(ink: Pixels, *, dpi: int, least_ink: int) -> tuple[Frame, ...]:
    """Frames of the size of a stamp.

    Args:
        ink: darkness, 255 = full ink.
        dpi: resolution of `ink`.
        least_ink: darkness above which paper counts as inked.
    """
    scale = min(1.0, _WORK_DPI / dpi)
    small = shrink(ink, scale, nearly=True)
    mask = np.asarray(cv2.threshold(small, least_ink, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    found: list[Frame] = []
    for frame in (*_whole(mask, dpi * scale), *_worn(mask, dpi * scale)):
        if not any(_same_place(frame, other) for other in found):
            found.append(frame)
    return tuple(
        Frame((f.centre[0] / scale, f.centre[1] / scale), (f.size[0] / scale, f.size[1] / scale), f.tilt_deg) for f in found
    )


def _whole(mask: Pixels, dpi: float) -> Iterator[Frame]:
    """Holes of rectangular shape, the innermost of each frame first; grids of them are tables."""
    contours, tree = cv2.findContours(_closed(mask, _WHOLE_MM, dpi), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return
    parents = tree[0][:, 3].tolist()
    holes = [
        (parent, frame) for contour, parent in zip(contours, parents, strict=True) if parent >= 0 and (frame := _fit(contour, dpi))
    ]
    tilts: dict[int, list[float]] = defaultdict(list)
    for parent, frame in holes:
        tilts[parent].append(frame.tilt_deg)
    for parent, frame in sorted(holes, key=lambda hole: hole[1].size[0]):
        crowd = tilts[parent]
        if len(crowd) <= _MOST_HOLES or abs(frame.tilt_deg - median(crowd)) >= _ODD_TILT_DEG:
            yield frame


def _worn(mask: Pixels, dpi: float) -> Iterator[Frame]:
    """Outlines of rectangular shape whose lines have gaps."""
    contours, _ = cv2.findContours(_closed(mask, _WORN_MM, dpi), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        frame = _fit(contour, dpi)
        if frame is not None and _has_lines(mask, frame, dpi):
            rim = 2 * _WORN_MM / _MM_PER_INCH * dpi
            yield Frame(frame.centre, (frame.size[0] - rim, frame.size[1] - rim), frame.tilt_deg)


def _closed(mask: Pixels, gap_mm: float, dpi: float) -> Pixels:
    side = max(2, round(gap_mm / _MM_PER_INCH * dpi))
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), dtype=np.uint8)


def _fit(contour: npt.NDArray[np.int32] | cv2.typing.MatLike, dpi: float) -> Frame | None:
    """The rectangle of a contour, or None when it is no rectangle of the size of a stamp."""
    _, _, width, height = cv2.boundingRect(contour)
    millimetre = dpi / _MM_PER_INCH
    if width < _SIZE_MM[0][0] * millimetre or height < _SIZE_MM[1][0] * millimetre or height > 2 * _SIZE_MM[1][1] * millimetre:
        return None
    centre, (across, down), angle = cv2.minAreaRect(contour)
    if abs(angle) > 45:  # OpenCV answers up to a quarter turn either way (4.x and 5.x differ), whichever side comes first
        across, down, angle = down, across, angle - 90 if angle > 0 else angle + 90
    inside = all(low <= side / millimetre <= high for side, (low, high) in zip((across, down), _SIZE_MM, strict=True))
    if not inside or abs(angle) > _MOST_TILT_DEG or cv2.contourArea(contour) < _RECTANGLE_SHARE * across * down:
        return None
    return Frame((float(centre[0]), float(centre[1])), (float(across), float(down)), -float(angle))


def _has_lines(mask: Pixels, frame: Frame, dpi: float) -> bool:
    """Whether ink runs along all four sides."""
    upright = cut_out(mask, frame, margin=0.0, scale=1.0)[0]
    rim = max(2, round(_WORN_MM / _MM_PER_INCH * dpi))
    sides: Sequence[Pixels] = (upright[:rim], upright[-rim:], upright[:, :rim].T, upright[:, -rim:].T)
    return all(float((side.max(axis=0) > 0).mean()) >= _LINE_SHARE for side in sides)


def _same_place(one: Frame, other: Frame) -> bool:
    apart = abs(one.centre[0] - other.centre[0]), abs(one.centre[1] - other.centre[1])
    return apart[0] < (one.size[0] + other.size[0]) / 4 and apart[1] < (one.size[1] + other.size[1]) / 4


def cut_out(pixels: Pixels, frame: Frame, *, margin: float, scale: float) -> tuple[Pixels, npt.NDArray[np.float64]]:
    """Cut a frame out and take its tilt away.

    Args:
        pixels: the page.
        frame: what to cut.
        margin: pixels more on every side; negative cuts within the frame.
        scale: enlargement.

    Returns:
        The cut-out, and the 2x3 matrix that takes its coordinates to those of the page.
    """
    width, height = (max(1.0, side + 2 * margin) for side in frame.size)
    turn = np.deg2rad(frame.tilt_deg)
    cosine, sine = np.cos(turn), np.sin(turn)
    along, down = np.array([cosine, -sine]) / scale, np.array([sine, cosine]) / scale
    corner = np.array(frame.centre) - along * width * scale / 2 - down * height * scale / 2
    matrix = np.column_stack([along, down, corner])
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=np.uint8), matrix
