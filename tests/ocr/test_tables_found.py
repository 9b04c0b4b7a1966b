"""Tables are found as they were ruled, and nothing else is taken for one."""

import random
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from dossier.model import Box
from ocr.cleaning.flat_field import flatten_field
from ocr.cleaning.turning import straighten
from ocr.intake.rendering import PageImage
from ocr.tables import erase_rules, find_framed, find_tables
from sample_printer import RECIPES, DocumentSpec, PrintedPage, damage, print_document
from sample_printer.flow import Flow
from sample_printer.ruled_tables import CellSpec, Rules, TableSpec, print_ruled_table
from sample_printer.writing import write_document

DPI = 150
HEAD = (
    CellSpec(0, 0, "STT", row_span=2, align="centre", bold=True),
    CellSpec(0, 1, "Đơn vị", row_span=2, align="centre", bold=True),
    CellSpec(0, 2, "Năm 2024", column_span=2, align="centre", bold=True),
    CellSpec(1, 2, "Kế hoạch", align="centre", bold=True),
    CellSpec(1, 3, "Thực hiện", align="centre", bold=True),
)
BODY = tuple(
    CellSpec(row, column, text)
    for row, texts in enumerate((("1", "Tân Mỹ", "1.250", "-"), ("2", "Hòa Bình", "7", "98,5%"), ("3", "Xuân Ổ", "", "x")), start=2)
    for column, text in enumerate(texts)
)
TABLE = TableSpec(rows=6, columns=4, cells=(*HEAD, *BODY, CellSpec(5, 0, "Tổng cộng", column_span=2), CellSpec(5, 2, "1.257"),
                                            CellSpec(5, 3, "98")), head_rows=2)  # fmt: skip


def document(seed: int = 3) -> DocumentSpec:
    return replace(write_document(random.Random(seed), type_name="Báo cáo", paragraphs=2), arrival=None, priority=None)


@cache
def printed(spec: TableSpec) -> PrintedPage:
    flow = Flow(document(), DPI, random.Random(1))
    flow.new_sheet()
    flow.y += 30
    print_ruled_table(flow, spec)
    return flow.sheets[0].finish(1)


def even(scan: PrintedPage) -> np.ndarray:
    grey = straighten(np.ascontiguousarray(scan.image[..., 0]), scan.truth.skew_deg)
    return flatten_field(grey, dpi=scan.truth.dpi)


def grid(page: PrintedPage) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in page.truth.tables[0].cells]


