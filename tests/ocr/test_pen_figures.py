"""Figures written by pen: the slots where they stand, what the network makes of strokes, and which reading counts."""

import random
from dataclasses import replace
from datetime import date

import cv2
import numpy as np
import pytest

import ocr.engines.networks.models as models
from dossier.errors import ChangedModel, MissingTool
from dossier.model import Box, Line, Word
from dossier.settings import OcrSettings
from ocr.cleaning.flat_field import flatten_field
from ocr.engine_choice import open_engine
from ocr.engines.networks.pen_reader import PenReader, PenReading
from ocr.engines.networks.pen_window import MOST_COLUMNS, ROWS, pen_window
from ocr.engines.pen_figures import PenFigures, allowed, possible, read_slots, same_figures, together
from ocr.engines.pen_slots import Slot, SlotKind, slots_of, with_figures
from recogniser_training.pen_strokes import SHAPES, draw, some_hand, write
from sample_printer import print_document
from sample_printer.fonts import pens
from sample_printer.writing import write_document

DPI = 200


def line_of(*words: str, top: int = 100) -> Line:
    x, made = 50, []
    for text in words:
        made.append(Word(text, Box(x, top, x + 20 * len(text), top + 40), 0.6))
        x += 20 * len(text) + 15
    return Line(Box(50, top, x, top + 40), tuple(made))


def slots(*words: str):
    return [(slot.kind.value, slot.text) for slot in slots_of([line_of(*words)], height=1000)]


@pytest.fixture(scope="module")
def pen():
    return PenFigures()


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        (("Số:", "2001/SYT-NVY"), "2001"),
        (("Số:2001/SYT-NVY",), "2001"),
        (("Số:", "20", "/QĐ-UBND"), "20"),
        (("Số:", "J2/CT-UBND"), "J2"),
        (("Số:", "/QĐ-UBND"), ""),
        (("Số", ":", "14/TB", "-", "HTTT"), "14"),
        (("Số:", "3/49/QĐ-UBND"), "3/49"),
    ],
)
def test_the_number_slot_of_a_head(words, figures):
    assert slots(*words) == [("number", figures)]


@pytest.mark.parametrize(
    "words",
    [
        ("Căn", "cứ", "Quyết", "định", "số", "12/QĐ-UBND"),
        ("Số", "lượng:", "12"),
        ("Số", "12", "phố", "Huế"),
        ("Sở", "Y", "tế"),
        ("Số:", "22-NQ/TU"),
        ("Số:", "22", "-", "NQ/TU"),
        ("Số:", "45", "QĐ/UB"),
        ("Số:", "12/2010/NĐ-CP"),
        ("Số:", "12a"),
        ("Ngày", "sinh:", "1/2/1990"),
        ("Ngày:", "21/3/2018", "Chuyển:", "VP"),
    ],
)
def test_other_lines_have_no_slot(words):
    assert slots(*words) == []


def test_the_slots_of_a_date_line():
    assert slots("Bến", "Tre,", "ngày", "44,", "tháng", "12", "năm", "2011") == [("day", "44,"), ("month", "12")]
    assert slots("Hà", "Nội,", "ngày", "tháng", "3", "3", "năm", "2018") == [("day", ""), ("month", "3 3")]
    assert slots("Hà", "Nội,", "ngày", "l7", "tháng", "đ", "năm", "2024") == [("day", "l7"), ("month", "đ")]
    assert slots("Quảng", "Ngãi,", "ngày", "31", "tháng", "04", "năm", "1997") == [("day", "31"), ("month", "04")]
    assert slots("kể", "từ", "ngày", "01", "tháng", "3", "năm", "2018", "của", "Chính", "phủ") == []


