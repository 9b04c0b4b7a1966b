"""How fast a batch goes through: pages per CPU second, two jobs against one, what everything but reading costs, memory.

In: a batch printed for the purpose. Out: a section of the results.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.digitising import Run, digitise
from benchmarks.plan import Plan
from benchmarks.printed_batch import print_batch
from benchmarks.readers import OCRMYPDF, OURS, TESSERACT, read_files
from benchmarks.report import Section, percent, table, target
from dossier.settings import load_settings
from ocr import open_scan

NAME = "throughput"
_ON_PREFECT = "2 jobs, on Prefect"
_PAGES, _PAGES_QUICK = 100, 20
_WARMING_SEED = 1
_MOST_OVERHEAD = 0.10
_LEAST_SPEED_UP = 1.8
_OCRMYPDF_EVERY = 4
"""OCRmyPDF is slow and its cost a page steady: it gets every fourth file."""


def measure(plan: Plan) -> Section:
    """Digitise one batch in several ways, and read it with the others' programs."""
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        folder = Path(name)
        files = print_batch(folder / "batch", _PAGES_QUICK if plan.quick else _PAGES)
        runs = {
            "1 job": digitise(folder / "batch", folder / "one", jobs=1, engine="inline"),
            "2 jobs": digitise(folder / "batch", folder / "two", jobs=2, engine="inline"),
        }
        if not plan.quick:
            home = folder / "prefect-home"
            print_batch(folder / "warm", 1, seed=_WARMING_SEED)  # an operator's Prefect has its database
            digitise(folder / "warm", folder / "warm-store", jobs=1, engine="prefect", prefect_home=home)
            runs[_ON_PREFECT] = digitise(folder / "batch", folder / "three", jobs=2, engine="prefect", prefect_home=home)
        again = digitise(folder / "batch", folder / "two", jobs=2, engine="inline")
        others = {reader: _others_cpu_s(reader, files, plan) for reader in plan.readers if reader != OURS}
    pages = runs["1 job"].pages
    parts = [
        f"`sohoa digitise` on a batch of {pages} pages in {len(files)} files, from an empty store to a filled index; CPU and wall "
        "clock from the start of the program to its end, every child included, Prefect's embedded server too.",
        _runs_table(runs),
        *_targets(runs),
        f"The same command again, when all is done: {again.cost.cpu_s:.1f} CPU s, {again.cost.wall_s:.1f} s, "
        f"{again.pages} pages read.",
        "Memory, MiB: the largest process of each kind.",
        _memory_table(runs),
        "The same pages by others, text only: no fields, no store, no index. CPU s a page, and how often ours goes into it.",
        _others_table(runs["1 job"], others),
        *plan.notes,
    ]
    return Section(NAME, "Throughput", "\n\n".join(parts))


def _runs_table(runs: Mapping[str, Run]) -> str:
    rows = [
        [
            name,
            f"{run.cost.cpu_s:.1f}",
            f"{run.cost.cpu_s / run.pages:.2f}",
            f"{run.pages / run.cost.cpu_s:.3f}",
            percent(run.overhead, 1),
            f"{run.cost.wall_s:.1f}",
            f"{run.pages_a_second:.2f}",
        ]
        for name, run in runs.items()
    ]
    head = ("run", "CPU s", "CPU s a page", "pages a CPU s", "CPU outside `read_page`, %", "wall s", "pages a wall s")
    return table(head, rows)


def _targets(runs: Mapping[str, Run]) -> list[str]:
    one, two = runs["1 job"], runs["2 jobs"]
    speed_up = two.pages_a_second / one.pages_a_second
    highest = max(one.overhead, two.overhead)
    claims = [
        target(
            f"everything outside `ocr.read_page` under {percent(_MOST_OVERHEAD, 0)} % of CPU time, start-up included "
            f"({percent(highest, 1)} %)",
            reached=highest < _MOST_OVERHEAD,
        ),
        target(
            f"2 jobs at least {_LEAST_SPEED_UP} times the pages per second of 1 job ({speed_up:.2f} times)",
            reached=speed_up >= _LEAST_SPEED_UP,
        ),
    ]
    if one.pages < _PAGES:
        claims.append(f"The targets are meant for a batch of {_PAGES} pages; on {one.pages} the start-up weighs more.")
    return claims


def _memory_table(runs: Mapping[str, Run]) -> str:
    roles = ("main", "worker", "tesseract", "server")
    rows = [
        [name, *(run.megabytes(role) for role in roles), f"{run.cost.together_bytes / 2**20:.0f}"] for name, run in runs.items()
    ]
    return table(("run", "main process", "a worker", "a Tesseract", "Prefect's server", "all together"), rows)


def _others_cpu_s(reader: str, files: Sequence[Path], plan: Plan) -> float:
    """CPU seconds a page."""
    chosen = files[::_OCRMYPDF_EVERY] if reader == OCRMYPDF else files
    limits = load_settings().intake
    pages = sum(open_scan(path, limits).page_count for path in chosen)
    return sum(text.cpu_s for text in read_files(reader, chosen, plan.jobs)) / pages


def _others_table(ours: Run, others: Mapping[str, float]) -> str:
    whole, reading = ours.cost.cpu_s / ours.pages, ours.reading_cpu_s / ours.pages
    costs = {f"{OURS} digitise, 1 job": whole, f"{OURS}, `read_page` alone": reading, **others}
    rows = [[name, f"{cost:.2f}", f"{cost / whole:.2f}", f"{cost / others[TESSERACT]:.2f}"] for name, cost in costs.items()]
    return table(("program", "CPU s a page", f"against {OURS} digitise", "against plain Tesseract"), rows)
