"""Two readings of one line become one: what agrees is surer, what differs is decided place by place.

In: words of the first reader (networks) and of the second (Tesseract) with their confidences. Out: the words that count. The
language has no say here: the first reader has listened to it already, and asked again it chose no better on printed pages. The
weights were fitted by `scripts/fit_second_reader.py`, which says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from dossier.model import Word
from dossier.text import fold

WEIGHTS_FILE = Path(__file__).with_name("second_reading.json")
_SURE = 0.999
"""Confidences count up to this: beyond it engines only boast."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of a line that the two readers read differently, or (`equal`) alike; either may be empty."""

    first: tuple[Word, ...]
    second: tuple[Word, ...]
    equal: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regressions over the features below; the last weight of each is the constant.

    Attributes:
        second_better: that the second reading of a difference is better.
        agreed: that a word both read alike is right.
        decided: that a word chosen from a difference is right.
    """

    second_better: tuple[float, ...]
    agreed: tuple[float, ...]
    decided: tuple[float, ...]


def load_weights() -> Weights:
    """The weights that ship with the program."""
    known = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return Weights(*(tuple(map(float, known[name])) for name in ("second_better", "agreed", "decided")))


def differences(first: Sequence[Word], second: Sequence[Word]) -> Iterator[Difference]:
    """Both readings side by side from left to right; as many words against as many stand word against word."""
    texts = [word.text for word in first], [word.text for word in second]
    for tag, i, i_end, j, j_end in SequenceMatcher(a=texts[0], b=texts[1], autojunk=False).get_opcodes():
        if tag == "equal" or i_end - i == j_end - j:
            for ours, theirs in zip(first[i:i_end], second[j:j_end], strict=True):
                yield Difference((ours,), (theirs,), tag == "equal")
        else:
            yield Difference(tuple(first[i:i_end]), tuple(second[j:j_end]), equal=False)


def fuse(first: Sequence[Word], second: Sequence[Word], *, weights: Weights) -> tuple[Word, ...]:
    """The words that count."""
    parts = list(differences(first, second))
    fused: list[Word] = []
    for place, part in enumerate(parts):
        if part.equal:
            sure = logistic(weights.agreed, (log_odds(part.first[0].confidence), log_odds(part.second[0].confidence)))
            fused.append(replace(part.first[0], confidence=sure))
            continue
        features = difference_features(parts, place)
        better = logistic(weights.second_better, features)
        chosen = part.second if better > 0.5 else part.first
        odds = abs(log_odds(better))
        fused += [replace(word, confidence=logistic(weights.decided, (log_odds(word.confidence), odds))) for word in chosen]
    return tuple(fused)


def difference_features(parts: Sequence[Difference], place: int) -> tuple[float, ...]:
    """What tells which reading of a difference is better."""
    part = parts[place]
    first, second = _text(part.first), _text(part.second)
    total = sum(len(word.text) for other in parts for word in other.second)
    trust = sum(word.confidence * len(word.text) for other in parts for word in other.second) / max(total, 1)
    agreed = sum(len(other.first[0].text) for other in parts if other.equal) / max(total, 1)
    return (
        _least_odds(part.first),
        _least_odds(part.second),
        log_odds(trust),
        agreed,
        float(fold(first) == fold(second)),
        float(any(letter.isdigit() for letter in first + second)),
        float(not first),
        float(not second),
        float(first.replace(" ", "") == second.replace(" ", "")),
        Levenshtein.normalized_distance(first, second),
    )


def log_odds(confidence: float) -> float:
    """Confidence on the scale on which evidence adds up."""
    held = min(max(confidence, 1 - _SURE), _SURE)
    return math.log(held / (1 - held))


def logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    """Probability from features."""
    odds = weights[-1] + sum(weight * feature for weight, feature in zip(weights[:-1], features, strict=True))
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _least_odds(words: Sequence[Word]) -> float:
    return min((log_odds(word.confidence) for word in words), default=0.0)
