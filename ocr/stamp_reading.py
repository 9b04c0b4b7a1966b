"""Read the stamps of a page in one engine call and put their lines where the stamps stood.

In: cut-outs of `ocr.cleaning.stamps`. Out: lines with their ink, boxes on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dossier.model import Box, Line, Word
from dossier.text import fold
from ocr.cleaning.stamps import Stamp
from ocr.engines import Engine
from ocr.intake.rendering import Pixels

_GAP_PX = 40
_LEAST_CONFIDENCE = 0.3
"""Red scraps that are no letters read as noise of lower confidence."""
_MARKS = frozenset({"mat", "toi", "tuyet", "khan", "thuong", "hoa", "toc", "den"})
"""Words of the marks of secrecy, urgency and arrival (NĐ 30/2020, PL I, ô 10; PL IV, mục V) without accents: kept at any
confidence, since a stamp that was recognised against all odds is still a stamp."""


def read_stamps(stamps: Sequence[Stamp], engine: Engine, *, dpi: int) -> tuple[Line, ...]:
    """Lines of the stamps; stamps without a readable letter give none."""
    if not stamps:
        return ()
    sheet, tops = _stack(stamps)
    lines = []
    for line in engine.read(sheet, dpi=dpi, layout="block"):
        middle = (line.box.y0 + line.box.y1) / 2
        index = max(position for position, top in enumerate(tops) if position == 0 or top - _GAP_PX / 2 <= middle)
        words = tuple(
            replace(word, box=_onto_page(word.box, stamps[index].box, tops[index])) for word in line.words if _is_print(word)
        )
        if words:
            box = _onto_page(line.box, stamps[index].box, tops[index])
            lines.append(Line(box=box, words=words, ink=stamps[index].ink))
    return tuple(lines)


def _stack(stamps: Sequence[Stamp]) -> tuple[Pixels, list[int]]:
    width = max(stamp.pixels.shape[1] for stamp in stamps) + 2 * _GAP_PX
    height = sum(stamp.pixels.shape[0] + _GAP_PX for stamp in stamps) + _GAP_PX
    sheet = np.full((height, width), 255, np.uint8)
    tops, top = [], _GAP_PX
    for stamp in stamps:
        rows, columns = stamp.pixels.shape
        sheet[top : top + rows, _GAP_PX : _GAP_PX + columns] = stamp.pixels
        tops.append(top)
        top += rows + _GAP_PX
    return sheet, tops


def _letters(word: Word) -> str:
    """The word without scraps of its frame."""
    return word.text.strip("_-–—|.,:;!'’‘\"“”()[]{}=~*^°<>/\\ ")


def _is_print(word: Word) -> bool:
    text = _letters(word)
    return any(letter.isalnum() for letter in text) and (word.confidence >= _LEAST_CONFIDENCE or fold(text) in _MARKS)


def _onto_page(box: Box, stamp: Box, top: int) -> Box:
    x0 = min(max(box.x0 - _GAP_PX, 0) + stamp.x0, stamp.x1)
    y0 = min(max(box.y0 - top, 0) + stamp.y0, stamp.y1)
    x1 = min(max(box.x1 - _GAP_PX, 0) + stamp.x0, stamp.x1)
    y1 = min(max(box.y1 - top, 0) + stamp.y0, stamp.y1)
    return Box(x0, y0, max(x0, x1), max(y0, y1))
