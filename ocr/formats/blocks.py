"""Blocks of a page as exchange formats want them: runs of lines, and tables with the lines of each cell.

In: a page. Out: its blocks in reading order; a table stands where its first line stood, and every line is in exactly one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Box, Cell, Line, Page, Table, enclosing


@dataclass(frozen=True, slots=True)
class TextRun:
    """Lines that follow one another outside of tables."""

    lines: tuple[Line, ...]

    @property
    def box(self) -> Box:
        """The smallest box around the lines."""
        return enclosing(line.box for line in self.lines)


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell of a table and the lines in it."""

    cell: Cell
    lines: tuple[Line, ...]

    @property
    def box(self) -> Box:
        """The cell, and what of its lines sticks out of it."""
        return enclosing([self.cell.box, *(line.box for line in self.lines)])


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table with its cells, row by row."""

    table: Table
    cells: tuple[FilledCell, ...]

    @property
    def box(self) -> Box:
        """The table, and what sticks out of it."""
        return enclosing([self.table.box, *(cell.box for cell in self.cells)])


Block = TextRun | FilledTable


def blocks_of(page: Page) -> tuple[Block, ...]:
    """Blocks in reading order; tables without a line come last."""
    blocks: list[Block] = []
    run: list[Line] = []
    placed: set[int] = set()
    for line in page.lines:
        if not line.words:
            continue
        index = _table_of(line, page.tables)
        if index is None:
            run.append(line)
        elif index not in placed:
            if run:
                blocks.append(TextRun(tuple(run)))
            run = []
            placed.add(index)
            blocks.append(_fill(index, page))
    if run:
        blocks.append(TextRun(tuple(run)))
    blocks.extend(_fill(index, page) for index in range(len(page.tables)) if index not in placed)
    return tuple(blocks)


def _table_of(line: Line, tables: Sequence[Table]) -> int | None:
    """The table that a line names, if it has such a cell."""
    place = line.cell
    if place is None or place.table >= len(tables) or _cell_of(line, tables[place.table]) is None:
        return None
    return place.table


def _cell_of(line: Line, table: Table) -> Cell | None:
    place = line.cell
    if place is None:
        return None
    return next((cell for cell in table.cells if _spans(cell, place.row, place.column)), None)


def _spans(cell: Cell, row: int, column: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span


def _fill(index: int, page: Page) -> FilledTable:
    table = page.tables[index]
    own = [line for line in page.lines if line.words and line.cell is not None and line.cell.table == index]
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    filled = (FilledCell(cell, tuple(line for line in own if _cell_of(line, table) is cell)) for cell in cells)
    return FilledTable(table, tuple(filled))
