"""Where a line of print stands before it is read. In and out of the steps between finding lines and reading them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dossier.model import Box, CellPlace


@dataclass(frozen=True, slots=True)
class LinePlace:
    """The box of a line and, in a ruled table, the cell it belongs to."""

    box: Box
    cell: CellPlace | None = None


Arrange = Callable[[Sequence[LinePlace]], Sequence[LinePlace]]
"""Splits and adds lines at the borders of table cells; lines of one cell stay together, cells in reading order."""
