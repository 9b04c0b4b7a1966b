"""Small real scans and pages that were read already: for flows without waiting for an engine.

`scans` draws image files; `desk` is an empty store with what a batch works with; its `read` notes pages as a worker would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from dossier.model import Box, Line, Page, PageState, Provenance, Word
from dossier.settings import OcrSettings, Settings, StoreSettings
from flows.admission import admit
from flows.batch import Workshop, admit_batch, complete_batch, run_in_threads
from flows.folders import find_folders
from flows.page_pool import PagePool
from flows.progress import Silence
from store import DossierRecord, Reason, Store, open_store

WIDTH, HEIGHT, DPI = 1654, 2339, 200


def draw(path: Path, text: str, pages: int = 1) -> Path:
    """A small scan whose content follows from `text`; several pages by extension .tif or .pdf."""
    images = []
    for number in range(pages):
        image = Image.new("L", (300, 400), 250)
        ImageDraw.Draw(image).text((20, 30), f"{text} {number}".encode("ascii", "replace").decode(), fill=10)
        images.append(image)
    path.parent.mkdir(parents=True, exist_ok=True)
    images[0].save(path, **({"save_all": True, "append_images": images[1:]} if pages > 1 else {}))
    return path


def lay_text(identifier: str, text: str) -> Page:
    """A page whose lines stand where NĐ 30/2020 puts them: centred lines begin with `^`, others at the left."""
    lines = []
    for row, content in enumerate(filter(None, (line.strip() for line in text.splitlines()))):
        words, centred = content.lstrip("^").split(), content.startswith("^")
        width = sum(14 * len(word) + 12 for word in words)
        left = max((WIDTH - width) // 2, 0) if centred else 250
        top, boxes = 160 + 50 * row, []
        for word in words:
            boxes.append(Word(word, Box(left, top, left + 14 * len(word), top + 30), 0.95))
            left += 14 * len(word) + 12
        lines.append(Line(Box(boxes[0].box.x0, top, left, top + 30), tuple(boxes)))
    number = int(identifier[-4:])
    provenance = Provenance("tesseract", "5", "vie", "0", "0", ())
    return Page(identifier, number, WIDTH, HEIGHT, DPI, 0, 0.0, tuple(lines), not lines, (), provenance)


def head(number: str, subject: str) -> str:
    """The first page of a decision."""
    return f"""^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
^Độc lập - Tự do - Hạnh phúc
Số: {number}/QĐ-UBND
^QUYẾT ĐỊNH
^Về việc {subject}
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"""


@dataclass
class Desk:
    """A store and what a batch works with."""

    store: Store
    workshop: Workshop
    settings: Settings

    def admit(self, folder: Path) -> DossierRecord:
        """Take one dossier folder in."""
        (found,) = find_folders([folder], self.settings.intake.ignore)
        return admit(found, self.store, self.settings.intake)

    def read(self, dossier: DossierRecord, texts: dict[tuple[str, int], str]) -> None:
        """Note pages by (file, number) as a worker would: read, blank, or stopped when the text begins with `MẬT`."""
        for file, page in self.store.ledger.pending_pages(dossier.id):
            text = texts.get((file.name, page.number))
            if text is None:
                continue
            if text.startswith("MẬT"):
                reason = Reason("secret", {"starts": int("QUYẾT ĐỊNH" in text)})
                self.store.ledger.finish_page(file.id, page.number, PageState.STOPPED, reason)
                continue
            read = lay_text(page.id, text)
            self.store.shelf.save_page(dossier.id, read, b"\xff\xd8 picture \xff\xd9")
            self.store.ledger.finish_page(file.id, page.number, PageState.BLANK if read.blank else PageState.READ)

    def run(self, *paths: Path) -> object:
        """Run a batch to its end, with real workers where pages wait."""
        batch = admit_batch(find_folders(paths, self.settings.intake.ignore), self.workshop)
        return complete_batch(batch, self.workshop, run_in_threads)


def open_desk(settings: Settings) -> Iterator[Desk]:
    with (
        open_store(settings.store, create=True) as store,
        store.writing(),
        PagePool(1, store.shelf, settings.ocr, settings.intake) as pool,
    ):
        yield Desk(store, Workshop(settings, store, pool, Silence()), settings)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty store on a desk."""
    yield from open_desk(Settings(store=StoreSettings(folder=tmp_path / "kho")))


@pytest.fixture
def tesseract_desk(tmp_path: Path) -> Iterator[Desk]:
    """The same on which Tesseract alone reads: a program that tests can put another in front of."""
    yield from open_desk(Settings(store=StoreSettings(folder=tmp_path / "kho"), ocr=OcrSettings(engine="tesseract")))


@pytest.fixture
def scan() -> Callable[..., Path]:
    """Draws a scan: `scan(path, "text", pages=1)`."""
    return draw


@pytest.fixture
def decision() -> Callable[[str, str], str]:
    """Text of the first page of a decision: `decision("15", "giao đất")`."""
    return head
