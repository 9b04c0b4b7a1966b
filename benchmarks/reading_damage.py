"""What reading does to letters, learned from pages that were drawn and read, and done to other text at any rate.

In: seeds of pages; then text, a rate, randomness. Out: a `DamageModel`; damaged text. Only the shape (which letters become what,
how often spaces are lost) is learned; how many letters are hit is the caller's.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import OURS, read_files
from benchmarks.text_rates import line_pairs
from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.writing import write_document

_RECIPES = ("poor-photocopy", "old-paper", "carbon", "fax")
_DPI = 72
"""So coarse that even good print is read badly: the shape of slips is wanted, many of them."""
_LONGEST_SLIP = 3
_ANY = ""


@dataclass(frozen=True, slots=True)
class DamageModel:
    """Printed letters (or "" between two) with what was read for them and how often; `slips` counts them all."""

    read_for: dict[str, tuple[tuple[str, ...], tuple[int, ...]]]
    letters: tuple[str, ...]
    weights: tuple[int, ...]
    slips: int

    def wear(self, text: str, rate: float, rng: random.Random) -> str:
        """`text` with about `rate` of its characters read wrongly."""
        share = {letter: weight / self.slips for letter, weight in zip(self.letters, self.weights, strict=True)}
        counts = Counter(text)
        out = []
        for letter in text:
            chance = rate * len(text) * share.get(letter, 0.0) / counts[letter]
            out.append(self._slip(letter, rng) if rng.random() < chance else letter)
            if rng.random() < rate * share.get(_ANY, 0.0):
                out.append(self._slip(_ANY, rng))
        return "".join(out)

    def _slip(self, letter: str, rng: random.Random) -> str:
        forms, sums = self.read_for[letter]
        return rng.choices(forms, cum_weights=sums)[0]


def learn_damage(pages: int, folder: Path, jobs: int) -> DamageModel:
    """Print and read that many bad pages."""
    orders = [Order("wear", _RECIPES[seed % len(_RECIPES)], seed, _DPI) for seed in range(pages)]
    scans = print_scans(_press, orders, folder, jobs)
    texts = read_files(OURS, [scan.path for scan in scans], jobs)
    pairs = [
        pair
        for scan, text in zip(scans, texts, strict=True)
        for page in text.pages
        for pair in line_pairs([line.text for line in scan.truth.lines], page.splitlines())
    ]
    return model_of(pairs)


def _press(order: Order, rng: random.Random) -> PrintedPage:
    spec = write_document(rng, paragraphs=6)
    return damage(print_document(spec, rng=rng, dpi=order.dpi)[0], RECIPES[order.variant], rng)


def model_of(pairs: Iterable[tuple[str, str]]) -> DamageModel:
    """The model of lines as printed and as read.

    Raises:
        ValueError: when nothing was read wrongly.
    """
    slips: dict[str, Counter[str]] = defaultdict(Counter)
    for printed, read in pairs:
        for letter, form in _slips(printed, read):
            slips[letter][form] += 1
    if not slips:
        raise ValueError("no letter was read wrongly: nothing to learn")
    read_for = {letter: (tuple(forms), tuple(accumulate(forms.values()))) for letter, forms in slips.items()}
    letters = tuple(slips)
    weights = tuple(slips[letter].total() for letter in letters)
    return DamageModel(read_for, letters, weights, sum(weights))


def _slips(printed: str, read: str) -> Iterable[tuple[str, str]]:
    """Letter by letter what was read for it; longer gaps are lost lines, no slips."""
    for block in Levenshtein.opcodes(printed, read):
        before, after = printed[block.src_start : block.src_end], read[block.dest_start : block.dest_end]
        if block.tag == "equal" or max(len(before), len(after)) > _LONGEST_SLIP:
            continue
        if not before:
            yield _ANY, after
        for place, letter in enumerate(before):
            yield letter, after[place : place + 1] if place < len(before) - 1 else after[place:]


def rates(count: int, rng: random.Random) -> Sequence[float]:
    """Shares of letters hit, document by document: 0.5 to 3 %, and 8 % for one in eight."""
    return [0.08 if rng.random() < 0.125 else rng.uniform(0.005, 0.03) for _ in range(count)]
