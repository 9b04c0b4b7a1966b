"""Rows of print in a cell by its ink, where the boxes of a detector do not fit it.

In: pieces of ink in a cell and the box of a line. Out: whether the line fits them, and rows of ink. Detectors look at whole pages:
one that runs on from cell to cell follows the first and misses the rows of the next, which is set otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dossier.model import Box, enclosing
from ocr.engines.line_place import LinePlace

_LETTER_MM = (1.0, 6.0)
"""Heights of letters and digits; lower ink is an accent, a dash or a stop, higher ink what is left of a rule."""
_SPECK_MM, _FAR_MM, _FLAT = 1.2, 1.8, 1.5
"""Ink no larger than this that stands so far from other ink of its row, or makes a row beside others, is a speck; dashes are flat,
so many times wider than high."""
_MOST_AWAY, _MOST_HIGHER = 0.22, 1.4
"""A box fits a row when their middles are no farther from each other than this share of its height, and the ink is no higher than
so many heights of it."""
_MOST_BENT = 0.03
"""A row bends no more than this share of its width: in a narrow cell a bend is that of another row."""
_NEXT_ROW = 0.9
"""Letters whose middle is lower than that of the row so far, by so many heights of a letter, begin the next row."""
_WHITE = 0.12
"""White above and below the ink, in its height, as detectors leave it."""


def fits(part: LinePlace, marks: Sequence[Box], *, millimetre: float) -> bool:
    """Whether the box of a line lies over the ink that was given to it, and that is one row."""
    ink = enclosing(marks)
    if ink.height < _LETTER_MM[0] * millimetre:
        return True
    height = part.box.height
    bent = min(2 * abs(part.bend.slope) + abs(part.bend.curve), _MOST_BENT * part.box.width) if part.bend else 0.0
    letters = [mark for mark in marks if mark.height >= _LETTER_MM[0] * millimetre]
    if any(not part.box.y0 - bent <= _middle(mark) <= part.box.y1 + bent for mark in letters):
        return False
    away = abs(ink.y0 + ink.y1 - part.box.y0 - part.box.y1) / 2
    return away <= _MOST_AWAY * height + bent and ink.height <= _MOST_HIGHER * height + bent


def rows_of(marks: Sequence[Box], cell: Box, *, millimetre: float) -> list[Box]:
    """Rows of print from top to bottom, each with its accents and stops; none where there are no letters."""
    low, high = (side * millimetre for side in _LETTER_MM)
    letters = sorted((mark for mark in marks if low <= mark.height <= high), key=lambda mark: mark.y0 + mark.y1)
    if not letters:
        return []
    step = _NEXT_ROW * float(np.median([mark.height for mark in letters]))
    rows: list[list[Box]] = [[letters[0]]]
    for mark in letters[1:]:
        if _middle(mark) - float(np.mean([_middle(other) for other in rows[-1]])) > step:
            rows.append([])
        rows[-1].append(mark)
    cores = [enclosing(row) for row in rows]
    for mark in marks:
        if mark.height < low:
            rows[int(np.argmin([_gap(mark, core) for core in cores]))].append(mark)
    large = [row for row in rows if not all(is_speck(mark, millimetre=millimetre) for mark in row)]
    return [_with_white(ink_of(row, millimetre=millimetre), cell) for row in large or rows]


def ink_of(marks: Sequence[Box], *, millimetre: float) -> Box:
    """The box of the ink of a row, without specks beyond its ends."""
    row = sorted(marks, key=lambda mark: mark.x0)
    far = _FAR_MM * millimetre
    while len(row) > 1 and is_speck(row[0], millimetre=millimetre) and min(mark.x0 for mark in row[1:]) - row[0].x1 > far:
        del row[0]
    row.sort(key=lambda mark: mark.x1)
    while len(row) > 1 and is_speck(row[-1], millimetre=millimetre) and row[-1].x0 - row[-2].x1 > far:
        del row[-1]
    return enclosing(row)


def is_speck(mark: Box, *, millimetre: float) -> bool:
    """Whether ink standing alone is too small for a letter and not as flat as a dash."""
    return max(mark.width, mark.height) < _SPECK_MM * millimetre and mark.width < _FLAT * mark.height


def _middle(mark: Box) -> float:
    return (mark.y0 + mark.y1) / 2


def _gap(mark: Box, row: Box) -> float:
    """How far a mark lies above or below a row; accents stand nearer to their letters than to the row above."""
    return max(row.y0 - mark.y1, mark.y0 - row.y1, 0)


def _with_white(ink: Box, cell: Box) -> Box:
    white = round(_WHITE * ink.height)
    return Box(ink.x0, max(cell.y0, ink.y0 - white), ink.x1, min(cell.y1, ink.y1 + white))
