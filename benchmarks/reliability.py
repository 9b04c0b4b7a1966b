"""How far the confidence of words can be trusted: which words are right, and how often, beside how sure the reader was.

In: lines that were read and lines that are printed. Out: `JudgedWord`s, bins of them, the expected calibration error. This shares
no code with what fits the confidence: it is its judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from benchmarks.text_rates import clean
from dossier.model import Line

BINS = 10

_SAME_LINE = 60.0
"""Per cent of likeness from which a line is held to be a reading of a printed line."""
_MOST_LINES = 4
"""A line that was read may hold so many printed ones: columns run together."""


@dataclass(frozen=True, slots=True)
class JudgedWord:
    """How sure the reader was of a word, and whether it is printed where it was read."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Words of about the same confidence: how sure the reader was on average, and how many of them were right."""

    low: float
    high: float
    words: int
    confidence: float
    right: int

    @property
    def share_right(self) -> float:
        """Share of right words; 0 in an empty bin."""
        return self.right / self.words if self.words else 0.0


def judge_words(read: Sequence[Line], printed: Sequence[str], optional: Sequence[str] = ()) -> list[JudgedWord]:
    """Compare every word with the printed line that its own line is most like; words of stamps are not judged."""
    truth = [line for line in map(clean, printed) if line]
    stamps = [line for line in map(clean, optional) if line]
    return [judged for line in read for judged in _judge(line, truth, stamps)]


def _judge(line: Line, truth: Sequence[str], stamps: Sequence[str]) -> Iterator[JudgedWord]:
    words = [clean(word.text) for word in line.words]
    right = [False] * len(words)
    left, found = list(truth), False
    for _ in range(_MOST_LINES):
        open_places = [place for place, good in enumerate(right) if not good]
        rest = " ".join(words[place] for place in open_places)
        best = process.extractOne(rest, left, scorer=fuzz.ratio, score_cutoff=_SAME_LINE) or (
            process.extractOne(rest, left, scorer=fuzz.partial_ratio, score_cutoff=_SAME_LINE) if len(rest) > 2 else None
        )
        if best is None:
            break
        found = True
        left.remove(best[0])
        for step in Levenshtein.opcodes([words[place] for place in open_places], best[0].split()):
            if step.tag == "equal":
                for place in open_places[step.src_start : step.src_end]:
                    right[place] = True
        if all(right):
            break
    if not found and stamps and max(fuzz.partial_ratio(" ".join(words).upper(), stamp.upper()) for stamp in stamps) >= _SAME_LINE:
        return
    yield from (JudgedWord(word.confidence, good) for word, good in zip(line.words, right, strict=True))


def bins(words: Sequence[JudgedWord]) -> list[Bin]:
    """Ten bins of equal width."""
    found: list[list[JudgedWord]] = [[] for _ in range(BINS)]
    for word in words:
        found[min(BINS - 1, int(word.confidence * BINS))].append(word)
    return [
        Bin(
            low=place / BINS,
            high=(place + 1) / BINS,
            words=len(inside),
            confidence=sum(word.confidence for word in inside) / max(1, len(inside)),
            right=sum(word.right for word in inside),
        )
        for place, inside in enumerate(found)
    ]


def calibration_error(words: Sequence[JudgedWord]) -> float:
    """Expected calibration error: distance between confidence and share of right words, bins weighed by their words."""
    return sum(each.words * abs(each.confidence - each.share_right) for each in bins(words)) / max(1, len(words))
