"""Fits the confidence of words on printed pages and shows how far it can be trusted; run again when a network or the model changes.

    SOHOA_DATA=... python -m scripts.fit_confidence [--pages 120] [--seed 7] [--samples FILE] [--write]

In: pages printed and worn out by `sample_printer` with held-out paragraphs of the corpus, read by the networks that are installed.
Two pages of three are fitted, the third judges. Out: error rates with and without the model, expected calibration error, a
reliability table; with --write the table `ocr/language/confidence.toml`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from language_builder.fitting import (
    calibration_error,
    confidences,
    detection,
    equal_count,
    equal_width,
    fit,
    judged_words,
    reliability,
)
from language_builder.printed_lines import PrintedSample
from language_builder.sample_file import load_or_print
from ocr.engines.networks import Greedy
from ocr.engines.networks.alternatives import ReadWord
from ocr.language import open_language
from ocr.language.confidence import NAMES, TABLE, Calibration


def main() -> int:
    """Print, read, fit, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--samples", type=Path, help="file that keeps the printed lines; read when it is there")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if "SOHOA_DATA" not in os.environ:
        print("SOHOA_DATA is not set: it names the folder that holds corpus/", file=sys.stderr)
        return 2
    corpus = Path(os.environ["SOHOA_DATA"]) / "corpus"
    samples = load_or_print(corpus, pages=options.pages, seed=options.seed, file=options.samples)
    fitted = [sample for sample in samples if sample.page // 3 % 3 != 2]
    judging = [sample for sample in samples if sample.page // 3 % 3 == 2]
    show_errors(judging)
    calibration = fit(judged_words(fitted, open_language()))
    show_calibration(judging, calibration)
    if options.write:
        recipes = ", ".join(sorted({sample.recipe for sample in fitted}))
        note = f"{len({sample.page for sample in fitted})} pages, {len(fitted)} lines, seed {options.seed}"
        TABLE.write_text(as_toml(calibration, note, recipes), encoding="utf-8")
        print(f"written: {TABLE}")
    return 0


def show_errors(samples: Sequence[PrintedSample]) -> None:
    """Error rates with and without the model, by kind of damage, and what decoding costs."""
    language, greedy = open_language(), Greedy()
    start = time.process_time()
    chosen = [_text(language.decode(sample.seen)) for sample in samples]
    cost = (time.process_time() - start) / max(1, len({sample.page for sample in samples}))
    plain = [_text(greedy.decode(sample.seen)) for sample in samples]
    print(f"{len(samples)} lines; decoding {cost:.3f} CPU s a page")
    print(f"{'recipe':<16}{'CER':>8}{'WER':>8}{'CER':>12}{'WER':>8}   (greedy, with language; per cent)")
    for recipe in [*sorted({sample.recipe for sample in samples}), "all"]:
        kept = [place for place, sample in enumerate(samples) if recipe in (sample.recipe, "all")]
        truths = [samples[place].truth for place in kept]
        without, with_model = (_rates(truths, [texts[place] for place in kept]) for texts in (plain, chosen))
        print(f"{recipe:<16}{without[0]:8.2f}{without[1]:8.2f}{with_model[0]:12.2f}{with_model[1]:8.2f}")


def _text(words: Sequence[ReadWord]) -> str:
    return " ".join(word.text for word in words)


def _rates(truths: Sequence[str], texts: Sequence[str]) -> tuple[float, float]:
    """Characters and words wrong, per cent."""
    letters = sum(Levenshtein.distance(truth, text) for truth, text in zip(truths, texts, strict=True))
    words = sum(Levenshtein.distance(truth.split(), text.split()) for truth, text in zip(truths, texts, strict=True))
    return 100 * letters / sum(map(len, truths)), 100 * words / sum(len(truth.split()) for truth in truths)


def show_calibration(samples: Sequence[PrintedSample], calibration: Calibration) -> None:
    """Calibration errors and the reliability table on words that were not fitted."""
    sure, right = confidences(judged_words(samples, open_language()), calibration)
    rows = reliability(sure, right, equal_width())
    print(f"{len(sure)} words judged, {100 * (1 - right.mean()):.2f} % wrong")
    print(f"expected calibration error: {calibration_error(rows):.4f} in ten bins of equal width,", end=" ")
    print(f"{calibration_error(reliability(sure, right, equal_count(sure))):.4f} in ten of equal count")
    print(f"a wrong word is less sure than a right one: {100 * detection(sure, right):.1f} % of pairs")
    print(f"{'confidence':>10}{'right':>8}{'words':>8}")
    for said, true, count in rows:
        print(f"{said:10.3f}{true:8.3f}{count:8}")


def as_toml(calibration: Calibration, note: str, recipes: str) -> str:
    """The table with a sentence that says what it was fitted on."""
    knots = ", ".join(f"[{raw}, {true}]" for raw, true in calibration.knots)
    weights = "\n".join(f"{name} = {weight:.5f}" for name, weight in zip(NAMES, calibration.weights, strict=True))
    return (
        f"# Written by scripts/fit_confidence.py. Fitted on printed pages only: {note}.\n"
        f"# Recipes of sample_printer: {recipes}.\n"
        "# Raw log odds = constant + evidence weighed (ocr/language/confidence.py says what each is). Knots: raw, true log odds.\n"
        f"constant = {calibration.constant:.5f}\nknots = [{knots}]\n\n[weights]\n{weights}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
