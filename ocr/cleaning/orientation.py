"""Which way up a page lies. In: a grey page, roughly straight. Out: how probable each clockwise turn is that makes it upright.

The network is `orient.onnx` of the trueocr package (Apache-2.0); where onnxruntime or the package is missing, Tesseract's own
orientation detection answers instead.
"""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt
import pytesseract
from PIL import Image
from pytesseract import Output, TesseractError

from dossier.errors import ChangedModel, MissingTool
from ocr.engines.networks.models import load_model, open_session
from ocr.engines.tesseract import RUNNER
from ocr.intake.rendering import Pixels

_SIDE = 768
"""The network sees the page shrunk to this long side, padded to a square."""
_STROKE, _GAIN = np.ones((13, 13), np.uint8), 2.0
"""It is shown strokes only, blackened: on stained and shaded pages it is surer so (sure enough on all pages that were measured)."""
SURE = 0.95
"""Above this probability a turn is believed; below, the page is read both ways (`ocr.upright`)."""
_LIMIT_S = 30
"""Seconds for Tesseract's orientation detection; it takes under one on a page at 300 dpi."""
_SURE_OSD = 2.0
"""Tesseract's orientation confidence (a log-odds) from which it is believed."""
Odds = tuple[float, float, float, float]
"""Probabilities of the clockwise turns 0, 90, 180 and 270."""
_UNKNOWN: Odds = (0.25, 0.25, 0.25, 0.25)
_LEAST_ODDS = 1e-6


class Orientation(Protocol):
    """Finds the turn of a page, best on a picture of at most `most_side` pixels a side."""

    name: str
    most_side: int

    def odds(self, grey: Pixels) -> Odds:
        """How probable each clockwise turn is that makes `grey` upright."""
        ...


def likeliest_turn(odds: Odds) -> int:
    """The likeliest turn in degrees where it is sure, 0 otherwise: most pages are upright, and a wrong turn loses the page."""
    best = max(range(4), key=odds.__getitem__)
    return 90 * best if odds[best] > SURE else 0


class OrientationNetwork:
    """The small network, loaded once a worker, one thread."""

    name = "trueocr-orient"
    most_side = 1000

    def __init__(self) -> None:
        """Load the network.

        Raises:
            MissingTool: the package, its file or ONNX Runtime is not there.
            ChangedModel: the file is not the one that was tested.
        """
        self._session = open_session(load_model("orient.onnx")[0])

    def odds(self, grey: Pixels) -> Odds:
        """See `Orientation`. A page that is not sure at first sight is shown all four ways round."""
        scale = _SIDE / max(grey.shape)
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        strokes = np.asarray(cv2.convertScaleAbs(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, _STROKE), alpha=_GAIN), dtype=np.uint8)
        odds = self._look(strokes)
        if odds.max() <= SURE:
            seen = [odds, *(np.roll(self._look(np.rot90(strokes, turn)), -turn) for turn in (1, 2, 3))]
            together = np.exp(np.log(np.maximum(seen, _LEAST_ODDS)).mean(axis=0))
            odds = together / together.sum()
        return float(odds[0]), float(odds[1]), float(odds[2]), float(odds[3])

    def _look(self, strokes: Pixels) -> npt.NDArray[np.float32]:
        """Classes 0-3 are quarter turns counter-clockwise, 4 is vertical script, which Vietnamese has not."""
        ink = np.zeros((1, 1, _SIDE, _SIDE), np.float32)
        ink[0, 0, : strokes.shape[0], : strokes.shape[1]] = strokes.astype(np.float32) / 255.0
        return np.asarray(self._session.run(None, {"x": ink})[0][0][:4], dtype=np.float32)


class OrientationByTesseract:
    """Tesseract's orientation and script detection: right on fewer pages and slower."""

    name = "tesseract-osd"
    most_side = 8000

    def odds(self, grey: Pixels) -> Odds:
        """See `Orientation`; evenly spread where Tesseract cannot tell."""
        pytesseract.pytesseract.tesseract_cmd = str(RUNNER)
        try:
            page = Image.fromarray(grey)
            page.format = "PPM"  # handed over uncompressed; without a format it would be encoded as PNG
            found = pytesseract.image_to_osd(page, config=f"--limit-s={_LIMIT_S}", output_type=Output.DICT)
        except TesseractError:  # too few letters on the page to tell, or killed at the limit
            return _UNKNOWN
        if float(found["orientation_conf"]) < _SURE_OSD:
            return _UNKNOWN
        turn = int(found["rotate"]) // 90
        return float(turn == 0), float(turn == 1), float(turn == 2), float(turn == 3)


def open_orientation() -> Orientation:
    """The network where it is installed, Tesseract otherwise.

    Raises:
        ChangedModel: the network's file is not the one that was tested.
    """
    try:
        return OrientationNetwork()
    except ChangedModel:
        raise
    except MissingTool:
        return OrientationByTesseract()
