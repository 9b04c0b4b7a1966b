"""Pages printed for the benchmarks: the same order gives the same page, and points of a skewed scan are found again."""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.printed_scans import Order, on_upright_page, print_scans
from sample_printer import DamageRecipe, PrintedPage, blank_page, damage


def press(order: Order, rng: random.Random) -> PrintedPage:
    """A blank sheet with one square of chance."""
    page = blank_page(dpi=order.dpi)
    x, y = rng.randint(100, 400), rng.randint(100, 700)
    page.image[y : y + 9, x : x + 9] = 0
    return page


def test_the_same_order_prints_the_same_page_and_another_seed_another(tmp_path: Path) -> None:
    orders = [Order("a", "b", 1, 72), Order("a", "b", 2, 72)]
    pictures = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        pictures.append([scan.path.read_bytes() for scan in print_scans(press, orders, tmp_path / name, jobs=1)])
    assert pictures[0] == pictures[1]
    assert pictures[0][0] != pictures[0][1]


@pytest.mark.parametrize("degrees", [-3.0, 0.0, 2.5])
def test_a_point_of_a_skewed_scan_is_found_on_the_upright_page(degrees: float) -> None:
    page = blank_page(dpi=72)
    page.image[150:159, 400:409] = 0
    scan = damage(page, DamageRecipe(skew_deg=degrees, blur_mm=0.0), random.Random(1))
    ink = (scan.image[..., 0] < 128).astype(np.uint8)
    y, x = (float(axis.mean()) for axis in np.nonzero(cv2.erode(ink, np.ones((3, 3), np.uint8))))
    found = on_upright_page(scan.truth, x, y)
    assert found == (pytest.approx(404, abs=1), pytest.approx(154, abs=1))
