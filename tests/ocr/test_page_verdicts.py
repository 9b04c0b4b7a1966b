"""What pages are beside their text: spreads, forms, drawings, handwriting, low resolution, blank backs and faint print.

Pages are printed and worn by the project's own generator and read by the real engine.
"""

import random
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from dossier.model import PageKind
from ocr import read_page
from ocr.blankness import ink_area
from sample_printer import RECIPES, blank_page, damage, print_document
from sample_printer.odd_pages import drawing, form, handwriting, spread
from sample_printer.writing import write_document

DPI = 200


@pytest.fixture
def look(save, page_of, reader):
    """Read pixels as a PNG and return the page."""

    def reading(pixels: np.ndarray, dpi: int = DPI):
        return read_page(page_of(save(pixels, "trang.png", dpi=(dpi, dpi), compress_level=1)), reader).page

    return reading


def kinds(page) -> set[PageKind]:
    return {verdict.kind for verdict in page.verdicts}


def evidence(page, kind: PageKind) -> dict[str, float]:
    return next(verdict.evidence for verdict in page.verdicts if verdict.kind is kind)


def worn(page, recipe: str = "office", seed: int = 1, **changes) -> np.ndarray:
    return damage(page, replace(RECIPES[recipe], **changes), random.Random(seed)).image


@pytest.mark.parametrize("recipe", ["office", "photocopy"])
def test_plain_pages_have_no_verdict(look, sheet, recipe):
    assert kinds(look(worn(sheet, recipe), 150)) == set()


def test_a_spread_is_split_and_its_left_leaf_read_first(look):
    printed = spread(random.Random(4), dpi=150)
    page = look(worn(printed, "photocopy", holes=False), 150)
    assert PageKind.SPREAD in kinds(page)
    left, right = page.leaves
    assert left.x0 == 0
    assert left.x1 == right.x0
    assert right.x1 == page.width
    assert left.x1 == pytest.approx(page.width / 2, rel=0.1)
    sides = [line.box.centre[0] > left.x1 for line in page.lines]
    assert sides == sorted(sides)
    assert evidence(page, PageKind.SPREAD)["left_lines"] >= 5


def test_a_single_page_has_no_leaves(look, sheet):
    assert look(worn(sheet), 150).leaves == ()


@pytest.mark.parametrize("filled", [False, True])
def test_a_form_is_known_by_its_leaders(look, filled):
    page = look(worn(form(random.Random(2), dpi=DPI, filled=filled)))
    assert PageKind.FORM in kinds(page)
    assert evidence(page, PageKind.FORM)["leaders"] >= 5


@pytest.mark.parametrize("recipe", ["clean", "photocopy"])
def test_a_drawing_is_known_by_its_slanting_lines(look, recipe):
    page = look(worn(drawing(random.Random(3), dpi=DPI), recipe))
    assert PageKind.DRAWING in kinds(page)
    assert not page.blank


@pytest.mark.parametrize("recipe", ["office", "photocopy"])
def test_a_page_of_pen_strokes_is_handwritten(look, recipe):
    page = look(worn(handwriting(random.Random(3), dpi=DPI), recipe))
    assert PageKind.HANDWRITTEN in kinds(page)
    assert evidence(page, PageKind.HANDWRITTEN)["pen_strokes"] >= 25


def test_a_coarse_scan_is_warned_of(look, sheet):
    small = np.asarray(Image.fromarray(sheet.image).resize((868, 1228), Image.Resampling.LANCZOS))
    page = look(small, 105)
    assert PageKind.LOW_RESOLUTION in kinds(page)
    assert evidence(page, PageKind.LOW_RESOLUTION)["dpi"] == pytest.approx(105, abs=1)


@pytest.mark.parametrize("turn", [90, 180])
def test_a_turned_page_says_so(look, sheet, turn):
    page = look(worn(sheet, rotation_deg=turn), 150)
    assert evidence(page, PageKind.TURNED) == {"turn_deg": float(turn), "read_both_ways": 0.0}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_of_two_lines_is_put_upright(look, sheet, turn):
    page = np.full_like(sheet.image, 255)
    for line in sheet.truth.lines[-6:-4]:
        top, bottom = line.box[1] - 4, line.box[3] + 4
        page[top:bottom] = sheet.image[top:bottom]
    assert look(worn(replace(sheet, image=page), rotation_deg=turn), 150).rotation_deg == turn


@pytest.mark.parametrize("bleed", [0.15, 0.35])
def test_an_empty_back_is_blank_however_much_its_front_shows(look, sheet, bleed):
    back = damage(blank_page(dpi=150), replace(RECIPES["office"], bleed=bleed), random.Random(5), reverse=sheet)
    page = look(back.image, 150)
    assert page.blank
    assert page.lines == ()
    assert kinds(page) == {PageKind.BLANK}
    assert evidence(page, PageKind.BLANK)["believed_words"] < 2


@pytest.mark.parametrize("fade", [0.7, 0.85])
def test_faint_print_is_read_and_not_blank(look, sheet, fade):
    page = look(worn(sheet, "photocopy", fade=fade), 150)
    assert not page.blank
    assert len(page.lines) > 0.7 * len(sheet.truth.lines)


def test_what_shows_through_a_printed_page_is_not_read(look):
    rng = random.Random(8)
    front, back = (print_document(write_document(rng, paragraphs=5), rng=rng, dpi=150)[0] for _ in range(2))
    plain, shining = (
        look(damage(front, replace(RECIPES["office"], bleed=bleed), random.Random(1), reverse=back).image, 150)
        for bleed in (0.0, 0.2)
    )
    assert abs(len(shining.lines) - len(plain.lines)) <= 2


def test_punch_holes_are_no_ink():
    grey = np.full((2339, 1654), 245, np.uint8)
    for middle in (854, 1484):
        cv2.circle(grey, (95, middle), 24, 30, -1)
    assert ink_area(grey, dpi=200) == 0
    cv2.circle(grey, (800, 1100), 24, 30, -1)  # the same far from the edge is a mark on the paper
    assert 25 < ink_area(grey, dpi=200) < 32


def test_a_border_that_reaches_into_the_page_is_no_ink():
    grey = np.full((2339, 1654), 245, np.uint8)
    cv2.fillPoly(grey, [np.array([[0, 0], [160, 0], [60, 2338], [0, 2338]])], 30)
    assert ink_area(grey, dpi=200) == 0
