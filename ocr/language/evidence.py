"""Words of the chosen readings, with what speaks for and against each.

In: `Alternatives`, segments and the chosen readings. Out: text, first and last step, `Evidence` of every word of the line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ocr.engines.networks.alternatives import Alternatives
from ocr.language.confidence import Evidence
from ocr.language.model_file import UNKNOWN
from ocr.language.readings import Segment, Stretch
from ocr.language.scoring import Scoring, Token
from ocr.language.search import Chosen, rivals
from ocr.language.words import Kind

_MOST_ODDS = 12.0
_LEAST_LOG = -16.0


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A chosen word before its confidence is known; `picture` is the log probability of its characters in the picture."""

    text: str
    first_step: int
    last_step: int
    picture: float
    evidence: Evidence


def found_words(seen: Alternatives, found: list[Segment], chosen: list[Chosen], scoring: Scoring) -> list[FoundWord]:
    """Every word of a line with its evidence."""
    likely, symbols, places = seen.log_probabilities.tolist(), seen.symbols.tolist(), _places(seen.charset)
    raw: list[_Raw] = []
    for place, each in enumerate(chosen):
        before = each.before
        shares = _shares(each.reading, rivals(found, chosen, place, scoring) if len(found[place].readings) > 1 else [])
        for text, steps in _words(each.reading):
            pairs = zip(text, steps, strict=True)
            values = [_value(likely[step], symbols[step], places.get(letter, 0)) for letter, step in pairs]
            token = scoring.token(text)
            language = max(scoring.language(token, before), _LEAST_LOG) if token.kind is Kind.WORD else 0.0
            before = scoring.worth(token, before)[1]
            raw.append(_Raw(text, steps, sum(values), _odds(math.exp(min(values))), shares[text], token, language))
    if not raw:
        return []
    mean = sum(word.weakest for word in raw) / len(raw)
    following = [*(word.language for word in raw[1:]), 0.0]
    return [
        FoundWord(word.text, word.steps[0], word.steps[-1], word.picture, _evidence(word, mean, after))
        for word, after in zip(raw, following, strict=True)
    ]


class _Raw(NamedTuple):
    """A word with what can be said of it alone."""

    text: str
    steps: tuple[int, ...]
    picture: float
    weakest: float
    rivals: float
    token: Token
    language: float


def _evidence(word: _Raw, mean: float, following: float) -> Evidence:
    kind = word.token.kind
    return Evidence(
        rivals=word.rivals,
        weakest=word.weakest,
        weakest_of_line=mean,
        language=word.language,
        following=following,
        unknown=float(UNKNOWN in word.token.numbers),
        number=float(kind is Kind.NUMBER),
        code=float(kind is Kind.CODE),
        jumble=float(kind is Kind.JUMBLE),
        marks=float(kind is Kind.MARKS),
        short=1.0 / len(word.text),
    )


@lru_cache(4)
def _places(charset: tuple[str, ...]) -> dict[str, int]:
    """Symbol of every character."""
    return {character: place for place, character in enumerate(charset, start=1)}


def _words(reading: Stretch) -> list[tuple[str, tuple[int, ...]]]:
    """The words of a reading, each with the steps of its characters."""
    if " " not in reading.text:
        return [(reading.text, reading.steps)] if reading.text else []
    found, start = [], 0
    for word in reading.text.split(" "):
        found.append((word, reading.steps[start : start + len(word)]))
        start += len(word) + 1
    return found


def _value(likely: list[float], symbols: list[int], wanted: int) -> float:
    """Log probability of a symbol at a step."""
    try:
        return min(likely[symbols.index(wanted)], 0.0)
    except ValueError:
        return min(likely[-1], 0.0)


def _shares(chosen: Stretch, scored: list[tuple[Stretch, float]]) -> dict[str, float]:
    """Log odds of every word of a chosen reading: readings that hold the word against those that do not."""
    words = chosen.text.split(" ")
    if not scored:
        return dict.fromkeys(words, _MOST_ODDS)
    best = max(score for _, score in scored)
    weighed = [(reading.text.split(" "), math.exp(score - best)) for reading, score in scored]
    whole = sum(weight for _, weight in weighed)
    return {word: _odds(sum(weight for held, weight in weighed if word in held) / whole) for word in words}


def _odds(share: float) -> float:
    share = min(max(share, 1e-9), 1.0 - 1e-9)
    return min(max(math.log(share / (1.0 - share)), -_MOST_ODDS), _MOST_ODDS)
