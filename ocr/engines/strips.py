"""Cut out the doubtful words of a line for the second reader and bring its words back onto the page.

In: an upright grey page, a line with its words. Out: strips, cut only in the white between words; what Tesseract read in them.
Reading costs by the width of what is read, so the sure words of a line stay out of it, but for a neighbour on either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from dossier.model import Box, Line, Word
from ocr.engines.networks import gaps, is_light_on_dark
from ocr.engines.tesseract import Tesseract
from ocr.intake.rendering import Pixels

SURE = 0.98
"""A word of less confidence is doubtful."""
_CROP_HEIGHT = 32
_MARGINS = (0.30, 0.25)
"""Margins of a crop left and right, above and below, in heights of the line. Tesseract's network sees lines 36 pixels high; of
48-pixel crops with margins of 0.20 and 0.16 it got five times as many letters of our printed pages wrong."""
_LEAST_GAP = 0.12
"""White between two words is at least so wide, in heights of the line, and"""
_NEAR = 0.6
"""no farther than this from where the first reader saw the words end."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Neighbouring words of a line, from `first` to before `last`.

    Attributes:
        line: box of the whole line.
        left, right: page pixels where it was cut from its neighbours; None at an end of the line.
    """

    first: int
    last: int
    line: Box
    left: int | None
    right: int | None
    doubt: float

    @property
    def heights(self) -> float:
        """Width in heights of the line: what reading it costs."""
        return ((self.right or self.line.x1) - (self.left or self.line.x0)) / max(self.line.height, 1)


def strips_of(grey: Pixels, line: Line) -> Iterator[Strip]:
    """The strips of a line that hold its doubtful words; `doubt` is how many of its letters are expected to be wrong."""
    doubtful = [place for place, word in enumerate(line.words) if word.confidence < SURE]
    if not doubtful:
        return
    cuts = _cuts(grey, line)
    bounds = sorted(cuts)
    spans: list[tuple[int, int]] = []
    for place in doubtful:
        first = max(cut for cut in bounds if cut <= max(place - 1, 0))
        last = min(cut for cut in bounds if cut >= min(place + 2, len(line.words)))
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    for first, last in spans:
        doubt = sum((1 - word.confidence) * len(word.text) for word in line.words[first:last])
        yield Strip(first, last, line.box, cuts[first], cuts[last], doubt)


def read_strips(tesseract: Tesseract, grey: Pixels, strips: Sequence[Strip]) -> tuple[tuple[Word, ...], ...]:
    """Tesseract's words in these strips, boxes on the page, in one start of the program.

    Raises:
        TimedOut, Unreadable: as `Engine.read`.
    """
    crops = [_crop(grey, strip) for strip in strips]
    found = tesseract.read_lines([pixels for pixels, _, _ in crops])
    return tuple(
        tuple(_on_page(word, strip.line, x0, scale) for word in words)
        for words, strip, (_, x0, scale) in zip(found, strips, crops, strict=True)
    )


def _cuts(grey: Pixels, line: Line) -> dict[int, int | None]:
    """Before which words the line can be cut, and at which page pixel; its ends are always there."""
    height = line.box.height
    white = [(left, right) for left, right in gaps(grey, line.box) if right - left >= _LEAST_GAP * height]
    cuts: dict[int, int | None] = {0: None, len(line.words): None}
    reached = line.box.x0
    for place in range(1, len(line.words)):
        middle = (line.words[place - 1].box.x1 + line.words[place].box.x0) / 2
        near = [gap for gap in white if abs((gap[0] + gap[1]) / 2 - middle) <= _NEAR * height]
        if near:
            left, right = max(near, key=lambda gap: gap[1] - gap[0])
            if (left + right) // 2 > reached:
                reached = cuts[place] = (left + right) // 2
    return cuts


def _crop(grey: Pixels, strip: Strip) -> tuple[Pixels, float, float]:
    """The strip at Tesseract's height on white margins, the page pixel of its left edge, and page pixels a pixel of it."""
    box = strip.line
    across, down = (round(share * box.height) for share in _MARGINS)
    y0, y1 = max(box.y0 - down, 0), min(box.y1 + down, grey.shape[0])
    x0 = max(box.x0 - across, 0) if strip.left is None else strip.left
    x1 = min(box.x1 + across, grey.shape[1]) if strip.right is None else strip.right
    cut = grey[y0:y1, x0 : max(x1, x0 + 1)]
    if is_light_on_dark(grey, box):
        cut = 255 - cut
    margins = (0 if strip.left is None else across, 0 if strip.right is None else across)
    cut = np.pad(cut, ((0, 0), margins), constant_values=int(np.percentile(cut, 90)))
    scale = _CROP_HEIGHT / cut.shape[0]
    width = max(_CROP_HEIGHT // 2, round(cut.shape[1] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    pixels = np.asarray(cv2.resize(cut, (width, _CROP_HEIGHT), interpolation=way), dtype=np.uint8)
    return pixels, x0 - margins[0], cut.shape[1] / width


def _on_page(word: Word, line: Box, x0: float, scale: float) -> Word:
    left = min(max(round(x0 + word.box.x0 * scale), line.x0), line.x1)
    right = min(max(round(x0 + word.box.x1 * scale), left), line.x1)
    return replace(word, box=Box(left, line.y0, right, line.y1))
