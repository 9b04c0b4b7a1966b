"""What a run of the benchmarks is to measure, and with whom it compares. In: the command line. Out: a `Plan`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.readers import OCRMYPDF, OURS, TESSERACT

Item = TypeVar("Item")

_QUICK_SHARE = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """One run.

    Attributes:
        samples: folder of the sample scans.
        data: the folder that `SOHOA_DATA` names, or None.
        quick: measure on a third of the scans and a fifth of the batch.
        jobs: how many scans are read at a time where only CPU seconds count.
        peers_problem: why OCRmyPDF is not compared, or None.
    """

    samples: Path
    data: Path | None
    quick: bool
    jobs: int
    peers_problem: str | None

    @property
    def readers(self) -> tuple[str, ...]:
        """The readers to compare."""
        return (OURS, TESSERACT) if self.peers_problem else (OURS, TESSERACT, OCRMYPDF)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of a table must know about this run."""
        notes = [self.peers_problem + "; its column is missing." if self.peers_problem else ""]
        notes.append("Quick run: a part of the scans, numbers are rough." if self.quick else "")
        return tuple(note for note in notes if note)

    def some(self, items: Sequence[Item]) -> list[Item]:
        """All items, or every third of them in a quick run."""
        return list(items[:: _QUICK_SHARE if self.quick else 1])