@pytest.mark.parametrize(
    ("words", "kind", "seen", "figures"),
    [
        (("Số:", "2352"), "stamped", "2352", "2352"),
        (("Số:.....2352....",), "stamped", "2352", "2352"),
        (("Số", "đến:", "1l2"), "stamped", "1l2", ""),
        (("Ngày:", "241318"), "date", "241318", ""),
        (("Ngày", "đến:", "21.3.18"), "date", "21.3.18", "21/3/18"),
        (("Ngày:", "21", "/", "3", "/", "2018"), "date", "21 / 3 / 2018", "21/3/2018"),
    ],
)
def test_the_slots_of_a_stamp_of_arrival(words, kind, seen, figures):
    (slot,) = slots_of([line_of(*words)], height=1000)
    assert (slot.kind.value, slot.text, slot.figures) == (kind, seen, figures)


def test_nothing_is_looked_for_in_the_lower_half():
    assert list(slots_of([line_of("Số:", "12/QĐ-UBND", top=700)], height=1000)) == []


def test_a_slot_is_seen_from_its_label_to_what_follows():
    line = line_of("Số:", "2001/SYT-NVY")
    (slot,) = slots_of([line], height=1000)
    label, word = line.words
    assert label.box.x0 < slot.box.x0 < label.box.x1
    assert word.box.x0 + 60 < slot.box.x1 < word.box.x1


@pytest.mark.parametrize(
    ("words", "figures", "expected"),
    [
        (("Số:", "2001/SYT-NVY"), "2062", "Số: 2062/SYT-NVY"),
        (("Số:2001/SYT-NVY",), "2062", "Số:2062/SYT-NVY"),
        (("Số:", "/QĐ-UBND"), "241", "Số: 241/QĐ-UBND"),
        (("Số:", "2", "1", "/QĐ-UBND"), "241", "Số: 241 /QĐ-UBND"),
    ],
)
def test_figures_are_put_in_their_slot(words, figures, expected):
    line = line_of(*words)
    (slot,) = slots_of([line], height=1000)
    changed = with_figures(line, slot, figures, 0.9)
    assert changed.text == expected
    assert [word.confidence for word in changed.words if figures in word.text] == [0.9]


def test_days_and_months_are_put_in_their_slots():
    line = line_of("Bến", "Tre,", "ngày", "tháng", "3", "3", "năm", "2011")
    day, month = slots_of([line], height=1000)
    assert with_figures(with_figures(line, month, "03", 0.9), day, "14", 0.8).text == "Bến Tre, ngày 14 tháng 03 năm 2011"


def test_only_what_can_stand_there_counts():
    assert [allowed(SlotKind.DAY, figures) for figures in ("31", "32", "0", "007", "", "1a")] == [True, *[False] * 5]
    assert allowed(SlotKind.NUMBER, "007")
    assert not allowed(SlotKind.MONTH, "13")
    read = [PenReading("44", -0.1), PenReading("14/", -2.0), PenReading("14", -2.5)]
    assert [reading.text for reading in possible(SlotKind.DAY, read)] == ["14"]
    assert possible(SlotKind.DAY, read)[0].log_probability == pytest.approx(np.log(np.exp(-2.0) + np.exp(-2.5)))
    assert possible(SlotKind.NUMBER, [PenReading("15/98/", -0.1), PenReading("1598", -6.0)], least=4)[0].text == "1598"
    assert [reading.text for reading in possible(SlotKind.DATE, [*read, PenReading("21/3/18", -3.0)])] == ["21/3/18"]
    assert [allowed(SlotKind.DATE, figures) for figures in ("21/3/18", "1/12/2018", "32/1/18", "1/13/18", "1/1/1818")] == [
        *(True, True),
        *[False] * 3,
    ]
    assert same_figures(SlotKind.DATE, "01/2/18", "1/02/18")
    assert not same_figures(SlotKind.DATE, "", "1/2/18")
    assert same_figures(SlotKind.DAY, "3", "03")
    assert not same_figures(SlotKind.NUMBER, "3", "03")


def test_several_cuts_of_a_slot_count_together():
    one = [PenReading("44", -0.1), PenReading("14", -3.0)]
    other = [PenReading("14", -0.1), PenReading("41", -2.6)]
    best, second, third = together([one, other])
    assert (best.text, best.log_probability) == ("14", pytest.approx(-1.55))
    assert {second.text, third.text} == {"44", "41"}
    assert second.log_probability < -6
    assert together([(), ()]) == ()


