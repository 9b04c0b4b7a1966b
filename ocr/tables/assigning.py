"""Name the cells of lines that were read without knowing of tables: by Tesseract, or kept from a text layer.

In: lines of words and the tables of the page. Out: the lines, those in tables cut between cells, row by row and cell by cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dossier.model import CellPlace, Line, Table, Word, enclosing


def lines_in_cells(lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Line, ...]:
    """Lines with their cells; the lines of a table stand together where its first one stood."""
    if not tables or any(line.cell for line in lines):
        return tuple(lines)
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


def _cell_of(word: Word, tables: Sequence[Table]) -> CellPlace | None:
    x, y = word.box.centre
    for number, table in enumerate(tables):
        for cell in table.cells:
            if cell.box.x0 <= x <= cell.box.x1 and cell.box.y0 <= y <= cell.box.y1:
                return CellPlace(number, cell.row, cell.column)
    return None
