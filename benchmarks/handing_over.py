"""What it costs to hand Tesseract an image: PGM against the PNG that pytesseract makes of an array by itself.

In: one noisy page, printed for the purpose. Out: a section of the results; it is the reason why `ocr.engines` writes PGM.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytesseract
from PIL import Image

from benchmarks.cost import own_cpu_s
from benchmarks.plan import Plan
from benchmarks.readers import LANGUAGE
from benchmarks.report import Section, table
from sample_printer import RECIPES, damage, print_document
from sample_printer.writing import write_document

NAME = "handing-over"
_DPI = 300
_REPEATS, _REPEATS_QUICK = 5, 1

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def measure(plan: Plan) -> Section:
    """Time writing the file alone and the whole reading, CPU seconds, middle of several."""
    grey = _noisy_page()
    repeats = _REPEATS_QUICK if plan.quick else _REPEATS
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        folder = Path(name)
        ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "PGM, path handed over (ours)": (
                lambda: _write(folder / "page.pgm", grey),
                lambda: _read(_write(folder / "page.pgm", grey)),
            ),
            "array handed to pytesseract (PNG)": (
                lambda: Image.fromarray(grey).save(folder / "page.png"),
                lambda: _read(Image.fromarray(grey)),
            ),
            "PNG, least compression, path handed over": (
                lambda: _write(folder / "fast.png", grey),
                lambda: _read(_write(folder / "fast.png", grey)),
            ),
        }
        costs = {way: (_middle_cpu_s(write, repeats), _middle_cpu_s(read, repeats)) for way, (write, read) in ways.items()}
        sizes = [path.stat().st_size / 2**20 for path in (folder / "page.pgm", folder / "page.png", folder / "fast.png")]
    least = min(whole for _, whole in costs.values())
    rows = [
        [way, f"{writing:.3f}", f"{whole:.2f}", f"{whole / least:.2f}", f"{size:.1f}"]
        for (way, (writing, whole)), size in zip(costs.items(), sizes, strict=True)
    ]
    parts = [
        f"One noisy grey page of {grey.shape[1]} x {grey.shape[0]} pixels; CPU s, children included, middle of {repeats}.",
        table(("way", "writing the file", "reading the page in all", "against the least", "MiB"), rows),
        *plan.notes,
    ]
    return Section(NAME, "Handing an image to Tesseract", "\n\n".join(parts))


def _noisy_page() -> Pixels:
    rng = random.Random(7)
    page = print_document(write_document(rng, type_name="Quyết định", paragraphs=9), rng=rng, dpi=_DPI)[0]
    return np.ascontiguousarray(damage(page, RECIPES["poor-photocopy"], rng).image[..., 0])


def _write(path: Path, grey: Pixels) -> str:
    cv2.imwrite(str(path), grey, [cv2.IMWRITE_PNG_COMPRESSION, 1] if path.suffix == ".png" else [])
    return str(path)


def _read(image: str | Image.Image) -> str:
    pytesseract.pytesseract.tesseract_cmd = "tesseract"
    return str(pytesseract.image_to_string(image, lang=LANGUAGE, config=f"--psm 3 --dpi {_DPI}"))


def _middle_cpu_s(work: Callable[[], object], repeats: int) -> float:
    spent = []
    for _ in range(repeats):
        start = own_cpu_s()
        work()
        spent.append(own_cpu_s() - start)
    return sorted(spent)[repeats // 2]
