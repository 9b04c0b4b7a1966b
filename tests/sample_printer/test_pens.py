"""Number, day and month filled in by pen: the truth is that of print, the ink is not, and the figures differ from pen to pen."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sample_printer import PrintedPage, print_document
from sample_printer.fonts import FAMILIES, font, pens
from sample_printer.writing import write_document

BLUE_OVER_RED = 40


def page(**changes: object) -> PrintedPage:
    rng = random.Random(4)
    spec = write_document(rng, type_name="Quyết định", paragraphs=1)
    known = {"code_number": "2062", "code_notation": "QĐ-UBND", "issued_place": "Cần Thơ", "issued_date": date(2024, 2, 7)}
    spec = replace(spec, **known, number_by_hand=False, **changes)
    return print_document(spec, rng=rng, dpi=150)[0]


def blue(printed: PrintedPage) -> int:
    """Blue pixels of the head; the signature further down is blue too."""
    pixels = np.asarray(printed.image)[: printed.image.shape[0] // 6].astype(int)
    return int((pixels[:, :, 2] - pixels[:, :, 0] > BLUE_OVER_RED).sum())


def test_the_date_of_a_pen_reads_like_a_printed_one():
    printed, by_hand = page(), page(date_by_hand=True)
    texts = [line.text for line in printed.truth.lines]
    assert "Cần Thơ, ngày 07 tháng 02 năm 2024" in texts
    assert sorted(line.text for line in by_hand.truth.lines) == sorted(texts)
    assert blue(printed) == 0
    assert blue(by_hand) > 30


def test_every_pen_that_is_installed_writes_its_own_figures():
    assert pens()[0] in FAMILIES
    sheets = {name: page(date_by_hand=True, pen=name).image for name in pens()}
    assert len({np.asarray(image).tobytes() for image in sheets.values()}) == len(sheets)


def test_an_unknown_pen_is_an_error():
    with pytest.raises(KeyError):
        font("quill", points=12, dpi=150)
