"""The driver of the networks: files it trusts, lines it finds, how it cuts and joins them, and in which order they come."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

import ocr.engines.networks.models as models
from dossier.errors import ChangedModel, MissingTool
from dossier.messages import Messages
from dossier.model import Box, CellPlace
from ocr.engines.line_place import LinePlace
from ocr.engines.networks import Greedy, TrueOcr, is_light_on_dark
from ocr.engines.networks.alternatives import Alternatives
from ocr.engines.networks.ink import gaps
from ocr.engines.networks.order import ReadingOrder
from ocr.engines.networks.recogniser import Recogniser
from sample_printer import Style, print_document
from sample_printer.writing import write_document

DPI = 200


@pytest.fixture(scope="module")
def networks() -> TrueOcr:
    return TrueOcr(Greedy())


@pytest.fixture(scope="module")
def page():
    """A clean printed decision of 200 dpi: grey pixels and what is printed."""
    rng = random.Random(5)
    sheet = print_document(write_document(rng, type_name="Quyết định", style=Style.DECREE30, paragraphs=5), rng=rng, dpi=DPI)[0]
    return np.ascontiguousarray(sheet.image[:, :, 0]), sheet.truth.lines


@pytest.fixture(scope="module")
def readings(networks, page):
    return networks.read_lines(page[0], dpi=DPI)


def test_every_printed_line_is_read_once_and_alone(readings, page):
    read = [reading.text for reading in readings]
    for printed in page[1]:
        best = min(read, key=lambda text: Levenshtein.distance(text, printed.text))
        assert Levenshtein.distance(best, printed.text) <= max(2, 0.2 * len(printed.text)), printed.text
    assert len(read) == pytest.approx(len(page[1]), abs=2)


def test_the_two_columns_of_the_head_stay_apart(readings, page):
    middle = page[0].shape[1] / 2
    motto = next(reading for reading in readings if "CỘNG" in reading.text)
    assert motto.place.box.x0 > 0.8 * middle
    assert not any("CỘNG" in reading.text and "NHÂN DÂN" in reading.text for reading in readings)


def test_lines_come_in_reading_order(readings, page):
    read = [reading.text for reading in readings]
    body = [line.text for line in page[1] if len(line.text) > 60]
    places = [min(range(len(read)), key=lambda i: Levenshtein.distance(read[i], text)) for text in body]
    assert places == sorted(places)


def test_words_stand_where_they_are_printed(readings, page):
    for reading in readings:
        line = reading.as_line()
        assert len(line.words) == len(reading.words)
        for word, after in pairwise(line.words):
            assert line.box.x0 <= word.box.x0 <= word.box.x1 <= after.box.x1 <= line.box.x1
            assert word.box.x1 <= after.box.x0
        for word in line.words:
            ink = page[0][word.box.y0 : word.box.y1, word.box.x0 : word.box.x1]
            assert ink.min() < 230, word.text  # a red stamp is pale in the red channel


def test_light_print_on_dark_ground_reads_the_same(networks, readings, page):
    reading = max(readings, key=lambda each: len(each.text))
    dark = page[0].copy()
    box = reading.place.box
    dark[box.y0 - 4 : box.y1 + 4] = 255 - dark[box.y0 - 4 : box.y1 + 4]
    assert is_light_on_dark(dark, box)
    assert not is_light_on_dark(page[0], box)
    again = min(networks.read_lines(dark, dpi=DPI), key=lambda each: abs(each.place.box.y0 - box.y0))
    assert Levenshtein.normalized_similarity(again.text, reading.text) > 0.9


def test_a_long_line_is_cut_between_words_and_joined_again(readings, page, monkeypatch):
    recogniser, greedy = Recogniser(), Greedy()
    reading = max(readings, key=lambda each: len(each.text))
    monkeypatch.setattr("ocr.engines.networks.crops.MOST_COLUMNS", 8.0)
    (seen,) = recogniser.read(page[0], [replace(reading.place, bend=None)])
    words = greedy.decode(seen)
    assert Levenshtein.normalized_similarity(" ".join(word.text for word in words), reading.text) > 0.9
    assert len(words) == pytest.approx(len(reading.words), abs=1)
    assert seen.x_of(words[-1].last_step) == pytest.approx(reading.place.box.x1, abs=reading.place.box.height)


def test_alternatives_are_log_probabilities_best_first(readings):
    for reading in readings:
        seen = reading.alternatives
        assert seen.log_probabilities.dtype == np.float32
        assert (seen.log_probabilities <= 1e-6).all()
        assert (np.diff(seen.log_probabilities, axis=1) <= 0).all()
        assert (seen.symbols <= len(seen.charset)).all()
        first = seen.symbols[:, 0] == 0
        assert np.allclose(seen.blank[first], seen.log_probabilities[first, 0], atol=1e-4)


def test_reading_twice_gives_the_same(networks, page, readings):
    again = networks.read_lines(page[0], dpi=DPI)
    assert [each.as_line() for each in again] == [each.as_line() for each in readings]


def test_an_empty_page_has_no_lines(networks):
    assert networks.read(np.full((800, 600), 255, np.uint8), dpi=DPI) == ()
    assert networks.read(np.full((3, 2), 255, np.uint8), dpi=DPI) == ()


def test_lines_can_be_rearranged_before_they_are_read(networks, page, readings):
    wanted = readings[3].place.box

    def arrange(places):
        assert len(places) >= len(readings)
        return [LinePlace(wanted, CellPlace(0, 2, 1))]

    (line,) = networks.read(page[0], dpi=DPI, arrange=arrange)
    assert (line.box, line.cell) == (wanted, CellPlace(0, 2, 1))
    assert line.text == readings[3].text


def test_gaps_are_the_white_between_words():
    grey = np.full((40, 200), 250, np.uint8)
    grey[10:30, 20:60] = 30
    grey[10:30, 90:180] = 40
    assert gaps(grey, Box(10, 5, 190, 35)) == [(10, 20), (60, 90), (180, 190)]


def test_order_of_two_columns_without_a_word():
    order = ReadingOrder()
    rows = [Box(100, 100 + 40 * row, 1100, 130 + 40 * row) for row in range(6)]
    assert order.sort(rows, [f"dòng thứ {row} của văn bản này" for row in range(6)], (1240, 1754)) == list(range(6))
    assert order.sort([], [], (10, 10)) == []
    assert order.sort(rows[:1], ["một"], (1240, 1754)) == [0]


def letters(text: str, *, blanks: str = "_") -> Alternatives:
    """What a recogniser that is sure of `text` would see; `_` is the blank."""
    charset = tuple(sorted(set(text) - {blanks}))
    symbols = np.array([[0 if letter == blanks else charset.index(letter) + 1] for letter in text], np.int32)
    return Alternatives(np.full(symbols.shape, -0.1, np.float32), symbols, np.full(len(text), -5, np.float32), charset, 10.0, 2.0)


def test_greedy_reading_drops_blanks_and_repeats():
    words = Greedy().decode(letters("_nnh_ạạc_  a_a__ _"))
    assert [(word.text, word.first_step, word.last_step) for word in words] == [("nhạc", 1, 7), ("aa", 11, 13)]
    assert words[0].confidence == pytest.approx(np.exp(-0.1), abs=1e-4)
    assert Greedy().decode(letters("___")) == ()


def test_a_changed_model_is_refused(monkeypatch, tmp_path):
    monkeypatch.setitem(models._SHA256, "det.onnx", "0" * 64)
    with pytest.raises(ChangedModel) as caught:
        TrueOcr(Greedy())
    assert "det.onnx" in Messages("vi").error(caught.value)
    assert "make setup" in Messages("en").error(caught.value)


def test_a_missing_package_says_what_to_install(monkeypatch):
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    assert not models.networks_installed()
    with pytest.raises(MissingTool) as caught:
        TrueOcr(Greedy())
    assert caught.value.facts == {"tool": "trueocr", "install": "make setup"}
