"""Name the cells of lines that were read without knowing of tables: by Tesseract, or kept from a text layer.

In: lines of words and the tables of the page. Out: the lines, those in tables cut between cells, row by row and cell by cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dossier.model import Box, CellPlace, Line, Table, Word, enclosing

_LONG_DASH = "–"


def lines_in_cells(lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Line, ...]:
    """Lines with their cells; the lines of a table stand together where its first one stood."""
    if not tables or any(line.cell for line in lines):
        return tuple(with_spaced_dashes(line) if line.cell else line for line in lines)
    out: list[Line | int] = []
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        words: dict[CellPlace | None, list[Word]] = defaultdict(list)
        for word in line.words:
            words[_cell_of(word, tables)].append(word)
        for cell, group in words.items():
            part = replace(line, box=enclosing(word.box for word in group), words=tuple(group), cell=cell)
            if cell is None:
                out.append(part)
                continue
            if cell.table not in found:
                out.append(cell.table)
            found[cell.table].append(part)
    for parts in found.values():
        parts.sort(key=lambda part: (part.cell.row, part.cell.column, part.box.y0) if part.cell else (0, 0, 0))
    return tuple(line for each in out for line in (found[each] if isinstance(each, int) else [each]))


def with_spaced_dashes(line: Line) -> Line:
    """The line with the space that was lost after a long dash between two numbers, as in 09/3/2018 –20/3/2018."""
    words: list[Word] = []
    for word in line.words:
        before = words[-1].text if words else ""
        if before[-1:].isdigit() and len(word.text) > 1 and word.text[0] == _LONG_DASH and word.text[1].isdigit():
            middle = word.box.x0 + max(1, word.box.width // len(word.text))
            words.append(replace(word, text=_LONG_DASH, box=Box(word.box.x0, word.box.y0, middle, word.box.y1)))
            words.append(replace(word, text=word.text[1:], box=Box(middle, word.box.y0, word.box.x1, word.box.y1)))
        else:
            words.append(word)
    return line if len(words) == len(line.words) else replace(line, words=tuple(words))


def _cell_of(word: Word, tables: Sequence[Table]) -> CellPlace | None:
    x, y = word.box.centre
    for number, table in enumerate(tables):
        for cell in table.cells:
            if cell.box.x0 <= x <= cell.box.x1 and cell.box.y0 <= y <= cell.box.y1:
                return CellPlace(number, cell.row, cell.column)
    return None
