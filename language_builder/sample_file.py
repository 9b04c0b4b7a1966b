"""Printed lines kept in a file, because printing and reading them takes longer than anything that is done with them.

In: samples, or a file. Out: the same samples again. Numbers are NumPy arrays end to end, texts are JSON: nothing is unpickled.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from language_builder.printed_lines import PrintedSample, printed_samples
from ocr.engines.networks.alternatives import Alternatives


def load_or_print(corpus: Path, *, pages: int, seed: int, file: Path | None) -> list[PrintedSample]:
    """Samples from the file where there is one; else printed anew, and kept in the file when one is named."""
    if file is not None and file.exists():
        return load_samples(file)
    samples = list(printed_samples(corpus, pages=pages, seed=seed))
    if file is not None:
        save_samples(samples, file)
    return samples


def save_samples(samples: Sequence[PrintedSample], file: Path) -> None:
    """Write samples of one recogniser."""
    seen = [sample.seen for sample in samples]
    told = [[sample.truth, sample.page, sample.recipe, each.x0, each.step_px] for sample, each in zip(samples, seen, strict=True)]
    with file.open("wb") as out:
        np.savez(
            out,
            log_probabilities=np.concatenate([each.log_probabilities for each in seen]),
            symbols=np.concatenate([each.symbols for each in seen]),
            blank=np.concatenate([each.blank for each in seen]),
            ends=np.cumsum([0, *(each.steps for each in seen)]),
            told=np.array(json.dumps({"charset": seen[0].charset, "lines": told})),
        )


def load_samples(file: Path) -> list[PrintedSample]:
    """Read what `save_samples` wrote."""
    with np.load(file) as held:
        told = json.loads(str(held["told"]))
        values, symbols, blank = held["log_probabilities"], held["symbols"], held["blank"]
        spans = list(pairwise(held["ends"].tolist()))
    charset = tuple(told["charset"])
    return [
        PrintedSample(
            truth, Alternatives(values[start:end], symbols[start:end], blank[start:end], charset, x0, step_px), page, recipe
        )
        for (truth, page, recipe, x0, step_px), (start, end) in zip(told["lines"], spans, strict=True)
    ]
