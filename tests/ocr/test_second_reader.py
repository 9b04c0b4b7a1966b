"""Tesseract as the second reader of single lines, and how two readings of a line become one."""

import random
from itertools import pairwise

import numpy as np
import pytest

from dossier.errors import Unreadable
from dossier.model import Box, Line, Word
from dossier.settings import OcrSettings
from ocr.engines import Tesseract
from ocr.engines.second_reading import Weights, differences, fuse, load_weights, log_odds, logistic
from ocr.engines.strips import Strip, read_strips, strips_of
from ocr.engines.tesseract_table import words_of
from sample_printer import Style, print_document
from sample_printer.writing import write_document

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


@pytest.fixture(scope="module")
def page():
    rng = random.Random(8)
    sheet = print_document(write_document(rng, type_name="Thông báo", style=Style.DECREE30, paragraphs=4), rng=rng, dpi=200)[0]
    body = [line for line in sheet.truth.lines if len(line.text) > 50][:4]
    return np.ascontiguousarray(sheet.image[:, :, 0]), body


@pytest.fixture(scope="module")
def tesseract():
    return Tesseract(OcrSettings())


def whole(box: Box) -> Strip:
    return Strip(0, 1, box, None, None, doubt=1.0)


def strips_on(page) -> list[Strip]:
    return [whole(Box(*line.box)) for line in page[1]]


def doubted(page, *places: int) -> tuple[Line, list[str]]:
    """The first printed line with words as a first reader would place them, those at `places` doubtful."""
    printed = page[1][0]
    box, texts = Box(*printed.box), printed.text.split()
    letter = box.width / len(printed.text)
    placed, x = [], float(box.x0)
    for place, text in enumerate(texts):
        word = Box(round(x), box.y0, min(round(x + letter * len(text)), box.x1), box.y1)
        placed.append(Word(text, word, 0.5 if place in places else 0.999))
        x += letter * (len(text) + 1)
    return Line(box, tuple(placed)), texts


def test_lines_come_back_one_by_one_and_on_their_place(tesseract, page):
    found = read_strips(tesseract, page[0], strips_on(page))
    assert len(found) == len(page[1])
    for words, printed in zip(found, page[1], strict=True):
        right = sum(word.text in printed.text.split() for word in words)
        assert right >= 0.8 * len(printed.text.split())
        assert words[0].box.x0 == pytest.approx(printed.box[0], abs=12)
        assert words[-1].box.x1 == pytest.approx(printed.box[2], abs=12)
        assert all(printed.box[1] == word.box.y0 for word in words)


def test_a_crop_without_print_shifts_nothing(tesseract, page):
    strips = strips_on(page)
    first, nothing, second = read_strips(tesseract, page[0], [strips[0], whole(Box(2, 2, 200, 40)), strips[1]])
    assert all(word.confidence < 0.5 for word in nothing)  # Tesseract imagines letters where it is told that there is a line
    assert (first, second) == read_strips(tesseract, page[0], strips[:2])
    assert tesseract.read_lines([]) == ()


def test_only_the_doubtful_words_and_their_neighbours_are_read_again(tesseract, page):
    line, texts = doubted(page, 4)
    (strip,) = strips_of(page[0], line)
    assert strip.first in (2, 3)
    assert strip.last in (6, 7)
    assert strip.doubt == pytest.approx(0.5 * len(texts[4]), abs=0.05)
    assert 0 < strip.heights < 0.6 * line.box.width / line.box.height
    (words,) = read_strips(tesseract, page[0], [strip])
    assert texts[4] in [word.text for word in words]
    assert len(words) == pytest.approx(strip.last - strip.first, abs=1)
    assert all(strip.left - 2 <= word.box.x0 <= word.box.x1 <= strip.right + 2 for word in words)


