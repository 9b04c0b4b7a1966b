"""Fit when words are read a second time and which reading then counts; run it again whenever a network or the language changes.

    python -m scripts.fit_second_reader [--pages 60] [--seed 11] [--write]

In: pages printed and damaged by `sample_printer` (fonts, styles, resolutions, all recipes by chance), both readers. Out: how many
letters every threshold of doubt mends and what it costs, judged on pages that were not fitted; with --write the weights, fitted on
all pages, in `ocr/engines/second_reading.json`. `DOUBT` and `MOST_HEIGHTS` in `fused.py` are set by hand from the table.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from dossier.model import Word
from dossier.settings import OcrSettings
from ocr.cleaning.flat_field import flatten_field
from ocr.engine_choice import open_decoder
from ocr.engines import Tesseract
from ocr.engines.networks import TrueOcr
from ocr.engines.second_reading import (
    WEIGHTS_FILE,
    Weights,
    difference_features,
    differences,
    fuse,
    log_odds,
    logistic,
)
from ocr.engines.strips import Strip, read_strips, strips_of
from sample_printer import RECIPES, damage, print_document
from sample_printer.writing import write_document

Matrix = npt.NDArray[np.float64]
_LEAST_DOUBT = 0.05
"""Strips surer than this are never read again, so nothing is fitted on them."""
_SAME_LINE = 0.5
_DOUBTS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A strip of a line, read twice, and the line around it: words before and after it, and what is printed."""

    page: int
    strip: Strip
    line: tuple[Word, ...]
    second: tuple[Word, ...]
    truth: str

    @property
    def first(self) -> tuple[Word, ...]:
        """The first reader's words of the strip."""
        return self.line[self.strip.first : self.strip.last]

    def whole(self, words: Sequence[Word]) -> list[Word]:
        """The line with these words in place of the strip's."""
        return [*self.line[: self.strip.first], *words, *self.line[self.strip.last :]]


