"""Tesseract through pytesseract, as a child process with a hard time limit.

In: an upright grey page. Out: lines of words with boxes and confidences. The page goes over as an uncompressed PGM: encoding a
noisy page as PNG would add a third to the cost of reading it (measured in `benchmarks/RESULTS.md`, "handing over").
"""

from __future__ import annotations

import tempfile
import time
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytesseract
from pytesseract import Output, TesseractError, TesseractNotFoundError

from dossier.errors import MissingTool, TimedOut, Unreadable
from dossier.model import Box, Line, Word, enclosing
from dossier.settings import OcrSettings
from ocr.engines.engine import Layout
from ocr.intake.rendering import Pixels

RUNNER = Path(__file__).with_name("run-tesseract")
"""Starts Tesseract with one thread, a time limit and the death of its parent; every call goes through it."""
_KILLED = (-9, 137)
_PAGE_SEGMENTATION: dict[Layout, int] = {"page": 3, "block": 6}
_WORD_LEVEL = 5
INSTALL_TESSERACT = "sudo apt-get install tesseract-ocr"


_HEAD = ["level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height", "conf", "text"]
"""Columns of Tesseract's table, one row a page, block, paragraph, line and word."""


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
        try:
            return _lines(table, page=Box(0, 0, grey.shape[1], grey.shape[0]))
        except ValueError as error:
            raise Unreadable(engine=self.name, detail=str(error)[:160]) from error

    def _run(self, path: str, config: str) -> str:
        pytesseract.pytesseract.tesseract_cmd = str(RUNNER)
        start = time.monotonic()
        try:
            return str(pytesseract.image_to_data(path, lang=self.model, config=config, output_type=Output.STRING))
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


def _lines(table: str, *, page: Box) -> tuple[Line, ...]:
    """Words of the table, line by line.

    Raises:
        ValueError: when the table is not one that Tesseract writes.
    """
    head, *rows = [row.split("\t") for row in table.rstrip("\n").split("\n")]
    if head != _HEAD:
        raise ValueError("TSV: no head")
    for row in rows:
        if len(row) != len(_HEAD):
            raise ValueError(f"TSV: {len(row)} columns")
    words = [row for row in rows if int(row[0]) == _WORD_LEVEL and _letters(row)]
    lines = []
    for _, group in groupby(words, key=lambda row: row[1:5]):
        line = tuple(_word(row, page=page) for row in group)
        lines.append(Line(box=enclosing(word.box for word in line), words=line))
    return tuple(lines)


def _word(row: Sequence[str], *, page: Box) -> Word:
    left, top, width, height = (int(cell) for cell in row[6:10])
    box = Box(left, top, min(left + width, page.x1), min(top + height, page.y1))
    confidence = float(row[10]) / 100
    if not -0.02 <= confidence <= 1.01:  # Tesseract says -1 where it has none; nan fails as well
        raise ValueError(f"TSV: confidence {row[10]}")
    return Word(text=_letters(row), box=box, confidence=min(max(confidence, 0.0), 1.0))


def _letters(row: Sequence[str]) -> str:
    """Text of a word, NFC, without control characters, which would break pages of text (form feed) and XML."""
    return unicodedata.normalize("NFC", "".join(letter for letter in row[11] if letter.isprintable())).strip()