def test_strips_of_a_line_do_not_overlap(page):
    line, texts = doubted(page, 0, 5, len(page[1][0].text.split()) - 1)
    strips = list(strips_of(page[0], line))
    assert strips[0].left is None
    assert strips[-1].right is None
    assert (strips[0].first, strips[-1].last) == (0, len(texts))
    assert all(one.last < other.first and one.right < other.left for one, other in pairwise(strips))
    assert list(strips_of(page[0], doubted(page)[0])) == []


@pytest.mark.parametrize("number", ["0", "3", "-1", "x"])
def test_a_table_of_images_that_were_not_given_is_nonsense(number):
    row = f"5\t{number}\t1\t1\t1\t1\t0\t0\t5\t5\t90\ta"
    with pytest.raises(ValueError, match=r"TSV|int"):
        words_of(f"{HEAD}\n{row}\n", images=[Box(0, 0, 9, 9)] * 2)


def test_an_unreadable_crop_is_an_error(tmp_path, monkeypatch):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 1\n")
    engine = Tesseract(OcrSettings())
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Unreadable):
        engine.read_lines([np.full((36, 200), 255, np.uint8)])


def words(text: str, confidence: float = 0.9) -> tuple[Word, ...]:
    return tuple(Word(word, Box(20 * i, 0, 20 * i + 15, 20), confidence) for i, word in enumerate(text.split()))


def side_by_side(first: str, second: str) -> list[tuple[str, str]]:
    parts = differences(words(first), words(second))
    return [(" ".join(w.text for w in part.first), " ".join(w.text for w in part.second)) for part in parts]


def test_differences_stand_side_by_side():
    assert side_by_side("Ủy ban nhãn dân", "Ủy ban nhân dân") == [("Ủy", "Ủy"), ("ban", "ban"), ("nhãn", "nhân"), ("dân", "dân")]
    assert side_by_side("SỞ NỘIVỤ", "SỞ NỘI VỤ") == [("SỞ", "SỞ"), ("NỘIVỤ", "NỘI VỤ")]
    assert side_by_side("a b", "a") == [("a", "a"), ("b", "")]
    assert side_by_side("", "a b") == [("", "a b")]
    assert side_by_side("x y", "u v") == [("x", "u"), ("y", "v")]


def test_equal_readings_stay_as_they_are_and_are_surer():
    line = words("Căn cứ Luật", 0.8)
    fused = fuse(line, words("Căn cứ Luật", 0.96), weights=load_weights())
    assert [(word.text, word.box) for word in fused] == [(word.text, word.box) for word in line]
    assert all(word.confidence > 0.8 for word in fused)


def test_the_surer_reading_counts():
    weights = load_weights()
    doubted, sure = words("Căn cứ Luât", 0.45), words("Căn cứ Luật", 0.97)
    assert fuse(doubted, sure, weights=weights)[-1].text == "Luật"
    believed, doubtful = words("Căn cứ Luật", 0.999), words("Căn cứ Luat", 0.3)
    assert fuse(believed, doubtful, weights=weights)[-1].text == "Luật"


def test_chosen_words_keep_their_own_place_and_a_probability():
    second = tuple(Word(word.text, Box(word.box.x0 + 3, 1, word.box.x1 + 3, 19), 0.98) for word in words("NỘI VỤ"))
    fused = fuse(words("NỘIVỤ", 0.3), second, weights=Weights((0.0,) * 10 + (5.0,), (1.0, 0.0, 0.0), (1.0, 0.0, 0.0)))
    assert [(word.text, word.box) for word in fused] == [(word.text, word.box) for word in second]
    assert all(0 < word.confidence < 1 for word in fused)


def test_probabilities_from_log_odds():
    assert logistic((1.0, 0.0), (log_odds(0.8),)) == pytest.approx(0.8)
    assert logistic((1.0, 0.0), (1e9,)) <= 1
    assert logistic((1.0, 0.0), (-1e9,)) >= 0
    assert log_odds(0.0) == -log_odds(1.0)