def test_the_network_reads_strokes_of_hands_it_never_met():
    rng = random.Random(77)
    reader, right = PenReader(), 0
    for _ in range(60):
        figures = str(rng.randint(10, 9999))
        canvas = np.full((90, 260), 255, np.uint8)
        draw(canvas, write(figures, some_hand(rng), rng), at=(25, 62), height=36, breadth=rng.choice((2, 3, 4)))
        slot = Slot(SlotKind.NUMBER, 0, 0, 0, Box(4, 20, 250, 68), "", 0.0)
        readings = read_slots(reader, [slot], canvas)[0]
        right += bool(readings) and readings[0].text == figures
    assert right >= 45
    assert set(SHAPES) == {*"0123456789/"}


def test_windows_have_one_height_and_end_at_the_page():
    page = np.full((60, 900), 200, np.uint8)
    page[20:40, 100:110] = 60
    window = pen_window(page, Box(0, 10, 900, 30))
    assert window.shape[0] == ROWS
    assert window.shape[1] <= MOST_COLUMNS
    assert pen_window(page, Box(880, 50, 990, 58)).shape[0] == ROWS
    assert PenReader().read([]) == []


def head_of(seed: int, *, by_hand: bool):
    """A printed head, read without and with the pen reader; the true number and date line."""
    rng = random.Random(seed)
    spec = write_document(rng, type_name="Quyết định", paragraphs=1)
    chosen = pens()[seed % len(pens())]
    number, day = str(rng.randint(10, 9999)), date(2024, rng.randint(1, 12), rng.randint(1, 28))
    spec = replace(spec, code_number=number, issued_date=day, number_by_hand=by_hand, date_by_hand=by_hand, pen=chosen)
    sheet = print_document(spec, rng=rng, dpi=DPI)[0]
    image = np.asarray(sheet.image)
    grey = flatten_field(np.ascontiguousarray(image[: image.shape[0] // 3, :, 0]), dpi=DPI)
    return cv2.copyMakeBorder(grey, 0, 2 * grey.shape[0], 0, 0, cv2.BORDER_CONSTANT, value=255), number, day


def slots_right(lines, height: int, number: str, day: date) -> int:
    truth = {SlotKind.NUMBER: number, SlotKind.DAY: str(day.day), SlotKind.MONTH: str(day.month)}
    return sum(same_figures(slot.kind, slot.figures, truth[slot.kind]) for slot in slots_of(lines, height=height))


@pytest.fixture(scope="module")
def engine():
    return open_engine(OcrSettings())


def test_more_figures_of_pens_are_right_with_it(engine, pen):
    before = after = 0
    for seed in range(5):
        grey, number, day = head_of(seed, by_hand=True)
        lines = engine.read(grey, dpi=DPI)
        before += slots_right(lines, grey.shape[0], number, day)
        after += slots_right(pen.read_again(lines, grey), grey.shape[0], number, day)
    assert after >= before + 3


def test_printed_figures_stay_as_they_were_read(engine, pen):
    for seed in range(3):
        grey, _, _ = head_of(seed, by_hand=False)
        lines = engine.read(grey, dpi=DPI)
        assert len(list(slots_of(lines, height=grey.shape[0]))) == 3
        assert pen.read_again(lines, grey) == tuple(lines)


def test_another_network_is_refused(monkeypatch, tmp_path):
    for name in ("pen_figures.onnx", "pen_figures.json"):
        (tmp_path / name).write_bytes(models._PEN_READER.with_name(name).read_bytes())
    monkeypatch.setattr(models, "_PEN_READER", tmp_path / "pen_figures.onnx")
    models.load_pen_reader()
    with (tmp_path / "pen_figures.onnx").open("ab") as file:
        file.write(b"more")
    with pytest.raises(ChangedModel):
        models.load_pen_reader()
    (tmp_path / "pen_figures.json").unlink()
    with pytest.raises(MissingTool):
        models.load_pen_reader()
