"""Find the lines of print. In: an upright grey page. Out: a box a line, none across two columns.

The network paints the core of every line and, at each of its points, the distance to the line's upper and lower edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from dossier.model import Box
from ocr.engines.line_place import Bend, LinePlace
from ocr.engines.networks.ink import gaps
from ocr.engines.networks.line_ends import with_end_marks
from ocr.engines.networks.models import load_model, open_session
from ocr.engines.networks.steps import Points, parted
from ocr.intake.rendering import Pixels

_WORK_DPI = 88.0
"""A4 becomes 1024 pixels long, the size the network was made for."""
_SIDES = (256, 1024, 2048)
"""Least, usual and most long side in pixels of what the network sees."""
_MULTIPLE, _STRIDE = 32, 2
"""Its input is padded to this multiple; its output is half as large."""
_CORE = 0.5
_LEAST_CORE_AREA = 2
_CORE_SHORTER = 0.15
"""The painted core ends this share of the line's height before the line does, left and right."""
_SMALL_PX, _WANTED_PX = 9.0, 12.0
"""Lines under so many pixels (median) are looked for again on a picture that makes them so high."""
_ENOUGH_LINES = 8
_LEAST_SPREAD = 1e-3
_SLOPED_FROM, _CURVED_FROM = 6.0, 16.0
"""Shorter lines (width by height) are taken for level, for straight."""
_COLUMN_GAP = 2.2
"""White of so many line heights parts two columns; the widest space of a justified line is about one."""


Column = npt.NDArray[np.float64]


class LineDetector:
    """The network `det.onnx`, loaded once."""

    def __init__(self) -> None:
        """Load the network.

        Raises:
            MissingTool: it is not installed, or not the file that was tested (`ChangedModel`).
        """
        model, self.digest = load_model("det.onnx")
        self._session = open_session(model)

    def find(self, grey: Pixels, *, dpi: int) -> list[LinePlace]:
        """Lines in pixels of `grey`, in no order."""
        side = max(grey.shape) * _WORK_DPI / dpi
        side = min(max(side, _SIDES[0]), _SIDES[1]) if side <= _SIDES[1] * 1.1 else min(side, _SIDES[2])
        boxes, scale = self._look(grey, side)
        if len(boxes) >= _ENOUGH_LINES:
            height = float(np.median(boxes[:, 3] - boxes[:, 1]))
            larger = min(_SIDES[2], side * _WANTED_PX / max(height, 1.0))
            if height < _SMALL_PX and larger > side:
                boxes, scale = self._look(grey, larger)
        found = [(_on_page(row, scale, grey.shape), row) for row in boxes]
        places = [LinePlace(part, bend=_bend(row, scale)) for box, row in found if box is not None for part in _columns(grey, box)]
        return with_end_marks(grey, places)

    def _look(self, grey: Pixels, side: float) -> tuple[npt.NDArray[np.float64], float]:
        """Rows of x0, y0, x1, y1, slope, curve in pixels of the picture that the network saw, and that picture's scale."""
        scale = side / max(grey.shape)
        height, width = (max(1, round(length * scale)) for length in grey.shape)
        small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        ink = np.zeros((1, 1, _padded(height), _padded(width)), np.float32)
        ink[0, 0, :height, :width] = 1.0 - small.astype(np.float32) / 255.0
        core, above, below = self._session.run(["out"], {"x": ink})[0][0]
        return _boxes(core, above, below, ink[0, 0, ::_STRIDE, ::_STRIDE]), scale


def _padded(length: int) -> int:
    return math.ceil(length / _MULTIPLE) * _MULTIPLE


