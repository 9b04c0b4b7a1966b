"""Finds the weights of the search on printed lines, one weight at a time; run again when a network or the model changes.

    SOHOA_DATA=... python -m scripts.tune_language [--pages 60] [--seed 3] [--samples FILE] [--rounds 1] [--only NAME ...]

In: lines printed and read as for `scripts.fit_confidence` (use another seed, so that the confidence is fitted on other lines). Out:
every step that made fewer errors, and the weights at the end, to be written into `ocr/language/weights.py` by hand.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from language_builder.printed_lines import PrintedSample
from language_builder.sample_file import load_or_print
from ocr.language.language import make_language
from ocr.language.weights import WEIGHTS, Weights

_FACTORS = (0.6, 0.8, 1.25, 1.6)
_LEAST_GAIN = 0.005
_LETTERS, _WORDS = 2.0, 1.0
"""What a per cent of wrong characters, and of wrong words, counts."""


def main() -> int:
    """Print and read lines, try weights, say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--samples", type=Path, help="file that keeps the lines; read when it is there")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[field.name for field in fields(Weights)], help="weights to try")
    options = parser.parse_args()
    if "SOHOA_DATA" not in os.environ:
        print("SOHOA_DATA is not set: it names the folder that holds corpus/", file=sys.stderr)
        return 2
    corpus = Path(os.environ["SOHOA_DATA"]) / "corpus"
    samples = load_or_print(corpus, pages=options.pages, seed=options.seed, file=options.samples)
    weights, error = WEIGHTS, _error(samples, WEIGHTS)
    print(f"{len(samples)} lines, error {error:.3f} with {weights}", flush=True)
    for name in options.only * options.rounds:
        middle = getattr(weights, name)
        for factor in _FACTORS:
            tried = replace(weights, **{name: round(middle * factor, 3)})
            found = _error(samples, tried)
            if found < error - _LEAST_GAIN:
                weights, error = tried, found
                print(f"{name} {middle} -> {getattr(weights, name)}: {error:.3f}", flush=True)
    print(weights)
    return 0


def _error(samples: Sequence[PrintedSample], weights: Weights) -> float:
    """Wrong characters and wrong words, per cent, weighed and added."""
    language = make_language(weights)
    letters = words = all_letters = all_words = 0
    for sample in samples:
        text = " ".join(word.text for word in language.find_words(sample.seen))
        if text != sample.truth:
            letters += Levenshtein.distance(text, sample.truth)
            words += Levenshtein.distance(text.split(), sample.truth.split())
        all_letters += len(sample.truth)
        all_words += len(sample.truth.split())
    return 100 * (_LETTERS * letters / all_letters + _WORDS * words / all_words)


if __name__ == "__main__":
    raise SystemExit(main())
