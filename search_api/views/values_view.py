"""All values of one filter as a list of links. In: search parameters and counts. Out: values for `values.html`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.messages import Messages
from indexer import Facet
from search_api.asking import SearchParameters
from search_api.presentation import Links
from search_api.shapes.search import FacetCountShape
from search_api.views.facets_view import value_label
from search_api.views.question import Pair, pairs_of, values_of

MOST_VALUES = 300
"""Values in one list; the rest is found by the beginning of a word."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value: its link puts it into the question, or takes it out when it is chosen."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class ValuesView:
    """Everything `values.html` shows; `cut`: there are more values than are shown."""

    title: str
    beginning: str
    action: str
    hidden: list[Pair]
    values: list[ValueView]
    cut: bool
    back: str


def values_view(
    facet: Facet,
    parameters: SearchParameters,
    counts: Sequence[FacetCountShape],
    *,
    beginning: str,
    messages: Messages,
    link: Links,
) -> ValuesView:
    """The list of one filter."""
    chosen, pairs = values_of(parameters, facet.value), pairs_of(parameters)

    def href(value: str) -> str:
        pair = (facet.value, value)
        return link("/", pairs_of(parameters, without=pair) if value in chosen else [*pairs, pair])

    return ValuesView(
        title=messages.text(f"web_filter.{facet.value}"),
        beginning=beginning,
        action=f"/gia-tri/{facet.value}",
        hidden=pairs,
        values=[
            ValueView(value_label(facet.value, one, messages), one.count, one.value in chosen, href(one.value))
            for one in counts[:MOST_VALUES]
        ],
        cut=len(counts) > MOST_VALUES,
        back=link("/", pairs),
    )
