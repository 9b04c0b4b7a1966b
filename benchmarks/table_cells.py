"""How exactly ruled tables are read: printed ones of every kind of damage, and the given ones where `SOHOA_DATA` names them.

In: a plan. Out: a section of the results. The printed pages are other ones than those on which thresholds were fitted.
"""

from __future__ import annotations

import csv
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cell_rates import CellCount, TrueTable, count_cells, count_words, table_of_rows
from benchmarks.plan import Plan
from benchmarks.readers import read_page_with_ours, read_with_tesseract
from benchmarks.report import Section, percent, table, target
from sample_printer import RECIPES, PrintedPage, damage
from sample_printer.files import image_bytes
from sample_printer.table_pages import print_table_pages

NAME = "tables"

_SEED = 90_000
_PAGES_A_RECIPE = 8
_RESOLUTIONS = (150, 200, 200, 300)
_TARGET = 0.95
_GIVEN = re.compile(r"(?P<scan>.+)\.p(?P<page>\d+)\.table\d+\.tsv")


@dataclass(frozen=True, slots=True)
class _Work:
    """A page on disk with the tables that are on it; `group` is what it is counted under."""

    path: Path
    number: int
    group: str
    tables: tuple[TrueTable, ...]


def measure(plan: Plan) -> Section:
    """Read pages with tables and compare every cell."""
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        printed = plan.some(list(_printed(Path(name))))
        ours, plain = _read(printed)
        parts = [
            f"Cells of {len(printed)} printed pages. A cell is exact when row, column and text are right (its lines joined by "
            "spaces). *Grid*: tables whose cells all have the right row, column and spans. *Placed*: cells of which that is true: "
            "what they lack to exact is the fault of the reading of letters, what is not placed that of the rules. *Words*: cells "
            "whose text stands unbroken in a line of plain text, all that can be asked of plain Tesseract.",
            _rates(ours, plain),
        ]
    if plan.data is not None and (given := list(_given(plan.data / "real"))):
        ours, plain = _read(given)
        total = sum(ours.values(), CellCount())
        parts += ["### Given scans", _rates(ours, plain)]
        parts.append(target(f"cells exact at least {percent(_TARGET, 0)} %", reached=total.exact >= _TARGET * total.cells))
    return Section(NAME, "Ruled tables", "\n\n".join([*parts, *plan.notes]))


def _printed(folder: Path) -> Iterator[_Work]:
    for recipe in RECIPES:
        for number in range(_PAGES_A_RECIPE):
            rng = random.Random(f"{_SEED}/{recipe}/{number}")
            clean = print_table_pages(rng, dpi=rng.choice(_RESOLUTIONS))[0]
            scan = damage(clean, RECIPES[recipe], rng)
            path = folder / f"{recipe}-{number}.png"
            path.write_bytes(image_bytes(scan, ".png"))
            yield _Work(path, 1, recipe, tuple(_true_tables(scan)))


def _true_tables(page: PrintedPage) -> Iterator[TrueTable]:
    for each in page.truth.tables:
        texts = {(cell.row, cell.column): cell.text for cell in each.cells}
        spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in each.cells}
        yield TrueTable(each.rows, each.columns, texts, spans)


def _given(folder: Path) -> Iterator[_Work]:
    for path in sorted(folder.glob("*.tsv")):
        if found := _GIVEN.fullmatch(path.name):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
            scan = folder / f"{found['scan']}.pdf"
            yield _Work(scan, int(found["page"]), path.name.removesuffix(".tsv"), (table_of_rows(rows),))


def _read(works: list[_Work]) -> tuple[dict[str, CellCount], dict[str, CellCount]]:
    """Counts by group: ours, and those of plain Tesseract's text."""
    ours: dict[str, CellCount] = defaultdict(CellCount)
    plain: dict[str, CellCount] = defaultdict(CellCount)
    for work in works:
        page = read_page_with_ours(work.path, work.number)
        text = read_with_tesseract(work.path)
        lines = text.pages[work.number - 1].splitlines() if text.pages else []
        for truth in work.tables:
            ours[work.group] += count_cells(truth, page)
            plain[work.group] += count_words(truth, lines)
    return ours, plain


def _rates(ours: dict[str, CellCount], plain: dict[str, CellCount]) -> str:
    groups = [*ours, "all"]
    counts = {**ours, "all": sum(ours.values(), CellCount())}
    others = {**plain, "all": sum(plain.values(), CellCount())}
    rows = [
        [
            group,
            str(counts[group].tables),
            str(counts[group].cells),
            _share(counts[group].grids, counts[group].tables),
            _share(counts[group].placed, counts[group].cells),
            _share(counts[group].exact, counts[group].cells),
            _share(counts[group].words_kept, counts[group].filled),
            _share(others[group].words_kept, others[group].filled),
        ]
        for group in groups
    ]
    return table(("page", "tables", "cells", "grid %", "placed %", "exact %", "words %", "words %, tesseract"), rows)


def _share(part: int, whole: int) -> str:
    return percent(part / whole, 1) if whole else "-"
