"""How exactly ruled tables are read: printed ones of every kind of damage, and the given ones where `SOHOA_DATA` names them.

In: a plan. Out: a section of the results. The printed pages are other ones than those on which thresholds were fitted. Plain
Tesseract knows no tables: on printed pages its words are put into the true cells by their boxes, which no user of it could do.
"""

from __future__ import annotations

import csv
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.cell_rates import CellCount, TrueTable, count_cells, count_placed_words, count_words, table_of_rows
from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, PrintedScan, on_upright_page, print_scans
from benchmarks.readers import OURS, TESSERACT, read_files, read_once
from benchmarks.report import Section, percent, table, target
from benchmarks.stray_words import PlacedWord, Region
from benchmarks.tesseract_words import tesseract_words
from sample_printer import RECIPES, PageTruth, PrintedPage, damage
from sample_printer.table_pages import print_table_pages

NAME = "tables"

_SEED = 90_000
_PAGES_A_RECIPE, _PAGES_OF_DAILY_WORK = 2, 6
_DAILY_WORK = ("office", "photocopy")
_RESOLUTIONS = (150, 200, 200, 300)
_TARGET = 0.95
_GIVEN = re.compile(r"(?P<scan>.+)\.p(?P<page>\d+)\.table\d+\.tsv")
_INTRO = (
    "A cell is exact when row, column and text are right (its lines joined by spaces). *Grid*: tables whose cells all have the "
    "right row, column and spans. *Placed*: cells of which that is true: what they lack to exact is the fault of the reading of "
    "letters, what is not placed that of the rules. *Words*: cells whose text stands unbroken in a line of plain text."
)

Counts = Mapping[str, CellCount]


def measure(plan: Plan) -> Section:
    """Read pages with tables and compare every cell."""
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        scans = print_scans(_press, plan.some(_orders()), Path(name), plan.jobs)
        ours, plain = _read_printed(scans, plan)
    total = sum(ours.values(), CellCount())
    claim = f"cells exact at least {percent(_TARGET, 0)} % (printed: {_share(total.exact, total.cells)} %)"
    parts = [
        _INTRO,
        f"### {len(scans)} printed pages\n\nPlain Tesseract: its words put into the true cells.",
        _table(ours, plain, "exact %, tesseract"),
        target(claim, reached=_enough(total)),
    ]
    if plan.data is not None and (found := list(_given(plan.data / "real"))):
        ours, plain = _read_given(found, plan)
        total = sum(ours.values(), CellCount())
        claim = f"cells exact at least {percent(_TARGET, 0)} % (given: {_share(total.exact, total.cells)} %)"
        parts += ["### Given scans", _table(ours, plain, "words %, tesseract"), target(claim, reached=_enough(total))]
    return Section(NAME, "Ruled tables", "\n\n".join([*parts, *plan.notes]))


def _orders() -> list[Order]:
    pages = {recipe: _PAGES_OF_DAILY_WORK if recipe in _DAILY_WORK else _PAGES_A_RECIPE for recipe in RECIPES}
    rng = random.Random(_SEED)
    return [
        Order(recipe, "table", _SEED + number, rng.choice(_RESOLUTIONS))
        for recipe, count in pages.items()
        for number in range(count)
    ]


def _press(order: Order, rng: random.Random) -> PrintedPage:
    return damage(print_table_pages(rng, dpi=order.dpi)[0], RECIPES[order.kind], rng)


def _read_printed(scans: Sequence[PrintedScan], plan: Plan) -> tuple[Counts, Counts]:
    """Counts by recipe: ours, and plain Tesseract's words in the true cells."""
    paths = [scan.path for scan in scans]
    with ThreadPoolExecutor(plan.jobs) as threads:
        others = list(threads.map(tesseract_words, paths))
    ours: dict[str, CellCount] = defaultdict(CellCount)
    plain: dict[str, CellCount] = defaultdict(CellCount)
    for scan, text, (words, _) in zip(scans, read_files(OURS, paths, plan.jobs), others, strict=True):
        straight = [PlacedWord(word.text, *on_upright_page(scan.truth, word.x, word.y)) for word in words]
        for truth, insides in _true_tables(scan.truth):
            empty = CellCount(cells=len(truth.texts), tables=1)
            ours[scan.order.kind] += count_cells(truth, text.read[0]) if text.read else empty
            plain[scan.order.kind] += count_placed_words(truth, insides, straight)
    return ours, plain


def _true_tables(page: PageTruth) -> Iterator[tuple[TrueTable, dict[tuple[int, int], Region]]]:
    for each in page.tables:
        texts = {(cell.row, cell.column): cell.text for cell in each.cells}
        spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in each.cells}
        insides = {(cell.row, cell.column): Region(*cell.box) for cell in each.cells}
        yield TrueTable(each.rows, each.columns, texts, spans), insides


def _given(folder: Path) -> Iterator[tuple[Path, int, TrueTable]]:
    for path in sorted(folder.glob("*.tsv")):
        if found := _GIVEN.fullmatch(path.name):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
            yield folder / f"{found['scan']}.pdf", int(found["page"]), table_of_rows(rows)


def _read_given(found: Sequence[tuple[Path, int, TrueTable]], plan: Plan) -> tuple[Counts, Counts]:
    """Counts by page: ours, and the cells whose words plain Tesseract keeps together."""
    paths = sorted({path for path, _, _ in found})
    ours: dict[str, CellCount] = defaultdict(CellCount)
    plain: dict[str, CellCount] = defaultdict(CellCount)
    texts = dict(zip(paths, read_once(OURS, paths, plan.jobs), strict=True))
    others = dict(zip(paths, read_once(TESSERACT, paths, plan.jobs), strict=True))
    for path, number, truth in found:
        name = f"{path.stem} p{number}"
        read, lines = texts[path].read, others[path].pages
        ours[name] += count_cells(truth, read[number - 1]) if read else CellCount(cells=len(truth.texts), tables=1)
        plain[name] += count_words(truth, lines[number - 1].splitlines() if lines else [])
    return ours, plain


def _table(ours: Counts, plain: Counts, last: str) -> str:
    """Our rates, and plain Tesseract's in the last column: exact cells where it was given the grid, else words kept together."""
    rows = []
    for group in [*ours, "all"]:
        count = ours[group] if group in ours else sum(ours.values(), CellCount())
        other = plain[group] if group in plain else sum(plain.values(), CellCount())
        theirs = _share(other.exact, other.cells) if other.cells else _share(other.words_kept, other.filled)
        shares = (
            (count.grids, count.tables),
            (count.placed, count.cells),
            (count.exact, count.cells),
            (count.words_kept, count.filled),
        )
        rows.append([group, str(count.tables), str(count.cells), *(_share(*share) for share in shares), theirs])
    return table(("page", "tables", "cells", "grid %", "placed %", "exact %", "words %", last), rows)


def _enough(count: CellCount) -> bool:
    return count.exact >= _TARGET * count.cells


def _share(part: int, whole: int) -> str:
    return percent(part / whole, 1) if whole else "-"
