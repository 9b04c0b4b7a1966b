"""`python -m benchmarks`: measures and writes `benchmarks/RESULTS.md`.

In: command line and, for the given scans, the environment variable `SOHOA_DATA`. Out: the sections on standard output and in the
file. Exit 1 when a section could not be measured; the others are written all the same.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    accuracy,
    blank,
    boundaries,
    confidence,
    engine_cost,
    fields,
    given,
    handing_over,
    indexing,
    junk,
    memory,
    million,
    real_batch,
    references,
    relevance,
    secrecy,
    starting,
    table_cells,
    throughput,
    turning,
    twice_scanned,
)
from benchmarks.cost import Failed
from benchmarks.machine import busy_cores, describe_machine
from benchmarks.peers import install_peers, ocrmypdf_version
from benchmarks.plan import Plan
from benchmarks.report import COMMAND, Section, merge
from dossier.errors import DossierError

_ROOT = Path(__file__).parents[1]
_RESULTS = Path(__file__).with_name("RESULTS.md")
_IDLE_LOAD = 0.7

SECTIONS: dict[str, Callable[[Plan], Section | None]] = {
    accuracy.NAME: accuracy.measure,
    given.NAME: given.measure,
    fields.NAME: fields.measure,
    table_cells.NAME: table_cells.measure,
    turning.NAME: turning.measure,
    junk.NAME: junk.measure,
    blank.NAME: blank.measure,
    boundaries.NAME: boundaries.measure,
    confidence.NAME: confidence.measure,
    memory.NAME: memory.measure,
    engine_cost.NAME: engine_cost.measure,
    real_batch.NAME: real_batch.measure,
    throughput.NAME: throughput.measure,
    starting.NAME: starting.measure,
    handing_over.NAME: handing_over.measure,
    indexing.NAME: indexing.measure,
    million.NAME: million.measure,
    relevance.NAME: relevance.measure,
    secrecy.NAME: secrecy.measure,
    references.NAME: references.measure,
    twice_scanned.NAME: twice_scanned.measure,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure the sections asked for; return the exit code."""
    options = _options(arguments)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # several threads a page only spin: more CPU for little less time
    peers_problem = install_peers() if options.peers else "OCRmyPDF was left out by `--no-peers`"
    data = os.environ.get("SOHOA_DATA")
    plan = Plan(
        samples=_ROOT / "sample_scans",
        data=Path(data) if data else None,
        quick=options.quick,
        jobs=len(os.sched_getaffinity(0)),
        peers_problem=peers_problem,
    )
    out = options.out or (None if options.quick else _RESULTS)
    code = 0
    for name in options.only or SECTIONS:
        try:
            section = _measure(name, plan)
        except (Failed, DossierError, FileNotFoundError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            code = 1
            continue
        if section is None:  # skipped, and it said why
            continue
        print(f"## {section.title}\n\n{section.body}\n", flush=True)
        if out is not None:
            existing = out.read_text(encoding="utf-8") if out.exists() else ""
            out.write_text(merge(existing, [section], list(SECTIONS)), encoding="utf-8")
    return code


def _measure(name: str, plan: Plan) -> Section | None:
    """Measure one section and say how; None when it was skipped."""
    load, start = busy_cores(), time.perf_counter()
    print(f"{name} …", file=sys.stderr, flush=True)
    section = SECTIONS[name](plan)
    if section is None:
        return None
    quick = " --quick" if plan.quick else ""
    others = max(load, busy_cores() - plan.jobs)
    busy = f" The machine had other work (load {others:.1f}): wall times are not to be trusted." if others > _IDLE_LOAD else ""
    foot = (
        f"Printed by `{COMMAND} --only {name}{quick}` in {time.perf_counter() - start:.0f} s on {describe_machine()}, "
        f"OCRmyPDF {ocrmypdf_version()}.{busy}"
    )
    return Section(section.name, section.title, f"{section.body}\n\n{foot}")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure accuracy and speed, ours and others'.")
    parser.add_argument("--only", type=_names, metavar="NAMES", help=f"some of {', '.join(SECTIONS)}, with commas between")
    parser.add_argument("--quick", action="store_true", help="rough numbers within minutes; written only with --out")
    parser.add_argument("--out", type=Path, metavar="FILE", help=f"where results go (default {_RESULTS.relative_to(_ROOT)})")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="do not install and measure OCRmyPDF")
    return parser.parse_args(arguments)


def _names(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = sorted(set(names) - set(SECTIONS))
    if unknown:
        raise argparse.ArgumentTypeError(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