def main() -> None:
    """Print, read, fit, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = list(read_pages(options.pages, options.seed))
    print(f"{len(cases)} strips on {options.pages} pages")
    half = fit([case for case in cases if case.page % 2 == 0])
    judge([case for case in cases if case.page % 2], half)
    if options.write:
        whole = fit(cases)
        note = f"fitted by scripts/fit_second_reader.py on {options.pages} printed pages, seed {options.seed}"
        known = {"note": note, **{name: [round(w, 4) for w in getattr(whole, name)] for name in Weights.__slots__}}
        WEIGHTS_FILE.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def read_pages(pages: int, seed: int) -> Iterator[Case]:
    """Print pages and read every line with both readers."""
    networks, tesseract = TrueOcr(open_decoder()), Tesseract(OcrSettings())
    for page in range(pages):
        rng = random.Random(f"{seed}/{page}")
        dpi = rng.choice((150, 200, 200, 300, 300))
        sheet = rng.choice(print_document(write_document(rng, paragraphs=rng.randint(2, 9)), rng=rng, dpi=dpi))
        recipe = RECIPES[tuple(RECIPES)[page % len(RECIPES)]]
        scan = damage(sheet, replace(recipe, skew_deg=0.0, rotation_deg=0), rng).image
        grey = flatten_field(np.ascontiguousarray(scan[:, :, 0] if scan.ndim == 3 else scan), dpi=dpi)
        lines = [reading.as_line() for reading in networks.read_lines(grey, dpi=dpi)]
        strips = [(line, strip) for line in lines for strip in strips_of(grey, line)]
        again = read_strips(tesseract, grey, [strip for _, strip in strips])
        printed = [line.text for line in sheet.truth.lines]
        for (line, strip), second in zip(strips, again, strict=True):
            best = max(printed, key=lambda text: Levenshtein.normalized_similarity(text, line.text), default="")
            if Levenshtein.normalized_similarity(best, line.text) >= _SAME_LINE:
                yield Case(page, strip, line.words, second, best)


def fit(cases: Sequence[Case]) -> Weights:
    """The three regressions; the last needs the first."""
    doubted = [case for case in cases if case.strip.doubt >= _LEAST_DOUBT]
    better = _regression([row for case in doubted for row in _choices(case)])
    agreed = _regression([row for case in doubted for row in _agreements(case)])
    weights = Weights(better, agreed, (1.0, 0.0, 0.0))
    decided = _regression([row for case in doubted for row in _decisions(case, weights)])
    return replace(weights, decided=decided)


Row = tuple[tuple[float, ...], bool, float]
"""Features, outcome, weight."""


def _choices(case: Case) -> Iterator[Row]:
    parts = list(differences(case.first, case.second))
    now = _distance(case.line, case.truth)
    for place, part in enumerate(parts):
        if not part.equal:
            changed = [word for i, other in enumerate(parts) for word in (other.second if i == place else other.first)]
            gain = now - _distance(case.whole(changed), case.truth)
            if gain:
                yield difference_features(parts, place), gain > 0, float(abs(gain))


def _agreements(case: Case) -> Iterator[Row]:
    right = _right(case.line, case.truth)
    index = case.strip.first
    for part in differences(case.first, case.second):
        if part.equal:
            odds = (log_odds(part.first[0].confidence), log_odds(part.second[0].confidence))
            yield odds, right[index], 1.0
        index += len(part.first)


def _decisions(case: Case, weights: Weights) -> Iterator[Row]:
    parts = list(differences(case.first, case.second))
    chosen: list[tuple[Word, float | None]] = []
    for place, part in enumerate(parts):
        sure = logistic(weights.second_better, difference_features(parts, place)) if not part.equal else 0.0
        words = part.second if sure > 0.5 else part.first
        chosen += [(word, None if part.equal else abs(log_odds(sure))) for word in words]
    right = _right(case.whole([word for word, _ in chosen]), case.truth)[case.strip.first :]
    for (word, odds), good in zip(chosen, right, strict=False):
        if odds is not None:
            yield (log_odds(word.confidence), odds), good, 1.0


def _right(words: Sequence[Word], truth: str) -> list[bool]:
    right = [False] * len(words)
    matcher = SequenceMatcher(a=[word.text for word in words], b=truth.split(), autojunk=False)
    for start, _, length in matcher.get_matching_blocks():
        right[start : start + length] = [True] * length
    return right


def _distance(words: Sequence[Word], truth: str) -> int:
    return Levenshtein.distance(" ".join(word.text for word in words), truth)


def _regression(rows: Sequence[Row], *, rounds: int = 30, hold: float = 1.0) -> tuple[float, ...]:
    """Weighted logistic regression by Newton's method, weights held towards 0."""
    features: Matrix = np.array([[*row[0], 1.0] for row in rows])
    outcome, worth = np.array([row[1] for row in rows], float), np.array([row[2] for row in rows])
    weights = np.zeros(features.shape[1])
    ridge = hold * np.eye(len(weights))
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        slope = features.T @ (worth * (outcome - chance)) - ridge @ weights
        curve = (features * (worth * chance * (1 - chance))[:, None]).T @ features + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return tuple(float(weight) for weight in weights)


def judge(cases: Sequence[Case], weights: Weights) -> None:
    """Letters mended and width read again for every threshold of doubt; how far confidences can be trusted."""
    pages = len({case.page for case in cases})
    fused = [fuse(case.first, case.second, weights=weights) for case in cases]
    mended = [
        _distance(case.line, case.truth) - _distance(case.whole(words), case.truth)
        for case, words in zip(cases, fused, strict=True)
    ]
    print("doubt  strips a page  heights a page  letters mended a page")
    for doubt in _DOUBTS:
        again = [i for i, case in enumerate(cases) if case.strip.doubt >= doubt]
        counts = len(again), sum(cases[i].strip.heights for i in again), sum(mended[i] for i in again)
        print(f"{doubt:5.2f}  {counts[0] / pages:13.1f}  {counts[1] / pages:14.1f}  {counts[2] / pages:21.2f}")
    bins: dict[int, list[bool]] = {}
    for case, words in zip(cases, fused, strict=True):
        right = _right(case.whole(words), case.truth)[case.strip.first :]
        for word, good in zip(words, right, strict=False):
            bins.setdefault(min(int(word.confidence * 10), 9), []).append(good)
    print("confidence  words  right")
    for index, found in sorted(bins.items()):
        print(f"   {index / 10:.1f}-{index / 10 + 0.1:.1f}  {len(found):6d}  {sum(found) / len(found):.3f}")


if __name__ == "__main__":
    main()
