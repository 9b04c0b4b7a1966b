"""The results as Markdown: tables, and sections of `RESULTS.md` that are replaced one by one.

In: rows and sentences. Out: text. A section stands between two marker comments, so that running one again leaves the others as
they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

COMMAND = ".venv/bin/python -m benchmarks"

_TITLE = """# Results

Written by `make bench`; every section names the command that prints it alone. CPU seconds are user and system time of the whole
process tree. Compare within a section only: its rows come from the same run.
"""


class Verdict(StrEnum):
    """Whether a target of the project is reached."""

    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the results. `name` is what `--only` takes."""

    name: str
    title: str
    body: str


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column stands left, the others right.

    Raises:
        ValueError: when a row is not as long as the head.
    """
    if any(len(row) != len(head) for row in rows):
        raise ValueError("a row of another length than the head")
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, marks, *rows))


def target(claim: str, *, reached: bool) -> str:
    """A sentence about a target."""
    return f"Target: {claim}: **{Verdict.MET if reached else Verdict.MISSED}**."


def percent(share: float, digits: int = 2) -> str:
    """0.0345 as "3.45"."""
    return f"{100 * share:.{digits}f}"


def merge(existing: str, sections: Sequence[Section], order: Sequence[str]) -> str:
    """Put new sections in the place of old ones of the same name; others stay. Sections stand in `order`."""
    bodies = {found["name"]: found["body"].strip() for found in _SECTION.finditer(existing)}
    bodies |= {section.name: f"## {section.title}\n\n{section.body.strip()}" for section in sections}
    known = [name for name in order if name in bodies]
    return _TITLE + "".join(f"\n<!-- begin {name} -->\n{bodies[name]}\n<!-- end {name} -->\n" for name in known)


_SECTION = re.compile(r"<!-- begin (?P<name>[a-z-]+) -->\n(?P<body>.*?)<!-- end (?P=name) -->", re.DOTALL)
