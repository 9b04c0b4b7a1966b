"""Which way up a page lies. In: a grey page, roughly straight. Out: the clockwise turn that makes it upright.

The network is `orient.onnx` of the trueocr package (Apache-2.0); where onnxruntime or the package is missing, Tesseract's own
orientation detection answers instead.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np
import pytesseract
from PIL import Image
from pytesseract import Output, TesseractError

from ocr.engines.tesseract import RUNNER
from ocr.intake.rendering import Pixels

if TYPE_CHECKING:
    import onnxruntime

_SIDE = 768
"""The network sees the page shrunk to this long side, padded to a square."""
_STROKE, _GAIN = np.ones((13, 13), np.uint8), 2.0
"""It is shown strokes only, blackened: on stained and shaded pages it is surer so (sure enough on all pages that were measured)."""
_SURE = 0.95
"""A turn is applied only above this probability: nearly all pages are upright and a wrong turn loses the page."""
_LIMIT_S = 30
"""Seconds for Tesseract's orientation detection; it takes under one on a page at 300 dpi."""
_SURE_OSD = 2.0
"""Tesseract's orientation confidence (a log-odds) under which a page is left as it is."""


class Orientation(Protocol):
    """Finds the turn of a page, best on a picture of at most `most_side` pixels a side."""

    name: str
    most_side: int

    def clockwise_deg(self, grey: Pixels) -> int:
        """0, 90, 180 or 270: the clockwise turn that makes `grey` upright."""
        ...


class OrientationNetwork:
    """The small network, loaded once a worker, one thread."""

    name = "trueocr-orient"
    most_side = 1000

    def __init__(self, model: Path) -> None:
        """Load the network from `model`."""
        import onnxruntime  # 0.2 s: only workers that read need it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )

    def clockwise_deg(self, grey: Pixels) -> int:
        """See `Orientation`; classes 0-3 are quarter turns counter-clockwise, 4 is vertical script, which Vietnamese has not."""
        scale = _SIDE / max(grey.shape)
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        ink = np.zeros((1, 1, _SIDE, _SIDE), np.float32)
        strokes = cv2.convertScaleAbs(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, _STROKE), alpha=_GAIN)
        ink[0, 0, : small.shape[0], : small.shape[1]] = strokes.astype(np.float32) / 255.0
        odds = self._session.run(None, {"x": ink})[0][0][:4]
        turn = int(np.argmax(odds))
        return turn * 90 if odds[turn] > _SURE else 0


class OrientationByTesseract:
    """Tesseract's orientation and script detection: right on fewer pages and slower."""

    name = "tesseract-osd"
    most_side = 8000

    def clockwise_deg(self, grey: Pixels) -> int:
        """See `Orientation`."""
        pytesseract.pytesseract.tesseract_cmd = str(RUNNER)
        try:
            page = Image.fromarray(grey)
            page.format = "PPM"  # handed over uncompressed; without a format it would be encoded as PNG
            found = pytesseract.image_to_osd(page, config=f"--limit-s={_LIMIT_S}", output_type=Output.DICT)
        except TesseractError:  # too few letters on the page to tell, or killed at the limit: the page stays as it lies
            return 0
        return int(found["rotate"]) if float(found["orientation_conf"]) >= _SURE_OSD else 0


def open_orientation() -> Orientation:
    """The network where it is installed, Tesseract otherwise."""
    package = find_spec("trueocr")
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        return OrientationByTesseract()
    model = Path(package.origin).parent / "models" / "orient.onnx"
    return OrientationNetwork(model) if model.is_file() else OrientationByTesseract()
