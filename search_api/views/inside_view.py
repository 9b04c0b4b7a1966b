"""Search inside the document that is open: its pages with matches, the one before and the one after.

In: where the words stand, the pages read. Out: values for `parts/inside.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from markupsafe import Markup

from dossier.model import Page
from indexer import highlight
from search_api.masking import without_numbers
from search_api.views.matches import Matching

MOST_SNIPPETS = 20
"""Pages of which a line is shown; the rest are links only."""


@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of this document with matches: how many, and a piece of its text (escaped markup)."""

    page: int
    href: str
    current: bool
    count: int
    snippet: Markup


@dataclass(frozen=True, slots=True)
class InsideView:
    """Pages with matches in order; `previous` and `next` lead to those around the open page."""

    pages: list[HitPage]
    previous: str | None
    next: str | None


def inside_view(
    matching: Matching, read: Callable[[int], Page | None], *, position: int, at: Callable[[int], str], hidden: Collection[str]
) -> InsideView:
    """The matches of one document, seen from the page at `position`; `read` gives a page that can be read."""
    pages = [
        _hit_page(matching, number, read(number) if rank < MOST_SNIPPETS else None, position, at, hidden)
        for rank, number in enumerate(matching.pages)
    ]
    before = [one for one in matching.pages if one < position]
    after = [one for one in matching.pages if one > position]
    return InsideView(pages, at(before[-1]) if before else None, at(after[0]) if after else None)


def _hit_page(
    matching: Matching, number: int, page: Page | None, position: int, at: Callable[[int], str], hidden: Collection[str]
) -> HitPage:
    snippet, count = Markup(""), 0
    if page is not None and matching.query is not None:
        count = len(matching.boxes(page))
        pieces = highlight(page.text, matching.query, wide=matching.wide, count=1)
        snippet = Markup(" … ").join(Markup(without_numbers(one.html(), hidden)) for one in pieces)
    return HitPage(number, at(number), number == position, count, snippet)
