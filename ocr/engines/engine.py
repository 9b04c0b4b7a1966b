"""The seam behind which a reader of pages sits."""

from __future__ import annotations

from typing import Literal, Protocol

from dossier.model import Line
from ocr.engines.line_place import Arrange
from ocr.intake.rendering import Pixels

Layout = Literal["page", "block"]
"""`page`: find the columns and blocks of a whole page; `block`: one uniform block of lines (cut-outs under one another)."""


class Engine(Protocol):
    """Reads print. One instance a worker process, models loaded once.

    `wants_strokes`: whole pages are best handed over as strokes only (`ocr.cleaning.strokes`), shades and stains painted white.
    """

    name: str
    version: str
    model: str
    wants_strokes: bool

    def read(self, grey: Pixels, *, dpi: int, layout: Layout = "page", arrange: Arrange | None = None) -> tuple[Line, ...]:
        """Lines in reading order, NFC, boxes in pixels of `grey` (H x W, uint8, upright, dark print on light paper).

        `arrange` splits lines at the borders of table cells between finding and reading them.

        Raises:
            TimedOut: over the time limit; the engine is dead and another page can be read at once.
            Unreadable: the engine crashed or answered nonsense.
        """
        ...
