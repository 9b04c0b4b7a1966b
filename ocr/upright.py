"""Put a page upright: skew and quarter turn from a thumbnail; where the turn is in doubt, the page is read both ways.

In: a page image as it was scanned. Out: the same page upright and straight, and what was done to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from ocr.cleaning.orientation import SURE, Odds, Orientation
from ocr.cleaning.shrinking import shrink
from ocr.cleaning.turning import measure_skew, straighten, turn_quarters
from ocr.engines import Engine
from ocr.intake.rendering import PageImage, Pixels
from ocr.show_through import believed_letters

_SKEW_SIDE = 1000
_WORTH_READING = 0.02
"""Turns less probable than this are not tried."""
_CLEAR = 1.5
"""Another way must read so many times better than upright to be taken."""
_LEAST_LETTERS = 3.0
_CLEARLY_PRINT = 200.0
"""So many letters are not read by chance; below, the mirror is asked too."""


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright page.

    Attributes:
        turn_deg: clockwise turn that was applied.
        skew_deg: counter-clockwise skew that was taken out after it.
        certainty: how sure the turn is, 0-1.
        read_both_ways: the turn was in doubt and settled by reading.
    """

    image: PageImage
    turn_deg: int
    skew_deg: float
    certainty: float
    read_both_ways: bool


def put_upright(image: PageImage, orientation: Orientation, engine: Engine) -> Upright:
    """Turn and straighten a page.

    Raises:
        BadScan: the engine gave up while a page in doubt was read.
    """
    grey = red_channel(image)
    small = _thumbnail(grey, _SKEW_SIDE)
    skew = measure_skew(small)
    looked_at = small if orientation.most_side <= _SKEW_SIDE else _thumbnail(grey, orientation.most_side)
    odds = orientation.odds(straighten(looked_at, skew))
    turn, certainty, doubt = 90 * int(np.argmax(odds)), max(odds), max(odds) <= SURE
    if doubt:
        turn, certainty = _by_reading(grey, small, odds, engine, dpi=image.dpi)
    if turn in (90, 270):  # rows were columns: the angle was that of the columns
        skew = measure_skew(turn_quarters(small, turn))
    pixels = turn_quarters(image.pixels, turn)
    straight = straighten(pixels, skew)
    return Upright(replace(image, pixels=straight), turn, skew if straight is not pixels else 0.0, certainty, doubt)


def red_channel(image: PageImage) -> Pixels:
    """Seals vanish in the red channel, black and blue ink stay dark."""
    return np.asarray(cv2.extractChannel(image.pixels, 0), dtype=np.uint8) if image.is_colour else image.pixels


def _by_reading(grey: Pixels, small: Pixels, odds: Odds, engine: Engine, *, dpi: int) -> tuple[int, float]:
    """The turn that reads best, upright unless another is clearly better; and its share of all that was read.

    An empty back that shows its front reads best in a mirror: it stays as it lies, for print that is mirrored looks upside down.
    """
    letters: dict[int, float] = {}
    mirrored = 0.0
    for turn in (turn for turn in (0, 90, 180, 270) if turn == 0 or odds[turn // 90] >= _WORTH_READING):
        skew = measure_skew(turn_quarters(small, turn))
        straight = straighten(turn_quarters(grey, turn), skew)
        letters[turn] = believed_letters(engine.read(straight, dpi=dpi))
        if letters[turn] < _CLEARLY_PRINT:
            flipped = np.asarray(cv2.flip(straight, 1), dtype=np.uint8)
            mirrored = max(mirrored, believed_letters(engine.read(flipped, dpi=dpi)))
    best = max(letters, key=letters.__getitem__)
    if letters[best] < max(_LEAST_LETTERS, _CLEAR * letters[0], mirrored):
        best = 0
    return best, letters[best] / max(1e-9, sum(letters.values())) if letters[best] else max(odds[0], 0.25)


def _thumbnail(grey: Pixels, most_side: int) -> Pixels:
    return shrink(grey, most_side / max(grey.shape))
