"""The default reader: networks read every line, Tesseract reads the doubtful ones again, and the better reading counts.

In: an upright grey page. Out: lines of words.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from dossier.errors import Unreadable
from dossier.model import Box, Line, Word
from ocr.engines.engine import Layout
from ocr.engines.line_place import Arrange
from ocr.engines.networks import LineReading, TrueOcr, is_light_on_dark
from ocr.engines.second_reading import Likelihood, fuse, load_weights
from ocr.engines.tesseract import Tesseract
from ocr.intake.rendering import Pixels

DOUBT = 0.5
"""A line is read again when so many of its letters are expected to be wrong (`scripts/fit_second_reader.py` shows the choice)."""
MOST_LINES = 16
"""Lines of a page that are read again, the most doubtful first: each costs about 15 ms."""
_CROP_HEIGHT = 32
_MARGINS = (0.30, 0.25)
"""Margins of a crop left and right, above and below, in heights of the line. Tesseract's network sees lines 36 pixels high; of
48-pixel crops with margins of 0.20 and 0.16 it got five times as many letters of our printed pages wrong."""
_log = logging.getLogger(__name__)


class Fused:
    """Networks and Tesseract together."""

    name = "fused"
    wants_strokes = False

    def __init__(self, networks: TrueOcr, tesseract: Tesseract, *, likelihood: Likelihood | None = None) -> None:
        """Take the two readers, and what tells how likely a text is where there is a language model."""
        self._networks, self._tesseract, self._likelihood = networks, tesseract, likelihood
        self._weights = load_weights()
        self.version = f"trueocr-{networks.version}, tesseract-{tesseract.version}"
        self.model = f"{networks.model}, {tesseract.model}"

    def read(self, grey: Pixels, *, dpi: int, layout: Layout = "page", arrange: Arrange | None = None) -> tuple[Line, ...]:
        """See `Engine.read`; a page on which only the second reader fails keeps the first reading."""
        readings = self._networks.read_lines(grey, dpi=dpi, arrange=arrange)
        lines = [reading.as_line() for reading in readings]
        if layout == "block":
            return tuple(lines)
        chosen = doubtful(readings)
        try:
            again = read_again(self._tesseract, grey, [lines[index].box for index in chosen])
        except Unreadable as error:
            _log.warning("second reading failed: %s", error)
            again = ()
        for index, words in zip(chosen, again, strict=False):
            fused = fuse(lines[index].words, words, weights=self._weights, likelihood=self._likelihood)
            if fused:
                lines[index] = replace(lines[index], words=fused)
        return tuple(lines)


def doubtful(readings: Sequence[LineReading]) -> list[int]:
    """Indices of the lines worth a second reading, the most doubtful first."""
    doubts = [(sum((1 - word.confidence) * len(word.text) for word in line.words), i) for i, line in enumerate(readings)]
    return [index for doubt, index in sorted(doubts, reverse=True)[:MOST_LINES] if doubt >= DOUBT]


def read_again(tesseract: Tesseract, grey: Pixels, boxes: Sequence[Box]) -> tuple[tuple[Word, ...], ...]:
    """Tesseract's words of these lines, boxes on the page.

    Raises:
        TimedOut, Unreadable: as `Engine.read`.
    """
    places = [_with_margins(box, grey) for box in boxes]
    crops = [_crop(grey, box, place) for box, place in zip(boxes, places, strict=True)]
    found = tesseract.read_lines(crops)
    return tuple(
        tuple(_on_page(word, box, place, place.height / crop.shape[0]) for word in words)
        for words, box, place, crop in zip(found, boxes, places, crops, strict=True)
    )


def _with_margins(box: Box, grey: Pixels) -> Box:
    across, down = (round(share * box.height) for share in _MARGINS)
    right, bottom = min(box.x1 + across, grey.shape[1]), min(box.y1 + down, grey.shape[0])
    return Box(max(box.x0 - across, 0), max(box.y0 - down, 0), right, bottom)


def _crop(grey: Pixels, box: Box, place: Box) -> Pixels:
    crop = grey[place.y0 : place.y1, place.x0 : place.x1]
    if is_light_on_dark(grey, box):
        crop = 255 - crop
    scale = _CROP_HEIGHT / place.height
    width = max(_CROP_HEIGHT // 2, round(place.width * scale))
    return np.asarray(cv2.resize(crop, (width, _CROP_HEIGHT), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC))


def _on_page(word: Word, line: Box, place: Box, scale: float) -> Word:
    left = min(max(place.x0 + round(word.box.x0 * scale), line.x0), line.x1)
    right = min(max(place.x0 + round(word.box.x1 * scale), left), line.x1)
    return replace(word, box=Box(left, line.y0, right, line.y1))
