"""Reading whole pages with the real engine: what is blank, what is not, and what comes out of print."""

import io
import random
import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw
from rapidfuzz import fuzz

from dossier.codec import encode
from dossier.model import Ink, PageScan
from dossier.settings import IntakeSettings, OcrSettings
from ocr import open_reader, open_scan, read_page
from ocr.reading import provenance
from sample_printer import RECIPES, blank_page, damage
from sample_printer.stamps import boxed_mark

DPI = 150


@pytest.fixture
def read(save, page_of, reader):
    """Read pixels as a PNG of 150 dpi."""

    def reading(pixels: np.ndarray, name: str = "trang.png"):
        return read_page(page_of(save(pixels, name, dpi=(DPI, DPI), compress_level=1)), reader)

    return reading


@pytest.fixture(scope="module")
def read_once(sheet, reader, tmp_path_factory):
    """The sheet, skewed and turned, read twice."""
    path = tmp_path_factory.mktemp("doc") / "trang.png"
    scan = damage(sheet, replace(RECIPES["office"], rotation_deg=270, skew_deg=1.7), random.Random(2))
    Image.fromarray(scan.image).save(path, dpi=(DPI, DPI), compress_level=1)
    opened = open_scan(path, IntakeSettings())
    page = PageScan(opened.path, opened.sha256, opened.format, 1)
    return [read_page(page, reader) for _ in range(2)]


def test_print_is_read_upright(read_once, sheet):
    page = read_once[0].page
    assert page.rotation_deg == 270
    assert page.skew_deg == pytest.approx(1.7, abs=0.3)
    assert page.height > page.width
    truth = "\n".join(line.text for line in sheet.truth.lines)
    assert fuzz.token_sort_ratio(truth, page.text) > 95
    assert page.confidence > 0.85


def test_words_lie_within_the_page_and_within_their_line(read_once):
    page = read_once[0].page
    for line in page.lines:
        assert 0 <= line.box.x0 <= line.box.x1 <= page.width
        assert 0 <= line.box.y0 <= line.box.y1 <= page.height
        for word in line.words:
            assert line.box.x0 <= word.box.x0 <= word.box.x1 <= line.box.x1
            assert line.box.y0 <= word.box.y0 <= word.box.y1 <= line.box.y1
            assert 0 <= word.confidence <= 1


def test_words_lie_where_they_were_printed(read_once, sheet):
    page = read_once[0].page
    grown = (page.width - sheet.truth.width) / 2, (page.height - sheet.truth.height) / 2
    for printed in sheet.truth.lines[-6:-2]:
        best = max(page.lines, key=lambda line: fuzz.ratio(line.text, printed.text))
        if fuzz.ratio(best.text, printed.text) > 95:
            assert best.box.x0 - grown[0] == pytest.approx(printed.box[0], abs=12)
            assert best.box.y0 - grown[1] == pytest.approx(printed.box[1], abs=12)


def test_text_is_nfc(read_once):
    text = read_once[0].page.text
    assert unicodedata.is_normalized("NFC", text)
    assert any(letter in text for letter in "ạảấầẩậắằếềểễệọốồổộớờởợụủứừửữựỳỷỹ")


def test_reading_twice_gives_the_same_page(read_once):
    first, second = read_once
    assert first.page == second.page
    assert encode(first.page) == encode(second.page)
    assert first.view_jpeg == second.view_jpeg


def test_view_shows_the_upright_page(read_once):
    view = Image.open(io.BytesIO(read_once[0].view_jpeg))
    page = read_once[0].page
    assert view.format == "JPEG"
    assert view.size[0] / view.size[1] == pytest.approx(page.width / page.height, rel=0.01)


def test_provenance_tells_settings_apart(read_once, reader):
    assert read_once[0].page.provenance == provenance(reader)
    assert provenance(open_reader(OcrSettings(), IntakeSettings())) == provenance(reader)
    for changed in (OcrSettings(max_dpi=250), OcrSettings(language="vie+eng")):
        assert provenance(open_reader(changed, IntakeSettings())) != provenance(reader)
    patient = open_reader(OcrSettings(timeout_s=999), IntakeSettings())
    assert provenance(patient) == provenance(reader)


def paper(shade: int = 250) -> np.ndarray:
    return np.full((1754, 1240), shade, np.uint8)


def specks() -> np.ndarray:
    page, noise = paper(), np.random.default_rng(5)
    for x, y in noise.integers(10, 1200, (150, 2)):
        page[y : y + 2, x : x + 2] = 40
    return page


def punched() -> np.ndarray:
    picture = Image.fromarray(paper(235))
    draw = ImageDraw.Draw(picture)
    for y in (640, 1110):
        draw.ellipse([20, y, 56, y + 36], fill=20)
    draw.line([0, 1749, 1240, 1753], fill=0, width=6)
    return np.asarray(picture)


EMPTY = {"paper": paper(), "white": paper(255), "grey": paper(90), "specks": specks(), "holes": punched()}


@pytest.mark.parametrize("page", EMPTY.values(), ids=EMPTY.keys())
def test_empty_pages_are_blank(read, page):
    found = read(page).page
    assert found.blank
    assert found.lines == ()
    assert found.issues == ()


@pytest.mark.parametrize("seed", range(3))
def test_back_of_a_sheet_that_shows_its_front_is_blank(read, sheet, seed):
    recipe = replace(RECIPES["office"], bleed=0.06 + 0.02 * seed, paper=(246, 244, 236))
    assert read(damage(blank_page(dpi=DPI), recipe, random.Random(seed), reverse=sheet).image).page.blank


def test_faint_print_is_not_blank(read, sheet):
    faint = (255 - (255 - sheet.image.astype(float)) * 0.18).astype(np.uint8)
    page = read(faint).page
    assert not page.blank
    assert fuzz.token_sort_ratio("\n".join(line.text for line in sheet.truth.lines), page.text) > 80


def test_single_line_of_print_is_not_blank(read, sheet):
    page = np.full_like(sheet.image, 255)
    _, top, _, bottom = sheet.truth.lines[-3].box
    page[top - 4 : bottom + 4] = sheet.image[top - 4 : bottom + 4]
    found = read(page).page
    assert not found.blank
    assert found.lines


def test_drawing_without_words_is_no_blank_page(read):
    picture = Image.fromarray(paper(255))
    draw = ImageDraw.Draw(picture)
    for step in range(14):
        draw.ellipse([120 + 30 * step, 200 + 45 * step, 620 + 30 * step, 700 + 45 * step], outline=0, width=4)
    page = read(np.asarray(picture)).page
    assert not page.blank
    assert not any(word.confidence > 0.8 for line in page.lines for word in line.words)
    if not page.lines:
        assert page.issues == ("no_text",)


def test_page_with_nothing_but_a_stamp_is_no_blank_page(read):
    page = np.full((1754, 1240, 3), 255, np.uint8)
    stamp = boxed_mark("TUYỆT MẬT", dpi=DPI, rng=random.Random(3))
    sheet = Image.fromarray(page)
    sheet.paste(stamp, (300, 250), stamp)
    found = read(np.asarray(sheet)).page
    assert not found.blank
    assert [(line.text, line.ink) for line in found.lines] == [("TUYỆT MẬT", Ink.RED)]
