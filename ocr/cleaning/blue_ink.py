"""Take blue ink off black print: signatures (chữ ký) that cross a name, initials (ký nháy) at the end of a line, arrival stamps.

In: an upright colour page and its cleaned red channel. Out: the red channel, such strokes painted as paper, and the framed stamps
among them, to be read by themselves. Writing that stands by itself stays, and so does what fills a gap of a printed line (số, ngày
written by hand): both may be text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from dossier.model import Box, Ink
from ocr.cleaning.components import measured
from ocr.cleaning.flat_field import PAPER
from ocr.cleaning.stamps import READ_DPI, Stamp
from ocr.intake.rendering import PageImage, Pixels

_MM_PER_INCH = 25.4
_WORK_DPI, _GLANCE = 75, 8
"""Ink is told apart on a picture at least so fine, unless every so many pixels, either way, show that nothing is blue."""
_LEAST_INK, _LEAST_PURITY, _MOST_PURITY = 50, 0.27, 0.17
"""Ink is so much darker than white; it is coloured when its channels differ by this share of that. Blue, violet: 0.4 to 0.6; black
print with the fringes of a scanner: under 0.2."""
_PURITY = tuple(
    ((share * (256.0 - np.arange(256))).astype(np.uint8), way)
    for share, way in ((_LEAST_PURITY, cv2.CMP_GT), (_MOST_PURITY, cv2.CMP_LT))
)
"""Most and least difference of channels of ink that is not coloured, by its darkest channel."""
_PURE, _PURE_SHARE = 0.38, 0.5
"""Print that is bluish throughout reaches 0.3 here and there: of a pen's stroke such a share is purer than that."""
_DARK_INK = 80
"""Black ink is so much darker than white in all channels."""
_MOST_COLOURED = 0.5
"""A page with more coloured ink, as a share of its black ink, is printed or written in colour."""
_FRAME_GAP_MM, _UNDER_SHARE = 4.0, 0.01
"""Ink of a stamp is joined over such gaps; it lies over print when black ink covers this share of its box."""
_JOIN_MM, _NEAR_MM = 1.0, 1.2
"""Strokes so near to each other are one; so near to print they touch it."""
_LEAST_STROKE_MM = 5.0
"""Shorter and lower strokes are letters, or of no harm."""
_REACH_MM = 1.8
"""Strokes that reach so far out of the line of print that they touch are no part of it."""
_LINE_MM, _BESIDE_MM = 1.0, 10.0
"""What fills a gap of a line, which may reach so far above and below where it is touched, has print on both sides so near."""
_FRAME_MM = ((25.0, 90.0), (12.0, 50.0))
_RIM_MM, _SIDE_SHARE = 3.5, 0.6
"""Width and height of framed stamps; ink so near to each side of the box covers this share of it."""
_LEAST_WORD_MM = 2.2
"""Print under a stamp is at least this wide or high: a lone letter with its soft edges."""
_SPARE = 2
"""Pixels of the coarse picture around a stroke that belong to its soft edge."""
_IN_LINE_SHARE, _GAP_SHARE = 0.6, 0.25
"""Share of its ink that lies in the line, and share of the columns of the gap that may have black ink."""


@dataclass(frozen=True, slots=True, eq=False)
class Lifted:
    """A page without the blue ink that touched its print: `grey` itself where there was none; and the stamps taken off."""

    grey: Pixels
    stamps: tuple[Stamp, ...] = ()


