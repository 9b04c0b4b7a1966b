"""Shrinking: size, mean and place of what is on the picture stay, whatever the shares of pixels."""

import cv2
import numpy as np
import pytest

from ocr.cleaning.shrinking import shrink


@pytest.mark.parametrize("scale", [0.9, 0.5, 0.4, 0.25, 0.1667, 0.1])
@pytest.mark.parametrize("shape", [(701, 499), (700, 500, 3), (3, 900)])
def test_it_is_the_average_picture(shape, scale):
    picture = np.random.default_rng(2).integers(0, 255, shape, dtype=np.uint8)
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 4 / scale), np.uint8)
    small = shrink(picture, scale)
    size = (max(1, round(shape[1] * scale)), max(1, round(shape[0] * scale)))
    assert small.shape[:2] == size[::-1]
    expected = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - expected.astype(int)).max() <= 4


def test_nothing_is_made_larger():
    picture = np.zeros((5, 5), np.uint8)
    assert shrink(picture, 1.0) is picture
    assert shrink(picture, 3.0) is picture
