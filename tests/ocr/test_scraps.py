"""Scraps of seals and signatures are dropped, print under them is not; boxes and confidences are set by hand on drawn ink."""

import cv2
import numpy as np
import pytest

from dossier.model import Box, CellPlace, Line, Word
from ocr.scraps import foreign_share, without_scraps

DPI = 150
PLACE = Box(400, 400, 520, 425)


def line(text: str, confidence: float, cell: CellPlace | None = None) -> Line:
    return Line(box=PLACE, words=(Word(text, PLACE, confidence),), cell=cell)


def paper() -> np.ndarray:
    return np.full((900, 900), 245, np.uint8)


@pytest.fixture
def seal() -> np.ndarray:
    """A grey ring whose stroke runs through the place, and nothing else."""
    page = paper()
    cv2.circle(page, (460, 505), 100, 130, 6)
    return page


@pytest.fixture
def crossed_name(seal) -> np.ndarray:
    """The ring with black letters printed across it."""
    page = seal.copy()
    for x in range(402, 516, 14):
        cv2.rectangle(page, (x, 402), (x + 7, 422), 20, -1)
    return page


def test_a_ring_is_foreign(seal):
    assert foreign_share(seal, PLACE, dpi=DPI) > 0.9


def test_letters_are_not_foreign():
    page = paper()
    for x in range(402, 516, 14):
        cv2.rectangle(page, (x, 402), (x + 7, 422), 20, -1)
    assert foreign_share(page, PLACE, dpi=DPI) == 0.0


@pytest.mark.parametrize("text", ["AN", "VU"])
def test_a_short_reading_of_a_ring_is_dropped(seal, text):
    assert without_scraps([line(text, 0.8)], seal, dpi=DPI) == ()


@pytest.mark.parametrize(("text", "confidence"), [("Nguyễn Văn Bình", 0.3), ("GIÁM ĐỐC", 0.6), ("MẬT", 0.5), ("Hà", 0.99)])
def test_print_that_a_seal_crosses_stays(crossed_name, text, confidence):
    assert len(without_scraps([line(text, confidence)], crossed_name, dpi=DPI)) == 1


@pytest.mark.parametrize(("text", "stays"), [("----", False), ("_", False), ("./.", True), ("1", True)])
def test_rules_are_no_text_and_the_end_mark_is(text, stays):
    assert bool(without_scraps([line(text, 0.9)], paper(), dpi=DPI)) is stays


def test_an_unsure_digit_stays_in_a_table_and_goes_elsewhere():
    assert without_scraps([line("7", 0.2)], paper(), dpi=DPI) == ()
    assert len(without_scraps([line("7", 0.2, CellPlace(0, 0, 0))], paper(), dpi=DPI)) == 1
