"""Read the stamps of a page in one engine call and put their lines where the stamps stood.

In: cut-outs of `ocr.cleaning.stamps`. Out: lines with their ink, boxes on the page; and these lines among those of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dossier.model import Box, Ink, Line, Table, Word, enclosing
from dossier.text import fold
from ocr.cleaning.stamps import Stamp
from ocr.engines import Engine
from ocr.intake.rendering import Pixels

_MM_PER_INCH = 25.4
_GAP_PX = 40
_READ_DPI = 300
_PAGE_PX = 3508
"""The sheet of stamps is as high as a page: networks look at whole pages, on a small sheet letters would be too large for them."""
_LEAST_CONFIDENCE, _LEAST_LINE_CONFIDENCE = 0.3, 0.7
"""Words of red scraps that are no letters are less sure, and so are their lines, of seals above all."""
_MARKS = frozenset({"mat", "toi", "tuyet", "khan", "thuong", "hoa", "toc", "den"})
"""Words of the marks of secrecy, urgency and arrival (NĐ 30/2020, PL I, ô 10; PL IV, mục V) without accents: kept at any
confidence, since a stamp that was recognised against all odds is still a stamp."""
_ARRIVAL, _MOST_WORDS = "den", 4
"""The word of an arrival stamp, without accents, in capitals, alone or at the end of a few (CÔNG VĂN ĐẾN)."""
_ARRIVAL_MM = (80.0, 50.0)
"""The arrival stamp is 50 x 30 mm (NĐ 30/2020, PL IV, mục V); those in use are up to this wide and high."""
_SAME_PLACE = 0.5


@dataclass(frozen=True, slots=True)
class StampLine:
    """A line that was read in a stamp."""

    line: Line
    stamp: Stamp

    @property
    def is_mark(self) -> bool:
        """Whether it holds a word of a mark of secrecy, urgency or arrival."""
        return holds_mark(self.line)


def holds_mark(line: Line) -> bool:
    """Whether a line holds a word of a mark of secrecy, urgency or arrival."""
    return any(fold(_letters(word)) in _MARKS for word in line.words)


def read_stamps(stamps: Sequence[Stamp], engine: Engine) -> tuple[StampLine, ...]:
    """Lines of the stamps; stamps without a readable letter give none."""
    if not stamps:
        return ()
    sheet, tops = _stack(stamps)
    return tuple(_lines(engine.read(sheet, dpi=_READ_DPI, layout="block"), stamps, tops))


def with_stamps(lines: Sequence[Line], stamps: Sequence[StampLine]) -> tuple[Line, ...]:
    """The lines of a page and those of its stamps, each print once.

    Red ink is not in the red channel and blue ink was taken off: black print under such a stamp is other print and stays; only the
    same words go. In a black frame nothing but the stamp is printed: what the page reading found there gives way to a mark and to a
    surer reading.
    """
    kept = list(lines)
    for found in stamps:
        stamp = found.line
        if stamp.ink is Ink.RED or found.stamp.own_ink:
            kept = [line for line in kept if not (_covers(line, stamp) and fold(line.text) == fold(stamp.text))]
        else:
            inside = [word for line in kept for word in line.words if _within(word, found.stamp.box)]
            if not found.is_mark and inside and max(word.confidence for word in inside) >= stamp.confidence:
                continue
            kept = [rest for line in kept if (rest := _outside(line, found.stamp.box)) is not None]
        kept.append(stamp)
    return tuple(kept)


def without_arrival_stamps(
    tables: Sequence[Table], stamps: Sequence[StampLine], unruled: Pixels, engine: Engine, *, dpi: int
) -> tuple[Table, ...]:
    """The tables that are no arrival stamp (dấu đến), whose ruled fields look like cells.

    Its rules were pressed anyhow, over print and next to it: lines that they cross belong together.

    Args:
        tables: tables of the page.
        stamps: what was read in frames: its field ĐẾN may be one of them.
        unruled: the upright page without the rules of the tables.
        engine: reads other tables that have the size of such a stamp.
        dpi: resolution.
    """
    wide, high = (round(side / _MM_PER_INCH * dpi) for side in _ARRIVAL_MM)
    arrivals = [stamp.line.box.centre for stamp in stamps if any(map(_is_arrival, stamp.line.words))]
    small = [table.box for table in tables if table.box.width <= wide and table.box.height <= high]
    pressed = [
        box for box in small if any(_holds(box, place) for place in arrivals) or _says_arrival(unruled, box, engine, dpi=dpi)
    ]
    return tuple(table for table in tables if table.box not in pressed)


def _says_arrival(unruled: Pixels, box: Box, engine: Engine, *, dpi: int) -> bool:
    side = round(max(_ARRIVAL_MM) / _MM_PER_INCH * dpi)
    sheet = np.full((side + 2 * _GAP_PX, side + 2 * _GAP_PX), 255, np.uint8)
    sheet[_GAP_PX : _GAP_PX + box.height, _GAP_PX : _GAP_PX + box.width] = unruled[box.y0 : box.y1, box.x0 : box.x1]
    lines = engine.read(sheet, dpi=dpi, layout="block")
    return any(_is_arrival(word) for line in lines if len(line.words) <= _MOST_WORDS for word in line.words)


def _is_arrival(word: Word) -> bool:
    text = _letters(word)
    return text.isupper() and fold(text) == _ARRIVAL


def _lines(read: Sequence[Line], stamps: Sequence[Stamp], tops: Sequence[int]) -> Iterator[StampLine]:
    for line in read:
        middle = (line.box.y0 + line.box.y1) / 2
        index = max(position for position, top in enumerate(tops) if position == 0 or top - _GAP_PX / 2 <= middle)
        stamp, top = stamps[index], tops[index]
        words = tuple(replace(word, box=_onto_page(word.box, stamp, top)) for word in line.words if _is_print(word))
        if not words:
            continue
        found = Line(box=enclosing(word.box for word in words), words=words, ink=stamp.ink)
        if found.confidence >= _LEAST_LINE_CONFIDENCE or holds_mark(found):
            yield StampLine(found, stamp)


def _stack(stamps: Sequence[Stamp]) -> tuple[Pixels, list[int]]:
    width = max(stamp.pixels.shape[1] for stamp in stamps) + 2 * _GAP_PX
    height = max(_PAGE_PX, sum(stamp.pixels.shape[0] + _GAP_PX for stamp in stamps) + _GAP_PX)
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


def _onto_page(box: Box, stamp: Stamp, top: int) -> Box:
    """Box on the page of a box on the sheet of stamps, within the stamp."""
    corners = np.array([(x - _GAP_PX, y - top, 1.0) for x in (box.x0, box.x1) for y in (box.y0, box.y1)])
    places = corners @ stamp.to_page.T
    low, high = (stamp.box.x0, stamp.box.y0), (stamp.box.x1, stamp.box.y1)
    x0, y0 = np.clip(np.floor(places.min(axis=0)), low, high)
    x1, y1 = np.clip(np.ceil(places.max(axis=0)), low, high)
    return Box(int(x0), int(y0), int(x1), int(y1))


def _outside(line: Line, frame: Box) -> Line | None:
    """What of a line is printed outside a frame."""
    words = tuple(word for word in line.words if not _within(word, frame))
    if len(words) == len(line.words):
        return line
    return replace(line, words=words, box=enclosing(word.box for word in words)) if words else None


def _within(word: Word, frame: Box) -> bool:
    return _holds(frame, word.box.centre)


def _holds(frame: Box, place: tuple[float, float]) -> bool:
    x, y = place
    return frame.x0 <= x <= frame.x1 and frame.y0 <= y <= frame.y1


def _covers(line: Line, stamp: Line) -> bool:
    width = min(line.box.x1, stamp.box.x1) - max(line.box.x0, stamp.box.x0)
    height = min(line.box.y1, stamp.box.y1) - max(line.box.y0, stamp.box.y0)
    smaller = min(line.box.width * line.box.height, stamp.box.width * stamp.box.height)
    return width > 0 and height > 0 and width * height >= _SAME_PLACE * smaller
