"""A printed stamp MẬT, TỐI MẬT or TUYỆT MẬT stops its page wherever and however it was pressed; ordinary pages go through.

Pages are printed, stamped (tilt, place, one frame, two or none), worn, read by the real engine and judged by the real rules.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from dossier.model import Page, PageScan, Secrecy
from dossier.settings import IntakeSettings, OcrSettings
from metadata import secrecy_mark
from ocr import Reader, open_reader, open_scan, read_page
from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.fonts import font
from sample_printer.sheet import RED_INK
from sample_printer.writing import write_document

MARKS = {"MẬT": Secrecy.CONFIDENTIAL, "TỐI MẬT": Secrecy.SECRET, "TUYỆT MẬT": Secrecy.TOP_SECRET}
PLACES = {
    "number": (0.2, 0.165),
    "head": (0.5, 0.022),
    "corner": (0.82, 0.022),
    "right": (0.72, 0.17),
    "text": (0.5, 0.5),
}
USUAL = [*["number"] * 3, *PLACES]
FRAMES = {"none": (), "single": ((0.3, 0.5),), "double": ((0.3, 0.5), (1.1, 0.25))}
WORN = ("clean", "office", "office", "photocopy", "photocopy", "bilevel", "bilevel", "old-paper", "poor-photocopy")
SECRET_PAGES, ORDINARY_PAGES = 24, 12
LEAST_STOPPED = 23


@dataclass(frozen=True, slots=True)
class Case:
    path: str
    told: str
    level: Secrecy | None


def stamp(words: str, *, dpi: int, rng: random.Random, frame: str) -> Image.Image:
    """A stamp in red ink, thin in places, tilted by up to six degrees either way."""
    fine, points = dpi * 3, rng.choice((13, 14, 15, 18))
    unit = fine / 25.4
    face = font(rng.choice(("tinos", "termes", "arimo")), "bold", points=points, dpi=fine)
    wide, high = face.getlength(words) / unit + (8 if frame != "none" else 3), points * 0.3528 + 5
    mask = Image.new("L", (round(wide * unit), round(high * unit)), 0)
    draw = ImageDraw.Draw(mask)
    for inset, line in FRAMES[frame]:
        corners = [inset * unit, inset * unit, (wide - inset) * unit, (high - inset) * unit]
        draw.rectangle(corners, outline=255, width=round(line * unit))
    draw.text((mask.width / 2, (high / 2 + points * 0.116) * unit), words, font=face, fill=255, anchor="ms")
    tilted = mask.rotate(rng.uniform(-6, 6), resample=Image.Resampling.BICUBIC, expand=True)
    small = tilted.resize((tilted.width // 3, tilted.height // 3), Image.Resampling.LANCZOS)
    patches = np.random.default_rng(rng.getrandbits(64)).random((7, 7), dtype=np.float32)
    cover = 1 - rng.uniform(0.15, 0.4) * cv2.resize(patches, small.size, interpolation=cv2.INTER_CUBIC)
    image = Image.new("RGBA", small.size, (*RED_INK, 0))
    image.putalpha(Image.fromarray((np.asarray(small, dtype=np.float32) * cover).clip(0, 255).astype(np.uint8)))
    return image


def free_place(page: np.ndarray, size: tuple[int, int], wish: tuple[float, float]) -> tuple[int, int]:
    """Left and top near the wish where little is printed: clerks do not stamp over text when there is room beside it."""
    height, width = page.shape[:2]
    places = []
    for down in np.arange(-0.06, 0.061, 0.01):
        for across in np.arange(-0.12, 0.121, 0.02):
            x = int(np.clip((wish[0] + across) * width - size[0] / 2, 8, width - size[0] - 8))
            y = int(np.clip((wish[1] + down) * height - size[1] / 2, 8, height - size[1] - 8))
            inked = int((page[y : y + size[1], x : x + size[0], 1] < 128).sum()) // 30
            places.append((inked, abs(across) + 2 * abs(down), x, y))
    return min(places)[2:]


def pressed(page: PrintedPage, mark: Image.Image, wish: tuple[float, float]) -> PrintedPage:
    """The page with a stamp pressed onto it; inks multiply."""
    image = page.image.copy()
    x, y = free_place(image, mark.size, wish)
    layer = np.asarray(mark, dtype=np.float32) / 255
    cover = layer[..., 3:4]
    part = image[y : y + mark.height, x : x + mark.width]
    part[:] = (part * (1 - cover + cover * layer[..., :3])).round().astype(np.uint8)
    return PrintedPage(image, page.truth)


def print_case(seed: int, *, secret: bool, folder: Path) -> Case:
    rng = random.Random(f"{'secret' if secret else 'ordinary'}/{seed}")
    dpi = rng.choice((150, 150, 150, 200, 200, 300))
    spec = write_document(rng, paragraphs=rng.randint(1, 3))
    page = print_document(replace(spec, secrecy=None), rng=rng, dpi=dpi)[0]
    level, told = None, spec.style.value
    if secret:
        words, place, frame = rng.choice(tuple(MARKS)), rng.choice(USUAL), rng.choice(("single", "double", "double", "none"))
        page = pressed(page, stamp(words, dpi=dpi, rng=rng, frame=frame), PLACES[place])
        level, told = MARKS[words], f"{told}, {words}, {place}, frame {frame}"
    recipe = rng.choice(WORN)
    scan = damage(page, RECIPES[recipe], rng)
    path = folder / f"{'m' if secret else 't'}{seed}.png"
    Image.fromarray(scan.image).save(path, dpi=(dpi, dpi), compress_level=1)
    return Case(str(path), f"{told}, {recipe}, {dpi} dpi", level)


@cache
def reader() -> Reader:
    return open_reader(OcrSettings(), IntakeSettings())


def read(path: str) -> Page:
    scan = open_scan(Path(path), IntakeSettings())
    return read_page(PageScan(scan.path, scan.sha256, scan.format, 1), reader()).page


def judge(seed: int, secret: bool, folder: Path) -> tuple[Case, str | None]:
    case = print_case(seed, secret=secret, folder=folder)
    found = secrecy_mark(read(case.path))
    return case, found.value if found else None


@pytest.fixture
def judged(tmp_path) -> Callable[..., list[tuple[Case, str | None]]]:
    """Print and judge so many pages."""

    def run(count: int, *, secret: bool) -> list[tuple[Case, str | None]]:
        return [judge(seed, secret, tmp_path) for seed in range(count)]

    return run


@pytest.mark.slow
def test_stamped_pages_stop(judged):
    cases = judged(SECRET_PAGES, secret=True)
    missed = [case.told for case, level in cases if level is None]
    assert len(missed) <= SECRET_PAGES - LEAST_STOPPED, missed
    wrong = [(case.told, level) for case, level in cases if level is not None and level != case.level]
    assert len(wrong) <= 2, wrong


@pytest.mark.slow
def test_ordinary_pages_do_not_stop(judged):
    stopped = [(case.told, level) for case, level in judged(ORDINARY_PAGES, secret=False) if level is not None]
    assert stopped == []


@pytest.mark.parametrize("recipe", ["office", "photocopy", "bilevel"])
def test_a_tilted_stamp_of_two_frames_stops_its_page(tmp_path, recipe):
    rng = random.Random(7)
    page = print_document(write_document(rng, type_name="Công văn", paragraphs=3), rng=rng, dpi=150)[0]
    mark = stamp("TỐI MẬT", dpi=150, rng=rng, frame="double").rotate(4, resample=Image.Resampling.BICUBIC, expand=True)
    scan = damage(pressed(page, mark, PLACES["right"]), RECIPES[recipe], rng)
    path = tmp_path / "cong-van.png"
    Image.fromarray(scan.image).save(path, dpi=(150, 150), compress_level=1)
    found = secrecy_mark(read(str(path)))
    assert found is not None
    assert found.value == Secrecy.SECRET