def found(grey: np.ndarray, dpi: int = DPI) -> list[list[tuple[int, int, int, int]]]:
    tables = find_tables(grey, dpi=dpi)
    return [[(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] for table in tables]


RULINGS = {
    "thin": Rules(inner_mm=0.1, outer_mm=0.1, ink=(100, 100, 100)),
    "thick": Rules(outer_mm=0.9),
    "double": Rules(gap_mm=0.7),
    "open sides": Rules(sides=False),
    "dotted": Rules(between="dotted"),
}


@pytest.mark.parametrize("name", RULINGS)
def test_merged_cells_and_odd_rules(name):
    page = printed(replace(TABLE, rules=RULINGS[name]))
    assert found(even(page)) == [grid(page)]


@pytest.mark.parametrize("recipe", ["office", "photocopy", "old-paper", "bilevel", "thermal", "carbon"])
def test_on_worn_pages(recipe):
    page = printed(TABLE)
    assert found(even(damage(page, RECIPES[recipe], random.Random(4)))) == [grid(page)]


def test_cells_lie_where_they_were_printed():
    page = printed(TABLE)
    (table,) = find_tables(even(page), dpi=DPI)
    for cell, truth in zip(table.cells, page.truth.tables[0].cells, strict=True):
        assert np.abs(np.array(cell.box) - np.array(truth.box)).max() <= 4
        assert truth.box[0] <= cell.box.x0 < cell.box.x1 <= truth.box[2]


def test_rules_that_bend():
    grey = even(printed(TABLE))
    height, width = grey.shape
    bend = 4 * np.sin(np.linspace(0, np.pi, width, dtype=np.float32))
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    assert found(cv2.remap(grey, xs, ys + bend[None, :], cv2.INTER_LINEAR, borderValue=245)) == [grid(printed(TABLE))]


def test_gaps_in_rules_are_bridged():
    page = printed(TABLE)
    rng = np.random.default_rng(1)
    image = page.image.copy()
    for x, y in zip(rng.integers(0, image.shape[1], 4000), rng.integers(0, image.shape[0], 4000), strict=True):
        image[y : y + 2, x : x + 2] = 255
    assert found(even(replace(page, image=image))) == [grid(page)]


@pytest.mark.parametrize("recipe", ["poor-photocopy", "bilevel"])
@pytest.mark.parametrize("seed", range(3))
def test_letters_have_no_tables(recipe, seed):
    """Underlined heads, seals, frames of marks, two columns of signatures."""
    rng = random.Random(seed)
    spec = replace(write_document(rng, paragraphs=4), priority="Khẩn")
    spec = replace(spec, body=tuple(block for block in spec.body if not block.startswith("|")))
    page = print_document(spec, rng=rng, dpi=DPI)[0]
    assert found(even(damage(page, RECIPES[recipe], rng))) == []


def test_forms_with_lines_to_write_on_are_no_tables():
    flow = Flow(document(), DPI, random.Random(1))
    flow.new_sheet()
    for row in range(12):
        flow.sheet.print_line("Họ và tên:", font=flow.font(), baseline=60 + 9 * row, left=30)
        flow.sheet.rule((55, 60.5 + 9 * row), (190, 60.5 + 9 * row))
    for corner in ((40, 200), (120, 200)):
        (x, y), far = corner, (corner[0] + 40, corner[1] + 40)
        for start, end in (((x, y), (far[0], y)), ((x, far[1]), far), ((x, y), (x, far[1])), ((far[0], y), far)):
            flow.sheet.rule(start, end)
    assert found(even(flow.sheets[0].finish(1))) == []


def test_a_line_from_edge_to_edge_is_a_scratch():
    page = printed(TABLE)
    image = page.image.copy()
    image[:, 500:502] = 150
    assert found(even(replace(page, image=image))) == [grid(page)]


def test_rules_are_erased_and_letters_stay():
    page = printed(TABLE)
    grey = even(page)
    clean = erase_rules(grey, find_tables(grey, dpi=DPI), dpi=DPI)
    letters, rules = np.zeros_like(grey, bool), np.ones_like(grey, bool)
    rules[: page.truth.tables[0].box[1] - 2] = False
    rules[page.truth.tables[0].box[3] + 3 :] = False
    for x0, y0, x1, y1 in (cell.box for cell in page.truth.tables[0].cells):
        letters[y0 + 3 : y1 - 2, x0 + 3 : x1 - 2] = True
        rules[y0 + 3 : y1 - 2, x0 + 3 : x1 - 2] = False
    assert (clean[rules & (grey < 160)] > 220).mean() > 0.99
    assert (clean[letters & (grey < 160)] < 160).mean() > 0.995
    assert erase_rules(grey, (), dpi=DPI) is grey


def test_a_sheet_without_paper_left_is_no_table():
    assert find_tables(np.zeros((300, 200), np.uint8), dpi=150) == ()
    assert find_tables(np.full((8, 8), 245, np.uint8), dpi=150) == ()
    assert all(isinstance(table.box, Box) for table in find_tables(np.tile(np.array([[0, 245]], np.uint8), (200, 100)), dpi=150))


@pytest.mark.parametrize("tilt", [-5.0, 3.0, 7.0])
def test_a_stamp_pressed_over_rules_is_found(tilt):
    page = printed(TABLE)
    x0, _, x1, y = page.truth.tables[0].cells[-2].box
    x = (x0 + x1) // 2 + 20
    stamp = np.full(page.image.shape[:2], 255, np.uint8)
    cv2.rectangle(stamp, (x - 70, y - 25), (x + 70, y + 25), 60, 3)
    cv2.putText(stamp, "MAT", (x - 48, y + 15), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 60, 4)
    turn = cv2.getRotationMatrix2D((float(x), float(y)), tilt, 1.0)
    stamp = cv2.warpAffine(stamp, turn, stamp.shape[::-1], borderValue=255)
    image = PageImage(np.minimum(page.image[..., 0], stamp), DPI)
    grey = flatten_field(image.pixels, dpi=DPI)
    clean = erase_rules(grey, find_tables(grey, dpi=DPI), dpi=DPI)
    centres = [found.box.centre for found in find_framed(image, grey, clean)]
    assert any(abs(cx - x) < 12 and abs(cy - y) < 12 for cx, cy in centres), centres
