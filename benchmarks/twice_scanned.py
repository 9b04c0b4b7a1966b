"""Whether two scans of one paper are known by their text, and different papers of one kind are not taken for one.

In: documents printed for this section, each damaged in two ways and read twice. Out: a section of the results.
"""

from __future__ import annotations

import random
import tempfile
from itertools import combinations
from pathlib import Path

from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import OURS, read_files
from benchmarks.report import Section, percent, table, target
from dossier.text import NEAR, band_keys, signature_of, similarity
from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.writing import write_document

NAME = "near-duplicates"

_SEED = 62_000
_PAPERS = 30
_KINDS = ("Quyết định", "Công văn", "Tờ trình")
_BETWEEN = 3
"""The second scan is damaged by the recipe so many places further on in the list."""


def measure(plan: Plan) -> Section:
    """Print, read twice, compare every pair."""
    orders = [Order(kind, str(scan), _SEED + number) for number, kind in enumerate(_kinds(plan)) for scan in range(2)]
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        scans = print_scans(_press, orders, Path(name), plan.jobs)
        texts = read_files(OURS, [scan.path for scan in scans], plan.jobs)
    signed = [(scan.order.seed, signature_of("\n".join(text.pages))) for scan, text in zip(scans, texts, strict=True)]
    same: list[tuple[float, bool]] = []
    other: list[tuple[float, bool]] = []
    for (seed, one), (other_seed, two) in combinations(signed, 2):
        pair = similarity(one, two), not set(band_keys(one)).isdisjoint(band_keys(two))
        (same if seed == other_seed else other).append(pair)
    near = sum(likeness >= NEAR and shared for likeness, shared in same) / len(same)
    false = sum(likeness >= NEAR for likeness, _ in other) / len(other)
    rows = [
        ("one paper scanned twice", str(len(same)), f"{min(same)[0]:.2f}", f"{max(same)[0]:.2f}", percent(near, 1)),
        ("two papers", str(len(other)), f"{min(other)[0]:.2f}", f"{max(other)[0]:.2f}", percent(false, 1)),
    ]
    compared = sum(shared for _, shared in other) / len(other)
    parts = [
        f"First pages, each damaged by two recipes and read. Near is a similarity of at least {NEAR} between pages that share a "
        f"key; {percent(compared, 0)} % of pairs of different papers share one and are compared.",
        table(("pairs", "number", "least similarity", "greatest", "near, %"), rows),
        target("every paper scanned twice is near itself and no two papers are", reached=near == 1 and not false),
        *(plan.notes[-1:] if plan.quick else ()),
    ]
    return Section(NAME, "Papers scanned twice", "\n\n".join(parts))


def _kinds(plan: Plan) -> list[str]:
    return plan.some([_KINDS[number % len(_KINDS)] for number in range(_PAPERS)])


def _press(order: Order, rng: random.Random) -> PrintedPage:
    """The same first page for both scans of a seed; only the damage differs."""
    words = random.Random(order.seed)
    page = print_document(write_document(words, type_name=order.kind), rng=words, dpi=order.dpi)[0]
    recipes = list(RECIPES)
    recipe = recipes[(order.seed + _BETWEEN * int(order.variant)) % len(recipes)]
    return damage(page, RECIPES[recipe], rng)
