"""Connected ink is measured as OpenCV measures it."""

import cv2
import numpy as np
import pytest

from ocr.cleaning.components import measured


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.6, 1.0])
@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (31, 47)])
def test_labels_and_measures_are_those_of_opencv(shape, share):
    mask = (np.random.default_rng(5).random(shape) < share).astype(np.uint8) * 255
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    ours, measures = measured(mask)
    assert np.array_equal(ours, labels)
    assert np.array_equal(measures[1:], stats[1:])


def test_ink_that_runs_to_both_edges_is_not_joined_around_them():
    mask = np.zeros((2, 9), np.uint8)
    mask[0, 6:] = mask[1, :3] = 255
    _, measures = measured(mask)
    assert sorted(measures[1:].tolist()) == [[0, 1, 3, 1, 3], [6, 0, 3, 1, 3]]
