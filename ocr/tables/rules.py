"""A rule (đường kẻ) of a table: a straight line that may lean a little. In: its measures. Out: where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

FloatOrArray = TypeVar("FloatOrArray", float, npt.NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule from `start` to `end` along its axis, at `offset` across it at its middle; `lean` is its slope.

    All in pixels of the page. Along is x and across is y for a level rule, the other way round for an upright one.
    """

    start: float
    end: float
    offset: float
    lean: float
    thickness: float

    @property
    def length(self) -> float:
        """Length in pixels."""
        return self.end - self.start

    def at(self, along: FloatOrArray) -> FloatOrArray:
        """Where it is across at a place along it."""
        return self.offset + self.lean * (along - (self.start + self.end) / 2)

    def moved(self, along: float, across: float) -> Rule:
        """The same rule in coordinates that begin elsewhere."""
        return Rule(self.start + along, self.end + along, self.offset + across, self.lean, self.thickness)
