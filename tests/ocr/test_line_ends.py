"""Dashes and bullets beside a line belong to it; specks, rules and other lines do not."""

import numpy as np
import pytest

from dossier.model import Box
from ocr.engines.line_place import LinePlace
from ocr.engines.networks.line_ends import with_end_marks

LINE = Box(300, 100, 900, 140)


def page(*marks: tuple[int, int, int, int]) -> np.ndarray:
    """Letters as bars in the line's box, and black rectangles."""
    grey = np.full((300, 1200), 245, np.uint8)
    for x in range(305, 895, 18):
        grey[108:134, x : x + 8] = 30
    for left, top, right, bottom in marks:
        grey[top:bottom, left:right] = 30
    return grey


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ((250, 119, 264, 123), (250, 900)),  # a bullet's dash
        ((255, 112, 269, 126), (255, 900)),  # a round bullet
        ((915, 119, 932, 123), (300, 932)),  # a dash at the end
    ],
)
def test_marks_are_taken_in(mark, expected):
    (place,) = with_end_marks(page(mark), [LinePlace(LINE)])
    assert place.box.x0 <= expected[0]
    assert place.box.x1 >= expected[1]
    assert place.box.x0 > expected[0] - 12
    assert place.box.x1 < expected[1] + 12


@pytest.mark.parametrize(
    "mark",
    [
        (260, 120, 262, 122),  # a speck
        (250, 60, 254, 200),  # an upright rule
        (240, 100, 268, 138),  # a letter or figure: the detector's business
        (915, 119, 1100, 123),  # a long rule
        (255, 142, 270, 147),  # below the line
    ],
)
def test_other_things_are_left(mark):
    (place,) = with_end_marks(page(mark), [LinePlace(LINE)])
    assert place.box == LINE


def test_a_dash_found_alone_joins_its_line():
    dash = LinePlace(Box(246, 105, 270, 137))
    assert [place.box.x1 for place in with_end_marks(page((250, 119, 264, 123)), [dash, LinePlace(LINE)])] == [900]


def test_a_figure_found_alone_stays():
    figure = LinePlace(Box(240, 100, 270, 140))
    places = with_end_marks(page((245, 104, 265, 136)), [figure, LinePlace(LINE)])
    assert [place.box for place in places] == [figure.box, LINE]
