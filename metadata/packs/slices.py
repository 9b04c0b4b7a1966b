"""The print that belongs to a label: the rest of its line, the cell beside, the lines below, its column.

In: a `Run` and where a label ends in it. Out: `Slice`s, stretches of the run that together are one value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metadata.packs.runs import Piece, Run

ROOM = 0.9
"""A word goes to the next line where it and so many letter heights more do not fit on this one."""

_HINT = re.compile(r"[\s.…_]{0,4}\([^()\n\t]{2,80}\)(?=\s*[:])")
_JUNK = re.compile(r"[\s:;.,…_\-–—·=*|)]*")
_ITEM = re.compile(
    r"(?:dieu|chuong)\s+[\divx]|toi (?:xin )?cam|\W*(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-z])[.)]\s"
    r"|\s*[-–+*]\s|[^\W\d_][^:\n\t]{2,60}:"
)
"""How a line begins that is an item or has a label of its own."""

_LEADERS = re.compile(r"(?:[.…_·]{3,}|[.…_·]{2,}\w{1,3})\W*$")
_COLUMN_NUMBER = re.compile(r"\W*\(?(?:\d{1,2}|[a-zA-Z])\)?\W*")


@dataclass(frozen=True, slots=True)
class Slice:
    """Stretches [start, end) of a run, and their text, one stretch a line."""

    parts: tuple[tuple[int, int], ...]
    text: str

    @classmethod
    def of(cls, run: Run, parts: Sequence[tuple[int, int]]) -> Slice:
        """Cut stretches out of a run; breaks between columns become spaces."""
        texts = (run.text[start:end].replace("\t", " ").replace("\n", " ") for start, end in parts)
        return cls(tuple(parts), "\n".join(texts))

    def pieces(self, run: Run, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Pieces of the run under the characters [start, end) of `text`, each with the stretch of the run."""
        position = 0
        for first, last in self.parts:
            here = max(first, first + start - position), min(last, first + end - position)
            if here[0] < here[1]:
                for piece in run.touching(*here):
                    yield piece, max(here[0], piece.start), min(here[1], piece.end)
            position += last - first + 1


def value_slice(run: Run, position: int, *, ends: Sequence[int], lines: int, below: bool) -> Slice | None:
    """The value after a label that ends at `position`.

    Args:
        run: the document.
        position: where the label ends.
        ends: where other labels and closing phrases begin; a value ends there.
        lines: over how many lines of print it may run.
        below: it stands under the label, not beside it.
    """
    stops = sorted(ends)
    index = run.piece_at(position - 1)
    label = run.pieces[index]
    parts: list[tuple[int, int]] = []
    if not below:
        start = _past_junk(run, position)
        unit_end = _unit_end(run, index)
        if start >= unit_end or _JUNK.fullmatch(run.text, position, unit_end):
            index, start, unit_end = _beside(run, index, stops)
        if start < unit_end:
            end = _before(stops, start, unit_end)
            if end > start:
                parts.append((start, end))
            if end < unit_end:
                return Slice.of(run, parts) if parts else None
    parts += _lines_below(run, label, index, parts, stops=stops, lines=lines, below=below)
    return Slice.of(run, parts) if parts else None


def column_below(run: Run, start: int, end: int) -> Iterator[Slice]:
    """The values of the column whose head is the label, from top to bottom."""
    head = run.pieces[run.piece_at(start)]
    after = [piece for piece in run.pieces if piece.start >= end and piece.sheet is head.sheet and piece.row > head.row]
    if head.cell is not None:
        cell = head.cell
        rows: dict[int, list[Piece]] = {}
        for piece in after:
            if piece.cell and (piece.cell.table, piece.cell.column) == (cell.table, cell.column):
                rows.setdefault(piece.cell.row, []).append(piece)
        groups = [rows[row] for row in sorted(rows)]
    else:
        groups = [[piece] for piece in _under(head, after)]
    for group in groups:
        parts = (group[0].start, group[-1].end)
        if not _COLUMN_NUMBER.fullmatch(run.text, *parts):
            yield Slice.of(run, [parts])


