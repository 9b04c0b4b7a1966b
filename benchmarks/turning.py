"""How often a page that lies turned is put upright, and at what cost: as we read pages, and Tesseract's own orientation detection.

In: the sample scans, pages printed with every kind of damage and, where `SOHOA_DATA` names them, the given scans; each laid down
all four ways. Out: a section of the results.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from benchmarks.cost import Failed, own_cpu_s
from benchmarks.given_pages import given_pages, real_scans
from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import our_reader
from benchmarks.report import Section, percent, table, target
from benchmarks.samples import load_samples
from benchmarks.workers import in_workers
from dossier.model import PageScan
from dossier.settings import load_settings
from ocr import open_scan
from ocr.cleaning.orientation import OrientationByTesseract, OrientationNetwork, likeliest_turn, open_orientation
from ocr.cleaning.turning import measure_skew, straighten, turn_quarters
from ocr.intake.rendering import Pixels, load_page
from ocr.upright import put_upright, red_channel
from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.table_pages import print_table_pages
from sample_printer.writing import write_document

NAME = "turning"

_TURNS = (0, 90, 180, 270)
_THUMBNAIL = 1000
_GIVEN_REAL, _GIVEN_DRAWN = "given, real", "given, drawn"
_SEED = 61_000
_PRESSED = ("document", "table")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page of a file, the clockwise turn that makes it upright as it is, and the way in which Tesseract gets to see it."""

    group: str
    path: Path
    number: int
    turn_deg: int
    laid: int


@dataclass(frozen=True, slots=True)
class _Answers:
    """What was said of the pages of one sheet: right, turned wrongly, of how many; CPU seconds; names of the wrong ones."""

    pages: int = 0
    right: int = 0
    wrong_turns: int = 0
    doubts: int = 0
    cpu_s: float = 0.0
    missed: tuple[str, ...] = ()

    def __add__(self, other: _Answers) -> _Answers:
        return _Answers(
            self.pages + other.pages,
            self.right + other.right,
            self.wrong_turns + other.wrong_turns,
            self.doubts + other.doubts,
            self.cpu_s + other.cpu_s,
            self.missed + other.missed,
        )


def measure(plan: Plan) -> Section:
    """Ask about every page.

    Raises:
        Failed: when the network is not installed.
    """
    if not isinstance(open_orientation(), OrientationNetwork):
        raise Failed("the network for orientation is not installed: run `make setup`")
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        sheets = plan.some([*_samples(plan), *_given(plan), *_printed(plan, Path(name))])
        looks = in_workers(_look, sheets, plan.jobs)
    groups = list(dict.fromkeys(sheet.group for sheet in sheets))
    rows = []
    for group in groups:
        found = [ours for sheet, (ours, *_) in zip(sheets, looks, strict=True) if sheet.group == group]
        rows.append(_row(f"sohoa: {group}", sum(found, _Answers())))
    total = sum((ours for ours, *_ in looks), _Answers())
    rows.append(_row("sohoa: all", total))
    for place, way in enumerate(("Tesseract, small picture (stands in for the network)", "Tesseract, full picture"), start=1):
        rows.append(_row(way, sum((look[place] for look in looks), _Answers())))
    given = [ours for sheet, (ours, *_) in zip(sheets, looks, strict=True) if sheet.group in (_GIVEN_REAL, _GIVEN_DRAWN)]
    parts = [
        f"{len(sheets)} pages with print, each laid down all four ways and put upright as for reading: the network, and where it "
        "is in doubt the page is read both ways. Tesseract saw each page in one of the four ways, skew taken out before. An "
        "upright page that is turned is lost; a turned page that is left as it lies is no worse than before.",
        table(("way", "of", "right", "%", "turned wrongly", "read both ways", "CPU s a page"), rows),
        *([] if not given else [target("all given pages put upright", reached=all(each.right == each.pages for each in given))]),
        *([f"Not put upright: {', '.join(total.missed)}."] if total.missed else []),
        *plan.notes,
    ]
    return Section(NAME, "Turned pages", "\n\n".join(parts))


