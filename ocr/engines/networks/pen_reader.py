"""Reads figures that were written by pen. In: windows of `pen_window`. Out: what may stand in each, likeliest first.

A small network of ours (`recogniser_training/pen_train.py`); it answers for every step how likely each figure is, and the readings
of a window are added up over the ways in which the steps can spell them (CTC; beam search).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocr.engines.networks.models import load_pen_reader, open_session
from ocr.engines.networks.pen_window import ROWS, STEP
from ocr.intake.rendering import Pixels

_WIDTH = 12
_LEAST = math.log(1e-3)
"""Readings that are followed from step to step, and how likely a figure must be at a step to be considered."""
_NEVER = -1e9
_MARGIN_STEPS = 2


@dataclass(frozen=True, slots=True)
class PenReading:
    """Figures ("/" where a stroke stands) and the logarithm of their probability."""

    text: str
    log_probability: float


class PenReader:
    """The network, loaded once a worker process."""

    def __init__(self) -> None:
        """Load and check the file.

        Raises:
            MissingTool: the file is not there.
            ChangedModel: it is not the file that was tested.
        """
        model = load_pen_reader()
        self.digest = model.digest
        self._classes = model.classes
        self._session = open_session(model.data)

    def read(self, windows: Sequence[Pixels]) -> list[tuple[PenReading, ...]]:
        """Readings of each window; one by one, since white put beside a narrow one would hide from the network where it ends."""
        return [self._readings(self._chances(window)) for window in windows]

    def _chances(self, window: Pixels) -> npt.NDArray[np.float32]:
        """Log-probabilities of steps x classes."""
        width = (-(-window.shape[1] // STEP) + _MARGIN_STEPS) * STEP
        ink = np.zeros((1, 1, ROWS, width), np.float32)
        ink[0, 0, :, : window.shape[1]] = window * np.float32(1 / 255)
        return np.asarray(self._session.run(None, {"x": ink})[0][0].T, dtype=np.float32)

    def _readings(self, chances: npt.NDArray[np.float32]) -> tuple[PenReading, ...]:
        """Beam search over steps x classes; the two scores of a reading are of those that end in a blank and those that do not."""
        beam = {"": (0.0, _NEVER)}
        for step in chances.tolist():
            options = [(letter, step[number]) for number, letter in enumerate(self._classes, start=1) if step[number] > _LEAST]
            following: dict[str, tuple[float, float]] = defaultdict(lambda: (_NEVER, _NEVER))
            for text, (blank, letter_last) in beam.items():
                whole = _add(blank, letter_last)
                ended, last = following[text]
                repeated = letter_last + step[self._classes.index(text[-1]) + 1] if text else _NEVER
                following[text] = (_add(ended, whole + step[0]), _add(last, repeated))
                for letter, chance in options:
                    longer = following[text + letter]
                    before = blank if text.endswith(letter) else whole
                    following[text + letter] = (longer[0], _add(longer[1], before + chance))
            beam = dict(sorted(following.items(), key=lambda each: -_add(*each[1]))[:_WIDTH])
        found = [PenReading(text, _add(*scores)) for text, scores in beam.items()]
        return tuple(sorted(found, key=lambda reading: -reading.log_probability))


def _add(first: float, second: float) -> float:
    """Logarithm of the sum of two probabilities."""
    high, low = max(first, second), min(first, second)
    return high if low <= _NEVER / 2 else high + math.log1p(math.exp(low - high))
