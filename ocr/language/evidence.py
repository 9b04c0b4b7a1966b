"""Words of the chosen readings, with what speaks for and against each.

In: `Alternatives` and the chosen readings. Out: text, first and last step, `Evidence` of every word of the line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ocr.engines.networks.alternatives import Alternatives
from ocr.language.confidence import Evidence
from ocr.language.model_file import UNKNOWN
from ocr.language.readings import Stretch
from ocr.language.scoring import Before, Scoring
from ocr.language.search import Chosen
from ocr.language.words import Kind, parts

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


def found_words(seen: Alternatives, chosen: list[Chosen], scoring: Scoring) -> list[FoundWord]:
    """Every word of a line with its evidence."""
    likely, symbols = seen.log_probabilities.tolist(), seen.symbols.tolist()
    places = {character: place for place, character in enumerate(seen.charset, start=1)}
    found: list[FoundWord] = []
    for each in chosen:
        before = each.before
        shares = _shares(each)
        for text, steps in _words(each.reading):
            pairs = zip(text, steps, strict=True)
            values = [_value(likely[step], symbols[step], places.get(letter, 0)) for letter, step in pairs]
            evidence, before = _evidence(text, before, scoring, rivals=shares[text], weakest=min(values))
            found.append(FoundWord(text, steps[0], steps[-1], sum(values), evidence))
            if len(found) > 1:
                found[-2] = replace(found[-2], evidence=replace(found[-2].evidence, following=evidence.language))
    if not found:
        return []
    mean = sum(word.evidence.weakest for word in found) / len(found)
    return [replace(word, evidence=replace(word.evidence, weakest_of_line=mean)) for word in found]


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


def _shares(chosen: Chosen) -> dict[str, float]:
    """Log odds of every word of a chosen reading: readings that hold the word against those that do not."""
    words = chosen.reading.text.split(" ")
    if len(chosen.rivals) == 1:
        return dict.fromkeys(words, _MOST_ODDS)
    best = max(score for _, score in chosen.rivals)
    weighed = [(reading.text.split(" "), math.exp(score - best)) for reading, score in chosen.rivals]
    whole = sum(weight for _, weight in weighed)
    return {word: _odds(sum(weight for held, weight in weighed if word in held) / whole) for word in words}


def _odds(share: float) -> float:
    share = min(max(share, 1e-9), 1.0 - 1e-9)
    return min(max(math.log(share / (1.0 - share)), -_MOST_ODDS), _MOST_ODDS)


def _evidence(text: str, before: Before, scoring: Scoring, *, rivals: float, weakest: float) -> tuple[Evidence, Before]:
    token, taken = scoring.token(text), parts(text)
    _, after = scoring.worth(token, before)
    language = max(scoring.language(token, before), _LEAST_LOG) if taken.kind is Kind.WORD else 0.0
    evidence = Evidence(
        rivals=rivals,
        weakest=_odds(math.exp(weakest)),
        weakest_of_line=0.0,
        language=language,
        following=0.0,
        unknown=float(UNKNOWN in token.numbers),
        number=float(taken.kind is Kind.NUMBER),
        code=float(taken.kind is Kind.CODE),
        jumble=float(taken.kind is Kind.JUMBLE),
        marks=float(taken.kind is Kind.MARKS),
        changed=0.0,
        short=1.0 / len(text),
    )
    return evidence, after
