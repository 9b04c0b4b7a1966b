"""Frames of stamps that print runs through are found at every small tilt; print, rules and seals are none."""

import random

import cv2
import numpy as np
import pytest

from ocr.cleaning.crossed_frames import find_crossed_frames
from sample_printer import print_document
from sample_printer.secrecy_stamps import SecrecyStamp, press_stamp
from sample_printer.stamps import round_seal
from sample_printer.writing import write_document

DPI = 150


@pytest.fixture
def page():
    rng = random.Random(3)
    return print_document(write_document(rng, type_name="Công văn", paragraphs=7), rng=rng, dpi=DPI)[0]


def frames(printed):
    grey = cv2.cvtColor(printed.image, cv2.COLOR_RGB2GRAY)
    return find_crossed_frames(255 - grey, dpi=DPI, least_ink=60)


@pytest.mark.parametrize("tilt", [-7.0, -3.0, 0.0, 2.0, 6.0])
@pytest.mark.parametrize("frame", ["single", "double"])
def test_a_frame_over_print_is_found_where_it_was_pressed(page, tilt, frame):
    stamp = SecrecyStamp("TUYỆT MẬT", place="over print", ink="black", frame=frame, tilt_deg=tilt, thin=0.2)
    found = frames(press_stamp(page, stamp, rng=random.Random(1)))
    assert len(found) == 1
    height, width = page.image.shape[:2]
    assert found[0].centre == pytest.approx((0.45 * width, 0.5 * height), abs=12)
    assert found[0].tilt_deg == pytest.approx(tilt, abs=3)
    wide, high = (side / DPI * 25.4 for side in found[0].size)
    assert 32 <= wide <= 48
    assert 7 <= high <= 13


def test_a_page_of_print_has_none(page):
    assert frames(page) == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_seal_over_print_is_none(page, seed):
    seal = np.asarray(round_seal("ỦY BAN NHÂN DÂN TỈNH", dpi=DPI, rng=random.Random(seed)), dtype=np.float32) / 255
    part = page.image[500 : 500 + seal.shape[0], 400 : 400 + seal.shape[1]]
    part[:] = (part * (1 - seal[..., 3:] + seal[..., 3:] * seal[..., :3])).astype(np.uint8)
    assert frames(page) == ()


def test_an_empty_page_has_none():
    assert find_crossed_frames(np.zeros((600, 400), np.uint8), dpi=100, least_ink=60) == ()