def _boxes(
    core: npt.NDArray[np.float32],
    above: npt.NDArray[np.float32],
    below: npt.NDArray[np.float32],
    ink: npt.NDArray[np.float32],
) -> npt.NDArray[np.float64]:
    painted = (core > math.log(_CORE / (1 - _CORE))).astype(np.uint8)
    count, labels, _, _ = cv2.connectedComponentsWithStats(painted, connectivity=4)
    rows, columns = np.nonzero(labels)
    up, down = above[rows, columns].astype(np.float64), below[rows, columns].astype(np.float64)
    middles = rows + 0.5 + (down - up) / (2 * _STRIDE)
    owners = labels[rows, columns].astype(np.int64)
    heights = _means((up + down) / _STRIDE, owners, count)
    points = parted(Points(rows, columns, owners, middles, heights), ink)
    owners, count = points.owners, len(points.heights)
    middle = (rows + 0.5) * _STRIDE
    top, bottom = _means(middle - up, owners, count), _means(middle + down, owners, count)
    longer = _CORE_SHORTER * np.maximum(1.0, bottom - top)
    left, right = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(left, owners, columns.astype(np.float64) * _STRIDE)
    np.maximum.at(right, owners, (columns + 1.0) * _STRIDE)
    left, right = left - longer, right + longer
    kept = np.bincount(owners, minlength=count) >= _LEAST_CORE_AREA
    kept[0] = False  # label 0 is what was not painted
    left[~kept] = right[~kept] = 0.0
    slope, curve = _courses(columns.astype(np.float64) * _STRIDE, middles * _STRIDE, owners, left, right)
    return np.stack([left, top, right, bottom, slope, curve], axis=1)[kept]


def _means(values: Column, owners: npt.NDArray[np.int64], count: int) -> Column:
    """Mean of the values of every owner, 0 where it has none."""
    return np.bincount(owners, weights=values, minlength=count) / np.maximum(np.bincount(owners, minlength=count), 1)


def _courses(columns: Column, centres: Column, owners: npt.NDArray[np.int64], left: Column, right: Column) -> tuple[Column, Column]:
    """Least squares of every line's centre over its columns (-1 at its left, 1 at its right end): slope and curve in pixels."""
    count = len(left)
    place = (columns - ((left + right) / 2)[owners]) / np.maximum((right - left) / 2, 1.0)[owners]

    def mean(values: Column) -> Column:
        return _means(values, owners, count)

    first, height = mean(place), mean(centres)
    tilted, offset = place - first[owners], centres - height[owners]
    slope = mean(tilted * offset) / np.maximum(mean(tilted * tilted), _LEAST_SPREAD)
    square = place * place
    bowed = square - mean(square)[owners]
    bowed = bowed - (mean(bowed * tilted) / np.maximum(mean(tilted * tilted), _LEAST_SPREAD))[owners] * tilted
    curve = mean(bowed * offset) / np.maximum(mean(bowed * bowed), _LEAST_SPREAD)
    return slope, curve


def _on_page(row: npt.NDArray[np.float64], scale: float, shape: tuple[int, ...]) -> Box | None:
    x0, y0, x1, y1 = (float(value) / scale for value in row[:4])
    left, top = max(0, math.floor(x0)), max(0, math.floor(y0))
    right, bottom = min(shape[1], math.ceil(x1)), min(shape[0], math.ceil(y1))
    return Box(left, top, right, bottom) if right > left and bottom > top else None


def _bend(row: npt.NDArray[np.float64], scale: float) -> Bend | None:
    x0, y0, x1, y1, slope, curve = (float(value) / scale for value in row)
    long = (x1 - x0) / max(1.0, y1 - y0)
    if long < _SLOPED_FROM:
        return None
    return Bend((x0 + x1) / 2, (x1 - x0) / 2, slope, curve if long >= _CURVED_FROM else 0.0)


def _columns(grey: Pixels, box: Box) -> Iterator[Box]:
    """The box, split where two columns were taken for one line."""
    wide = _COLUMN_GAP * box.height
    start = box.x0
    for left, right in gaps(grey, box):
        if right - left >= wide and left > box.x0 and right < box.x1:
            yield Box(start, box.y0, left + box.height // 4, box.y1)
            start = right - box.height // 4
    yield Box(start, box.y0, box.x1, box.y1)
