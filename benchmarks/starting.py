"""What an orchestrator's start-up costs a small dossier: the same ten pages in process and on Prefect.

In: a dossier printed for the purpose. Out: a section of the results; it is the reason for the setting `SOHOA_FLOWS__ENGINE=auto`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.digitising import Run, digitise
from benchmarks.plan import Plan
from benchmarks.printed_batch import PAGES_A_DOSSIER, print_batch
from benchmarks.report import Section, table, target
from dossier.settings import FlowSettings

NAME = "starting"
_REPEATS = 3
_MOST_WAITING_S = 1.0
"""Longest that a small dossier may wait for its orchestrator, beyond what it waits without one."""


def measure(plan: Plan) -> Section:
    """Digitise one dossier in process, on Prefect with a fresh database, and on Prefect with one that is used already."""
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        folder = Path(name)
        print_batch(folder / "dossier", PAGES_A_DOSSIER)
        home = folder / "prefect-home"
        fresh = _runs(folder, "fresh", repeats=1, engine="prefect", prefect_home=home)
        warm, inline, chosen = [], [], []
        for number in range(1 if plan.quick else _REPEATS):  # in turns, so that other work on the machine hits all alike
            warm += _runs(folder, f"warm-{number}", repeats=1, engine="prefect", prefect_home=home)
            inline += _runs(folder, f"inline-{number}", repeats=1, engine="inline")
            chosen += _runs(folder, f"auto-{number}", repeats=1, engine="auto", prefect_home=home)
    waits = _middle_first_page(chosen) - _middle_first_page(inline)
    parts = [
        f"`sohoa digitise --jobs 2` on one dossier of {PAGES_A_DOSSIER} pages, from the start of the program; medians of "
        f"{len(inline)} runs, taken in turns.",
        table(
            ("run", "first page read after s", "whole time s", "CPU s"),
            [
                _row("in process", inline),
                _row("on Prefect, its database used before", warm),
                _row("on Prefect, empty database", fresh),
                _row("as it comes (`SOHOA_FLOWS__ENGINE=auto`)", chosen),
            ],
        ),
        target(
            f"as it comes, the first page waits at most {_MOST_WAITING_S:g} s longer than in process ({waits:+.1f} s)",
            reached=waits <= _MOST_WAITING_S,
        ),
        "As it comes, a batch runs in process unless a server is named (`PREFECT_API_URL`) or it has at least "
        f"{FlowSettings().prefect_from_pages} pages (`SOHOA_FLOWS__PREFECT_FROM_PAGES`).",
        *plan.notes,
    ]
    return Section(NAME, "A small dossier and the orchestrator's start-up", "\n\n".join(parts))


def _runs(folder: Path, store: str, *, repeats: int, engine: str, prefect_home: Path | None = None) -> list[Run]:
    return [
        digitise(folder / "dossier", folder / f"{store}-{number}", jobs=2, engine=engine, prefect_home=prefect_home)
        for number in range(repeats)
    ]


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _middle_first_page(runs: Sequence[Run]) -> float:
    return _middle([run.first_page_s or 0.0 for run in runs])


def _row(name: str, runs: Sequence[Run]) -> list[str]:
    whole = _middle([run.cost.wall_s for run in runs])
    return [name, f"{_middle_first_page(runs):.1f}", f"{whole:.1f}", f"{_middle([run.cost.cpu_s for run in runs]):.1f}"]
