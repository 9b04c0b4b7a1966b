"""Printed tables: their truth names every cell, and the ink is where the truth says."""

import random

import numpy as np
import pytest

from sample_printer import PrintedPage, print_document, truth
from sample_printer.table_pages import print_table_pages
from sample_printer.writing import write_document


@pytest.fixture(scope="module")
def prints() -> list[list[PrintedPage]]:
    return [print_table_pages(random.Random(seed), dpi=100) for seed in range(24)]


def tables(prints: list[list[PrintedPage]]) -> list[truth.PrintedTable]:
    return [table for pages in prints for page in pages for table in page.truth.tables]


def test_every_place_of_the_grid_belongs_to_one_cell(prints):
    for table in tables(prints):
        places = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert sorted(places) == [(row, column) for row in range(table.rows) for column in range(table.columns)]


def test_words_of_cells_are_printed_within_them(prints):
    for page in (page for pages in prints for page in pages):
        for table in page.truth.tables:
            for cell in table.cells:
                x0, y0, x1, y1 = cell.box
                inside = [line.text for line in page.truth.lines if within(line.box, (x0 - 2, y0 - 2, x1 + 2, y1 + 2))]
                assert " ".join(inside) == cell.text


def within(box: tuple[int, ...], other: tuple[int, ...]) -> bool:
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return other[0] <= middle[0] <= other[2] and other[1] <= middle[1] <= other[3]


def test_tables_are_as_varied_as_those_of_offices(prints):
    cells = [cell for table in tables(prints) for cell in table.cells]
    assert any(cell.row_span > 1 for cell in cells)
    assert any(cell.column_span > 1 for cell in cells)
    assert any(not cell.text for cell in cells)
    assert any(cell.text in {"-", "x", "1"} for cell in cells)
    assert max(len(pages) for pages in prints) >= 2, "a table that runs over two pages"
    assert {page.truth.width > page.truth.height for pages in prints for page in pages} == {True, False}
    assert max(table.columns for table in tables(prints)) >= 9
    assert max(table.rows for table in tables(prints)) >= 20


def test_upper_rule_of_a_table_is_inked_from_side_to_side(prints):
    for page in (page for pages in prints for page in pages):
        for table in page.truth.tables:
            x0, y0, x1, _ = table.box
            strip = page.image[max(0, y0 - 2) : y0 + 3, x0:x1].min(axis=(0, 2))
            assert np.mean(strip < 200) > 0.95


def test_same_randomness_same_page():
    first, again = (print_table_pages(random.Random(7), dpi=72)[0] for _ in range(2))
    assert first.truth == again.truth
    assert np.array_equal(first.image, again.image)


def test_json_names_tables_only_where_cells_are_known(prints):
    plain = print_document(write_document(random.Random(1)), rng=random.Random(1), dpi=72)[0]
    assert "tables" not in truth.page_json(plain.truth)
    page = prints[0][0].truth
    (table,) = truth.page_json(page)["tables"]
    assert (table["rows"], table["columns"], len(table["cells"])) == (
        page.tables[0].rows,
        page.tables[0].columns,
        len(page.tables[0].cells),
    )
    assert set(table["cells"][0]) == {"row", "column", "row_span", "column_span", "text", "box"}
