"""Slots of a page's head that clerks fill in by pen: number, day and month of the head, number and date of the stamp of arrival.

In: lines that were read. Out: slots, each with its place on the page and what was read there, and lines with other figures in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dossier.model import Box, Line, Word, enclosing

_HEAD = 0.5
"""Head lines and stamps of arrival stand in the upper half of the page."""
_NUMBER = re.compile(
    r"^\W{0,3}S[ốôỐÔoó0]\s?[:;.,]?(?P<gap>\s*)(?![^/]*?[-\s][A-ZĐ]{2})"
    r"(?P<figures>(?:[^/\s]{1,7}(?:\s[^/\s]{1,3})??|\d{1,2}/\d{1,3})?)(?P<after>\s*)(?=/\s?[A-ZĐ]{2})"
)
"""Two capitals behind a dash or space are part of the notation ("22-NQ/TU", "45 QĐ/UB"), not of the figures. A pen stroke may have
been read as "/" ("3/49/QĐ-UBND"); four figures behind it are a year, and stay."""

_DATE = re.compile(
    r"(?:^|[\s,.])[Nn]g[^\W\d][yvỳý][.,:]?(?P<gap>\s*)(?P<day>\S{0,4}?(?:\s\S{1,2})?)(?P<after>\s*)"
    r"th[^\W\d]ng[.,:]?(?P<gap2>\s*)(?P<month>\S{0,3}?(?:\s\S{1,2})?)(?P<after2>\s*)n[^\W\d]m\s*[\d.,\s]{2,6}\W*$"
)
_STAMP = re.compile(
    r"^\W{0,3}(?:(?P<number>S[ốôỐÔoó0])|Ng[^\W\d][yvỳý])(?:\s?[đdĐ][êếeé]n)?\s?[:;.,][\s.,…_]*"
    r"(?P<figures>\d\S{0,13}?|(?:\d{1,4}\s?[/.-]\s?){2}\d{2,4})[\s.,…_]*$"
)
"""Rows of a stamp of arrival: "Số: …… 2352", "Ngày: 21/3/18"."""
_STAMP_FIGURES = re.compile(r"[\dOolIJ|()/.,…_\s-]{1,16}")
_BEFORE, _AFTER_NUMBER, _AFTER_DAY = 0.45, 1.6, 0.4
"""What is seen left and right of a slot, in heights of its line: where words begin and end is known roughly only."""
_WIDTHS = {**dict.fromkeys("iljtfrI1.,:;/'|!-() ", 0.55), **dict.fromkeys("mwMWĐUNHQOGDCK", 1.4)}
"""Widths of letters that differ much from 1, to find a letter inside a word."""


class SlotKind(StrEnum):
    """What the figures of a slot are."""

    NUMBER = "number"
    DAY = "day"
    MONTH = "month"
    STAMPED = "stamped"
    """Number of arrival (số đến)."""
    DATE = "date"
    """Day of arrival (ngày đến), with month and year."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Letters `start` to `end` of the text of a line stand where figures belong; `box` is what to look at."""

    kind: SlotKind
    line: int
    start: int
    end: int
    box: Box
    text: str
    confidence: float

    @property
    def least(self) -> int:
        """How many figures stand there at least: as many as were read around a "/", where a year ("15/98/QĐ-UB") may stand."""
        return sum(map(str.isdigit, self.text)) if self.kind is SlotKind.NUMBER and "/" in self.text else 1

    @property
    def figures(self) -> str:
        """What was read, where it is nothing but figures; empty otherwise."""
        if self.kind is SlotKind.DATE:
            date = re.fullmatch(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)?\d\d)", self.text.strip())
            return "/".join(date.groups()) if date else ""
        bare = re.sub(r"[\s.,:;_'…]", "", self.text)
        return bare if re.fullmatch(r"[0-9]{1,6}", bare) else ""


