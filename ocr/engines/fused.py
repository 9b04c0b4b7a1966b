"""The default reader: networks read every line, Tesseract reads the doubtful words again, and the better reading counts.

In: an upright grey page. Out: lines of words.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from dossier.errors import Unreadable
from dossier.model import Line, Word
from ocr.engines.engine import Layout
from ocr.engines.line_place import Arrange
from ocr.engines.networks import TrueOcr
from ocr.engines.second_reading import fuse, load_weights
from ocr.engines.strips import Strip, read_strips, strips_of
from ocr.engines.tesseract import Tesseract
from ocr.intake.rendering import Pixels

DOUBT = 0.5
"""A strip is read again when so many of its letters are expected to be wrong (`scripts/fit_second_reader.py` shows the choice)."""
MOST_HEIGHTS = 160.0
"""Strips of a page that are read again, in line heights of width: each costs about a millisecond, and every strip two."""
_STRIP_HEIGHTS = 2.0
_log = logging.getLogger(__name__)


class Fused:
    """Networks and Tesseract together."""

    name = "fused"
    wants_strokes = False

    def __init__(self, networks: TrueOcr, tesseract: Tesseract) -> None:
        """Take the two readers."""
        self._networks, self._tesseract = networks, tesseract
        self._weights = load_weights()
        self.version = f"trueocr-{networks.version}, tesseract-{tesseract.version}"
        self.model = f"{networks.model}, {tesseract.model}"

    def read(self, grey: Pixels, *, dpi: int, layout: Layout = "page", arrange: Arrange | None = None) -> tuple[Line, ...]:
        """See `Engine.read`; a page on which only the second reader fails keeps the first reading."""
        lines = [reading.as_line() for reading in self._networks.read_lines(grey, dpi=dpi, arrange=arrange)]
        if layout == "block":
            return tuple(lines)
        chosen = worth_reading_again([(index, strip) for index, line in enumerate(lines) for strip in strips_of(grey, line)])
        try:
            again = read_strips(self._tesseract, grey, [strip for _, strip in chosen])
        except Unreadable as error:
            _log.warning("second reading failed: %s", error)
            return tuple(lines)
        # From right to left: a strip may give way to more or fewer words, and those before it must keep their places.
        for (index, strip), words in sorted(zip(chosen, again, strict=True), key=lambda each: -each[0][1].first):
            lines[index] = replace(lines[index], words=self._fused(lines[index].words, strip, words))
        return tuple(lines)

    def _fused(self, words: tuple[Word, ...], strip: Strip, again: Sequence[Word]) -> tuple[Word, ...]:
        first = words[strip.first : strip.last]
        fused = fuse(first, again, weights=self._weights)
        return (*words[: strip.first], *(fused or first), *words[strip.last :])


def worth_reading_again(strips: Sequence[tuple[int, Strip]]) -> list[tuple[int, Strip]]:
    """The strips (with the index of their line) whose reading promises most for its cost, as far as the page's share goes."""
    doubtful = [each for each in strips if each[1].doubt >= DOUBT]
    chosen, spent = [], 0.0
    for index, strip in sorted(doubtful, key=lambda each: -each[1].doubt / (each[1].heights + _STRIP_HEIGHTS)):
        spent += strip.heights + _STRIP_HEIGHTS
        if spent > MOST_HEIGHTS:
            break
        chosen.append((index, strip))
    return chosen
