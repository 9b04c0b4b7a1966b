"""How much memory a worker process needs that reads page after page: ours, a script on pytesseract, OCRmyPDF.

In: printed pages, among them a colour page of 300 dpi and a sheet of A3. Out: a section of the results. Tesseract's own processes
are counted apart; a shared page of memory counts in every process that has it.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import Cost, cost_of
from benchmarks.peers import ocrmypdf
from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import LANGUAGE
from benchmarks.report import Section, table, target
from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.odd_pages import spread
from sample_printer.table_pages import print_table_pages
from sample_printer.writing import write_document

NAME = "memory"

_MIB = 2**20
_OURS = (sys.executable, "-m", "benchmarks.reading_worker")
_PYTESSERACT = (sys.executable, str(Path(__file__).with_name("pytesseract_script.py")))
_SEED = 25_000
_PAGES, _PAGES_QUICK = 30, 10
_A3, _COLOUR = "A3", "colour"
_MOST_MIB = 500
_TESSERACT_ROLE = "tesseract"


def measure(plan: Plan) -> Section:
    """Read the same pages in one process each, and look how large it grew."""
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        scans = print_scans(_press, _orders(_PAGES_QUICK if plan.quick else _PAGES), Path(name), plan.jobs)
        paths = [scan.path for scan in scans]
        large = [scan.path for scan in scans if scan.order.kind in (_A3, _COLOUR)]
        ours = cost_of([*_OURS, *paths])
        rows = [_row("sohoa", len(paths), ours), _row("pytesseract, a script", len(paths), cost_of([*_PYTESSERACT, *paths]))]
        if program := ocrmypdf():
            out = Path(name) / "out.pdf"
            runs = [cost_of([program, "--jobs", "1", "-l", LANGUAGE, path, out]) for path in large]
            rows.append(_row("ocrmypdf, the largest pages", len(large), max(runs, key=_worker_bytes)))
    claim = f"a worker of at most {_MOST_MIB} MB ({_worker_bytes(ours) / 1e6:.0f} MB)"
    parts = [
        f"One process reads {len(paths)} pages one after the other, among them {len(large)} in colour at 300 dpi, one of these A3 "
        "(17 million pixels). MiB at the highest point; Tesseract's processes apart; *together* is a sample of all at one time.",
        table(("reader", "pages", "the process", "a Tesseract", "together", "CPU s a page, start included"), rows),
        target(claim, reached=_worker_bytes(ours) <= _MOST_MIB * 1e6),
        *plan.notes,
    ]
    return Section(NAME, "Memory of a worker", "\n\n".join(parts))


def _orders(pages: int) -> list[Order]:
    """Daily work, then colour pages of 300 dpi and the large sheet last: what grew before stays."""
    kinds = ("office", "photocopy", "poor-photocopy", "old-paper", "bilevel", "table")
    daily = [Order(kinds[number % len(kinds)], "page", _SEED + number, (200, 200, 300)[number % 3]) for number in range(pages - 3)]
    return [*daily, Order(_COLOUR, "page", _SEED, 300), Order(_COLOUR, "page", _SEED + 1, 300), Order(_A3, "spread", _SEED, 300)]


def _press(order: Order, rng: random.Random) -> PrintedPage:
    if order.kind == _A3:
        return damage(spread(rng, dpi=order.dpi), RECIPES["office"], rng)
    if order.kind == "table":
        return damage(print_table_pages(rng, dpi=order.dpi)[0], RECIPES["office"], rng)
    recipe = RECIPES["office" if order.kind == _COLOUR else order.kind]
    return damage(print_document(write_document(rng), rng=rng, dpi=order.dpi)[0], recipe, rng)


def _worker_bytes(cost: Cost) -> int:
    """The largest process that is no Tesseract."""
    return max(size for role, size in cost.bytes_by_role.items() if role != _TESSERACT_ROLE)


def _row(name: str, pages: int, cost: Cost) -> list[str]:
    child = cost.bytes_by_role.get(_TESSERACT_ROLE)
    return [
        name,
        str(pages),
        f"{_worker_bytes(cost) / _MIB:.0f}",
        "–" if child is None else f"{child / _MIB:.0f}",
        f"{cost.together_bytes / _MIB:.0f}",
        "–" if name.startswith("ocrmypdf") else f"{cost.cpu_s / pages:.2f}",
    ]
