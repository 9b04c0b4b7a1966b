"""Lines of print go to the cells they stand in, whatever the detector made of them."""

import cv2
import numpy as np
import pytest

from dossier.model import Box, Cell, CellPlace, Ink, Line, Table, Word
from ocr.cleaning.stamps import Stamp
from ocr.engines.line_place import Bend, LinePlace
from ocr.stamp_reading import StampLine
from ocr.tables import erase_rules, lines_in_cells, place_lines, without_cells

DPI = 200
EDGES, TOPS = (100, 220, 500, 760), (100, 150, 240)


def table() -> Table:
    cells = [
        Cell(row, column, 1, 1, Box(EDGES[column] + 2, TOPS[row] + 2, EDGES[column + 1] - 2, TOPS[row + 1] - 2))
        for row in range(2)
        for column in range(3)
    ]
    return Table(Box(100, 100, 760, 240), 2, 3, tuple(cells))


def sheet(*texts: tuple[str, tuple[int, int]]) -> np.ndarray:
    """A page with rules and words: text and its lower left corner."""
    grey = np.full((320, 860), 245, np.uint8)
    for x in EDGES:
        cv2.line(grey, (x, TOPS[0]), (x, TOPS[-1]), 0, 2)
    for y in TOPS:
        cv2.line(grey, (EDGES[0], y), (EDGES[-1], y), 0, 2)
    for text, at in texts:
        cv2.putText(grey, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return grey


def placed(grey: np.ndarray, *boxes: Box) -> list[tuple[CellPlace | None, Box]]:
    clean = erase_rules(grey, [table()], dpi=DPI)
    return [(place.cell, place.box) for place in place_lines([LinePlace(box) for box in boxes], [table()], clean, dpi=DPI)]


def test_a_line_over_three_cells_is_cut_at_their_borders():
    grey = sheet(("12", (130, 135)), ("Tan My", (240, 135)), ("1.250", (600, 135)))
    found = placed(grey, Box(125, 110, 700, 140))
    assert [cell for cell, _ in found] == [CellPlace(0, 0, column) for column in range(3)]
    for (_, box), (left, right) in zip(found, ((130, 165), (240, 340), (600, 680)), strict=True):
        assert left - 12 <= box.x0 <= left + 6
        assert box.x1 <= right + 12


@pytest.mark.parametrize("text", ["1", "-", "x", "7", "%"])
def test_single_marks_without_a_line_are_found(text):
    ((cell, box),) = placed(sheet((text, (350, 200))))
    assert cell == CellPlace(0, 1, 1)
    assert box.height >= 2.0 / 25.4 * DPI
    assert box.x0 < 355


def test_specks_and_rules_are_no_lines():
    grey = sheet()
    rng = np.random.default_rng(1)
    for x, y in zip(rng.integers(230, 490, 6), rng.integers(160, 230, 6), strict=True):
        cv2.circle(grey, (int(x), int(y)), 1, 0, -1)
    assert placed(grey) == []


def test_lines_of_a_cell_stand_together_and_outside_ones_stay_first():
    grey = sheet(("Mot hai", (240, 180)), ("ba bon", (240, 220)), ("9", (150, 200)), ("ngoai", (200, 300)))
    outside = Box(195, 275, 300, 305)
    found = placed(grey, Box(235, 195, 380, 225), outside, Box(235, 158, 380, 185))
    assert found[0] == (None, outside)
    assert [cell for cell, _ in found[1:]] == [CellPlace(0, 1, 0), CellPlace(0, 1, 1), CellPlace(0, 1, 1)]
    assert found[2][1].y0 < found[3][1].y0


def test_the_end_of_a_neighbours_line_is_not_a_line_of_its_own():
    grey = sheet(("Mot hai", (300, 200)), ("2014", (150, 200)))
    found = placed(grey, Box(145, 175, 232, 203), Box(295, 175, 410, 205))
    assert [cell for cell, _ in found] == [CellPlace(0, 1, 0), CellPlace(0, 1, 1)]


def test_parts_of_a_bent_line_follow_the_bend():
    grey = sheet(("12", (130, 130)), ("999", (650, 140)))
    bent = LinePlace(Box(120, 113, 720, 139), bend=Bend(middle=420, reach=300, slope=6, curve=0))
    left, right = place_lines([bent], [table()], erase_rules(grey, [table()], dpi=DPI), dpi=DPI)
    assert left.box.y0 < bent.box.y0 < right.box.y0
    for part in (left, right):
        assert part.bend is not None
        middle = (part.box.x0 + part.box.x1) / 2
        lower = part.box.y0 + part.bend.at(middle) - bent.box.y0
        assert lower == pytest.approx(bent.bend.at(middle), abs=1.0)


def test_a_stamp_over_a_border_stays_whole():
    grey = sheet(("12", (130, 200)), ("MAT", (470, 205)), ("7", (650, 200)))
    stamp = Box(465, 180, 530, 210)
    found = placed(grey, Box(125, 175, 165, 205), stamp, Box(645, 175, 670, 205))
    assert found[0] == (None, stamp)
    assert [cell for cell, _ in found[1:]] == [CellPlace(0, 1, 0), CellPlace(0, 1, 2)]


def test_nothing_changes_without_tables():
    places = [LinePlace(Box(0, 0, 10, 10))]
    assert place_lines(places, [], np.full((20, 20), 245, np.uint8), dpi=DPI) == tuple(places)


def word(text: str, x: int, y: int) -> Word:
    return Word(text, Box(x, y, x + 20, y + 20), 0.9)


def test_words_of_other_readers_are_put_into_cells():
    lines = [
        Line(Box(0, 0, 50, 20), (word("Trên", 0, 0),)),
        Line(Box(130, 180, 700, 200), (word("2", 130, 180), word("Hòa", 250, 180), word("Bình", 280, 180), word("7", 650, 180))),
        Line(Box(130, 115, 280, 135), (word("1", 130, 115), word("Mỹ", 250, 115))),
        Line(Box(0, 290, 50, 310), (word("Dưới", 0, 290),)),
    ]
    found = lines_in_cells(lines, [table()])
    assert [(line.cell and (line.cell.row, line.cell.column), line.text) for line in found] == [
        (None, "Trên"), ((0, 0), "1"), ((0, 1), "Mỹ"), ((1, 0), "2"), ((1, 1), "Hòa Bình"), ((1, 2), "7"), (None, "Dưới"),
    ]  # fmt: skip
    assert lines_in_cells(lines, []) == tuple(lines)


def read_in_frame(text: str, box: Box, ink: Ink = Ink.BLACK) -> StampLine:
    line = Line(box, tuple(Word(each, box, 0.9) for each in text.split()), ink=ink)
    return StampLine(line, Stamp(np.zeros((4, 4), np.uint8), box, ink, np.eye(2, 3), framed=True))


def test_a_cell_is_no_stamp_but_a_mark_always_is():
    cell = table().cells[1].box
    stamps = [
        read_in_frame("Tân Mỹ", cell),
        read_in_frame("MẬT", cell),
        read_in_frame("Từ ngày 3 đến ngày 5", cell),
        read_in_frame("SAO Y", cell, Ink.RED),
        read_in_frame("SAO Y", Box(300, 60, 420, 120)),
    ]
    assert without_cells(stamps, [table()]) == (stamps[1], stamps[3], stamps[4])
    assert without_cells(stamps, []) == tuple(stamps)


def test_a_box_between_two_rows_gives_way_to_the_ink():
    grey = sheet(("Mot hai", (240, 182)), ("ba bon", (240, 222)))
    found = placed(grey, Box(235, 175, 380, 210))
    assert [cell for cell, _ in found] == [CellPlace(0, 1, 1)] * 2
    assert [box.y0 < bottom <= box.y1 + 2 for (_, box), bottom in zip(found, (182, 222), strict=True)] == [True, True]


def test_a_line_that_runs_on_above_the_print_of_the_next_cell_gives_way():
    grey = sheet(("09", (150, 215)), ("Mot hai", (240, 185)))
    (cell, box), _ = placed(grey, Box(145, 165, 380, 200))
    assert cell == CellPlace(0, 1, 0)
    assert box.y0 < 199
    assert box.y1 >= 214


def test_specks_beside_a_number_are_left_out():
    grey = sheet(("1.250", (600, 200)))
    cv2.circle(grey, (540, 190), 3, 0, -1)
    ((_, box),) = placed(grey, Box(530, 178, 690, 206))
    assert box.x0 > 560


def test_a_long_dash_between_dates_gets_its_lost_space():
    dates = Line(Box(0, 0, 60, 20), (word("09/3/2018", 0, 0), word("–20/3/2018", 40, 0)), cell=CellPlace(0, 1, 2))
    plain = Line(Box(0, 0, 60, 20), (word("âm", 0, 0), word("–20", 40, 0)), cell=CellPlace(0, 1, 2))
    spaced, kept = lines_in_cells([dates, plain], [table()])
    assert spaced.text == "09/3/2018 – 20/3/2018"
    assert [part.box.x0 for part in spaced.words] == [0, 40, 42]
    assert kept == plain
