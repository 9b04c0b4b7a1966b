"""Whether blank backs are known as blank and faint pages are not, where both are hardest to tell apart.

In: printed backs with the front showing through, printed faint pages, the sample scans and, where `SOHOA_DATA` names them, the
given scans. Out: a section of the results.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.given_pages import drawn_pages, real_scans
from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import OURS, FileText, read_files, read_once
from benchmarks.report import Section, table, target
from benchmarks.samples import load_samples
from sample_printer import RECIPES, DamageRecipe, PrintedPage, blank_page, damage, print_document
from sample_printer.writing import write_document

NAME = "blank"

_SEED = 43_000
_BACK, _FAINT = "back", "faint"
_BLEEDS = (0.05, 0.12, 0.2, 0.28, 0.35)
_FADES = (0.5, 0.65, 0.75, 0.85)
_SHEETS = {
    "white": DamageRecipe(max_skew_deg=0.8, paper=(252, 251, 247), grain=1.5, specks=6),
    "grey": DamageRecipe(mode=RECIPES["photocopy"].mode, paper=(240, 240, 240), blur_mm=0.055, grain=2.5, specks=160, holes=True),
    "dark border": DamageRecipe(
        max_skew_deg=3.0, paper=(226, 226, 226), gutter=0.6, grain=4.0, specks=250, holes=True, dark_lid=True
    ),
    "old": DamageRecipe(max_skew_deg=2.0, paper=(229, 210, 168), stains=3, folds=1, holes=True, grain=3.0, specks=60),
}
_PAGES_EACH = 2


@dataclass(frozen=True, slots=True)
class _Judged:
    """A page, whether it is blank, whether it was called so."""

    group: str
    page: str
    blank: bool
    called: bool


def measure(plan: Plan) -> Section:
    """Read the pages and compare."""
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        scans = print_scans(_press, plan.some(_orders()), Path(name), plan.jobs)
        texts = read_files(OURS, [scan.path for scan in scans], plan.jobs)
    judged = [
        _Judged(f"printed, {scan.order.kind}", scan.path.stem, scan.truth.state == "blank", bool(text.blank))
        for scan, text in zip(scans, texts, strict=True)
    ]
    judged += [*_on_samples(plan), *_on_given(plan)]
    wrong = [each for each in judged if each.blank != each.called]
    parts = [
        "Backs: empty sheets on which the front shows through (up to 35 % of its blackness), with specks, filing holes, stains, "
        "shadows and dark borders. Faint: print that has lost up to 85 % of its blackness. Given scans: no page is blank.",
        table(("pages", "blank", "known as blank", "with print", "called blank"), list(_rows(judged))),
        target(f"no error either way ({len(wrong)} of {len(judged)} pages)", reached=not wrong),
        *(["\n".join(f"- {each.page}: {'blank' if each.blank else 'print'} not known as such" for each in wrong)] if wrong else []),
        *plan.notes,
    ]
    return Section(NAME, "Blank and faint pages", "\n\n".join(parts))


def _orders() -> list[Order]:
    strengths = [(_BACK, bleed) for bleed in _BLEEDS] + [(_FAINT, fade) for fade in _FADES]
    return [
        Order(f"{kind}, {strength}", sheet, _SEED + number)
        for number in range(_PAGES_EACH)
        for kind, strength in strengths
        for sheet in _SHEETS
    ]


def _press(order: Order, rng: random.Random) -> PrintedPage:
    kind, strength = order.kind.split(", ")
    front = print_document(write_document(rng), rng=rng, dpi=order.dpi)[-1]
    sheet = _SHEETS[order.variant]
    if kind == _BACK:
        return damage(blank_page(dpi=order.dpi), replace(sheet, bleed=float(strength)), rng, reverse=front)
    return damage(front, replace(sheet, fade=float(strength)), rng)


def _on_samples(plan: Plan) -> Iterator[_Judged]:
    samples = plan.some(load_samples(plan.samples))
    for sample, text in zip(samples, read_once(OURS, [sample.path for sample in samples], plan.jobs), strict=True):
        for page in sample.pages:
            called = page.number in text.blank
            yield _Judged("sample scans", f"{sample.path.name} p{page.number}", page.state == "blank", called)


def _on_given(plan: Plan) -> Iterator[_Judged]:
    """No given page is blank: what is called so is wrong."""
    if plan.data is None:
        return
    for group, paths in (("given, real", real_scans(plan.data)), ("given, drawn", drawn_pages(plan.data))):
        chosen = plan.some(paths)
        texts: Sequence[FileText] = read_once(OURS, chosen, plan.jobs)
        for path, text in zip(chosen, texts, strict=True):
            yield from (_Judged(group, f"{path.stem} p{page.number}", False, page.blank) for page in text.read)


def _rows(judged: Sequence[_Judged]) -> Iterator[list[str]]:
    for group in [*dict.fromkeys(each.group for each in judged), "all"]:
        some = [each for each in judged if group in ("all", each.group)]
        blank, printed = [each for each in some if each.blank], [each for each in some if not each.blank]
        known, called = sum(each.called for each in blank), sum(each.called for each in printed)
        yield [group, str(len(blank)), str(known), str(len(printed)), str(called)]
