"""Skew, quarter turns and the flat field: pages come out upright and even, and nothing of them is lost."""

import random
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.cleaning.flat_field import PAPER, flatten_field
from ocr.cleaning.orientation import likeliest_turn, open_orientation
from ocr.cleaning.turning import LEAST_SKEW_DEG, measure_skew, straighten, turn_quarters
from sample_printer import RECIPES, Style, damage, print_document
from sample_printer.flow import Flow
from sample_printer.ruled_tables import CellSpec, TableSpec, print_ruled_table
from sample_printer.writing import write_document


@pytest.fixture(scope="module")
def pages():
    """First pages of the three styles, 100 dpi."""
    printed = []
    for seed, style in enumerate(Style):
        rng = random.Random(seed)
        printed.append(print_document(write_document(rng, style=style, paragraphs=6), rng=rng, dpi=100)[0])
    return printed


def red(page) -> np.ndarray:
    return np.ascontiguousarray(page.image[:, :, 0])


@settings(max_examples=8, deadline=None)
@given(skew=st.floats(-10, 10), which=st.integers(0, 2))
def test_skew_is_measured_within_a_third_of_a_degree(pages, skew, which):
    scan = damage(pages[which], replace(RECIPES["office"], skew_deg=skew), random.Random(1))
    assert measure_skew(red(scan)) == pytest.approx(skew, abs=0.3)


@pytest.mark.parametrize("recipe", RECIPES)
def test_skew_is_measured_on_worn_pages(pages, recipe):
    for seed, page in enumerate(pages):
        scan = damage(page, RECIPES[recipe], random.Random(seed), reverse=pages[seed - 1])
        assert measure_skew(red(scan)) == pytest.approx(scan.truth.skew_deg, abs=0.3)


@pytest.mark.parametrize("shade", [255, 120, 0])
def test_empty_page_has_no_skew(shade):
    assert measure_skew(np.full((1200, 850), shade, np.uint8)) == 0.0


@settings(max_examples=15, deadline=None)
@given(skew=st.floats(-15, 15), height=st.integers(60, 400), width=st.integers(60, 400), colour=st.booleans())
def test_straightening_cuts_nothing_off(skew, height, width, colour):
    page = np.full((height, width, 3) if colour else (height, width), 255, np.uint8)
    corners = [(slice(None, 20), slice(None, 20)), (slice(None, 20), slice(-20, None))]
    corners += [(slice(-20, None), slice(None, 20)), (slice(-20, None), slice(-20, None))]
    for corner in corners:
        page[corner] = 0
    straight = straighten(page, skew)
    assert straight.ndim == page.ndim
    ink_before, ink_after = (float((255.0 - image).sum()) for image in (page, straight))
    assert ink_after == pytest.approx(ink_before, rel=0.06)
    dark = (straight if straight.ndim == 2 else straight[:, :, 0]) < 128
    count, *_ = cv2.connectedComponents(dark.astype(np.uint8))
    assert count == 5 or height < 80 or width < 80


def test_small_skew_is_left_alone():
    page = np.full((50, 40), 255, np.uint8)
    assert straighten(page, LEAST_SKEW_DEG - 0.01) is page


def test_straightening_takes_out_what_was_measured(pages):
    scan = damage(pages[0], replace(RECIPES["clean"], skew_deg=4.0), random.Random(1))
    assert abs(measure_skew(straighten(red(scan), measure_skew(red(scan))))) <= 0.1


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
def test_quarter_turns_move_pixels_clockwise(clockwise):
    page = np.arange(6, dtype=np.uint8).reshape(2, 3)
    back = turn_quarters(turn_quarters(page, clockwise), 360 - clockwise if clockwise else 0)
    assert np.array_equal(back, page)
    assert turn_quarters(page, clockwise)[0, 0] == {0: 0, 90: 3, 180: 5, 270: 2}[clockwise]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("recipe", ["clean", "office", "photocopy", "old-paper"])
def test_quarter_turns_are_recognised(pages, recipe, turn):
    orientation = open_orientation()
    for seed, page in enumerate(pages):
        scan = damage(page, replace(RECIPES[recipe], rotation_deg=turn, skew_deg=0.0), random.Random(seed))
        assert likeliest_turn(orientation.odds(red(scan))) == turn


def test_empty_page_is_not_turned():
    orientation = open_orientation()
    for shade in (255, 230, 0):
        assert likeliest_turn(orientation.odds(np.full((1100, 800), shade, np.uint8))) == 0


@settings(max_examples=20, deadline=None)
@given(height=st.integers(20, 900), width=st.integers(20, 900), dpi=st.integers(100, 300), shade=st.integers(0, 255))
def test_flat_field_keeps_the_size_and_sets_paper_to_one_shade(height, width, dpi, shade):
    flat = flatten_field(np.full((height, width), shade, np.uint8), dpi=dpi)
    assert flat.shape == (height, width)
    assert flat.dtype == np.uint8
    if shade >= 70:
        assert np.abs(flat.astype(int) - PAPER).max() <= 3


def test_flat_field_evens_a_shadow_and_keeps_the_print(pages):
    clean = red(pages[0])
    shadow = np.linspace(0.45, 1.0, clean.shape[1], dtype=np.float32)
    shaded = (clean * shadow).astype(np.uint8)
    flat = flatten_field(shaded, dpi=100)
    paper = clean > 250
    assert shaded[paper].std() > 30
    assert flat[paper].std() < 8
    ink = clean < 60
    assert flat[ink].mean() < 0.5 * PAPER


@pytest.mark.parametrize("skew", [-1.6, 0.55])
def test_even_rows_of_a_table_are_not_laid_over_one_another(skew):
    rng = random.Random(5)
    flow = Flow(write_document(rng, style=Style.TYPEWRITER, paragraphs=1), 100, rng)
    flow.new_sheet(landscape=True)
    cells = tuple(CellSpec(row, column, "x") for row in range(14) for column in range(9))
    print_ruled_table(flow, TableSpec(rows=14, columns=9, cells=cells, padding_mm=0.9))
    scan = damage(flow.sheets[0].finish(1), replace(RECIPES["office"], skew_deg=skew), random.Random(1))
    assert measure_skew(red(scan)) == pytest.approx(skew, abs=0.3)
