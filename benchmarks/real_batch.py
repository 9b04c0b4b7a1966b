"""All given real scans in one batch: nothing crashes, the ledger adds up, every page has a state.

In: the folder `real` of `SOHOA_DATA`. Out: a section, or None without the data.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.digitising import digitise
from benchmarks.given_pages import real_scans
from benchmarks.plan import Plan
from benchmarks.report import Section, table, target

NAME = "real-batch"


def measure(plan: Plan) -> Section | None:
    """Digitise them and show what the ledger says; None, said aloud, without `SOHOA_DATA`."""
    if plan.data is None:
        print("real-batch: skipped, SOHOA_DATA names no folder of scans", file=sys.stderr)
        return None
    scans = plan.some(real_scans(plan.data))
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        batch = Path(name) / "real"
        for path in scans:  # a dossier each: only scans, without the transcriptions that lie beside them
            dossier = batch / path.stem
            dossier.mkdir(parents=True)
            shutil.copyfile(path, dossier / path.name)
        run = digitise(batch, Path(name) / "store", jobs=plan.jobs, engine="inline")
    pages = run.status["pages"]
    states = {state: count for state, count in pages.items() if state != "expected"}
    whole = run.status["adds_up"] and sum(states.values()) == pages["expected"] and not states["pending"]
    parts = [
        f"{len(scans)} files, a dossier each, `sohoa digitise --jobs {plan.jobs}`, exit code {run.cost.code}: "
        f"{run.cost.cpu_s / pages['expected']:.2f} CPU s a page, {run.cost.wall_s:.0f} s.",
        table(("pages", "count"), [[state, str(count)] for state, count in pages.items()]),
        table(("files", "count"), [[state, str(count)] for state, count in run.status["files"].items()]),
        f"{run.status['documents']} documents, {run.status['documents_stopped']} stopped for secrecy, "
        f"{run.status['index'].get('indexed', 0)} indexed.",
        target("no crash, every page in exactly one state, the ledger adds up", reached=whole),
        *plan.notes,
    ]
    return Section(NAME, "All real scans in one batch", "\n\n".join(parts))