def lift_blue_ink(image: PageImage, grey: Pixels) -> Lifted:
    """Take blue and violet ink that touches black print off it."""
    if not image.is_colour or not _inks(np.ascontiguousarray(image.pixels[::_GLANCE, ::_GLANCE]))[0].any():
        return Lifted(grey)
    step = max(1, image.dpi // _WORK_DPI)
    dpi, height, width = image.dpi / step, grey.shape[0] // step, grey.shape[1] // step
    whole = image.pixels[: height * step, : width * step]
    coarse = np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    coloured, black = _inks(coarse)
    if np.count_nonzero(coloured) > _MOST_COLOURED * np.count_nonzero(black):
        return Lifted(grey)
    frames = [box for box, _ in _joined(coloured, _FRAME_GAP_MM, dpi) if _is_frame(coloured, box, dpi)]
    for box in frames:
        coloured[box.y0 : box.y1, box.x0 : box.x1] = 0
    strokes = ((box, stroke) for box, stroke in _joined(coloured, _JOIN_MM, dpi) if _is_pure(coarse, stroke, box))
    pens = [(box, stroke) for box, stroke in strokes if _is_pen(stroke, box, black, dpi)]
    pressed = [(box, np.full((box.height, box.width), 255, np.uint8)) for box in frames if _share(black, box) >= _UNDER_SHARE]
    if not pens and not pressed:
        return Lifted(grey)
    out, print_ = grey.copy(), _words(black, dpi)
    for box, stroke in pens:
        _take_off(out, image.pixels, (stroke, print_), box, step)
    taken = [_take_off(out, image.pixels, (inside, print_), box, step) for box, inside in pressed]
    return Lifted(out, tuple(_as_stamp(*each, image.dpi) for each in taken))


def _joined(mask: Pixels, gap_mm: float, dpi: float) -> Iterator[tuple[Box, Pixels]]:
    """Ink that hangs together but for gaps, each piece that is long enough with its box and its pixels in it."""
    side = max(1, round(gap_mm / _MM_PER_INCH * dpi))
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    labels, stats = measured(joined)
    least = _LEAST_STROKE_MM / _MM_PER_INCH * dpi
    for label, (x, y, width, height, _) in enumerate(stats.tolist()):
        if label and max(width, height) >= least:
            window = slice(y, y + height), slice(x, x + width)
            yield Box(x, y, x + width, y + height), np.where(labels[window] == label, mask[window], np.uint8(0))


def _words(black: Pixels, dpi: float) -> Pixels:
    """Black ink with its soft edges, without specks that stand alone: the darkest spots of blue writing look black."""
    joined = cv2.dilate(black, np.ones((3, 3), np.uint8))
    labels, stats = measured(joined)
    side = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    joined[side[labels] < _LEAST_WORD_MM / _MM_PER_INCH * dpi] = 0
    return np.asarray(joined, dtype=np.uint8)


def _share(mask: Pixels, box: Box) -> float:
    return float(np.count_nonzero(mask[box.y0 : box.y1, box.x0 : box.x1])) / max(1, box.width * box.height)


def _is_frame(coloured: Pixels, box: Box, dpi: float) -> bool:
    """Whether ink is a framed stamp, a little tilted at most: it runs along all four sides of its box."""
    millimetre = dpi / _MM_PER_INCH
    if not all(low <= side / millimetre <= high for side, (low, high) in zip((box.width, box.height), _FRAME_MM, strict=True)):
        return False
    part, rim = coloured[box.y0 : box.y1, box.x0 : box.x1] > 0, round(_RIM_MM * millimetre)
    sides = (part[:rim].any(axis=0), part[-rim:].any(axis=0), part[:, :rim].any(axis=1), part[:, -rim:].any(axis=1))
    return all(float(side.mean()) >= _SIDE_SHARE for side in sides)


def _as_stamp(pixels: Pixels, corner: tuple[int, int], dpi: int) -> Stamp:
    """The ink that was taken off, enlarged to the resolution that stamps are read at."""
    scale = max(1.0, READ_DPI / dpi)
    large = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR) if scale > 1 else pixels
    to_page = np.array([[1 / scale, 0.0, corner[0]], [0.0, 1 / scale, corner[1]]])
    box = Box(corner[0], corner[1], corner[0] + pixels.shape[1], corner[1] + pixels.shape[0])
    return Stamp(np.asarray(large, dtype=np.uint8), box, Ink.BLACK, to_page, framed=True, own_ink=True)


def _inks(colours: Pixels) -> tuple[Pixels, Pixels]:
    """Masks of blue and violet ink, and of black ink."""
    red, green, blue = cv2.split(colours)
    darkest, lightest = cv2.min(cv2.min(red, green), blue), cv2.max(cv2.max(red, green), blue)
    spread = cv2.subtract(lightest, darkest)
    pure, impure = (cv2.compare(spread, cv2.LUT(darkest, limits), way) for limits, way in _PURITY)
    inked = cv2.threshold(darkest, 254 - _LEAST_INK, 255, cv2.THRESH_BINARY_INV)[1]
    dark = cv2.threshold(lightest, 254 - _DARK_INK, 255, cv2.THRESH_BINARY_INV)[1]
    coloured = cv2.bitwise_and(cv2.bitwise_and(inked, pure), cv2.compare(blue, red, cv2.CMP_GT))
    black = cv2.bitwise_and(dark, impure)
    return np.asarray(coloured, dtype=np.uint8), np.asarray(black, dtype=np.uint8)


