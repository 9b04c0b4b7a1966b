"""Cut out what page layout analysis overlooks: red print and framed stamps (độ mật, mức khẩn: NĐ 30/2020, PL I, ô 10).

The red channel makes red ink vanish, which is right for seals over text and wrong for stamps that carry text; and a stamp in a
frame is taken for a picture. In: an upright page. Out: cut-outs of single stamps, straight, without frames, as dark print on white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from dossier.model import Box, Ink
from ocr.cleaning.components import measured
from ocr.cleaning.crossed_frames import find_crossed_frames
from ocr.cleaning.frames import Frame, cut_out, find_frames
from ocr.intake.rendering import PageImage, Pixels

_MM_PER_INCH = 25.4
READ_DPI = 300
"""Cut-outs of coarser pages are enlarged to this: a stamp is a few letters, and they count."""
_LEAST_RED = 60
"""How much red must exceed green and blue for ink to count as red (0-255)."""
_LEAST_VIOLET = 45
"""How much blue must exceed green for ink to count as violet or blue."""
_LEAST_DARK = 60
"""How much darker than full white ink must be: a red stamp in a grey photocopy is pale."""
_PALE = 35
"""The same for the thin lines of a frame on a poor photocopy; looked for once more at this level."""
_GLANCE_DPI, _AROUND_MM, _ROUND_PX = 75, 6.0, 12
"""Coloured ink is looked for at this resolution first, then in the part of the page that has some, with so much around it."""
_JOIN_MM = (5.0, 1.2)
"""Red ink closer than this (across, down) belongs to one stamp."""
_CLUSTER_DPI, _TOUCHED = 100, 50
"""Red ink is joined at this resolution; a pixel there is red from this share (of 255) of its area."""
_STAMP_MM = ((6.0, 90.0), (2.2, 22.0))
"""Width and height of stamps with text: from a bare KHẨN to a framed TUYỆT MẬT with room for a tilt."""
_FRAME_SHARE = 0.7
"""Connected ink over this share of a stamp's width and height is its frame, not a letter."""
_EDGE_SHARE = 0.12
"""Ink this thin and this near to the edge (of the stamp's height) is a piece of frame."""
_TOUCHING_SHARE = 0.04
"""The same nearness where the frame is known and was cut away."""
_LINE_MM, _ROW_SHARE, _COLUMN_SHARE = 1.8, 0.55, 0.75
"""Rows and columns near the edge that are inked over these shares are lines of a frame; letters fill less."""
_DARK = 170
_RIM_MM = 2.0
"""The lines of a frame, double ones too, lie within this distance around its inside."""
_EMPTY_SHARE = 0.02
"""A frame with less ink than this share of its inside holds no print."""
MOST_STAMPS = 12


@dataclass(frozen=True, slots=True)
class Stamp:
    """A cut-out with dark print on white.

    Attributes:
        box: where it stood on the page.
        to_page: 2x3 matrix from pixels of the cut-out to pixels of the page.
        framed: whether a frame stood around it, so that nothing else is printed inside.
        own_ink: whether the print under it is another ink and is read without it; red ink always is.
        crossed: whether other print was seen to run through its frame; what is read in it may be that print.
    """

    pixels: Pixels
    box: Box
    ink: Ink
    to_page: npt.NDArray[np.float64]
    framed: bool
    own_ink: bool = False
    crossed: bool = False


def find_stamps(image: PageImage, grey: Pixels, *, crossed: bool = True) -> tuple[Stamp, ...]:
    """Red print and framed stamps of an upright page.

    Args:
        image: the page.
        grey: its cleaned red channel, same size.
        crossed: look also for frames that print runs through; cells of tables would be taken for them.
    """
    found = [*_red_stamps(image), *_violet_stamps(image)] if image.is_colour else []
    for least_ink in (_LEAST_DARK, _PALE):
        framed = _framed(255 - grey, Ink.BLACK, image.dpi, least_ink)
        found += [stamp for stamp in framed if not _lies_on(stamp.box, found)]
    if crossed:
        frames = find_crossed_frames(255 - grey, dpi=image.dpi, least_ink=_LEAST_DARK)
        stamps = (
            replace(stamp, own_ink=True, crossed=True) for stamp in _cut(255 - grey, frames, Ink.BLACK, image.dpi, _LEAST_DARK)
        )
        found += [stamp for stamp in stamps if not _lies_on(stamp.box, found)]
    return tuple(sorted(found, key=lambda stamp: not stamp.framed)[:MOST_STAMPS])


