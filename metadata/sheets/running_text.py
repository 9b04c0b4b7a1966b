"""The text of a document as one string in which every character still knows its place on paper.

In: sheets in order. Out: a `RunningText`: lines of one paragraph joined by a space, everything that does not run on separated by a
line break, so that a rule that stays within a line of this text never reads across columns, cells or paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from dossier.model import Found, Word, enclosing
from metadata.sheets.layout import Segment, Sheet, same_row

_MARGIN = 0.08
"""Share of the page above which a lone number is the page number (NĐ 30/2020 PL I mục I.7)."""

_USUAL_PITCH = 2.2
"""Distance of lines in letter heights where a page has too few lines to tell."""

_PAGE_NUMBER = re.compile(r"\W*\d{1,3}\W*")
_BROKEN_CODE = re.compile(r"\d\s?(?:/\d{4})?[/-](?:[A-ZĐÐ][\wĐđ]*[-/])*$|[/-][A-ZĐÐ][\wĐđ]*[-/]$")
"""A line that ends in the middle of a ký hiệu ("số 1155/CĐE-")."""


@dataclass(frozen=True, slots=True)
class RunningText:
    """Text of consecutive pages.

    Attributes:
        text, key: the words, and their fold of the same length.
        pieces: the runs of print in reading order, each with its sheet.
    """

    text: str
    key: str
    _starts: tuple[int, ...]
    pieces: tuple[tuple[Sheet, Segment], ...]

    def segment_at(self, position: int) -> tuple[Sheet, Segment]:
        """The run of print that holds a character, and its sheet."""
        return self.pieces[bisect_right(self._starts, position) - 1]

    def found(
        self, start: int, end: int, *, strength: float, source: str, value: str | None = None, alternatives: tuple[str, ...] = ()
    ) -> Found:
        """The characters from `start` to `end` as a value with its evidence: the words on the page where it begins."""
        first = bisect_right(self._starts, start) - 1
        sheet = self.pieces[first][0]
        words: list[Word] = []
        for index in range(first, bisect_right(self._starts, end - 1)):
            on, segment = self.pieces[index]
            if on.page.id != sheet.page.id:
                break
            last = min(end - 1 - self._starts[index], len(segment.text) - 1)
            words += segment.words[segment.word_at(max(0, start - self._starts[index])) : segment.word_at(last) + 1]
        read = sum(word.confidence for word in words) / len(words)
        shown = " ".join(self.text[start:end].split()) if value is None else value
        sure = round(min(1.0, max(0.0, strength * read)), 3)
        return Found(shown, sheet.page.id, enclosing(word.box for word in words), sure, source, alternatives)


def running_text(sheets: Sequence[Sheet]) -> RunningText:
    """Join the segments of sheets into one text."""
    pieces = [(sheet, segment) for sheet in sheets for segment in _paragraph_order(sheet)]
    pitches = {sheet.page.id: _pitch(sheet) for sheet in sheets}
    parts: list[str] = []
    keys: list[str] = []
    starts: list[int] = []
    length = 0
    for index, (sheet, segment) in enumerate(pieces):
        joint = _joint(pieces[index - 1], (sheet, segment), pitches[sheet.page.id]) if index else ""
        parts += (joint, segment.text)
        keys += (joint, segment.key)
        starts.append(length + len(joint))
        length = starts[-1] + len(segment.text)
    return RunningText("".join(parts), "".join(keys), tuple(starts), tuple(pieces))


def _paragraph_order(sheet: Sheet) -> list[Segment]:
    """Segments from top to bottom, those of one row from left to right; without the page number."""
    ordered: list[Segment] = []
    for segment in sheet.segments:
        if sheet.high(segment) < _MARGIN and _PAGE_NUMBER.fullmatch(segment.text):
            continue
        place = len(ordered)
        while place and same_row(ordered[place - 1], segment) and ordered[place - 1].box.x0 > segment.box.x0:
            place -= 1
        ordered.insert(place, segment)
    return ordered


def _pitch(sheet: Sheet) -> float:
    """Usual distance of two lines of a paragraph, in pixels."""
    long = [segment.middle for segment in sheet.segments if segment.box.width > 0.5 * (sheet.right - sheet.left)]
    steps = [below - above for above, below in pairwise(long) if below - above > sheet.line_height]
    return median(steps) if len(steps) > 2 else _USUAL_PITCH * sheet.line_height


def _joint(before: tuple[Sheet, Segment], after: tuple[Sheet, Segment], pitch: float) -> str:
    """What stands between two pieces: nothing within a code, a space within a paragraph, else a line break."""
    (sheet, above), (next_sheet, below) = before, after
    if sheet is next_sheet:
        if same_row(above, below):
            return "\n"
        if below.middle - above.middle > 1.7 * pitch or below.box.x0 > above.box.x1 or below.box.x1 < above.box.x0:
            return "\n"
    elif above.text.endswith((".", ";", ":", "/")) or not (below.text[:1].islower() or _BROKEN_CODE.search(above.text)):
        return "\n"
    if _BROKEN_CODE.search(above.text):
        return ""
    height = next_sheet.line_height
    indented = sheet is next_sheet and below.box.x0 > sheet.left + 1.5 * height
    short = above.box.x1 < sheet.right - 3 * height
    ended = above.text.endswith((".", ";", ":", "/", "./"))
    fresh = below.text[:1].isupper() or not below.text[:1].isalnum() or bool(re.match(r"\d+[.)]", below.text))
    return "\n" if (indented or short) and (ended or fresh) else " "
