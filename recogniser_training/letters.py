"""What the recogniser is asked: its characters and the measures of its input."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

LINE_HEIGHT = 64
PAD_Y, PAD_X, WINDOWS = 0.2, 0.3, 3
"""Margins above, below and beside a line in heights of its box; the window is three such lines high."""
STEP = 8
"""Pixels of width a time step, at `LINE_HEIGHT`."""
ADDED = '!?"=[]–…§‘°²³•×±≤≥|'
"""Characters of administrative paper that trueocr's recogniser lacks."""


def models_folder() -> Path:
    """Where the installed trueocr package keeps its networks."""
    package = find_spec("trueocr")
    if package is None or package.origin is None:
        raise SystemExit("trueocr is not installed")
    return Path(package.origin).parent / "models"


def charset(folder: Path) -> list[str]:
    """Characters by class number, class 0 (blank) left out: those of trueocr, then `ADDED`."""
    known = list(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["charset"])
    return known + [letter for letter in ADDED if letter not in known]