def _is_pure(colours: Pixels, stroke: Pixels, box: Box) -> bool:
    """Whether a stroke is as blue as ink of pens."""
    inked = colours[box.y0 : box.y1, box.x0 : box.x1][stroke > 0].astype(np.int16)
    darkest, lightest = inked.min(axis=1), inked.max(axis=1)
    return bool(np.count_nonzero(lightest - darkest > _PURE * (256 - darkest)) >= _PURE_SHARE * len(inked))


def _is_pen(stroke: Pixels, box: Box, black: Pixels, dpi: float) -> bool:
    """Whether a stroke touches a line of print that it does not belong to."""
    millimetre = dpi / _MM_PER_INCH
    near, beside = max(1, round(_NEAR_MM * millimetre)), round(_BESIDE_MM * millimetre)
    around = cv2.dilate(np.pad(stroke, near), np.ones((2 * near + 1, 2 * near + 1), np.uint8))
    touched = np.flatnonzero(cv2.bitwise_and(around, _window(black, box, near)).any(axis=1))
    if not len(touched):
        return False
    top, bottom = box.y0 - near + int(touched[0]), box.y0 - near + int(touched[-1]) + 1
    reach = _REACH_MM * millimetre
    if top - box.y0 < reach and box.y1 - bottom < reach:
        return False
    spare = round(_LINE_MM * millimetre)
    within = np.count_nonzero(stroke[max(0, top - spare - box.y0) : max(0, bottom + spare - box.y0)])
    if within < _IN_LINE_SHARE * np.count_nonzero(stroke):
        return True
    band: npt.NDArray[np.bool_] = np.asarray(black[max(0, top - spare) : bottom + spare].any(axis=0))
    inside, before, after = band[box.x0 : box.x1], band[max(0, box.x0 - beside) : box.x0], band[box.x1 : box.x1 + beside]
    return not (before.any() and after.any() and float(inside.mean()) <= _GAP_SHARE)


def _window(mask: Pixels, box: Box, spare: int) -> Pixels:
    """A part of a mask with so many pixels around it; beyond the page there is nothing."""
    y0, x0 = max(0, box.y0 - spare), max(0, box.x0 - spare)
    part = mask[y0 : box.y1 + spare, x0 : box.x1 + spare]
    before = y0 - box.y0 + spare, x0 - box.x0 + spare
    after = box.height + 2 * spare - before[0] - part.shape[0], box.width + 2 * spare - before[1] - part.shape[1]
    return np.pad(part, ((before[0], after[0]), (before[1], after[1])))


def _take_off(out: Pixels, colours: Pixels, masks: tuple[Pixels, Pixels], box: Box, step: int) -> tuple[Pixels, tuple[int, int]]:
    """Paint a stroke as paper, black print under it stays; answer what was taken off, on paper, and its corner on the page.

    Args:
        out: the page, painted in place.
        colours: the page in colour.
        masks: the stroke in its box, and the print of the whole page, both so many times coarser.
        box: where the stroke is, in their pixels.
        step: how many times.
    """
    y0, x0 = max(0, box.y0 - _SPARE), max(0, box.x0 - _SPARE)
    page = out[y0 * step : (box.y1 + _SPARE) * step, x0 * step : (box.x1 + _SPARE) * step]
    cut = slice(y0 - box.y0 + _SPARE, None), slice(x0 - box.x0 + _SPARE, None)
    wide = cv2.dilate(np.pad(masks[0], _SPARE), np.ones((3, 3), np.uint8))[cut]
    stroke, print_ = (
        np.repeat(np.repeat(mask, step, axis=0), step, axis=1)[: page.shape[0], : page.shape[1]]
        for mask in (wide, _window(masks[1], box, _SPARE)[cut])
    )
    _, black = _inks(np.ascontiguousarray(colours[y0 * step :, x0 * step :][: page.shape[0], : page.shape[1]]))
    kept = cv2.bitwise_and(cv2.dilate(black, np.ones((3, 3), np.uint8)), print_)  # with the soft edges of letters
    gone = (stroke > 0) & (kept == 0)
    taken = np.where(gone, page, np.uint8(PAPER))
    page[gone] = PAPER
    return taken, (x0 * step, y0 * step)
