"""Tables whose rules are missing between columns, broken to dashes or crossed by scratches are found as they were ruled."""

import random
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from ocr.cleaning.flat_field import flatten_field
from ocr.cleaning.turning import straighten
from ocr.tables import erase_rules, find_tables
from sample_printer import RECIPES, PrintedPage, Style, damage
from sample_printer.flow import Flow
from sample_printer.ruled_tables import CellSpec, Rules, TableSpec, print_ruled_table
from sample_printer.writing import write_document

DPI = 150
HEADS = ("STT", "Họ và tên", "Ngày sinh", "Hệ số", "Ghi chú")
ROWS = (
    ("1", "Nguyễn Văn An", "01/02/1980", "2,34", ""),
    ("2", "Trần Thị Bích Ngọc", "15/10/1975", "4,06", "Nữ"),
    ("3", "Lê Quý", "07/07/1990", "2,1", ""),
    ("4", "Phạm Hoàng Minh Đức", "30/04/1968", "5,08", "Đảng viên"),
    ("5", "Vũ Thị Hạ", "02/09/1982", "3,33", "-"),
    ("6", "Đặng Quốc Ưng", "19/05/1971", "4,4", ""),
)
TABLE = TableSpec(
    rows=7,
    columns=5,
    cells=tuple(CellSpec(row, column, text) for row, texts in enumerate((HEADS, *ROWS)) for column, text in enumerate(texts)),
)
LEVEL = replace(TABLE, rules=Rules(sides=False, uprights=False))
GRID = [(row, column, 1, 1) for row in range(7) for column in range(5)]


@cache
def printed(spec: TableSpec, style: Style = Style.DECREE30) -> PrintedPage:
    document = replace(write_document(random.Random(3), style=style, paragraphs=2), arrival=None, priority=None)
    flow = Flow(document, DPI, random.Random(1))
    flow.new_sheet()
    flow.y += 30
    print_ruled_table(flow, spec)
    return flow.sheets[0].finish(1)


def even(scan: PrintedPage) -> np.ndarray:
    grey = straighten(np.ascontiguousarray(scan.image[..., 0]), scan.truth.skew_deg)
    return flatten_field(grey, dpi=scan.truth.dpi)


def found(grey: np.ndarray) -> list[list[tuple[int, int, int, int]]]:
    return [
        [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] for table in find_tables(grey, dpi=DPI)
    ]


@pytest.mark.parametrize("recipe", ["clean", "office", "photocopy", "poor-photocopy", "old-paper", "bilevel", "fax", "thermal"])
def test_white_parts_columns_where_rules_do_not(recipe):
    assert found(even(damage(printed(LEVEL), RECIPES[recipe], random.Random(4)))) == [GRID]


def test_a_cell_over_all_columns_has_white_nowhere():
    row = CellSpec(
        3,
        0,
        "Các cá nhân đang công tác tại địa bàn đặc biệt khó khăn của huyện và thị xã, của các phường và thị trấn",
        column_span=5,
    )
    cells = tuple(cell for cell in LEVEL.cells if cell.row != 3)
    grid = sorted([place for place in GRID if place[0] != 3] + [(3, 0, 1, 5)])
    assert found(even(printed(replace(LEVEL, cells=(*cells, row))))) == [grid]


@pytest.mark.parametrize("lines", [3, 12])
def test_lines_under_running_text_are_no_table(lines):
    flow = Flow(replace(write_document(random.Random(3), paragraphs=2), arrival=None), DPI, random.Random(1))
    flow.new_sheet()
    sentence = "Uỷ ban nhân dân xã đề nghị các thôn bản báo cáo kết quả thực hiện trước ngày cuối tháng"
    words = sentence.split()
    for row in range(lines):
        text = " ".join(random.Random(row).sample(words, len(words)))
        flow.sheet.print_line(text, font=flow.font(), baseline=60 + 9 * row, left=30)
        flow.sheet.rule((30, 62 + 9 * row), (190, 62 + 9 * row))
    assert found(even(flow.sheets[0].finish(1))) == []


def test_rules_in_dashes():
    """As two-tone scans leave thin rules: 5 mm drawn, 2 mm lost."""
    page = printed(TABLE)
    image = page.image.copy()
    heights = {y for cell in page.truth.tables[0].cells for y in (cell.box[1], cell.box[3])}
    edges = {x for cell in page.truth.tables[0].cells for x in (cell.box[0], cell.box[2])}
    lost = [x for x in range(image.shape[1]) if x % 41 < 12 and min(abs(x - edge) for edge in edges) > 3]
    for y in heights:
        image[y - 2 : y + 3, lost] = 255
    assert found(even(replace(page, image=image))) == [GRID]


def test_wide_set_typewriting_keeps_its_ruled_columns():
    assert found(even(printed(TABLE, Style.TYPEWRITER))) == [GRID]


def test_a_scratch_that_leans_is_erased_and_letters_stay():
    page = printed(TABLE)
    grey = even(page)
    x0, y0, _, y1 = page.truth.tables[0].box
    scratch = np.full_like(grey, 245)
    cv2.line(scratch, (x0 + 150, y0 - 40), (x0 + 142, y1 + 40), 190, 1)
    scratched = np.minimum(grey, scratch)
    clean = erase_rules(scratched, find_tables(scratched, dpi=DPI), dpi=DPI)
    plain = erase_rules(grey, find_tables(grey, dpi=DPI), dpi=DPI)
    under = (scratch < 220) & (plain > 235)
    under[: y0 + 5] = under[y1 - 5 :] = False
    assert (clean[under] > 230).mean() > 0.9
    letters = plain < 120
    assert (clean[letters] < 150).mean() > 0.995
