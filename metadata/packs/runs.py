"""A document as one run of text in reading order whose every character knows its place on paper.

In: sheets. Out: a `Run`: rows end with a line break, columns within a row with a tab; cells of a ruled table are joined line by
line first, so that a value of two lines stays together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossier.model import CellPlace, Word
from metadata.sheets.layout import Segment, Sheet, segment_of

LETTER_WIDTH, WIDE, MOST_LEADER_LETTERS, MOST_LEADER_WORDS, SURE = 0.5, 3.0, 3, 3, 0.9
"""Width of a letter by its height; dots are so many times as wide, read as so few letters and words; confidence of real words."""

ROW, COLUMN, JOINT = "\n", "\t", " "

MOST_LINES = 5
"""A cell of more lines is a frame around a form, not a cell: its lines are rows of their own."""

UPPER_PART = 0.55
"""Titles stand above this share of the height of the first page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment in a run: the characters [start, end) that it covers, its row (counted over the document) and its cell."""

    start: int
    end: int
    row: int
    segment: Segment
    sheet: Sheet
    cell: CellPlace | None

    def words(self, start: int, end: int) -> Iterator[Word]:
        """Its words that touch the characters [start, end) of the run."""
        position = self.start
        for word in self.segment.words:
            if position < end and position + len(word.text) > start:
                yield word
            position += len(word.text) + 1


@dataclass(frozen=True, slots=True)
class Run:
    """A document's text, its fold of the same length, and the pieces in order.

    Attributes:
        starts: where each piece begins.
        upper: where the upper part of page 1 ends.
        rights: the right edge of the print of each sheet in pixels, by the sheet's identity.
    """

    text: str
    key: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    upper: int
    rights: dict[int, float]

    def piece_at(self, position: int) -> int:
        """Index of the piece that covers a character, or that stands before it."""
        return max(0, bisect_right(self.starts, position) - 1)

    def touching(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces that touch the characters [start, end)."""
        for index in range(self.piece_at(start), len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= end:
                return
            if piece.end > start:
                yield piece


def run_of(sheets: Sequence[Sheet]) -> Run:
    """Lay the pages of a document out as one run."""
    texts: list[str] = []
    keys: list[str] = []
    pieces: list[Piece] = []
    position = row = upper = 0
    for number, sheet in enumerate(sheets):
        for units in _rows(sheet):
            for unit_number, (cell, segments) in enumerate(units):
                for segment_number, segment in enumerate(_without_leader(each) for each in segments):
                    glue = JOINT if segment_number else COLUMN if unit_number else ROW if pieces else ""
                    texts += glue, segment.text
                    keys += glue, segment.key
                    position += len(glue)
                    pieces.append(Piece(position, position + len(segment.text), row, segment, sheet, cell))
                    position += len(segment.text)
                    if number == 0 and sheet.high(segment) < UPPER_PART:
                        upper = position
            row += 1
    rights = {id(sheet): _right_edge(sheet) for sheet in sheets}
    return Run("".join(texts), "".join(keys), tuple(pieces), tuple(piece.start for piece in pieces), upper, rights)


def _without_leader(segment: Segment) -> Segment:
    """The segment without the dots that fill its line, which are read as a few letters far too wide."""
    usual = LETTER_WIDTH * segment.height
    first = max(1, len(segment.words) - MOST_LEADER_WORDS)
    for index, word in enumerate(segment.words[first:], start=first):
        letters = sum(letter not in ".…" for letter in word.text)
        if ".." in word.text or letters > MOST_LEADER_LETTERS or word.box.width < WIDE * max(letters, 1) * usual:
            continue
        later = segment.words[index + 1 :]
        if not any(":" in each.text or (each.confidence > SURE and len(each.text) > MOST_LEADER_LETTERS) for each in later):
            return segment_of(segment.words[:index], segment.ink)
    return segment


def _right_edge(sheet: Sheet) -> float:
    """Where long lines end: the furthest that two of them reach, so that one stray mark beside the text does not count."""
    ends = sorted(segment.box.x1 for segment in sheet.segments if segment.box.width > 0.25 * sheet.page.width)
    return float(ends[-2] if len(ends) > 1 else sheet.right)


Unit = tuple[CellPlace | None, list[Segment]]


def _rows(sheet: Sheet) -> list[list[Unit]]:
    """Rows of a page from top to bottom, each a list of columns; the left leaf of a spread before the right one."""
    cells = _cells(sheet)
    rows: list[tuple[tuple[int, float], list[Unit]]] = []
    celled = [(cell, segment) for segment in sheet.segments if (cell := cells.get(id(segment.words[0]))) is not None]
    celled.sort(key=lambda each: (each[0].table, each[0].row, each[0].column, each[1].middle, each[1].box.x0))
    for _, group in groupby(celled, key=lambda each: (each[0].table, each[0].row)):
        members = list(group)
        top = min(segment.middle for _, segment in members)
        units: list[Unit] = [
            (cell, [segment for _, segment in part])
            for cell, part in ((c, list(p)) for c, p in groupby(members, key=lambda e: e[0]))
        ]
        rows.append(((_leaf(sheet, members[0][1]), top), units))
    free = [segment for segment in sheet.segments if id(segment.words[0]) not in cells]
    for leaf in sorted({_leaf(sheet, segment) for segment in free}):
        for line in _lines(segment for segment in free if _leaf(sheet, segment) == leaf):
            rows.append(((leaf, line[0].middle), [(None, [segment]) for segment in sorted(line, key=lambda s: s.box.x0)]))
    return [units for _, units in sorted(rows, key=lambda row: row[0])]


def _leaf(sheet: Sheet, segment: Segment) -> int:
    leaves = sheet.page.leaves
    return 1 if len(leaves) == 2 and segment.centre >= leaves[1].x0 else 0


def _cells(sheet: Sheet) -> dict[int, CellPlace]:
    """The cell of every word that stands in a real cell, by identity of the word."""
    lines = [line for line in sheet.page.lines if line.cell is not None and line.words]
    counts: dict[CellPlace, int] = {}
    for line in lines:
        assert line.cell is not None
        counts[line.cell] = counts.get(line.cell, 0) + 1
    return {id(word): line.cell for line in lines if line.cell and counts[line.cell] <= MOST_LINES for word in line.words}


def _lines(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Segments that stand on one line of print."""
    line: list[Segment] = []
    for segment in segments:
        if line and segment.middle - line[0].middle > 0.6 * max(line[0].height, segment.height):
            yield line
            line = []
        line.append(segment)
    if line:
        yield line
