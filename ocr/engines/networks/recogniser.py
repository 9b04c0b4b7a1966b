"""Read lines. In: an upright grey page and places of lines. Out: `Alternatives` of each line.

Lines of similar width go through the network together, so that little of its work is spent on the white behind short lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ocr.engines.line_place import LinePlace
from ocr.engines.networks.alternatives import Alternatives
from ocr.engines.networks.crops import WINDOWS, CropShape, Piece, pieces_of
from ocr.engines.networks.models import load_recogniser, open_session, with_alternatives
from ocr.intake.rendering import Pixels

_STEPS_A_HEIGHT = 8
"""One step is this part of the line height wide."""
_KEPT = 5
"""Alternatives a step that are worth keeping."""
_MOST_LINES, _MOST_RATIO, _MOST_AREA = 64, 1.3, 192
"""A batch holds so many pieces, none so many times wider than its narrowest, and so many line heights in all."""
_LEAST_BATCH_WIDTH = 2
"""Narrower pieces than this (in line heights) count as this wide when they are put together."""
_HALO = 4
"""White behind the widest piece, as part of the line height: the network sees the edge of its input otherwise."""
_NEVER = -30.0
"""Log probability of what cannot be."""

Steps = tuple[npt.NDArray[np.float32], npt.NDArray[np.int32], npt.NDArray[np.float32]]
"""Log probabilities and symbols [T, K], log probability of the blank [T]."""


class Recogniser:
    """The recogniser's network, loaded once."""

    def __init__(self) -> None:
        """Load the network.

        Raises:
            MissingTool: it is not installed, or not the file that was tested (`ChangedModel`).
        """
        model = load_recogniser()
        self.digest = model.digest
        self._charset = model.charset
        self._space = model.charset.index(" ") + 1
        self._session = open_session(with_alternatives(model.data))
        inputs = {value.name: value for value in self._session.get_inputs()}
        self._takes_widths = "widths" in inputs
        self._shape = CropShape(inputs["x"].shape[2] // WINDOWS, model.pad_y, model.pad_x)

    def read(self, grey: Pixels, places: Sequence[LinePlace]) -> list[Alternatives]:
        """What stands in each place."""
        pieces = [list(pieces_of(grey, place, self._shape)) for place in places]
        flat = [piece for line in pieces for piece in line]
        steps = iter(self._run(flat))
        return [self._join(line, [next(steps) for _ in line]) for line in pieces]

    def _run(self, pieces: Sequence[Piece]) -> list[Steps]:
        found: dict[int, Steps] = {}
        for batch in _batches([piece.pixels.shape[1] for piece in pieces], self._shape.line_height):
            values, symbols, blanks = self._session.run(["topv", "topi", "blank"], self._feed([pieces[i] for i in batch]))
            for row, index in enumerate(batch):
                length = math.ceil(pieces[index].pixels.shape[1] * _STEPS_A_HEIGHT / self._shape.line_height)
                found[index] = (
                    values[row, :length, :_KEPT].astype(np.float32),
                    symbols[row, :length, :_KEPT].astype(np.int32),
                    blanks[row, :length].astype(np.float32),
                )
        return [found[index] for index in range(len(pieces))]

    def _feed(self, pieces: Sequence[Piece]) -> dict[str, npt.NDArray[np.generic]]:
        height = self._shape.line_height
        multiple = height // 4
        widths = np.array([piece.pixels.shape[1] for piece in pieces], np.int64)
        width = math.ceil(int(widths.max()) / multiple) * multiple + height // _HALO
        ink = np.zeros((len(pieces), 1, WINDOWS * height, width), np.float32)
        for row, piece in enumerate(pieces):
            np.subtract(1.0, piece.pixels * np.float32(1 / 255), out=ink[row, 0, :, : widths[row]])
        return {"x": ink, "widths": widths} if self._takes_widths else {"x": ink}

    def _join(self, pieces: Sequence[Piece], steps: Sequence[Steps]) -> Alternatives:
        """One reading of a line from those of its pieces, a space at every cut."""
        parts = [_within(piece, part, self._step_px(piece)) for piece, part in zip(pieces, steps, strict=True)]
        if len(parts) == 1:
            values, symbols, blanks = parts[0]
            return Alternatives(values, symbols, blanks, self._charset, pieces[0].x0, self._step_px(pieces[0]))
        for values, symbols, blanks in parts[:-1]:
            values[-1], symbols[-1], blanks[-1] = _NEVER, 0, _NEVER
            values[-1, 0], symbols[-1, 0] = 0.0, self._space
        joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
        step_px = sum(self._step_px(piece) for piece in pieces) / len(pieces)
        return Alternatives(joined[0], joined[1], joined[2], self._charset, pieces[0].x0, step_px)

    def _step_px(self, piece: Piece) -> float:
        return piece.column_px * self._shape.line_height / _STEPS_A_HEIGHT


def _within(piece: Piece, steps: Steps, step_px: float) -> Steps:
    """The steps without those in the white margin that a cut put beside the piece; one at least."""
    middles = piece.x0 + (np.arange(len(steps[2])) + 0.5) * step_px
    kept = np.flatnonzero((middles >= piece.left) & (middles < piece.right))
    first, last = (int(kept[0]), int(kept[-1])) if len(kept) else (0, 0)
    values, symbols, blanks = steps
    return values[first : last + 1], symbols[first : last + 1], blanks[first : last + 1]


def _batches(widths: Sequence[int], line_height: int) -> Iterator[list[int]]:
    """Indices of pieces that go through the network together, narrow ones first."""
    least = _LEAST_BATCH_WIDTH * line_height
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=lambda i: widths[i]):
        width = max(widths[index], least)
        full = len(batch) >= _MOST_LINES or (len(batch) + 1) * width > _MOST_AREA * line_height
        if batch and (full or width > _MOST_RATIO * max(widths[batch[0]], least)):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
