"""Find frames of stamps that were pressed over print: letters cross their lines, so that no outline is a rectangle any more.

In: darkness of ink (H x W, 255 = full ink). Out: `Frame`s. Hardly a letter is as high as the side of a stamp; two such strokes
beside one another whose ends are joined by straight lines are a frame, at whatever small tilt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.cleaning.components import centres_of, measured
from ocr.cleaning.frames import Frame, cut_out
from ocr.cleaning.shrinking import shrink
from ocr.intake.rendering import Pixels

_MM_PER_INCH = 25.4
_WORK_DPI = 80
_LEANS = np.arange(-9.0, 9.1, 3.0)
_STROKE_MM, _STROKE_SHARE = 5.6, 0.88
"""Strokes at least so high, with so much ink on their way, are sides of a frame and hardly ever letters."""
_HEIGHT_MM, _WIDTH_MM = (5.6, 16.0), (12.0, 66.0)
"""Height and width of the frames of stamps, from line to line."""
_MOST_TILT_DEG = 10.0
_APART_MM, _LEAN_DEG = 2.2, 3.5
"""The sides of a frame begin and end about level, seen along its own tilt; they lean as it is tilted, as far as can be measured."""
_SIDE_SHARE, _LINE_SHARE, _ALL_SHARE = 0.66, 0.78, 0.82
"""Share of the upright sides of a frame, of its level lines, and of all together, that has ink."""
_CONTRAST = 0.35
"""A line has so much more ink than the paper outside of it, also among print; a seal is full of ink."""
_WHOLE_SHARE, _LEAST_CONTRAST = 0.93, 0.15
"""A line that is hardly worn may run along a row of letters; that has more gaps by itself."""
_THIN_SHARE, _THICK_PX = 0.55, 6
"""So much of a line is no thicker than two of a double frame that flow together (1.9 mm); the rest is touched by letters."""
_RIM_MM, _DEEP_MM = 0.7, 3.5
"""How far around the ends of upright strokes level lines are looked for: letters that cross a corner make strokes longer."""
_MOST_STROKES = 120
"""A page with more is a drawing or a table."""


@dataclass(frozen=True, slots=True)
class _Stroke:
    """An upright stroke: its middle and its height."""

    x: float
    y: float
    high: float
    lean_deg: float


def find_crossed_frames(ink: Pixels, *, dpi: int, least_ink: int) -> tuple[Frame, ...]:
    """Frames of the size of a stamp that other print crosses.

    Args:
        ink: darkness, 255 = full ink.
        dpi: resolution of `ink`.
        least_ink: darkness above which paper counts as inked.
    """
    scale = min(1.0, _WORK_DPI / dpi)
    mask = np.asarray(cv2.threshold(shrink(ink, scale, nearly=True), least_ink, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    strokes = _strokes(mask, dpi * scale)
    if len(strokes) > _MOST_STROKES:
        return ()
    found = [closed for frame in _pairs(strokes, dpi * scale) if (closed := _closed(mask, frame, dpi * scale))]
    chosen: list[Frame] = []
    for _, frame in sorted(found, key=lambda each: -each[0]):
        if not any(_meet(frame, other) for other in chosen):
            chosen.append(frame)
    return tuple(
        Frame((f.centre[0] / scale, f.centre[1] / scale), (f.size[0] / scale, f.size[1] / scale), f.tilt_deg) for f in chosen
    )


def _strokes(mask: Pixels, dpi: float) -> list[_Stroke]:
    """Upright strokes at every small lean: the page, lying on its side, is sheared until they are level."""
    lying = np.ascontiguousarray(mask.T)
    height, width = lying.shape
    reach, most = (side / _MM_PER_INCH * dpi for side in (_STROKE_MM, _HEIGHT_MM[1]))
    found = []
    for lean in _LEANS.tolist():
        slope = math.tan(math.radians(lean))
        shear = np.array([[1.0, 0.0, 0.0], [slope, 1.0, -slope * width / 2]])
        level = cv2.warpAffine(lying, shear, (width, height), flags=cv2.INTER_NEAREST)
        covered = cv2.boxFilter(level, cv2.CV_8U, (round(reach), 1), normalize=True, borderType=cv2.BORDER_CONSTANT)
        long = cv2.threshold(covered, round(255 * _STROKE_SHARE), 255, cv2.THRESH_BINARY)[1]
        labels, stats = measured(long)
        centres = centres_of(labels)
        for (_, _, along, _, _), (y, sheared) in zip(stats[1:].tolist(), centres[1:].tolist(), strict=True):
            if along + reach <= most:
                found.append(_Stroke(sheared - slope * (y - width / 2), y, along + reach, lean))
    return found


def _pairs(strokes: Sequence[_Stroke], dpi: float) -> Iterator[Frame]:
    """Rectangles between two strokes, one beside the other."""
    millimetre = dpi / _MM_PER_INCH
    for left in strokes:
        for right in strokes:
            across, down = right.x - left.x, right.y - left.y
            if not _WIDTH_MM[0] * millimetre <= across <= _WIDTH_MM[1] * millimetre:
                continue
            tilt = -math.degrees(math.atan2(down, across))
            if abs(tilt) > _MOST_TILT_DEG or abs(left.high - right.high) > 2 * _APART_MM * millimetre:
                continue
            if max(abs(stroke.lean_deg + tilt) for stroke in (left, right)) > _LEAN_DEG:
                continue
            high = max(left.high, right.high)
            if high >= _HEIGHT_MM[0] * millimetre and across > 1.2 * high:
                yield Frame(((left.x + right.x) / 2, (left.y + right.y) / 2), (math.hypot(across, down), high), tilt)


def _closed(mask: Pixels, frame: Frame, dpi: float) -> tuple[float, Frame] | None:
    """A frame with the share of its sides that has ink, its level lines in their places; None where a side is open."""
    rim, deep = (max(2, round(side / _MM_PER_INCH * dpi)) for side in (_RIM_MM, _DEEP_MM))
    upright = cut_out(mask, frame, margin=float(2 * rim), scale=1.0)[0]
    top, bottom = (_line(side, 2 * rim, deep) for side in (upright, upright[::-1]))
    sides = [float(_shares(side[: 5 * rim], 2 * rim).max()) for side in (upright.T, upright.T[::-1])]
    if top is None or bottom is None or min(sides) < _SIDE_SHARE:
        return None
    mean = (top[0] + bottom[0] + sum(sides)) / 4
    above, below = top[1] - 2 * rim, bottom[1] - 2 * rim
    high = frame.size[1] - above - below
    if mean < _ALL_SHARE or not _HEIGHT_MM[0] * dpi <= high * _MM_PER_INCH <= _HEIGHT_MM[1] * dpi:
        return None
    turn, down = math.radians(frame.tilt_deg), (above - below) / 2
    centre = frame.centre[0] + down * math.sin(turn), frame.centre[1] + down * math.cos(turn)
    return mean, Frame(centre, (frame.size[0], high), frame.tilt_deg)


def _line(upright: Pixels, outside: int, deep: int) -> tuple[float, int] | None:
    """The row near the edge that is most of all a line: its share of thin ink and its place."""
    inked = upright[:, outside:-outside] > 0
    shares = _shares(upright[: outside + deep], outside)
    found = []
    for row in np.flatnonzero(shares >= _LINE_SHARE).tolist():
        beside = float(shares[max(0, row - outside) : max(1, row - outside // 2 + 1)].min())
        rises = float(shares[row]) - beside
        whole = shares[row] >= _WHOLE_SHARE and rises >= _LEAST_CONTRAST
        if whole or (rises >= _CONTRAST and _thin_share(inked, row) >= _THIN_SHARE):
            found.append((float(shares[row]), row))
    return max(found, default=None)


def _thin_share(inked: npt.NDArray[np.bool_], row: int) -> float:
    """Of the columns with ink in two rows, the share whose ink there is as thin as a line or two; the stems of letters are not."""
    pair = inked[row] | inked[row + 1]
    above, below = inked[max(0, row - _THICK_PX) : row + 1][::-1], inked[row + 1 : row + 2 + _THICK_PX]
    thick = _run(above) + _run(below)
    return float((thick[pair] <= _THICK_PX).mean()) if pair.any() else 0.0


def _run(rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How many rows of ink follow one another from the first on, by column."""
    return np.asarray(np.logical_and.accumulate(rows, axis=0).sum(axis=0), dtype=np.int64)


def _shares(upright: Pixels, outside: int) -> npt.NDArray[np.float64]:
    """Share of columns with ink in two rows, by row."""
    rows = upright[:, outside:-outside] > 0
    return np.asarray((rows[:-1] | rows[1:]).mean(axis=1), dtype=np.float64)


def _meet(one: Frame, other: Frame) -> bool:
    apart = abs(one.centre[0] - other.centre[0]), abs(one.centre[1] - other.centre[1])
    return apart[0] < (one.size[0] + other.size[0]) / 3 and apart[1] < (one.size[1] + other.size[1]) / 3
