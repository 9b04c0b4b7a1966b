"""Tesseract through pytesseract, as a child process with a hard time limit.

In: an upright grey page, or crops of lines. Out: words with boxes and confidences. Images go over as uncompressed PGM: encoding
a noisy page as PNG would add a third to the cost of reading it (measured in `benchmarks/RESULTS.md`, "handing over").
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytesseract
from pytesseract import Output, TesseractError, TesseractNotFoundError

from dossier.errors import MissingTool, TimedOut, Unreadable
from dossier.model import Box, Line, Word
from dossier.settings import OcrSettings
from ocr.engines.engine import Layout
from ocr.engines.line_place import Arrange
from ocr.engines.standing_tesseract import StandingTesseract
from ocr.engines.tesseract_table import lines_of, words_of
from ocr.intake.rendering import Pixels

RUNNER = Path(__file__).with_name("run-tesseract")
"""Starts Tesseract with one thread, a time limit and the death of its parent; every call goes through it."""
_KILLED = (-9, 137)
_PAGE_SEGMENTATION: dict[Layout, int] = {"page": 3, "block": 6}
_LINES_LIMIT_S = 20.0
"""Single lines take under a second; a second reader that hangs shall not hold up a page that is read already."""
INSTALL_TESSERACT = "sudo apt-get install tesseract-ocr"


class Tesseract:
    """The Tesseract engine with one language model."""

    name = "tesseract"
    wants_strokes = True

    def __init__(self, settings: OcrSettings) -> None:
        """Look for the program and its language data.

        Raises:
            MissingTool: naming what to install.
        """
        self._timeout_s = settings.timeout_s
        self._lines = StandingTesseract(settings.language)
        self.model = settings.language
        self.version = tesseract_version()
        missing = [name for name in settings.language.split("+") if name not in tesseract_languages()]
        if missing:
            packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
            raise MissingTool(tool=f"Tesseract: {', '.join(missing)}", install=f"sudo apt-get install {packages}")

    def read(self, grey: Pixels, *, dpi: int, layout: Layout = "page", arrange: Arrange | None = None) -> tuple[Line, ...]:
        """See `Engine.read`; it finds its lines by itself, so there is nothing to arrange."""
        del arrange
        with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
            path = Path(folder) / "page.pgm"
            _write_pgm(path, grey)
            table = self._run(str(path), segmentation=_PAGE_SEGMENTATION[layout], dpi=dpi, limit_s=self._timeout_s)
        try:
            return lines_of(table, page=_frame(grey))
        except ValueError as error:
            raise Unreadable(engine=self.name, detail=str(error)[:160]) from error

    def read_lines(self, crops: Sequence[Pixels]) -> tuple[tuple[Word, ...], ...]:
        """Words of single lines, by a Tesseract that stays; boxes in pixels of their crop.

        Raises:
            TimedOut, Unreadable: as `Engine.read`.
        """
        if not crops:
            return ()
        with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
            paths = [Path(folder) / f"{index}.pgm" for index in range(len(crops))]
            for path, crop in zip(paths, crops, strict=True):
                _write_pgm(path, crop)
            table = self._lines.read(paths, limit_s=min(self._timeout_s, _LINES_LIMIT_S))
        try:
            return words_of(table, images=[_frame(crop) for crop in crops])
        except ValueError as error:
            raise Unreadable(engine=self.name, detail=str(error)[:160]) from error

    def _run(self, path: str, *, segmentation: int, dpi: int, limit_s: float) -> str:
        config = f"--limit-s={limit_s:g} --psm {segmentation} --oem 1 --dpi {dpi} -c tessedit_do_invert=0"
        pytesseract.pytesseract.tesseract_cmd = str(RUNNER)
        start = time.monotonic()
        try:
            return str(pytesseract.image_to_data(path, lang=self.model, config=config, output_type=Output.STRING))
        except TesseractNotFoundError as error:
            raise MissingTool(tool="Tesseract", install=INSTALL_TESSERACT) from error
        except TesseractError as error:
            if error.status in _KILLED and time.monotonic() - start >= limit_s * 0.9:
                raise TimedOut(engine=self.name, timeout_s=limit_s) from error
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


def _frame(grey: Pixels) -> Box:
    return Box(0, 0, grey.shape[1], grey.shape[0])
