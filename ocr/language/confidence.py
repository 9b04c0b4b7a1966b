"""How sure a word is: the share of such words that were right on printed pages.

In: what the search knows of a chosen word. Out: a probability. The weights stand in `confidence.toml`, which
`scripts/fit_confidence.py` writes; the same script shows how far the result can be trusted.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from dossier.errors import ChangedModel, MissingTool

TABLE = Path(__file__).parent / "confidence.toml"
_REFIT = "python -m scripts.fit_confidence"
LEAST, MOST = 0.01, 0.999
"""Nobody is told that a word is impossible or beyond doubt: too few such words were seen to say so."""


class Evidence(NamedTuple):
    """What speaks for and against a word.

    Attributes:
        rivals: log odds of the word against the other readings of its place, picture and language together.
        weakest: log odds of its least likely character in the picture; `weakest_of_line` the mean over the words of the line.
        language: log probability after the words before it; `following`: of the word after it.
        unknown: 1 when the model does not know the word; `number`, `code`, `jumble`, `marks` say what else it is.
        short: 1 divided by its letters.
    """

    rivals: float
    weakest: float
    weakest_of_line: float
    language: float
    following: float
    unknown: float
    number: float
    code: float
    jumble: float
    marks: float
    short: float


NAMES = Evidence._fields


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic map, in the order of `Evidence`, and the steps that straighten it: (raw, true) log odds, rising."""

    constant: float
    weights: tuple[float, ...]
    knots: tuple[tuple[float, float], ...]

    def confidence(self, evidence: Evidence) -> float:
        """Probability that the word is right."""
        raw = self.constant + sum(weight * value for weight, value in zip(self.weights, evidence, strict=True))
        return min(max(1.0 / (1.0 + math.exp(-self._straightened(raw))), LEAST), MOST)

    def _straightened(self, raw: float) -> float:
        knots = self.knots
        if raw <= knots[0][0]:
            return knots[0][1]
        for (left, low), (right, high) in pairwise(knots):
            if raw <= right:
                return low + (high - low) * (raw - left) / (right - left)
        return knots[-1][1]


@cache
def open_calibration(path: Path = TABLE) -> Calibration:
    """Read the table.

    Raises:
        MissingTool: there is no such file.
        ChangedModel: it does not hold the weights that this version needs.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        weights = tuple(float(table["weights"][name]) for name in NAMES)
        knots = tuple((float(raw), float(true)) for raw, true in table["knots"])
        return Calibration(float(table["constant"]), weights, knots)
    except FileNotFoundError as error:
        raise MissingTool(tool=str(path), install=_REFIT) from error
    except (KeyError, ValueError, TypeError) as error:
        raise ChangedModel(tool=str(path), install=_REFIT) from error