def _red_stamps(image: PageImage) -> Iterator[Stamp]:
    excess, corner = _part_in(image, _red, _LEAST_RED)
    if not excess.size:
        return
    ink = np.asarray(cv2.add(excess, excess), dtype=np.uint8)
    framed = tuple(_framed(ink, Ink.RED, image.dpi, _LEAST_RED))
    yield from (_moved(stamp, corner) for stamp in framed)
    mask = np.asarray(cv2.threshold(excess, _LEAST_RED, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    rim = _pixels(_RIM_MM, image.dpi)
    for stamp in framed:
        mask[max(0, stamp.box.y0 - rim) : stamp.box.y1 + rim, max(0, stamp.box.x0 - rim) : stamp.box.x1 + rim] = 0
    for box in _clusters(mask, image.dpi):
        pixels = _without_frame(255 - ink[box.y0 : box.y1, box.x0 : box.x1], edge_share=_EDGE_SHARE)
        yield _moved(_stamp(pixels, _frame_of(box), box, Ink.RED, image.dpi), corner)


def _violet_stamps(image: PageImage) -> Iterator[Stamp]:
    """Framed stamps in violet or blue ink, without the print under them; such ink without a frame is mostly a pen's."""
    excess, corner = _part_in(image, _violet, _LEAST_VIOLET)
    if excess.size:
        ink = np.asarray(cv2.add(excess, excess), dtype=np.uint8)
        framed = _framed(ink, Ink.BLACK, image.dpi, _LEAST_VIOLET)
        yield from (replace(_moved(stamp, corner), own_ink=True) for stamp in framed)


def _red(pixels: Pixels) -> Pixels:
    """How much red there is more than green and blue."""
    red, green, blue = cv2.split(pixels)
    return np.asarray(cv2.subtract(red, cv2.max(green, blue)), dtype=np.uint8)


def _violet(pixels: Pixels) -> Pixels:
    """How much blue there is more than green."""
    return np.asarray(cv2.subtract(cv2.extractChannel(pixels, 2), cv2.extractChannel(pixels, 1)), dtype=np.uint8)


def _part_in(image: PageImage, excess: Callable[[Pixels], Pixels], least: int) -> tuple[Pixels, tuple[int, int]]:
    """The excess of a colour in the part of the page that has ink of it, empty where none has; and the corner of that part.

    It is told by pixels so far apart that any stroke shows: most of a page has no coloured ink.
    """
    step = max(1, image.dpi // _GLANCE_DPI)
    inked = cv2.threshold(excess(np.ascontiguousarray(image.pixels[::step, ::step])), least, 255, cv2.THRESH_BINARY)[1]
    x, y, width, height = (side * step for side in cv2.boundingRect(inked))
    if not width:
        return np.empty((0, 0), np.uint8), (0, 0)
    rim = _pixels(_AROUND_MM, image.dpi)
    # From a round number on: a part is then made smaller as the whole page would be.
    x0, y0 = (max(0, side - rim) // _ROUND_PX * _ROUND_PX for side in (x, y))
    return excess(image.pixels[y0 : y + height + rim, x0 : x + width + rim]), (x0, y0)


def _moved(stamp: Stamp, corner: tuple[int, int]) -> Stamp:
    """A stamp of a part of the page in pixels of the page."""
    box, (x, y) = stamp.box, corner
    to_page = stamp.to_page + np.array([[0.0, 0.0, x], [0.0, 0.0, y]])
    return replace(stamp, box=Box(box.x0 + x, box.y0 + y, box.x1 + x, box.y1 + y), to_page=to_page)


def _framed(ink: Pixels, colour: Ink, dpi: int, least_ink: int) -> Iterator[Stamp]:
    yield from _cut(ink, find_frames(ink, dpi=dpi, least_ink=least_ink), colour, dpi, least_ink)


def _cut(ink: Pixels, frames: Sequence[Frame], colour: Ink, dpi: int, least_ink: int) -> Iterator[Stamp]:
    for frame in frames:
        box = _box_of(frame, ink.shape)
        cut, to_page = cut_out(ink, frame, margin=0.0, scale=max(1.0, READ_DPI / dpi))
        if float((cut > least_ink).mean()) >= _EMPTY_SHARE:
            pixels = _full_contrast(255 - cut)
            _whiten_lines(pixels, _pixels(_LINE_MM, max(READ_DPI, dpi)))
            yield Stamp(_without_frame(pixels, edge_share=_TOUCHING_SHARE), box, colour, to_page, framed=True)


def _stamp(pixels: Pixels, frame: Frame, box: Box, ink: Ink, dpi: int) -> Stamp:
    local = Frame((pixels.shape[1] / 2, pixels.shape[0] / 2), frame.size, 0.0)
    cut, to_page = cut_out(pixels, local, margin=0.0, scale=max(1.0, READ_DPI / dpi))
    to_page[:, 2] += (box.x0, box.y0)
    return Stamp(_full_contrast(cut), box, ink, to_page, framed=False)


def _clusters(mask: Pixels, dpi: int) -> Iterator[Box]:
    """Boxes of red ink that belongs together, found on a small picture: closing a large one costs more than reading a line."""
    scale = min(1.0, _CLUSTER_DPI / dpi)
    small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    kernel = np.ones((_pixels(_JOIN_MM[1], dpi * scale), _pixels(_JOIN_MM[0], dpi * scale)), np.uint8)
    joined = cv2.morphologyEx((small > _TOUCHED).astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, stats = measured(joined)
    pad = _pixels(0.8, dpi)
    for x, y, width, height, _ in stats[1:].tolist():
        if _fits((width, height), _STAMP_MM, dpi * scale):
            x0, y0, x1, y1 = (round(side / scale) for side in (x, y, x + width, y + height))
            yield Box(max(0, x0 - pad), max(0, y0 - pad), min(mask.shape[1], x1 + pad), min(mask.shape[0], y1 + pad))


def _whiten_lines(pixels: Pixels, reach: int) -> None:
    """Paint everything outside the innermost straight line near each edge white; `reach` is how deep to look."""
    dark = pixels < _DARK
    down, across = dark.mean(axis=1) >= _ROW_SHARE, dark.mean(axis=0) >= _COLUMN_SHARE
    for sides, view in ((down, pixels), (across, pixels.T)):
        for lines, edge in ((sides[:reach], view), (sides[::-1][:reach], view[::-1])):
            if lines.any():
                edge[: int(np.flatnonzero(lines)[-1]) + 3] = 255


def _without_frame(pixels: Pixels, *, edge_share: float) -> Pixels:
    """Paint what is left of the frame white: ink that spans most of the stamp both ways, or runs along one of its edges."""
    dark = cv2.threshold(pixels, _DARK, 255, cv2.THRESH_BINARY_INV)[1]
    height, width = pixels.shape
    labels, stats = measured(dark)
    x, y, across, down, _ = stats.T
    spans = (across >= _FRAME_SHARE * width) & (down >= _FRAME_SHARE * height)
    to_edge = np.minimum(np.minimum(x, y), np.minimum(width - x - across, height - y - down))
    frame = spans | ((to_edge <= edge_share * height) & (np.minimum(across, down) <= _EDGE_SHARE * height))
    frame[0] = False
    out = pixels.copy()
    out[cv2.dilate(frame[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = 255
    return out


def _full_contrast(pixels: Pixels) -> Pixels:
    """Stretch pale print to black on white: one threshold must serve all stamps of a page."""
    dark, light = np.percentile(pixels, (2, 80))
    spread = max(40.0, float(light) - 10.0 - float(dark))
    return np.asarray(np.clip((pixels.astype(np.float32) - dark) * (255.0 / spread), 0, 255), dtype=np.uint8)


def _frame_of(box: Box) -> Frame:
    return Frame(box.centre, (float(box.width), float(box.height)), 0.0)


def _box_of(frame: Frame, shape: tuple[int, ...]) -> Box:
    """Upright box around a tilted frame, within the page."""
    corners = cv2.boxPoints((frame.centre, frame.size, -frame.tilt_deg))
    x0, y0 = np.clip(np.floor(corners.min(axis=0)), 0, (shape[1], shape[0]))
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)), 0, (shape[1], shape[0]))
    return Box(int(x0), int(y0), int(x1), int(y1))


def _fits(size: tuple[int, int], limits: tuple[tuple[float, float], tuple[float, float]], dpi: float) -> bool:
    sides_mm = (side / dpi * _MM_PER_INCH for side in size)
    return all(low <= side <= high for side, (low, high) in zip(sides_mm, limits, strict=True))


def _pixels(millimetres: float, dpi: float) -> int:
    return max(1, round(millimetres / _MM_PER_INCH * dpi))


def _lies_on(box: Box, stamps: Sequence[Stamp]) -> bool:
    return any(box.x0 < s.box.x1 and s.box.x0 < box.x1 and box.y0 < s.box.y1 and s.box.y0 < box.y1 for s in stamps)
