"""Abbreviations of offices (chữ viết tắt): what clerks write short and papers print in full, and the other way round.

In: nothing. Out: the pairs of `abbreviations.tsv`. An abbreviation may stand for several long forms ("BCT").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ABBREVIATIONS_FILE = Path(__file__).with_name("abbreviations.tsv")

COLUMNS = ("short", "long", "kind")
"""Columns of the file; `kind` is body, type (tên loại văn bản), place or term."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One pair: `short` as it is usually written, `long` with its marks."""

    short: str
    long: str
    kind: str


@lru_cache(maxsize=1)
def abbreviations() -> tuple[Abbreviation, ...]:
    """The whole catalogue, read once a process.

    Raises:
        ValueError: when the file has other columns.
    """
    head, *rows = ABBREVIATIONS_FILE.read_text(encoding="utf-8").splitlines()
    if tuple(head.split("\t")) != COLUMNS:
        raise ValueError(f"{ABBREVIATIONS_FILE.name} has the columns {head}")
    return tuple(Abbreviation(*row.split("\t")) for row in rows)
