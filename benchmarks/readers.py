"""The readers that are compared: ours with each of its engines, plain `tesseract`, OCRmyPDF as it comes.

In: a scan file. Out: a `FileText`: the text of each page and the CPU it cost, page rendering included.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from benchmarks.cost import Failed, cost_of, own_cpu_s
from benchmarks.peers import ocrmypdf
from benchmarks.workers import in_workers
from dossier.errors import BadScan
from dossier.model import Document, Page, PageScan, ScanFormat, page_number, single_fields
from dossier.settings import Settings, load_settings
from metadata import find_documents
from ocr import Reader, open_reader, open_scan, read_page
from ocr.intake.poppler import scan_dpi

OURS, TESSERACT, OCRMYPDF = "sohoa", "tesseract", "ocrmypdf"
"""Our reader as the settings have it (`fused`), and the others."""
ENGINES = {f"{OURS}, trueocr": "trueocr", f"{OURS}, tesseract": "tesseract"}
"""Our reader with its other engines."""
LANGUAGE = "vie"
_BORN_DIGITAL_DPI = 300
_DEFAULT = ""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document as `sohoa describe` gives it: pages and fields."""

    first: int
    last: int
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class FileText:
    """What a reader made of a file. `problem` says why there is no text; `read` and `documents` are ours only."""

    pages: tuple[str, ...]
    cpu_s: float
    read: tuple[Page, ...] = ()
    documents: tuple[FoundDocument, ...] = ()
    problem: str | None = None

    @property
    def blank(self) -> frozenset[int]:
        """Numbers of the pages that were found to be blank."""
        return frozenset(page.number for page in self.read if page.blank)


_KNOWN: dict[tuple[str, Path], FileText] = {}


def read_files(reader: str, paths: Sequence[Path], jobs: int) -> list[FileText]:
    """Read files with the named reader, `jobs` at a time."""
    if reader == OURS or reader in ENGINES:
        return in_workers(partial(read_with_ours, engine=ENGINES.get(reader, _DEFAULT)), paths, jobs)
    way: Callable[[Path], FileText] = read_with_tesseract if reader == TESSERACT else read_with_ocrmypdf
    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(way, paths))


def read_once(reader: str, paths: Sequence[Path], jobs: int) -> list[FileText]:
    """As `read_files`, but a file that another section of this run had read is not read again: for files that stay as they are."""
    unknown = [path for path in paths if (reader, path) not in _KNOWN]
    _KNOWN.update(zip(((reader, path) for path in unknown), read_files(reader, unknown, jobs), strict=True))
    return [_KNOWN[reader, path] for path in paths]


def read_with_ours(path: Path, *, engine: str = _DEFAULT) -> FileText:
    """The calls of `sohoa read` and `sohoa describe`, in this process; loading the engine is not counted."""
    settings, reader = our_reader(engine)
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
        read=tuple(pages),
        documents=tuple(_found(document) for document in find_documents(pages)),
    )


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
def our_reader(engine: str = _DEFAULT) -> tuple[Settings, Reader]:
    """Our reader with the named engine, loaded once a process; without a name with the one that the settings have."""
    known = load_settings()
    settings = known.model_copy(update={"ocr": known.ocr.model_copy(update={"engine": engine})}) if engine else known
    return settings, open_reader(settings.ocr, settings.intake)


def fields_of(document: Document) -> dict[str, object]:
    """The fields under their names in the regulation."""
    fields: dict[str, object] = {name: None if found is None else found.value for name, found in single_fields(document)}
    return fields | {"toPlaces": [place.value for place in document.to_places]}


def _found(document: Document) -> FoundDocument:
    return FoundDocument(page_number(document.page_ids[0]), page_number(document.page_ids[-1]), fields_of(document))


def _split(text: str, page_count: int) -> tuple[str, ...]:
    pages = text.split("\f")
    return tuple((pages + [""] * page_count)[:page_count])
