"""Where the time of reading a page goes, part by part.

In: pages printed for the purpose. Out: a section of the results, with what understanding the same pages costs. Functions and
methods are wrapped with stopwatches that charge what they call to the innermost part; a part is known by the module that defines
it, so a new function is charged where it lives.
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from statistics import median
from types import FunctionType
from typing import Any

import ocr.reading
from benchmarks.cost import own_cpu_s
from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import our_reader
from benchmarks.report import Section, percent, table, target
from dossier.model import PageScan
from metadata import find_documents, secrecy_mark
from metadata.packs import load_packs
from ocr import Reader, open_scan
from ocr.engines import Fused, Tesseract
from ocr.engines.networks.detection import LineDetector
from ocr.engines.networks.order import ReadingOrder
from ocr.engines.networks.recogniser import Recogniser
from ocr.language import Language
from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.table_pages import print_table_pages
from sample_printer.writing import write_document

NAME = "engine-cost"

_SEED = 16_000
_DPI = 300
_REPEATS, _REPEATS_QUICK = 5, 2
_KINDS = {"office, colour": ("office", "page"), "poor photocopy": ("poor-photocopy", "page"), "table": ("photocopy", "table")}
_REST = "the rest"
_SHARE = 0.05
"""Most that understanding may cost, as a share of reading."""

_PART_OF_MODULE = {
    "ocr.intake": "decode the image",
    "ocr.upright": "put upright",
    "ocr.cleaning.stamps": "stamps",
    "ocr.cleaning": "clean",
    "ocr.tables": "tables",
    "ocr.stamp_reading": "stamps",
    "ocr.text_layers": "text layer",
    "ocr.show_through": "blank, show-through, scraps",
    "ocr.scraps": "blank, show-through, scraps",
    "ocr.blankness": "blank, show-through, scraps",
    "ocr.verdicts": "verdicts",
    "ocr.reading": _REST,
}
_PART_OF_METHOD: tuple[tuple[type, str, str], ...] = (
    (LineDetector, "find", "find lines"),
    (Recogniser, "read", "recognise"),
    (Language, "decode", "decode with the language"),
    (ReadingOrder, "sort", "reading order"),
    (Fused, "read", "choose between readings"),
    (Tesseract, "read_lines", "second reader (Tesseract)"),
)
_PART_OF_FUNCTION = {"_view": "image for people", "red_channel": "clean"}


@dataclass(slots=True)
class _Watch:
    """CPU seconds by part; a part that calls another is not charged for it. Children count as soon as they have ended."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    open_parts: list[str] = field(default_factory=list)
    since: float = 0.0

    def enter(self, part: str) -> None:
        """Charge what was used up to now, and begin a part."""
        self._charge()
        self.open_parts.append(part)

    def leave(self) -> None:
        """End the innermost part."""
        self._charge()
        self.open_parts.pop()

    def _charge(self) -> None:
        now = own_cpu_s()
        if self.open_parts:
            self.seconds[self.open_parts[-1]] += now - self.since
        self.since = now

    def around(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        """The function with this stopwatch around it."""

        @wraps(function)
        def timed(*arguments: object, **named: object) -> object:
            self.enter(part)
            try:
                return function(*arguments, **named)
            finally:
                self.leave()

        return timed


def measure(plan: Plan) -> Section:
    """Read each page several times; the middle of every part."""
    _, reader = our_reader()
    orders = [Order(recipe, variant, _SEED, _DPI) for recipe, variant in _KINDS.values()]
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        paths = [scan.path for scan in print_scans(_press, orders, Path(name), plan.jobs)]
        times = _REPEATS_QUICK if plan.quick else _REPEATS
        costs = {kind: _parts(path, reader, times) for kind, path in zip(_KINDS, paths, strict=True)}
        understanding = {kind: _understanding_s(path, reader, times) for kind, path in zip(_KINDS, paths, strict=True)}
    parts = dict.fromkeys([*_PART_OF_MODULE.values(), *(part for _, _, part in _PART_OF_METHOD), *_PART_OF_FUNCTION.values()])
    ordered = sorted(parts, key=lambda part: -sum(cost.get(part, 0.0) for cost in costs.values()))
    rows = [[part, *(_cells(costs, part))] for part in ordered]
    whole = ["all", *(f"{1000 * sum(cost.values()):.0f}" for cost in costs.values())]
    body = [
        f"CPU milliseconds a page of A4 at {_DPI} dpi, Tesseract's processes included, middle of {times} readings after one to "
        "warm up. Each part without those it calls: stamps and lines in doubt of being this side's are read by the same networks.",
        table(("part", *costs), [*rows, whole]),
        _understood(understanding, costs),
        *plan.notes,
    ]
    return Section(NAME, "Where the time of a page goes", "\n\n".join(body))


def _press(order: Order, rng: random.Random) -> PrintedPage:
    if order.variant == "table":
        clean = print_table_pages(rng, dpi=order.dpi)[0]
    else:
        clean = print_document(write_document(rng, paragraphs=9), rng=rng, dpi=order.dpi)[0]
    return damage(clean, RECIPES[order.kind], rng)


def _parts(path: Path, reader: Reader, times: int) -> dict[str, float]:
    """CPU seconds of every part, the middle of several readings."""
    scan = open_scan(path, reader.limits)
    page = PageScan(scan.path, scan.sha256, scan.format, 1)
    readings = []
    for _ in range(times + 1):
        watch = _Watch()
        with _watched(watch):
            watch.around(ocr.reading.read_page, _REST)(page, reader)
        readings.append(watch.seconds)
    parts = {part for reading in readings for part in reading}
    return {part: median(reading[part] for reading in readings[1:]) for part in parts}


def _understanding_s(path: Path, reader: Reader, times: int) -> float:
    """CPU seconds for all that `metadata` does with a page, with all packs: mark of secrecy, document, fields; the middle."""
    scan = open_scan(path, reader.limits)
    page = ocr.reading.read_page(PageScan(scan.path, scan.sha256, scan.format, 1), reader).page
    packs = load_packs()
    taken = []
    for _ in range(times + 1):
        start = own_cpu_s()
        secrecy_mark(page)
        find_documents((page,), packs=packs)
        taken.append(own_cpu_s() - start)
    return median(taken[1:])


def _understood(understanding: dict[str, float], costs: dict[str, dict[str, float]]) -> str:
    shares = {kind: seconds / sum(costs[kind].values()) for kind, seconds in understanding.items()}
    said = ", ".join(f"{kind} {1000 * understanding[kind]:.0f} ms ({percent(share, 1)} %)" for kind, share in shares.items())
    worst = max(shares.values())
    claim = f"understanding a page at most 5 % of reading it ({percent(worst, 1)} %)"
    return f"Understanding the page just read (`metadata/`, all packs): {said}.\n\n{target(claim, reached=worst <= _SHARE)}"


@contextmanager
def _watched(watch: _Watch) -> Iterator[None]:
    """Every function that the chain of reading calls, and the parts of the engine, under a stopwatch."""
    chain = list(_functions())
    methods = [(owner, name, vars(owner)[name], part) for owner, name, part in _PART_OF_METHOD]
    for name, found, part in chain:
        vars(ocr.reading)[name] = watch.around(found, part)
    for owner, name, found, part in methods:
        setattr(owner, name, watch.around(found, part))
    try:
        yield
    finally:
        vars(ocr.reading).update({name: found for name, found, _ in chain})
        for owner, name, found, _ in methods:
            setattr(owner, name, found)


def _functions() -> Iterator[tuple[str, Callable[..., Any], str]]:
    for name, found in vars(ocr.reading).items():
        if isinstance(found, FunctionType) and found.__module__.startswith("ocr."):
            yield name, found, _PART_OF_FUNCTION.get(name) or _part_of(found.__module__)


def _part_of(module: str) -> str:
    """The part of the longest known name that the module's begins with."""
    known = [name for name in _PART_OF_MODULE if module == name or module.startswith(f"{name}.")]
    return _PART_OF_MODULE[max(known, key=len)] if known else _REST


def _cells(costs: dict[str, dict[str, float]], part: str) -> Iterator[str]:
    return (f"{1000 * cost.get(part, 0.0):.0f}" for cost in costs.values())