def _samples(plan: Plan) -> Iterator[_Sheet]:
    places = [(sample.path, page) for sample in load_samples(plan.samples) for page in sample.pages if page.state != "blank"]
    for index, (path, page) in enumerate(places):
        yield _Sheet("sample scans", path, page.number, page.rotation_deg, _TURNS[index % 4])


def _given(plan: Plan) -> Iterator[_Sheet]:
    """All pages, also those without a transcription: every real scan lies upright in its file."""
    if plan.data is None:
        return
    limits = load_settings().intake
    for path in real_scans(plan.data):
        for number in range(1, open_scan(path, limits).page_count + 1):
            yield _Sheet(_GIVEN_REAL, path, number, 0, _TURNS[number % 4])
    for index, page in enumerate(page for page in given_pages(plan.data) if page.set_name != "real"):
        yield _Sheet(_GIVEN_DRAWN, page.path, page.number, page.turn_deg, _TURNS[index % 4])


def _printed(plan: Plan, folder: Path) -> Iterator[_Sheet]:
    orders = [Order(recipe, kind, _SEED) for recipe in RECIPES for kind in _PRESSED]
    for index, scan in enumerate(print_scans(_press, orders, folder, plan.jobs)):
        yield _Sheet("printed", scan.path, 1, 0, _TURNS[index % 4])


def _press(order: Order, rng: random.Random) -> PrintedPage:
    if order.variant == "table":
        clean = print_table_pages(rng, dpi=order.dpi)[0]
    else:
        clean = print_document(write_document(rng), rng=rng, dpi=order.dpi)[-1]
    return damage(clean, RECIPES[order.kind], rng)


def _look(sheet: _Sheet) -> tuple[_Answers, _Answers, _Answers]:
    """Ours all four ways; Tesseract's, small and full, one way."""
    settings, reader = our_reader()
    scan = open_scan(sheet.path, settings.intake)
    page = load_page(PageScan(scan.path, scan.sha256, scan.format, sheet.number), settings.ocr, settings.intake)
    upright = turn_quarters(page.pixels, sheet.turn_deg)
    ours = _Answers()
    for turn in _TURNS:
        image = replace(page, pixels=turn_quarters(upright, -turn % 360))
        start = own_cpu_s()
        found = put_upright(image, reader.orientation, reader.engine)
        answer = _answer(found.turn_deg, turn, own_cpu_s() - start, f"{sheet.path.stem} p{sheet.number} at {turn}°")
        ours += replace(answer, doubts=int(found.read_both_ways))
    grey = red_channel(replace(page, pixels=upright))
    straight = turn_quarters(straighten(grey, measure_skew(grey)), -sheet.laid % 360)
    scale = min(1.0, _THUMBNAIL / max(straight.shape))
    small = np.asarray(cv2.resize(straight, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return ours, _ask_tesseract(small, sheet.laid), _ask_tesseract(straight, sheet.laid)


def _ask_tesseract(picture: Pixels, turn: int) -> _Answers:
    start = own_cpu_s()
    found = likeliest_turn(_by_tesseract().odds(picture))
    return _answer(found, turn, own_cpu_s() - start)


@cache
def _by_tesseract() -> OrientationByTesseract:
    return OrientationByTesseract()


def _answer(found: int, turn: int, cpu_s: float, name: str = "") -> _Answers:
    right = found == turn
    return _Answers(1, int(right), int(not right and found != 0), 0, cpu_s, () if right or not name else (f"{name} → {found}°",))


def _row(way: str, found: _Answers) -> Sequence[str]:
    share, cost = percent(found.right / max(1, found.pages), 1), f"{found.cpu_s / max(1, found.pages):.3f}"
    return [way, str(found.pages), str(found.right), share, str(found.wrong_turns), str(found.doubts), cost]
