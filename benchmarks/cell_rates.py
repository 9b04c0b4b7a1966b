"""How many cells of ruled tables are read exactly, and whose fault the others are.

In: the true cells of a table and the page that was read. Out: `CellCount`s, which add up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.stray_words import PlacedWord, Region
from dossier.model import Page, Table

_BREAK = re.compile(r"(?<=\S-)\n")
Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class TrueTable:
    """Texts of cells by row and column, and the span (rows, columns) of each where it is known."""

    rows: int
    columns: int
    texts: Mapping[Place, str]
    spans: Mapping[Place, tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class CellCount:
    """Cells on paper; found at the right place; of these read exactly, or so but for dashes; tables; of these with the right grid.

    `words_kept` counts the cells with text whose words stand together in one line of the plain text, wherever that is: all that can
    be asked of a reader without tables.
    """

    cells: int = 0
    placed: int = 0
    exact: int = 0
    near: int = 0
    tables: int = 0
    grids: int = 0
    filled: int = 0
    words_kept: int = 0

    def __add__(self, other: CellCount) -> CellCount:
        return CellCount(
            self.cells + other.cells,
            self.placed + other.placed,
            self.exact + other.exact,
            self.near + other.near,
            self.tables + other.tables,
            self.grids + other.grids,
            self.filled + other.filled,
            self.words_kept + other.words_kept,
        )


def count_cells(truth: TrueTable, page: Page | None) -> CellCount:
    """Compare a true table with the table of the page that fits it best; None is a page that could not be read."""
    tables = enumerate(page.tables) if page else ()
    counts = [_count(truth, table, _texts(page, number)) for number, table in tables if page]
    best = max(counts, key=lambda count: (count.exact, count.placed), default=CellCount(cells=len(truth.texts), tables=1))
    return best + count_words(truth, page.text.splitlines() if page else [])


def count_placed_words(truth: TrueTable, insides: Mapping[Place, Region], words: Sequence[PlacedWord]) -> CellCount:
    """Put a reader's words into the true cells, in the order in which it read them: what it could reach if it knew the grid."""
    exact = 0
    for place, text in truth.texts.items():
        inside = [word.text for word in words if insides[place].holds(word)]
        exact += _joined(" ".join(inside)) == text
    return CellCount(cells=len(truth.texts), placed=len(truth.texts), exact=exact, tables=1)


def count_words(truth: TrueTable, lines: Sequence[str]) -> CellCount:
    """How many filled cells stand unbroken in a line of plain text."""
    known = [f" {_joined(line)} " for line in lines]
    filled = [text for text in truth.texts.values() if text]
    return CellCount(filled=len(filled), words_kept=sum(any(f" {text} " in line for line in known) for text in filled))


def _count(truth: TrueTable, table: Table, read: Mapping[Place, str]) -> CellCount:
    found = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in table.cells}
    spans = truth.spans or {}
    placed = [place for place in truth.texts if place in found and spans.get(place, found[place]) == found[place]]
    exact = sum(read.get(place, "") == truth.texts[place] for place in placed)
    near = sum(_plain_dashes(read.get(place, "")) == _plain_dashes(truth.texts[place]) for place in placed)
    grid = (table.rows, table.columns) == (truth.rows, truth.columns) and len(placed) == len(truth.texts)
    return CellCount(cells=len(truth.texts), placed=len(placed), exact=exact, near=near, tables=1, grids=int(grid))


def _texts(page: Page, table: int) -> dict[Place, str]:
    """Text of every cell of a table, its lines joined by spaces; after a hyphen that breaks a word they are joined as they are."""
    lines: dict[Place, list[str]] = defaultdict(list)
    for line in page.lines:
        if line.cell and line.cell.table == table:
            lines[line.cell.row, line.cell.column].append(line.text)
    return {place: _joined(_BREAK.sub("", "\n".join(texts))) for place, texts in lines.items()}


def table_of_rows(rows: Iterable[Sequence[str]]) -> TrueTable:
    """The table of a TSV file, a row of cells a line."""
    texts = {(row, column): _joined(text) for row, cells in enumerate(rows) for column, text in enumerate(cells)}
    return TrueTable(1 + max(row for row, _ in texts), 1 + max(column for _, column in texts), texts)


def _plain_dashes(text: str) -> str:
    """Long dashes as hyphens, without the spaces around them: nobody can tell them apart at the end of a line of a cell."""
    return re.sub(r"\s*[-–—]\s*", "-", text)


def _joined(text: str) -> str:
    return " ".join(text.split())
