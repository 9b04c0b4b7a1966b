"""Put lines in reading order. In: boxes and texts of lines, size of the page. Out: their indices in reading order.

The network says of every pair of lines which is read first and whether they stand in one block, and of every line what kind of
block it is in. Lines are gathered into blocks, ordered within them by place, and the blocks are ordered by the network's word.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dossier.model import Box
from ocr.engines.networks.models import load_model, open_session

Matrix = npt.NDArray[np.float64]
_TABLE, _CONTENTS, _FORM = 5, 8, 9
_ROW_BY_ROW = (_TABLE, _CONTENTS, _FORM)
"""Kinds of blocks (of the network's ten) whose lines are read row by row."""
_SWEEPS = 4
_BULLETS = "•-–▪◦*·→"
_SENTENCE_END = ".!?:;"
_MOST_LINES = 600
"""Above this the pairs would need more memory than a page is worth: place alone decides."""


class ReadingOrder:
    """The network `order.onnx`, loaded once."""

    def __init__(self) -> None:
        """Load the network.

        Raises:
            MissingTool: it is not installed, or not the file that was tested (`ChangedModel`).
        """
        model, self.digest = load_model("order.onnx")
        self._session = open_session(model)

    def sort(self, boxes: Sequence[Box], texts: Sequence[str], size: tuple[int, int]) -> list[int]:
        """Indices of the lines in reading order; `size` is width and height of the page."""
        if len(boxes) < 2:
            return list(range(len(boxes)))
        places = np.array(boxes, np.float64)
        if len(boxes) > _MOST_LINES:
            return _rows(places)
        features = np.concatenate([_shape_features(places, size), _text_features(texts)], axis=1).astype(np.float32)
        known = {"feats": features[None], "mask": np.ones((1, len(boxes)), np.bool_)}
        before, kinds, together = (out[0].astype(np.float64) for out in self._session.run(["a", "cls", "same"], known))
        blocks = []
        for members in _blocks(together):
            kind = int(kinds[members].sum(axis=0).argmax())
            inner = _rows(places[members]) if kind in _ROW_BY_ROW else _cut(places[members])
            blocks.append([members[index] for index in inner])
        return [line for block in _sorted_blocks(blocks, before) for line in block]


def _shape_features(boxes: Matrix, size: tuple[int, int]) -> Matrix:
    width, height = size
    x0, y0, x1, y1 = boxes.T
    wide, high = np.maximum(x1 - x0, 1e-3), np.maximum(y1 - y0, 1e-3)
    usual = float(np.median(high))
    columns = [
        x0 / width,
        y0 / height,
        x1 / width,
        y1 / height,
        (x0 + x1) / (2 * width),
        (y0 + y1) / (2 * height),
        wide / width,
        np.log(high / usual),
        np.log(wide / high) / 4.0,
        np.full(len(boxes), usual / height * 20.0),
    ]
    return np.stack(columns, axis=1)


def _text_features(texts: Sequence[str]) -> Matrix:
    rows = []
    for text in texts:
        if not text:
            rows.append([0.0] * 6)
            continue
        listed = text[0] in _BULLETS or (len(text) > 3 and text[:3].rstrip(".)").isdigit())
        digits = sum(letter.isdigit() for letter in text) / len(text)
        ends = (text.endswith("-"), text[-1] in _SENTENCE_END, text[0].isupper())
        rows.append([math.log1p(len(text)) / 5.0, digits, float(listed), *map(float, ends)])
    return np.array(rows)


def _blocks(together: Matrix) -> list[list[int]]:
    """Gather lines into blocks: the two groups that belong together most (mean over their pairs) join, while any two do."""
    count = len(together)
    sums, sizes = together.copy(), np.ones(count)
    groups: dict[int, list[int]] = {index: [index] for index in range(count)}
    means = sums.copy()
    np.fill_diagonal(means, -np.inf)
    while len(groups) > 1:
        flat = int(means.argmax())
        first, second = sorted(divmod(flat, count))
        if means[first, second] <= 0:
            break
        groups[first] += groups.pop(second)
        sizes[first] += sizes[second]
        sums[first] += sums[second]
        sums[:, first] += sums[:, second]
        means[second], means[:, second] = -np.inf, -np.inf
        alive = list(groups)
        row = sums[first, alive] / (sizes[first] * sizes[alive])
        means[first, alive] = row
        means[alive, first] = row
        means[first, first] = -np.inf
    return [sorted(group) for group in groups.values()]


def _rows(boxes: Matrix) -> list[int]:
    """From top to bottom, within a row from left to right."""
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    half = max(float(np.median(boxes[:, 3] - boxes[:, 1])) / 2, 1e-3)
    rows: list[list[int]] = []
    for index in np.argsort(middle, kind="stable").tolist():
        if rows and middle[index] - middle[rows[-1][0]] < half:
            rows[-1].append(index)
        else:
            rows.append([index])
    return [index for row in rows for index in sorted(row, key=lambda i: boxes[i, 0])]


def _cut(boxes: Matrix) -> list[int]:
    """Cut at the widest white across or down, the upper or left part first, and each part again."""

    def parts(indices: list[int]) -> list[int]:
        if len(indices) < 2:
            return indices
        across, down = (_widest_gap(boxes[indices], axis) for axis in (0, 1))
        gap, first = max(down, across, key=lambda found: found[0])
        if gap <= 0:
            return [indices[place] for place in _rows(boxes[indices])]
        left = set(first)
        return parts([indices[i] for i in first]) + parts([line for i, line in enumerate(indices) if i not in left])

    return parts(list(range(len(boxes))))


def _widest_gap(boxes: Matrix, axis: int) -> tuple[float, list[int]]:
    """Width of the widest white along an axis and the indices of the boxes before it."""
    order = np.argsort(boxes[:, axis], kind="stable")
    reach = np.maximum.accumulate(boxes[order, axis + 2])
    white = boxes[order[1:], axis] - reach[:-1]
    widest = int(white.argmax())
    return float(white[widest]), order[: widest + 1].tolist()


def _sorted_blocks(blocks: Sequence[list[int]], before: Matrix) -> list[list[int]]:
    share = np.zeros((len(blocks), len(before)))
    for index, block in enumerate(blocks):
        share[index, block] = 1.0 / len(block)
    upper = np.triu(share @ before @ share.T, 1)
    return [blocks[index] for index in _agreed_order(upper - upper.T)]


def _agreed_order(before: Matrix) -> list[int]:
    """The order that agrees best with the pairs: items move to their best place until none wants to."""
    worth = -np.logaddexp(0.0, -before)  # log probability that the row's item comes before the column's
    order: list[int] = np.argsort(worth.sum(axis=0) - worth.sum(axis=1), kind="stable").tolist()
    for _ in range(_SWEEPS):
        moved = False
        for item in tuple(order):
            rest = [other for other in order if other != item]
            gains = np.concatenate(([0.0], np.cumsum(worth[rest, item]))) + np.append(np.cumsum(worth[item, rest][::-1])[::-1], 0.0)
            best = int(gains.argmax())
            if gains[best] > gains[order.index(item)] + 1e-6:
                order = [*rest[:best], item, *rest[best:]]
                moved = True
        if not moved:
            break
    return order
