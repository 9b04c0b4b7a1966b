"""Without the network Tesseract tells the turn of a page, under the same time limit as everywhere; a changed network is refused."""

import time

import numpy as np
import pytest

from dossier.errors import ChangedModel
from ocr.cleaning import orientation
from ocr.cleaning.orientation import OrientationByTesseract, likeliest_turn, open_orientation
from ocr.engines.networks import models


@pytest.fixture
def hanging_tesseract(tmp_path, monkeypatch):
    """A `tesseract` first on the PATH that never ends."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(orientation, "_LIMIT_S", 1)


def test_a_fallback_that_hangs_is_killed_and_leaves_the_page_as_it_lies(hanging_tesseract):
    start = time.monotonic()
    assert likeliest_turn(OrientationByTesseract().odds(np.full((400, 300), 255, np.uint8))) == 0
    assert time.monotonic() - start < 10


def test_tesseract_stands_in_for_a_missing_network(monkeypatch):
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    assert isinstance(open_orientation(), OrientationByTesseract)


def test_a_changed_network_is_refused(monkeypatch):
    monkeypatch.setitem(models._SHA256, "orient.onnx", "0" * 64)
    with pytest.raises(ChangedModel, match=r"orient\.onnx"):
        open_orientation()
