"""One measured run of `sohoa digitise`. In: a batch folder and how to run it. Out: its cost, and what of it reading pages cost."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cost import Cost, Failed, cost_of
from benchmarks.stopwatch import VARIABLE, page_times

_ALL_WELL, _SOMETHING_SET_ASIDE = 0, 3
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Run:
    """A run.

    Attributes:
        pages: pages that were read during it.
        reading_cpu_s: CPU seconds inside `ocr.read_page`, all pages together.
        first_page_s: from the start of the program to the first page read; None when nothing was to be read.
        status: what `sohoa status --json` says afterwards.
    """

    cost: Cost
    pages: int
    reading_cpu_s: float
    first_page_s: float | None
    status: Mapping[str, Any]

    @property
    def overhead(self) -> float:
        """Share of the CPU time that is not spent in `ocr.read_page`."""
        return 1 - self.reading_cpu_s / self.cost.cpu_s

    @property
    def pages_a_second(self) -> float:
        """Pages by wall clock, start-up included."""
        return self.pages / self.cost.wall_s

    def megabytes(self, role: str) -> str:
        """Most memory that one process of a role held, in MiB."""
        found = self.cost.bytes_by_role.get(role)
        return "–" if found is None else f"{found / _MIB:.0f}"


def digitise(batch: Path, store: Path, *, jobs: int, engine: str, prefect_home: Path | None = None) -> Run:
    """Run `sohoa digitise BATCH --store STORE` and look at the ledger.

    Args:
        batch: what is digitised.
        store: where to; a store that has the batch already is left as it is.
        jobs: worker processes.
        engine: `inline` or `prefect`.
        prefect_home: where Prefect keeps its database, for `prefect`.

    Raises:
        Failed: it did not end well, or a page is without a state.
    """
    stopwatch = store.with_name(f"{store.name}.stopwatch")
    stopwatch.unlink(missing_ok=True)
    environment = {"SOHOA_FLOWS__ENGINE": engine, VARIABLE: str(stopwatch)}
    if prefect_home is not None:
        environment["PREFECT_HOME"] = str(prefect_home)
    program = [sys.executable, "-m", "benchmarks.stopwatch"]
    command = [*program, "digitise", str(batch), "--store", str(store), "--jobs", str(jobs), "--index", "embedded"]
    cost = cost_of(command, environment=environment, well=(_ALL_WELL, _SOMETHING_SET_ASIDE))
    times = page_times(stopwatch)
    status = json.loads(cost_of([*program, "status", "--json", "--store", str(store)]).output)
    if not status["adds_up"] or status["pages"]["pending"]:
        raise Failed(f"digitise {batch.name}: the ledger says {status['pages']}")
    first = min((time.done_at for time in times), default=None)
    return Run(
        cost=cost,
        pages=len(times),
        reading_cpu_s=sum(time.cpu_s for time in times),
        first_page_s=None if first is None else first - cost.started_at,
        status=status,
    )
