"""Where a line of print stands before it is read. In and out of the steps between finding lines and reading them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dossier.model import Box, CellPlace


@dataclass(frozen=True, slots=True)
class Bend:
    """How the middle of a line runs off the middle of its box, on curled or not quite straight paper.

    Attributes:
        middle: page pixel around which the line was measured; `reach`: half its width in pixels.
        slope: page pixels by which the line falls from its middle to its right end.
        curve: page pixels by which its ends lie lower than its middle, beside that.
    """

    middle: float
    reach: float
    slope: float
    curve: float

    def at(self, x: float) -> float:
        """Page pixels that the line lies lower at column `x` than on average."""
        return float(self.along(np.array([x]))[0])

    def along(self, columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The same at many columns."""
        place = np.clip((columns - self.middle) / self.reach, -1.0, 1.0)
        return self.slope * place + self.curve * (place * place - 1 / 3)


@dataclass(frozen=True, slots=True)
class LinePlace:
    """The box of a line, its bend if it is not straight and, in a ruled table, the cell it belongs to."""

    box: Box
    cell: CellPlace | None = None
    bend: Bend | None = None


Arrange = Callable[[Sequence[LinePlace]], Sequence[LinePlace]]
"""Splits and adds lines at the borders of table cells; lines of one cell stay together, cells in reading order."""
