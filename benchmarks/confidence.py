"""How far the confidence of words can be trusted: people are asked to look at those that are in doubt.

In: pages on which nothing was fitted: printed with other seeds and, where `SOHOA_DATA` names them, the given scans. Out: a section.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from benchmarks.given_pages import given_pages
from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import OURS, read_files, read_once
from benchmarks.reliability import BINS, JudgedWord, bins, calibration_error, judge_words
from benchmarks.report import Section, percent, table, target
from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.writing import write_document

NAME = "confidence"

_SEED = 34_000
_PAGES_A_RECIPE = 3
_RESOLUTIONS = (200, 300, 200)
_MOST_ERROR = 0.03
_DOUBT = 0.9
_REAL, _DRAWN, _PRINTED = "given, real", "given, drawn", "printed"


def measure(plan: Plan) -> Section:
    """Read the pages and compare every word with what is printed."""
    groups = {**_given(plan), _PRINTED: _printed(plan)}
    whole = [word for words in groups.values() for word in words]
    groups["all"] = whole
    errors = {name: calibration_error(words) for name, words in groups.items()}
    rows = [
        [
            name,
            str(len(words)),
            percent(1 - sum(word.right for word in words) / max(1, len(words))),
            percent(sum(word.confidence for word in words) / max(1, len(words))),
            f"{errors[name]:.4f}",
        ]
        for name, words in groups.items()
    ]
    parts = [
        f"{len(whole)} words on pages on which nothing was fitted. A word is right when it stands so, to the letter, in the "
        "printed line that its line is most like; words of stamps are not judged. Calibration error: the expected one, over ten "
        "bins of equal width.",
        table(("pages", "words", "wrong %", "mean confidence %", "calibration error"), rows),
        table(("confidence", *(f"{name}: words, right %" for name in groups)), _reliability(groups)),
        _doubtful(whole),
        target(f"expected calibration error at most {_MOST_ERROR} ({errors['all']:.4f})", reached=errors["all"] <= _MOST_ERROR),
        *plan.notes,
    ]
    return Section(NAME, "Confidence of words", "\n\n".join(parts))


def _doubtful(words: list[JudgedWord]) -> str:
    """What looking at the words in doubt is worth."""
    doubtful = [word for word in words if word.confidence < _DOUBT]
    wrong, found = (sum(not word.right for word in some) for some in (words, doubtful))
    return (
        f"Words of a confidence under {_DOUBT}: {percent(len(doubtful) / max(1, len(words)), 1)} % of all; among them are "
        f"{percent(found / max(1, wrong), 1)} % of the wrong ones."
    )


def _reliability(groups: dict[str, list[JudgedWord]]) -> list[list[str]]:
    """A row a bin: how many words, and the share of right ones beside their mean confidence."""
    known = {name: bins(words) for name, words in groups.items()}
    rows = []
    for place in range(BINS):
        each = [found[place] for found in known.values()]
        cells = [
            f"{one.words}: {percent(one.share_right, 1)} (said {percent(one.confidence, 1)})" if one.words else "–" for one in each
        ]
        rows.append([f"{each[0].low:.1f}-{each[0].high:.1f}", *cells])
    return rows


def _given(plan: Plan) -> dict[str, list[JudgedWord]]:
    groups: dict[str, list[JudgedWord]] = {}
    pages = plan.some(given_pages(plan.data)) if plan.data is not None else []
    paths = sorted({page.path for page in pages})
    texts = dict(zip(paths, read_once(OURS, paths, plan.jobs), strict=True))
    for page in pages:
        read = texts[page.path].read
        if read:
            group = groups.setdefault(_REAL if page.set_name == "real" else _DRAWN, [])
            group += judge_words(read[page.number - 1].lines, page.lines, page.optional)
    return groups


def _printed(plan: Plan) -> list[JudgedWord]:
    orders = [
        Order(recipe, "page", _SEED + number, _RESOLUTIONS[number]) for number in range(_PAGES_A_RECIPE) for recipe in RECIPES
    ]
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        scans = print_scans(_press, plan.some(orders), Path(name), plan.jobs)
        texts = read_files(OURS, [scan.path for scan in scans], plan.jobs)
    words: list[JudgedWord] = []
    for scan, text in zip(scans, texts, strict=True):
        if text.read:
            words += judge_words(text.read[0].lines, [line.text for line in scan.truth.lines], scan.truth.optional)
    return words


def _press(order: Order, rng: random.Random) -> PrintedPage:
    pages = print_document(write_document(rng), rng=rng, dpi=order.dpi)
    return damage(rng.choice(pages), RECIPES[order.kind], rng, reverse=pages[0])
