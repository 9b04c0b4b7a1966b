"""Places on a page: boxes in pixels of the upright page image."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class _Corners(NamedTuple):
    x0: int
    y0: int
    x1: int
    y1: int


class Box(_Corners):
    """A rectangle in pixels of the upright page, origin top left, `x1`/`y1` exclusive.

    Raises:
        ValueError: when a side is negative or a corner lies left of or above the page.
    """

    __slots__ = ()

    def __new__(cls, x0: int, y0: int, x1: int, y1: int) -> Box:  # noqa: D102  # the class docstring says it
        if x0 < 0 or y0 < 0 or x1 < x0 or y1 < y0:
            raise ValueError(f"not a box: {(x0, y0, x1, y1)}")
        return super().__new__(cls, x0, y0, x1, y1)

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """Centre point (x, y) in pixels."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


def enclosing(boxes: Iterable[Box]) -> Box:
    """The smallest box around all `boxes`.

    Raises:
        ValueError: when there is no box.
    """
    corners = list(boxes)
    if not corners:
        raise ValueError("no boxes to enclose")
    return Box(
        min(box.x0 for box in corners),
        min(box.y0 for box in corners),
        max(box.x1 for box in corners),
        max(box.y1 for box in corners),
    )
