"""Stacks as they lie on a scanner: several papers in one file, with what separates them and what makes them hard to tell apart.

In: randomness and a resolution. Out: a `Stack`: scanned pages and where the papers begin. Backs are blank, pages lie upside down,
tables lie on their side, some stacks begin with a cover and a list of papers, and in some people laid separator sheets between the
papers. Which papers there are says `sample_printer.stack_papers`.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from metadata import separator_content
from ocr import SeparatorSheet, draw_separator
from sample_printer.damage import OFFICE, RECIPES, DamageRecipe, damage
from sample_printer.dossier_papers import CoverSpec, ListedSpec, print_cover, print_listing
from sample_printer.heads import joined_number
from sample_printer.layout import blank_page
from sample_printer.spec import DocumentSpec, Style
from sample_printer.stack_papers import Paper, choose_paper
from sample_printer.truth import PageTruth, PrintedPage, joined
from sample_printer.writing import write_document

BACK_SHOWS_THROUGH = 0.05
_RECIPES = ("office",) * 5 + ("photocopy",) * 2 + ("old-paper", "bilevel", "clean")


@dataclass(frozen=True, slots=True)
class StackTruth:
    """What is true of a stack.

    Attributes:
        starts: numbers (from 1) of the pages where papers begin; `kinds` what each is, `numbers` its số, ký hiệu or None.
        separators: numbers of separator sheets and their backs, which belong to no paper.
        cover, listed: what its cover and its list of papers say; the list may leave documents out.
        missing: numbers (số, ký hiệu) on the list of papers that are not in the stack.
    """

    starts: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    numbers: tuple[str | None, ...] = ()
    separators: tuple[int, ...] = ()
    cover: CoverSpec | None = None
    listed: tuple[ListedSpec, ...] = ()
    missing: tuple[str, ...] = ()

    def start_of(self, number: str) -> int | None:
        """The page where the document of a number begins; None when it is not in the stack."""
        return self.starts[self.numbers.index(number)] if number in self.numbers else None


@dataclass(slots=True)
class Stack:
    """A scanned stack: its pages and the truth about them."""

    pages: list[PrintedPage] = field(default_factory=list)
    truth: StackTruth = StackTruth()

    def add(self, page: PrintedPage, *, separates: bool = False) -> None:
        """Lay a scanned page on the stack; one that separates belongs to no paper."""
        self.pages.append(page.numbered(len(self.pages) + 1))
        if separates:
            self.truth = replace(self.truth, separators=(*self.truth.separators, len(self.pages)))

    def begin(self, paper: Paper) -> None:
        """Note that a paper begins with the next page."""
        truth = self.truth
        number = joined_number(paper.spec) if paper.spec else None
        self.truth = replace(
            truth,
            starts=(*truth.starts, len(self.pages) + 1),
            kinds=(*truth.kinds, paper.kind),
            numbers=(*truth.numbers, number),
        )


def print_stack(rng: random.Random, *, dpi: int = 200, sheets: bool | None = None) -> Stack:
    """Print and scan a stack of three to six papers, sometimes behind a cover and a list of them.

    Args:
        rng: decides everything.
        dpi: resolution of the scans.
        sheets: with separator sheets before the papers; None: one stack in three.

    Raises:
        FontMissing: a font is not installed.
    """
    stack = Stack()
    sheets = rng.random() < 1 / 3 if sheets is None else sheets
    recipe, duplex = RECIPES[rng.choice(_RECIPES)], rng.random() < 0.35
    period = rng.choice((*Style, None))
    papers = [choose_paper(rng, period or rng.choice(tuple(Style)), dpi=dpi) for _ in range(rng.randint(3, 6))]
    papers = [*_front_matter(stack, papers, rng, dpi), *papers]
    for paper in papers:
        if sheets and paper.kind not in {"cover", "listing"}:
            _lay_separator(stack, paper, rng, dpi, duplex=duplex)
        stack.begin(paper)
        _lay_paper(stack, paper, recipe if rng.random() < 0.7 else RECIPES[rng.choice(_RECIPES)], rng, duplex=duplex)
    return stack


def _front_matter(stack: Stack, papers: Sequence[Paper], rng: random.Random, dpi: int) -> list[Paper]:
    """A cover in two stacks of five, a list of papers in two of five; the list misses one and names one too many at times."""
    specs = [paper.spec for paper in papers if paper.spec is not None]
    front: list[Paper] = []
    if not specs:
        return front
    if rng.random() < 0.4:
        cover = _cover(rng, specs)
        stack.truth = replace(stack.truth, cover=cover)
        front.append(Paper("cover", print_cover(cover, rng=rng, dpi=dpi)))
    if rng.random() < 0.4:
        listed, missing = [_row(spec, leaf) for leaf, spec in enumerate(specs, start=1)], ""
        if rng.random() < 0.5:
            gone = _row(write_document(rng, style=specs[0].style), len(listed) + 1)
            listed.insert(rng.randint(0, len(listed)), gone)
            missing = gone.number
        if len(listed) > 2 and rng.random() < 0.4:
            kept_out = rng.choice([row for row in listed if row.number != missing])
            listed.remove(kept_out)
        stack.truth = replace(stack.truth, listed=tuple(listed), missing=(missing,) if missing else ())
        front.append(Paper("listing", print_listing(listed, rng=rng, dpi=dpi)))
    return front


def _row(spec: DocumentSpec, leaf: int) -> ListedSpec:
    return ListedSpec(
        joined_number(spec), spec.issued_date, f"{spec.type_name} {joined(spec.subject)}", joined(spec.organ_name), str(leaf)
    )


def _cover(rng: random.Random, specs: Sequence[DocumentSpec]) -> CoverSpec:
    first = specs[0]
    days = sorted(spec.issued_date for spec in specs)
    organ = joined(first.organ_name)
    return CoverSpec(
        organ=organ,
        title=f"Hồ sơ {joined(first.subject).removeprefix('V/v ').removeprefix('Về việc ')}",
        fonds=organ,
        catalogue=f"{rng.randint(1, 9):02}",
        box=str(rng.randint(1, 240)),
        file_number=str(rng.randint(1, 1200)),
        maintenance=rng.choice(("Vĩnh viễn", "70 năm", "20 năm", "10 năm")),
        start=days[0],
        end=days[-1] + timedelta(days=rng.choice((0, 0, 3))),
        leaves=rng.randint(3, 120),
    )


def separator_page(values: dict[str, str], *, dpi: int = 200) -> PrintedPage:
    """A separator sheet as `sohoa separators` prints it, with these values in its codes."""
    content, bars = separator_content(values), separator_content(values, ascii_only=True)
    sheet = SeparatorSheet(content, bars, separator_content({}), "TỜ PHÂN CÁCH", tuple(values.values()))
    grey = draw_separator(sheet, dpi=dpi)
    truth = PageTruth(1, "text", dpi, grey.shape[1], grey.shape[0])
    return PrintedPage(np.repeat(grey[:, :, np.newaxis], 3, axis=2), truth)


def _lay_separator(stack: Stack, paper: Paper, rng: random.Random, dpi: int, *, duplex: bool) -> None:
    spec = paper.spec
    known = {"type": spec.type_name, "number": joined_number(spec)} if spec else {"type": "Tài liệu khác"}
    sheet = separator_page(known if rng.random() < 0.5 else {}, dpi=dpi)
    stack.add(damage(sheet, replace(OFFICE, rotation_deg=rng.choice((0, 0, 0, 0, 180, 90))), rng), separates=True)
    if duplex:
        stack.add(_back(sheet, OFFICE, rng), separates=True)


def _lay_paper(stack: Stack, paper: Paper, recipe: DamageRecipe, rng: random.Random, *, duplex: bool) -> None:
    both_sides = rng.random() < 0.4
    for position, page in enumerate(paper.pages):
        lies_wide = page.image.shape[1] > page.image.shape[0]
        turn = rng.choice((0, 90, 270)) if lies_wide else 180 if rng.random() < 0.05 else 0
        reverse = paper.pages[position ^ 1] if both_sides and position ^ 1 < len(paper.pages) else None
        if reverse is not None and reverse.image.shape != page.image.shape:
            reverse = None
        stack.add(damage(page, replace(recipe, rotation_deg=turn), rng, reverse=reverse))
        last_odd = position == len(paper.pages) - 1 and position % 2 == 0
        if duplex and (not both_sides or last_odd):
            stack.add(_back(page, recipe, rng))


def _back(front: PrintedPage, recipe: DamageRecipe, rng: random.Random) -> PrintedPage:
    """The empty back of a page, as the scanner gives it: upright, a little of the front showing through."""
    paper = recipe.paper or OFFICE.paper
    back = blank_page(dpi=front.truth.dpi)
    shown = front if front.image.shape == back.image.shape else None
    return damage(
        back,
        replace(recipe, bleed=BACK_SHOWS_THROUGH, paper=paper, rotation_deg=0, specks=min(recipe.specks, 4)),
        rng,
        reverse=shown,
    )
