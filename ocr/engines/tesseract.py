"""Tesseract through pytesseract, as a child process with a hard time limit.

In: an upright grey page. Out: lines of words with boxes and confidences. The page goes over as an uncompressed PGM: encoding a
noisy page as PNG costs more than reading it (facts measured in `benchmarks/RESULTS.md`).
"""

from __future__ import annotations

import tempfile
import time
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import TypedDict, cast

import pytesseract
from pytesseract import Output, TesseractError, TesseractNotFoundError

from dossier.errors import MissingTool, TimedOut, Unreadable
from dossier.model import Box, Line, Word, enclosing
from dossier.settings import OcrSettings
from ocr.engines.engine import Layout
from ocr.intake.rendering import Pixels

_RUNNER = Path(__file__).with_name("run-tesseract")
_KILLED = (-9, 137)
_PAGE_SEGMENTATION: dict[Layout, int] = {"page": 3, "block": 6}
_WORD_LEVEL = 5
INSTALL_TESSERACT = "sudo apt-get install tesseract-ocr"


class _Table(TypedDict):
    level: list[int]
    block_num: list[int]
    par_num: list[int]
    line_num: list[int]
    left: list[int]
    top: list[int]
    width: list[int]
    height: list[int]
    conf: list[float]
    text: list[str]


class Tesseract:
    """The Tesseract engine with one language model."""

    name = "tesseract"

    def __init__(self, settings: OcrSettings) -> None:
        """Look for the program and its language data.

        Raises:
            MissingTool: naming what to install.
        """
        self._timeout_s = settings.timeout_s
        self.model = settings.language
        self.version = tesseract_version()
        missing = [name for name in settings.language.split("+") if name not in tesseract_languages()]
        if missing:
            packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
            raise MissingTool(tool=f"Tesseract: {', '.join(missing)}", install=f"sudo apt-get install {packages}")

    def read(self, grey: Pixels, *, dpi: int, layout: Layout = "page") -> tuple[Line, ...]:
        """See `Engine.read`."""
        config = f"--limit-s={self._timeout_s:g} --psm {_PAGE_SEGMENTATION[layout]} --oem 1 --dpi {dpi} -c tessedit_do_invert=0"
        with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
            path = Path(folder) / "page.pgm"
            _write_pgm(path, grey)
            table = self._run(str(path), config)
        return _lines(table)

    def _run(self, path: str, config: str) -> _Table:
        pytesseract.pytesseract.tesseract_cmd = str(_RUNNER)
        start = time.monotonic()
        try:
            return cast(_Table, pytesseract.image_to_data(path, lang=self.model, config=config, output_type=Output.DICT))
        except TesseractNotFoundError as error:
            raise MissingTool(tool="Tesseract", install=INSTALL_TESSERACT) from error
        except TesseractError as error:
            if error.status in _KILLED and time.monotonic() - start >= self._timeout_s * 0.9:
                raise TimedOut(engine=self.name, timeout_s=self._timeout_s) from error
            raise Unreadable(engine=self.name, detail=f"{error.status}: {error.message}"[:160]) from error
        except (OSError, ValueError, UnicodeError) as error:
            raise Unreadable(engine=self.name, detail=str(error)[:160]) from error


def tesseract_version() -> str:
    """Version of the installed Tesseract.

    Raises:
        MissingTool: when it is not installed.
    """
    pytesseract.pytesseract.tesseract_cmd = "tesseract"
    try:
        return str(pytesseract.get_tesseract_version())
    except TesseractNotFoundError as error:
        raise MissingTool(tool="Tesseract", install=INSTALL_TESSERACT) from error


def tesseract_languages() -> list[str]:
    """Language data that the installed Tesseract finds."""
    pytesseract.pytesseract.tesseract_cmd = "tesseract"
    return [str(name) for name in pytesseract.get_languages()]


def _write_pgm(path: Path, grey: Pixels) -> None:
    with path.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (grey.shape[1], grey.shape[0]))
        file.write(grey.tobytes())


def _lines(table: _Table) -> tuple[Line, ...]:
    rows = [index for index, level in enumerate(table["level"]) if level == _WORD_LEVEL and str(table["text"][index]).strip()]

    def place(index: int) -> tuple[int, int, int]:
        return table["block_num"][index], table["par_num"][index], table["line_num"][index]

    lines = []
    for _, group in groupby(rows, key=place):
        words = tuple(_word(table, index) for index in group)
        lines.append(Line(box=enclosing(word.box for word in words), words=words))
    return tuple(lines)


def _word(table: _Table, index: int) -> Word:
    left, top = table["left"][index], table["top"][index]
    box = Box(left, top, left + table["width"][index], top + table["height"][index])
    confidence = min(max(float(table["conf"][index]) / 100, 0.0), 1.0)
    return Word(text=unicodedata.normalize("NFC", str(table["text"][index]).strip()), box=box, confidence=confidence)
