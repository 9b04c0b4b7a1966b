"""Lines on curled paper are straightened before they are read."""

import random
from dataclasses import replace

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from dossier.model import Box
from ocr.engines.line_place import Bend, LinePlace
from ocr.engines.networks import Greedy, TrueOcr
from ocr.engines.networks.crops import CropShape, pieces_of
from sample_printer import print_document
from sample_printer.writing import write_document


def test_a_bent_bar_becomes_level():
    bend = Bend(middle=500, reach=400, slope=6.0, curve=9.0)
    grey = np.full((200, 1000), 245, np.uint8)
    for x in range(100, 900):
        middle = round(100 + bend.at(x))
        grey[middle - 2 : middle + 3, x] = 20
    place = LinePlace(Box(100, 80, 900, 120), bend=bend)
    (piece,) = pieces_of(grey, place, CropShape(line_height=32, pad_y=0.2, pad_x=0.3))
    inked = (255 - piece.pixels.astype(float))[:, 30:-30]
    middles = (inked * np.arange(inked.shape[0])[:, None]).sum(0) / inked.sum(0)
    assert piece.pixels.shape[0] == 96
    assert np.ptp(middles) < 1.5
    assert abs(middles.mean() - 47.5) < 1.5


def test_a_straight_line_is_cut_as_it_stands():
    grey = np.random.default_rng(1).integers(0, 255, (200, 1000), dtype=np.uint8)
    box, shape = Box(100, 80, 900, 120), CropShape(line_height=32, pad_y=0.2, pad_x=0.3)
    level = Bend(middle=500, reach=400, slope=0.3, curve=-0.2)
    (plain,), (other,) = pieces_of(grey, LinePlace(box), shape), pieces_of(grey, LinePlace(box, bend=level), shape)
    assert np.array_equal(plain.pixels, other.pixels)


def test_curled_paper_is_read_better_with_the_bends():
    rng = random.Random(8)
    page = print_document(write_document(rng, type_name="Thông báo", paragraphs=6), rng=rng, dpi=200)[0]
    grey = cv2.cvtColor(page.image, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    curl = 16 * np.square((across - width / 2) / (width / 2)) + 10 * (across - width / 2) / width
    curled = cv2.remap(grey, across, down + curl, cv2.INTER_LINEAR, borderValue=(255,))
    reader = TrueOcr(Greedy())
    truth = "\n".join(line.text for line in page.truth.lines)

    def wrong(*, straightened: bool) -> int:
        readings = reader.read_lines(
            curled, dpi=200, arrange=None if straightened else lambda places: [replace(place, bend=None) for place in places]
        )
        found = [reading.text for reading in readings]
        return sum(min(Levenshtein.distance(line, text) for text in found) for line in truth.splitlines())

    assert wrong(straightened=True) < wrong(straightened=False)
