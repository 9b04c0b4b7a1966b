"""`sohoa read`: one file to standard output, without store or index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dossier.errors import NotFound
from dossier.model import Page, PageScan
from dossier.settings import Settings, load_settings
from flows.command_line.console import write
from flows.command_line.language import say
from flows.command_line.options import FileArgument
from flows.command_line.readiness import check_readiness
from ocr import open_reader, open_scan, read_page, to_alto, to_hocr, to_json, to_text


class ReadFormat(StrEnum):
    """Formats of `sohoa read`."""

    TEXT = "text"
    JSON = "json"
    HOCR = "hocr"
    ALTO = "alto"


class EngineChoice(StrEnum):
    """Readers of print."""

    FUSED = "fused"
    TESSERACT = "tesseract"
    TRUEOCR = "trueocr"


_WRITERS: dict[ReadFormat, Callable[[Sequence[Page]], str]] = {
    ReadFormat.TEXT: to_text,
    ReadFormat.JSON: to_json,
    ReadFormat.HOCR: to_hocr,
    ReadFormat.ALTO: to_alto,
}


def read(
    file: FileArgument,
    output_format: Annotated[ReadFormat, typer.Option("--format", help=say("help.read_format"))] = ReadFormat.TEXT,
    engine: Annotated[EngineChoice | None, typer.Option("--engine", help=say("help.engine"))] = None,
) -> None:
    """Read a file; see the help text in the catalogue."""
    settings = load_settings()
    if engine is not None:
        settings = settings.model_copy(update={"ocr": settings.ocr.model_copy(update={"engine": engine.value})})
    write(_WRITERS[output_format](read_pages(file, settings)))


def read_pages(file: Path, settings: Settings) -> list[Page]:
    """All pages of a file, in this process.

    Raises:
        BadScan, MissingTool: as `ocr.read_page`.
        NotFound: when there is no such file.
    """
    if not file.is_file():
        raise NotFound(what="path", id=str(file))
    scan = open_scan(file, settings.intake)
    check_readiness(settings.ocr)
    reader = open_reader(settings.ocr, settings.intake)
    numbers = range(1, scan.page_count + 1)
    return [read_page(PageScan(scan.path, scan.sha256, scan.format, number), reader).page for number in numbers]