def _under(head: Piece, after: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces below a head without rules, row by row, until a row has none."""
    last = head.row
    for piece in after:
        if _overlaps(head, piece) and piece.cell is None:
            if piece.row > last + 2:
                return
            last = piece.row
            yield piece


def _overlaps(one: Piece, other: Piece) -> bool:
    left, right = max(one.segment.box.x0, other.segment.box.x0), min(one.segment.box.x1, other.segment.box.x1)
    return right - left > 0.3 * min(one.segment.box.width, other.segment.box.width)


def _past_junk(run: Run, position: int) -> int:
    """Past a hint in brackets, colon and dots after a label."""
    hint = _HINT.match(run.text, position)
    junk = _JUNK.match(run.text, hint.end() if hint else position)
    end = junk.end() if junk else position
    return end if "\n" not in run.text[position:end] and "\t" not in run.text[position:end] else position


def _unit_end(run: Run, index: int) -> int:
    """Where the line of a piece ends, or its whole cell."""
    piece = run.pieces[index]
    end = piece.end
    for other in run.pieces[index + 1 :]:
        if piece.cell is None or other.cell != piece.cell or other.row != piece.row:
            break
        end = other.end
    return end


def _beside(run: Run, index: int, stops: Sequence[int]) -> tuple[int, int, int]:
    """The next column of the same row: its first piece, its start and its end; an empty stretch where it is another label."""
    piece = run.pieces[index]
    for number in range(index + 1, len(run.pieces)):
        other = run.pieces[number]
        if other.row != piece.row:
            break
        if other.cell is not None and other.cell == piece.cell:
            continue
        has_own_label = other.cell is None and _ITEM.match(run.key, other.start, other.end)
        if _before(stops, other.start, other.end) <= other.start or has_own_label:
            break
        start = _past_junk(run, other.start)
        return number, start, _unit_end(run, number)
    return index, 0, 0


def _before(stops: Sequence[int], start: int, end: int) -> int:
    """The first stop from `start` on, or `end`."""
    place = bisect_left(stops, start)
    return min(end, stops[place]) if place < len(stops) else end


def _lines_below(
    run: Run, label: Piece, index: int, parts: Sequence[tuple[int, int]], *, stops: Sequence[int], lines: int, below: bool
) -> Iterator[tuple[int, int]]:
    """Lines under the label that carry its value on."""
    left = lines - len(parts)
    last = run.pieces[index]
    column = label if not parts else last
    for piece in run.pieces[index + 1 :]:
        if left <= 0 or piece.row > last.row + 1 or piece.sheet is not label.sheet:
            return
        if piece.row != last.row + 1 or not (_reaches(label, piece) or _reaches(column, piece)):
            continue
        end = _before(stops, piece.start, piece.end)
        if end <= piece.start or _ITEM.match(run.key, piece.start, piece.end):
            return
        if not (below and last is label) and not (_is_aligned(label, last, piece) and _was_full(run, last, piece)):
            return
        yield piece.start, end
        left -= 1
        last = piece
        if end < piece.end:
            return


def _was_full(run: Run, piece: Piece, following: Piece) -> bool:
    """Whether the first word of the following line had no room at the end of this one."""
    if _LEADERS.search(run.text, max(piece.start, piece.end - 12), piece.end):
        return False
    number = run.piece_at(piece.start)
    beside = run.pieces[number + 1] if number + 1 < len(run.pieces) else None
    edge = run.rights[id(piece.sheet)]
    if beside is not None and beside.row == piece.row:
        edge = beside.segment.box.x0 - piece.sheet.line_height
    room = edge - piece.segment.box.x1
    return room < following.segment.words[0].box.width + ROOM * piece.sheet.line_height


def _is_aligned(label: Piece, last: Piece, piece: Piece) -> bool:
    """Whether a line begins where a value goes on: under its label or under its own first line, not centred."""
    height = label.sheet.line_height
    return piece.segment.box.x0 < label.segment.box.x0 + 4 * height or abs(piece.segment.box.x0 - last.segment.box.x0) < 2 * height


def _reaches(label: Piece, piece: Piece) -> bool:
    """Whether a line below can belong to a label: it does not stand wholly left of it, nor far to the right of its line."""
    wide = label.sheet.line_height * 3
    return piece.segment.box.x0 < label.segment.box.x1 + wide and piece.segment.box.x1 > label.segment.box.x0
