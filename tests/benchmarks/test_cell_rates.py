"""Cells of tables: matched by row and column, text equal when its lines are joined."""

from __future__ import annotations

from benchmarks.cell_rates import CellCount, TrueTable, count_cells, count_placed_words, count_words, table_of_rows
from benchmarks.stray_words import PlacedWord, Region
from dossier.model import Box, Cell, CellPlace, Line, Page, Provenance, Table, Word

BOX = Box(0, 0, 10, 10)
TRUTH = table_of_rows([["TT", "Nội  dung", ""], ["1", "Xây dựng nhà văn hóa", "12.500"]])


def page(*lines: tuple[int, int, str], rows: int = 2, columns: int = 3) -> Page:
    """A page with one table: cells all of one row and column, lines in cells."""
    cells = tuple(Cell(row, column, 1, 1, BOX) for row in range(rows) for column in range(columns))
    read = tuple(
        Line(BOX, tuple(Word(word, BOX, 0.9) for word in text.split()), cell=CellPlace(0, row, column))
        for row, column, text in lines
    )
    how = Provenance("fused", "1", "m", "d", "0", ())
    return Page("p", 1, 10, 10, 200, 0, 0.0, read, False, (), how, tables=(Table(BOX, rows, columns, cells),))


WHOLE = ((0, 0, "TT"), (0, 1, "Nội dung"), (1, 0, "1"), (1, 1, "Xây dựng"), (1, 1, "nhà văn hóa"), (1, 2, "12.500"))


def test_a_table_read_rightly_is_exact_its_lines_joined() -> None:
    count = count_cells(TRUTH, page(*WHOLE))
    assert (count.cells, count.placed, count.exact, count.tables, count.grids) == (6, 6, 6, 1, 1)


def test_one_wrong_letter_costs_one_cell_and_no_place() -> None:
    count = count_cells(TRUTH, page(*WHOLE[:-1], (1, 2, "12.5O0")))
    assert (count.placed, count.exact, count.grids) == (6, 5, 1)


def test_text_in_an_empty_cell_is_wrong() -> None:
    assert count_cells(TRUTH, page(*WHOLE, (0, 2, "x"))).exact == 5


def test_a_missing_column_costs_its_cells_and_the_grid() -> None:
    count = count_cells(TRUTH, page(*WHOLE[:-1], columns=2))
    assert (count.placed, count.exact, count.grids) == (4, 4, 0)


def test_a_row_more_costs_the_grid_only() -> None:
    count = count_cells(TRUTH, page(*WHOLE, rows=3))
    assert (count.exact, count.grids) == (6, 0)


def test_a_cell_that_spans_too_little_is_not_placed() -> None:
    spans = {place: (1, 2 if place == (0, 1) else 1) for place in TRUTH.texts}
    truth = TrueTable(TRUTH.rows, TRUTH.columns, TRUTH.texts, spans)
    assert count_cells(truth, page(*WHOLE)).placed == 5


def test_a_page_without_a_table_has_no_cell_right() -> None:
    empty = Page("p", 1, 10, 10, 200, 0, 0.0, (), False, (), Provenance("e", "1", "m", "d", "0", ()))
    assert count_cells(TRUTH, empty) == CellCount(cells=6, tables=1, filled=5)


def test_words_are_kept_when_a_cell_stands_unbroken_in_a_line() -> None:
    count = count_words(TRUTH, ["TT Nội dung", "1 Xây dựng nhà", "văn hóa 12.500"])
    assert (count.filled, count.words_kept) == (5, 4)


def test_words_without_a_table_are_put_into_the_true_cells() -> None:
    insides = {(row, column): Region(10 * column, 10 * row, 10 * column + 9, 10 * row + 9) for row, column in TRUTH.texts}
    words = [PlacedWord("TT", 5, 5), PlacedWord("Nội", 12, 5), PlacedWord("dung", 16, 5), PlacedWord("1", 5, 15)]
    count = count_placed_words(TRUTH, insides, words)
    assert (count.cells, count.exact) == (6, 4)  # the empty cell too


def test_counts_add_up() -> None:
    assert CellCount(1, 2, 3, 4, 5, 6, 7) + CellCount(1, 1, 1, 1, 1, 1, 1) == CellCount(2, 3, 4, 5, 6, 7, 8)
