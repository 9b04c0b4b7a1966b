"""Fits the map from evidence to confidence, and says how far a confidence can be trusted.

In: evidence of words and whether they were right. Out: a `Calibration`; expected calibration errors and reliability rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from language_builder.printed_lines import PrintedSample
from ocr.language import Language
from ocr.language.confidence import Calibration, Evidence

_RIDGE = 1.0
_ROUNDS = 30
_STEPS = 12
_SLOPE = 1e-3
"""Neighbouring knots rise at least so much: of two words the one with more evidence is never less sure."""
BINS = 10

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A word that was chosen, the evidence for it, and whether it is what is printed."""

    evidence: Evidence
    right: bool


def judged_words(samples: Iterable[PrintedSample], language: Language) -> list[Judged]:
    """Every word that the decoder chose, compared with the truth of its line."""
    found: list[Judged] = []
    for sample in samples:
        words = language.find_words(sample.seen)
        right = [False] * len(words)
        for step in Levenshtein.opcodes([word.text for word in words], sample.truth.split()):
            if step.tag == "equal":
                right[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
        found += [Judged(word.evidence, good) for word, good in zip(words, right, strict=True)]
    return found


def fit(words: Sequence[Judged]) -> Calibration:
    """Weights by ridge logistic regression, then steps that straighten what is left of over- and under-confidence."""
    values = np.array([word.evidence for word in words], np.float64)
    right = np.array([word.right for word in words], np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    scaled = _logistic(design, right)
    weights = scaled[1:] / spread
    constant = float(scaled[0] - (weights * mean).sum())
    return Calibration(constant, tuple(weights.tolist()), _knots(constant + values @ weights, right))


def _logistic(design: Reals, right: Reals) -> Reals:
    """Newton's method; the constant is not held back."""
    weights = np.zeros(design.shape[1])
    held = np.full(design.shape[1], _RIDGE)
    held[0] = 1e-6
    for _ in range(_ROUNDS):
        share = 1.0 / (1.0 + np.exp(-design @ weights))
        slope = design.T @ (share - right) + held * weights
        curve = (design * (share * (1.0 - share))[:, None]).T @ design + np.diag(held)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def _knots(raw: Reals, right: Reals) -> tuple[tuple[float, float], ...]:
    """Log odds of being right against raw log odds, in steps with equally many wrong words, made to rise."""
    order = np.argsort(raw)
    raw, right = raw[order], right[order]
    wrong = np.cumsum(1.0 - right)
    edges = np.unique(np.searchsorted(wrong, np.linspace(0, wrong[-1], _STEPS + 1)[1:-1]))
    found: list[list[float]] = []  # middle, right, all
    for part in np.split(np.arange(len(raw)), edges):
        if len(part):
            found.append([float(raw[part].mean()), float(right[part].sum()), float(len(part))])
    place = 1
    while place < len(found):
        before, here = found[place - 1], found[place]
        if before[1] / before[2] >= here[1] / here[2]:
            total = before[2] + here[2]
            found[place - 1 : place + 1] = [[(before[0] * before[2] + here[0] * here[2]) / total, before[1] + here[1], total]]
            place = max(place - 1, 1)
        else:
            place += 1
    odds = [float(np.log((good + 0.5) / (total - good + 0.5))) for _, good, total in found]
    rising = np.maximum.accumulate(np.array(odds) + _SLOPE * np.arange(len(odds)))
    return tuple((round(middle, 4), round(float(value), 4)) for (middle, _, _), value in zip(found, rising, strict=True))


def confidences(words: Sequence[Judged], calibration: Calibration) -> tuple[Reals, Reals]:
    """Confidence of every word, and whether it was right."""
    sure = np.array([calibration.confidence(word.evidence) for word in words])
    return sure, np.array([word.right for word in words], np.float64)


def reliability(sure: Reals, right: Reals, edges: Reals) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number of words between each two edges; empty ones left out."""
    rows = []
    for low, high in itertools.pairwise(edges):
        inside = (sure >= low) & ((sure < high) | (high == edges[-1]))
        if inside.any():
            rows.append((float(sure[inside].mean()), float(right[inside].mean()), int(inside.sum())))
    return rows


def calibration_error(rows: Iterable[tuple[float, float, int]]) -> float:
    """Expected calibration error: mean distance of confidence and share right, weighed by the number of words."""
    kept = list(rows)
    return sum(abs(said - true) * count for said, true, count in kept) / sum(count for _, _, count in kept)


def equal_width() -> Reals:
    """Edges of ten bins of equal width."""
    return np.linspace(0.0, 1.0, BINS + 1)


def equal_count(sure: Reals) -> Reals:
    """Edges of ten bins with equally many words: nearly all words are nearly sure, so this one looks closely there."""
    edges: Reals = np.unique(np.quantile(sure, np.linspace(0.0, 1.0, BINS + 1)))
    return edges


def detection(sure: Reals, right: Reals) -> float:
    """Chance that a wrong word is less sure than a right one (area under the ROC curve)."""
    order = np.argsort(np.argsort(sure, kind="stable"), kind="stable").astype(np.float64)
    good, bad = right.sum(), (1 - right).sum()
    return float((order[right == 1].sum() - good * (good - 1) / 2) / (good * bad))