def slots_of(lines: Sequence[Line], *, height: int) -> Iterator[Slot]:
    """The slots of a page that is so high."""
    for index, line in enumerate(lines):
        if line.box.y0 > _HEAD * height or line.cell is not None or not line.words:
            continue
        text = line.text
        if number := _NUMBER.match(text):
            yield _slot(SlotKind.NUMBER, index, line, number.span("figures"), (number.start("gap"), number.end(), _AFTER_NUMBER))
        elif date := _DATE.search(text):
            yield _slot(SlotKind.DAY, index, line, date.span("day"), (date.start("gap"), date.end("after"), _AFTER_DAY))
            yield _slot(SlotKind.MONTH, index, line, date.span("month"), (date.start("gap2"), date.end("after2"), _AFTER_DAY))
        elif (stamp := _STAMP.match(text)) and _STAMP_FIGURES.fullmatch(stamp["figures"]):
            kind = SlotKind.STAMPED if stamp["number"] else SlotKind.DATE
            yield _slot(kind, index, line, stamp.span("figures"), (stamp.start("figures"), len(text), _AFTER_DAY))


def with_figures(line: Line, slot: Slot, figures: str, confidence: float) -> Line:
    """The line with these figures in the slot; what stands in one word with them stays there."""
    spans = list(_spans(line))
    touched = [place for place, (first, last) in enumerate(spans) if first < slot.end and last > slot.start]
    if not touched:  # nothing was read there: the figures join the word that follows, or stand alone
        following = next(place for place, (first, _) in enumerate(spans) if first >= slot.end)
        if slot.kind is SlotKind.NUMBER:
            touched = [following]
        else:
            alone = Word(figures, _clipped(slot.box, line.box), confidence)
            return replace(line, words=(*line.words[:following], alone, *line.words[following:]))
    first, last = touched[0], touched[-1]
    before = line.words[first].text[: max(0, slot.start - spans[first][0])]
    after = line.words[last].text[max(0, slot.end - spans[last][0]) :]
    box = enclosing(word.box for word in line.words[first : last + 1])
    word = Word(f"{before}{figures}{after}", box, confidence)
    return replace(line, words=(*line.words[:first], word, *line.words[last + 1 :]))


def _slot(kind: SlotKind, index: int, line: Line, span: tuple[int, int], around: tuple[int, int, float]) -> Slot:
    """The slot whose surroundings end and begin at the letters `around`, with what to see beyond them."""
    left, right, beyond = around
    tall = line.box.height
    x0 = _edge(line, left) - _BEFORE * tall
    x1 = _edge(line, right, begins=True) + beyond * tall
    words = [word for word, (first, last) in zip(line.words, _spans(line), strict=True) if first < span[1] and last > span[0]]
    place = enclosing(word.box for word in words) if words else line.box
    box = Box(max(0, round(x0)), place.y0, max(round(x0) + 1, round(x1), 1), place.y1)
    text = line.text[span[0] : span[1]]
    return Slot(kind, index, *span, box, text, min((word.confidence for word in words), default=0.0))


def _spans(line: Line) -> Iterator[tuple[int, int]]:
    """First letter and end of every word in the line's text."""
    at = 0
    for word in line.words:
        yield at, at + len(word.text)
        at += len(word.text) + 1


def _edge(line: Line, letter: int, *, begins: bool = False) -> float:
    """Column where a letter begins, or (between words) where the word before it ends."""
    for word, (first, last) in zip(line.words, _spans(line), strict=True):
        if letter == last and not begins:
            return float(word.box.x1)
        if first <= letter < last:
            widths = [_WIDTHS.get(each, 1.0) for each in word.text]
            return word.box.x0 + word.box.width * sum(widths[: letter - first]) / sum(widths)
    return float(line.box.x1)


def _clipped(box: Box, line: Box) -> Box:
    return Box(max(box.x0, line.x0), line.y0, max(max(box.x0, line.x0), min(box.x1, line.x1)), line.y1)
