"""The readers that are compared: ours, plain `tesseract`, OCRmyPDF as it comes.

In: a scan file. Out: a `FileText`: the text of each page and the CPU it cost, page rendering included.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from benchmarks.cost import Failed, cost_of, own_cpu_s
from benchmarks.peers import ocrmypdf
from dossier.errors import BadScan
from dossier.model import Document, Page, PageScan, ScanFormat, page_number, single_fields
from dossier.settings import Settings, load_settings
from metadata import find_documents
from ocr import Reader, open_reader, open_scan, read_page
from ocr.intake.poppler import scan_dpi

OURS, TESSERACT, OCRMYPDF = "sohoa", "tesseract", "ocrmypdf"
LANGUAGE = "vie"
_BORN_DIGITAL_DPI = 300


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document as `sohoa describe` gives it: pages and fields."""

    first: int
    last: int
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class FileText:
    """What a reader made of a file. `problem` says why there is no text; `documents` and `blank` are ours only."""

    pages: tuple[str, ...]
    cpu_s: float
    documents: tuple[FoundDocument, ...] = ()
    blank: frozenset[int] = frozenset()
    problem: str | None = None


def read_files(reader: str, paths: Sequence[Path], jobs: int) -> list[FileText]:
    """Read files with the named reader, `jobs` at a time."""
    if reader == OURS:
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            return list(pool.map(read_with_ours, paths))
    way: Callable[[Path], FileText] = read_with_tesseract if reader == TESSERACT else read_with_ocrmypdf
    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(way, paths))


def read_with_ours(path: Path) -> FileText:
    """The calls of `sohoa read` and `sohoa describe`, in this process; loading the engine is not counted."""
    settings, reader = _our_reader()
    start = own_cpu_s()
    try:
        scan = open_scan(path, settings.intake)
        numbers = range(1, scan.page_count + 1)
        pages = [read_page(PageScan(scan.path, scan.sha256, scan.format, number), reader).page for number in numbers]
    except BadScan as error:
        return FileText((), own_cpu_s() - start, problem=error.code)
    cost = own_cpu_s() - start
    return FileText(
        pages=tuple(page.text for page in pages),
        cpu_s=cost,
        documents=tuple(_found(document) for document in find_documents(pages)),
        blank=_blank(pages),
    )


def read_page_with_ours(path: Path, number: int) -> Page:
    """One page as our reader reads it.

    Raises:
        BadScan: it cannot be read.
    """
    settings, reader = _our_reader()
    scan = open_scan(path, settings.intake)
    return read_page(PageScan(scan.path, scan.sha256, scan.format, number), reader).page


def read_with_tesseract(path: Path) -> FileText:
    """`tesseract PAGE stdout -l vie --psm 3`: PDF pages rendered by pdftoppm at the scan's own resolution, images as they are."""
    scan = open_scan(path, load_settings().intake)
    texts: list[str] = []
    spent = 0.0
    try:
        if scan.format is not ScanFormat.PDF:
            read = cost_of(["tesseract", path, "stdout", "-l", LANGUAGE, "--psm", "3"])
            return FileText(_split(read.output, scan.page_count), read.cpu_s)
        with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as folder:
            for number in range(1, scan.page_count + 1):
                dpi = str(scan_dpi(path, number) or _BORN_DIGITAL_DPI)
                image = Path(folder) / "page"
                render: list[str | Path] = ["pdftoppm", "-r", dpi, "-f", str(number), "-l", str(number), "-singlefile", path, image]
                spent += cost_of(render).cpu_s
                one = cost_of(["tesseract", f"{image}.ppm", "stdout", "-l", LANGUAGE, "--psm", "3", "--dpi", dpi])
                spent += one.cpu_s
                texts.append(one.output)
    except Failed as error:
        return FileText((), spent, problem=str(error))
    return FileText(tuple(texts), spent)


def read_with_ocrmypdf(path: Path) -> FileText:
    """`ocrmypdf -l vie --sidecar`; a PDF that it refuses (signed, has text) is given again with the option it asks for."""
    program = ocrmypdf()
    if program is None:
        return FileText((), 0.0, problem="not installed")
    page_count = open_scan(path, load_settings().intake).page_count
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as folder:
        text = Path(folder) / "text.txt"
        task: list[str | Path] = ["--jobs", "1", "-l", LANGUAGE, "--sidecar", text, path, Path(folder) / "out.pdf"]
        spent, problem = 0.0, ""
        for extra in ([], ["--invalidate-digital-signatures"], ["--invalidate-digital-signatures", "--force-ocr"]):
            done = cost_of([program, *extra, *task], well=range(256))
            spent = done.cpu_s  # only the attempt that counts is charged; a refusal is quick
            if done.code == 0:
                return FileText(_split(text.read_text(encoding="utf-8"), page_count), spent)
            problem = f"exit {done.code}: {done.complaints.strip()[-200:]}"
        return FileText((), spent, problem=problem)


@cache
def _our_reader() -> tuple[Settings, Reader]:
    settings = load_settings()
    return settings, open_reader(settings.ocr, settings.intake)


def fields_of(document: Document) -> dict[str, object]:
    """The fields under their names in the regulation."""
    fields: dict[str, object] = {name: None if found is None else found.value for name, found in single_fields(document)}
    return fields | {"toPlaces": [place.value for place in document.to_places]}


def _found(document: Document) -> FoundDocument:
    return FoundDocument(page_number(document.page_ids[0]), page_number(document.page_ids[-1]), fields_of(document))


def _blank(pages: Sequence[Page]) -> frozenset[int]:
    return frozenset(page.number for page in pages if page.blank)


def _split(text: str, page_count: int) -> tuple[str, ...]:
    pages = text.split("\f")
    return tuple((pages + [""] * page_count)[:page_count])
