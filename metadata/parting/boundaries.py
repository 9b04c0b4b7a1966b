"""Where papers begin in a stack of pages, how sure that is, and why (first pages: NĐ 30/2020 Điều 8 and PL I).

In: pages in order. Out: `Stretch`es: the pages of one paper each. Separator sheets and their blank backs belong to none; every
other page is in exactly one. Blank backs, annexes and pages that go on with a text stay with the paper before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp

from dossier.model import Boundary, Found, Page
from metadata.parting.page_evidence import PaperKind, Sight, is_annex, sight_of
from metadata.parting.separators import is_marked, is_separator, values_of

__all__ = ["Stretch", "is_annex", "papers_in", "starts_of"]

_PRIOR = -2.5
_WEIGHTS: dict[str, float] = {
    "state_name": 2.5,
    "number": 1.5,
    "date": 1.0,
    "agency": 1.0,
    "title": 3.5,
    "cover": 6.0,
    "listing": 5.0,
    "cover_before": 4.0,
    "listing_ends": 2.0,
    "page_number_one": 1.5,
    "numbering_ends": 1.0,
    "closed_before": 1.5,
    "short_before": 0.7,
    "open_before": -0.7,
    "cut_off_before": -1.5,
    "opens_inside": -2.5,
    "page_number": -4.0,
    "page_number_follows": -2.0,
    "annex": -7.0,
    "form": -1.0,
    "empty_form": -7.0,
    "wide": -1.0,
    "table_goes_on": -2.5,
}
"""Evidence -> log odds that a page begins a paper; set on stacks that our own generator prints."""

_BEGINS = 0.5
_UNSURE = 0.15
"""A page that begins a paper with such a probability at least, though it was not taken to, is for a person to look at."""
_SHORT = 0.7
_SEPARATED = Boundary(1.0, ("separator",))
_FIRST = Boundary(1.0, ("first_of_stack",))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The pages of one paper.

    Attributes:
        kind: an ordinary document, a cover (bìa hồ sơ) or a list of papers (mục lục văn bản).
        values: what the separator sheet before it says, by key.
        doubtful: pages inside that may begin another paper, and how likely that is.
    """

    pages: tuple[Page, ...]
    boundary: Boundary
    kind: PaperKind = PaperKind.DOCUMENT
    values: dict[str, Found] = field(default_factory=dict)
    doubtful: tuple[tuple[str, float], ...] = ()


def papers_in(pages: Sequence[Page]) -> tuple[Stretch, ...]:
    """Part a stack into papers."""
    return tuple(_stretches(pages))


def starts_of(pages: Sequence[Page]) -> dict[int, Boundary]:
    """Positions (from 0) in `pages` where papers begin, with their evidence."""
    positions = {page.id: position for position, page in enumerate(pages)}
    return {positions[stretch.pages[0].id]: stretch.boundary for stretch in papers_in(pages)}


def _stretches(pages: Sequence[Page]) -> Iterator[Stretch]:
    for sheets, group in _between_separators(pages):
        values = {key: found for sheet in sheets for key, found in values_of(sheet).items()}
        yield from _papers_of(group, values, _SEPARATED if sheets else _FIRST)


def _between_separators(pages: Sequence[Page]) -> Iterator[tuple[list[Page], list[Page]]]:
    """Separator sheets that lie on each other, and the pages behind them up to the next; blank backs of sheets are left out."""
    sheets: list[Page] = []
    group: list[Page] = []
    for page in pages:
        if is_separator(page):
            if group:
                yield sheets, group
                sheets, group = [], []
            sheets.append(page)
        elif group or not sheets or not page.blank:
            group.append(page)
    if group:
        yield sheets, group


def _papers_of(pages: Sequence[Page], values: dict[str, Found], first: Boundary) -> Iterator[Stretch]:
    """Papers of pages between which no separator sheet lies; `values` are for the first of them."""
    sights = [sight_of(page) for page in pages]
    bounds = [first, *(_boundary(pages[n], sights[n], _last_printed(sights[:n])) for n in range(1, len(pages)))]
    starts = [n for n, bound in enumerate(bounds) if n == 0 or bound.confidence >= _BEGINS]
    for start, end in pairwise([*starts, len(pages)]):
        unsure = ((pages[n].id, bounds[n].confidence) for n in range(start + 1, end) if bounds[n].confidence >= _UNSURE)
        said = {**values_of(pages[start]), **(values if start == 0 else {})}
        yield Stretch(tuple(pages[start:end]), bounds[start], sights[start].kind, said, tuple(unsure))


def _last_printed(sights: Sequence[Sight]) -> Sight:
    return next((sight for sight in reversed(sights) if sight.printed), Sight())


def _boundary(page: Page, sight: Sight, before: Sight) -> Boundary:
    """How sure it is that a page begins a paper; a blank page never does."""
    if page.blank:
        return Boundary(0.0, ("blank",))
    if is_marked(page):
        return Boundary(0.95, ("separator_code",))
    evidence = tuple(_evidence(sight, before))
    odds = _PRIOR + sum(_WEIGHTS[code] for code in evidence)
    return Boundary(round(1 / (1 + exp(-odds)), 3), evidence)


def _evidence(sight: Sight, before: Sight) -> Iterator[str]:
    yield from _of_the_page(sight)
    yield from _of_the_page_before(sight, before)


def _of_the_page(sight: Sight) -> Iterator[str]:
    facts = {
        "cover": sight.kind is PaperKind.COVER,
        "listing": sight.kind is PaperKind.LISTING,
        "state_name": sight.state or sight.motto,
        "number": sight.numbered,
        "date": sight.dated and (sight.state or sight.motto or sight.numbered),
        "agency": sight.agency,
        "title": sight.title,
        "annex": sight.annex,
        "form": sight.form,
        "empty_form": sight.form and sight.unfilled,
        "opens_inside": sight.opens_inside,
        "wide": sight.wide,
        "page_number_one": sight.number == 1,
        "page_number": sight.number is not None and sight.number > 1,
    }
    yield from (code for code, holds in facts.items() if holds)


def _of_the_page_before(sight: Sight, before: Sight) -> Iterator[str]:
    listing_ends = before.kind is PaperKind.LISTING and sight.columns != before.last_columns
    table_goes_on = sight.columns > 1 and sight.columns == before.last_columns and not sight.head
    facts = {
        "cover_before": before.kind is PaperKind.COVER,
        "listing_ends": listing_ends,
        "page_number_follows": None not in (sight.number, before.number) and sight.number == (before.number or 0) + 1,
        "numbering_ends": before.number is not None and before.number > 1 and sight.number is None,
        "closed_before": before.closes,
        "open_before": before.printed and not before.closes and before.kind is PaperKind.DOCUMENT,
        "short_before": before.printed and before.fill < _SHORT,
        "cut_off_before": before.ends_inside,
        "table_goes_on": table_goes_on,
    }
    yield from (code for code, holds in facts.items() if holds)
