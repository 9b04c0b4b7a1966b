"""Parts of a paper that repeat labels: from one phrase to the next, one below the other or side by side.

In: a `Run` and a paper's sections. Out: `Span`s of the run; of sections side by side each with its own column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from metadata.packs.matching import flat
from metadata.packs.model import Paper
from metadata.packs.runs import Run

FUZZY_LIKENESS = 85.0
"""One letter in seven may be another."""

SHORTEST_FUZZY = 7
"""Labels of fewer letters have to be read without an error."""

LONG_LABEL = 3
"""A label of more words may run over a line end."""


@dataclass(frozen=True, slots=True)
class Span:
    """The characters [start, end) of a run, and where its column begins and ends in pixels."""

    start: int
    end: int
    left: float = 0.0
    right: float = float("inf")

    def holds(self, run: Run, position: int) -> bool:
        """Whether a character belongs to it."""
        if not self.start <= position < self.end:
            return False
        return self.left <= run.pieces[run.piece_at(position)].segment.box.x0 < self.right


@lru_cache(maxsize=2048)
def words_pattern(words: str) -> re.Pattern[str]:
    """A pattern for folded words with anything but letters between them."""
    return re.compile(rf"(?<![a-z0-9]){joined(words)}(?![a-z0-9])")


def joined(words: str) -> str:
    """Words of a label with anything but a colon between; a long one may run over a line end."""
    parts = words.split()
    return (r"[^a-z0-9:]{1,4}" if len(parts) > LONG_LABEL else r"[^a-z0-9:\n]{1,4}").join(re.escape(word) for word in parts)


def spans_of(run: Run, paper: Paper) -> dict[str, Span | None]:
    """Where the sections of a paper stand; None for one that is not on it."""
    starts = {name: _first(run, section.start, 0) for name, section in paper.sections.items()}
    return {name: _span(run, paper, name, starts) for name in paper.sections}


def _span(run: Run, paper: Paper, name: str, starts: dict[str, int | None]) -> Span | None:
    start = starts[name]
    if start is None:
        return None
    piece = run.pieces[run.piece_at(start)]
    others = [run.pieces[run.piece_at(other)] for key, other in starts.items() if key != name and other is not None]
    beside = [other for other in others if other.row == piece.row and other.start != piece.start]
    if not beside:
        end = _first(run, paper.sections[name].end, start + 1)
        return Span(start, len(run.text) if end is None else end)
    margin = 2 * piece.sheet.line_height
    rights = [other.segment.box.x0 - margin for other in beside if other.segment.box.x0 > piece.segment.box.x0]
    below = next((each.start for each in run.pieces[run.piece_at(start) :] if each.row > piece.row), len(run.text))
    end = _first(run, paper.sections[name].end, below)
    return Span(
        start,
        len(run.text) if end is None else end,
        piece.segment.box.x0 - margin,
        min(rights, default=float("inf")),
    )


def _first(run: Run, phrases: Sequence[str], position: int) -> int | None:
    """Where the first of some phrases stands; the place most like one of them where none was read without an error."""
    found = (words_pattern(flat(text)).search(run.key, position) for text in phrases)
    exact = min((match.start() for match in found if match), default=None)
    if exact is not None:
        return exact
    long = [flat(text) for text in phrases if len(text) > SHORTEST_FUZZY]
    near = [fuzz.partial_ratio_alignment(words, run.key[position:], score_cutoff=FUZZY_LIKENESS) for words in long]
    best = max((place for place in near if place is not None), key=lambda place: place.score, default=None)
    return None if best is None else position + best.dest_start
