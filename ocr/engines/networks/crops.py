"""Cut lines out of a page as the recogniser wants them: at its height, with the lines above and below as context.

In: an upright grey page and the box of a line. Out: one piece a line, or several where a line is too long for the network.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from dossier.model import Box
from ocr.engines.line_place import LinePlace
from ocr.engines.networks.ink import gaps, is_light_on_dark
from ocr.intake.rendering import Pixels

WINDOWS = 3
"""The network sees the line and as much of the page above and below it."""
MOST_COLUMNS = 64.0
"""Longest piece in line heights: a line of A4 has up to 30, of A3 across up to 60; longer ones would only cost memory."""
_LEAST_GAP = 0.2
"""A line is cut only in white at least so wide, in heights of its box: between words, not between letters."""
_PAPER = 255
_LEAST_SAG = 0.04
"""A line that runs less than this off its box (in heights) is cut as it stands."""


@dataclass(frozen=True, slots=True)
class CropShape:
    """How the recogniser wants its lines: pixels high, and margins in heights of the line box."""

    line_height: int
    pad_y: float
    pad_x: float

    @property
    def scaled_height(self) -> float:
        """Heights of the line box in the height of a line, margins included."""
        return 1.0 + 2.0 * self.pad_y


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A part of a line as dark print on white, uint8 [3 x line height, columns].

    Attributes:
        x0: page pixel of the left edge of column 0.
        column_px: page pixels a column.
        left, right: page pixels between which it was cut off, infinite at the ends of the line; nothing is read beyond.
    """

    pixels: Pixels
    x0: float
    column_px: float
    left: float
    right: float


def pieces_of(grey: Pixels, place: LinePlace, shape: CropShape) -> Iterator[Piece]:
    """The pieces of a line from left to right."""
    inverted = is_light_on_dark(grey, place.box)
    cuts = _cuts(grey, place.box, shape)
    edges = [-math.inf, *cuts, math.inf]
    for left, right in pairwise(edges):
        yield _piece(grey, place, shape, limits=(left, right), inverted=inverted)


def _cuts(grey: Pixels, box: Box, shape: CropShape) -> list[int]:
    """Where to cut a long line: in the white nearest to equal parts."""
    columns = (box.width / box.height + 2 * shape.pad_x) / shape.scaled_height
    parts = math.ceil(columns / MOST_COLUMNS)
    if parts < 2:
        return []
    white = [(left + right) // 2 for left, right in gaps(grey, box) if right - left >= _LEAST_GAP * box.height]
    white = [place for place in white if box.x0 + box.height < place < box.x1 - box.height]
    wanted = [box.x0 + box.width * part / parts for part in range(1, parts)]
    return sorted({min(white, key=lambda place: abs(place - want)) for want in wanted}) if white else []


def _piece(grey: Pixels, place: LinePlace, shape: CropShape, *, limits: tuple[float, float], inverted: bool) -> Piece:
    box = place.box
    left, right = max(limits[0], box.x0), min(limits[1], box.x1)
    margin, tall = shape.pad_x * box.height, (WINDOWS * shape.scaled_height - 1) / 2 * box.height
    x0, x1 = math.floor(left - margin), math.ceil(right + margin)
    sag = _sag(place)
    y0, y1 = math.floor(box.y0 - tall) - sag, math.ceil(box.y1 + tall) + sag
    columns = slice(int(max(x0, 0, limits[0])), int(min(x1, grey.shape[1], limits[1])))
    rows = slice(max(y0, 0), min(y1, grey.shape[0]))
    inside = grey[rows, columns]
    cut = np.full((y1 - y0, x1 - x0), _PAPER, np.uint8)
    cut[rows.start - y0 : rows.stop - y0, columns.start - x0 : columns.stop - x0] = 255 - inside if inverted else inside
    height = WINDOWS * shape.line_height
    scale = height / (cut.shape[0] - 2 * sag)
    most = int(MOST_COLUMNS * shape.line_height)
    width = max(shape.line_height // 4, min(most, round(cut.shape[1] * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    pixels = np.asarray(cv2.resize(cut, (width, round(cut.shape[0] * scale)), interpolation=way), dtype=np.uint8)
    column_px = cut.shape[1] / width
    return Piece(_straightened(pixels, place, height, x0, column_px), float(x0), column_px, *limits)


def _sag(place: LinePlace) -> int:
    """Pixels that the line runs over its box above or below; 0 when that is too little to matter."""
    if place.bend is None:
        return 0
    box = place.box
    most = float(np.abs(place.bend.along(np.array([box.x0, (box.x0 + box.x1) / 2, box.x1]))).max())
    return math.ceil(most) if most > _LEAST_SAG * box.height else 0


def _straightened(pixels: Pixels, place: LinePlace, height: int, x0: float, column_px: float) -> Pixels:
    """The middle `height` rows, every column moved up or down by the line's bend."""
    spare = (pixels.shape[0] - height) / 2
    if place.bend is None or pixels.shape[0] == height:
        return pixels
    columns = np.arange(pixels.shape[1], dtype=np.float32)
    drops = place.bend.along(x0 + (columns.astype(np.float64) + 0.5) * column_px) / column_px
    rows = (np.arange(height)[:, None] + spare + drops[None]).astype(np.float32)
    across = np.ascontiguousarray(np.broadcast_to(columns, rows.shape))
    return np.asarray(cv2.remap(pixels, across, rows, cv2.INTER_LINEAR, borderValue=(_PAPER,)), dtype=np.uint8)
