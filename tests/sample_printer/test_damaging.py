"""Damage: words stay where the truth says they are, whatever happened to the page."""

import random
from dataclasses import replace

import cv2
import numpy as np
import pytest

from sample_printer import RECIPES, DamageRecipe, PrintedPage, blank_page, damage, print_document
from sample_printer.writing import write_document

BOLD = DamageRecipe(skew_deg=2.5, rotation_deg=90, blur_mm=0.0)


@pytest.fixture(scope="module")
def clean() -> PrintedPage:
    rng = random.Random(11)
    return print_document(write_document(rng, type_name="Báo cáo", paragraphs=4), rng=rng, dpi=100)[0]


def upright(page: PrintedPage) -> np.ndarray:
    """Undo turn and skew as the truth states them."""
    image = np.ascontiguousarray(np.rot90(page.image, -(page.truth.rotation_deg // 90)))
    height, width = image.shape[:2]
    back = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -page.truth.skew_deg, 1.0)
    return cv2.warpAffine(image, back, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def ink_in_boxes(image: np.ndarray, page: PrintedPage) -> list[float]:
    """Mean darkness within the box of each line."""
    grey = image.mean(axis=2)
    return [255 - grey[top:bottom, left:right].mean() for left, top, right, bottom in (line.box for line in page.truth.lines)]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-3.0, 2.0])
def test_boxes_fit_after_undoing_turn_and_skew(clean, rotation, skew):
    scan = damage(clean, replace(BOLD, rotation_deg=rotation, skew_deg=skew), random.Random(1))
    assert (scan.truth.rotation_deg, scan.truth.skew_deg) == (rotation, skew)
    assert scan.image.shape[:2] == (clean.image.shape[:2] if rotation % 180 == 0 else clean.image.shape[1::-1])
    before, after = ink_in_boxes(clean.image, clean), ink_in_boxes(upright(scan), scan)
    assert np.corrcoef(before, after)[0, 1] > 0.97
    raw = np.ascontiguousarray(np.rot90(scan.image, -(rotation // 90)))
    assert sum(after) > 1.15 * sum(ink_in_boxes(raw, scan))


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_keeps_size_words_and_contrast(clean, name):
    scan = damage(clean, RECIPES[name], random.Random(3), reverse=clean)
    assert scan.image.shape == clean.image.shape
    assert scan.image.dtype == np.uint8
    assert scan.truth.lines == clean.truth.lines
    flat = upright(scan).mean(axis=2)
    background = np.median(flat)
    darker = [background - flat[top:bottom, left:right].mean() for left, top, right, bottom in (x.box for x in scan.truth.lines)]
    assert np.mean(darker) > 8
    assert np.mean([value > 2 for value in darker]) > 0.9


def test_same_randomness_same_pixels_and_another_differs(clean):
    first, again, other = (damage(clean, RECIPES["old-paper"], random.Random(seed)).image for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_bilevel_is_black_and_white_and_photocopy_is_grey(clean):
    assert set(np.unique(damage(clean, RECIPES["bilevel"], random.Random(2)).image)) == {0, 255}
    copy = damage(clean, RECIPES["photocopy"], random.Random(2)).image
    assert np.array_equal(copy[..., 0], copy[..., 2])


def test_blank_back_shows_its_front_only_faintly(clean):
    recipe = DamageRecipe(bleed=0.06, blur_mm=0.0)
    back = damage(blank_page(dpi=100), recipe, random.Random(4), reverse=clean)
    plain = damage(blank_page(dpi=100), recipe, random.Random(4))
    assert back.truth.state == "blank"
    assert plain.image.min() == 255
    assert 225 < back.image.min() < 250


def test_a_page_is_damaged_only_once(clean):
    scan = damage(clean, BOLD, random.Random(1))
    with pytest.raises(ValueError, match="clean page"):
        damage(scan, BOLD, random.Random(1))
    with pytest.raises(ValueError, match="0, 90, 180 or 270"):
        damage(clean, replace(BOLD, rotation_deg=45), random.Random(1))
