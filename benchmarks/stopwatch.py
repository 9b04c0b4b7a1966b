"""`sohoa` as it is, with a stopwatch around `ocr.read_page`: `python -m benchmarks.stopwatch digitise …`.

In: the command line of `sohoa`; the variable `SOHOA_STOPWATCH` names a file. Out: in that file a line a page: CPU seconds (children
included) and the time at which the page was done. Worker processes import this module again as they would import `sohoa`, so they
have the stopwatch too; it costs microseconds a page.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cost import own_cpu_s
from dossier.model import PageScan
from flows import page_worker
from flows.command_line import main
from ocr import Reader, Reading, read_page

VARIABLE = "SOHOA_STOPWATCH"


@dataclass(frozen=True, slots=True)
class PageTime:
    """What reading one page cost, and when it was done (seconds since the epoch)."""

    cpu_s: float
    done_at: float


def page_times(path: Path) -> list[PageTime]:
    """The lines of a stopwatch file, in the order in which pages were done."""
    rows = [line.split() for line in path.read_text(encoding="ascii").splitlines()] if path.exists() else []
    return [PageTime(float(cpu_s), float(done_at)) for cpu_s, done_at in rows]


def _timed_read_page(scan: PageScan, reader: Reader) -> Reading:
    """`ocr.read_page`, timed; a worker reads one page at a time, so all CPU it uses meanwhile is that page's."""
    start = own_cpu_s()
    try:
        return read_page(scan, reader)
    finally:
        line = f"{own_cpu_s() - start:.6f} {time.time():.3f}\n".encode("ascii")
        file = os.open(os.environ[VARIABLE], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, line)  # one write: lines of several workers do not mix
        os.close(file)


if VARIABLE in os.environ:
    vars(page_worker)["read_page"] = _timed_read_page

if __name__ == "__main__":
    main()
