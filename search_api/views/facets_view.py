"""Filters beside the hits: tick-boxes with counts, inputs, chips of what is in force.

In: search parameters and counts. Out: values for `parts/filters.html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossier.messages import Messages
from indexer import Facet
from search_api.asking import SearchParameters
from search_api.presentation import Links, written_date
from search_api.shapes.search import FacetCountShape
from search_api.views.question import Pair, filter_pairs, pairs_of, values_of
from search_api.views.tree_view import branch_label, levels_of

Counts = Mapping[str, Sequence[FacetCountShape]]

MAIN = (Facet.TYPE, Facet.AGENCY, Facet.YEAR)
"""Filters with tick-boxes that are always there, in the order of the page."""

MORE = (
    Facet.UNIT, Facet.SIGNER, Facet.RECORD, Facet.PLACE, Facet.PRIORITY, Facet.RETENTION, Facet.LANGUAGE, Facet.MODE,
    Facet.ANNEXES, Facet.AUTOGRAPH, Facet.DOUBT,
)  # fmt: skip
"""Filters with tick-boxes that are counted when they are asked for: counting what nobody looks at makes every answer slower."""

TYPED = ("number", "date_from", "date_to")
"""Filters with an input of their own that is always there."""

TYPED_MORE = ("cites", "person", "arrival_number", "arrival_from", "arrival_to", "pages_from", "pages_to")
"""Filters with an input that is unfolded when somebody wants it."""

SHOWN, MOST_CHOICES = 6, 12
"""Tick-boxes of one facet that are seen at once, and with the rest unfolded; more values are found in a list of their own."""

_MOST_YEARS = 60
_DAYS = frozenset({"date_from", "date_to", "arrival_from", "arrival_to"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A tick-box or an entry of a list."""

    value: str
    label: str
    chosen: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class FacetView:
    """A group of tick-boxes: `choices` at once, `rest` unfolded, `list_href` to all of them."""

    name: str
    label: str
    choices: list[Choice]
    rest: list[Choice]
    list_href: str | None


@dataclass(frozen=True, slots=True)
class InputView:
    """A filter that is typed."""

    name: str
    label: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the link that takes it away."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class FiltersView:
    """All filters; `more_href` counts the facets that are not counted yet."""

    facets: list[FacetView]
    more: list[FacetView]
    more_href: str | None
    typed: list[InputView]
    typed_more: list[InputView]
    hidden: list[Pair]
    chips: list[Chip]


def counted_facets(parameters: SearchParameters) -> tuple[Facet, ...]:
    """What the page has counted."""
    chosen = tuple(facet for facet in MORE if values_of(parameters, facet.value))
    return (*MAIN, *levels_of(parameters), *(MORE if parameters.facets else chosen))


def filters_view(parameters: SearchParameters, counted: Counts, *, messages: Messages, link: Links) -> FiltersView:
    """The filters beside an answer."""
    more = [facet for facet in MORE if facet in counted_facets(parameters)]

    def view(facet: Facet) -> FacetView:
        return facet_view(facet, parameters, counted.get(facet.value, []), messages=messages, link=link)

    all_counted = [*pairs_of(parameters, leaving_out=("facets",)), ("facets", MORE[0].value)]
    return FiltersView(
        facets=[view(facet) for facet in MAIN],
        more=[made for facet in more if (made := view(facet)).choices],
        more_href=None if parameters.facets else link("/", all_counted, fragment="loc"),
        typed=[_input(name, parameters, messages) for name in TYPED],
        typed_more=[_input(name, parameters, messages) for name in TYPED_MORE],
        hidden=_hidden(parameters, {facet.value for facet in (*MAIN, *more)}),
        chips=_chips(parameters, counted, messages, link),
    )


def facet_view(
    facet: Facet, parameters: SearchParameters, counts: Sequence[FacetCountShape], *, messages: Messages, link: Links
) -> FacetView:
    """One group of tick-boxes; what is ticked is always seen."""
    chosen = values_of(parameters, facet.value)
    choices = [Choice(one.value, value_label(facet.value, one, messages), one.value in chosen, one.count) for one in counts]
    if facet is Facet.YEAR:
        choices.sort(key=lambda choice: choice.value, reverse=True)
    first = [choice for rank, choice in enumerate(choices) if rank < SHOWN or choice.chosen]
    first += [Choice(value, value, chosen=True) for value in chosen if value not in {choice.value for choice in first}]
    most = _MOST_YEARS if facet is Facet.YEAR else MOST_CHOICES
    rest = [choice for choice in choices[SHOWN:most] if not choice.chosen]
    long = link(f"/gia-tri/{facet.value}", pairs_of(parameters)) if len(choices) > most else None
    return FacetView(facet.value, messages.text(f"web_filter.{facet.value}"), first, rest, long)


def value_label(name: str, one: FacetCountShape, messages: Messages) -> str:
    """What people call a value: codes have words in the catalogue."""
    return messages.text(key) if messages.has(key := f"web_value.{name}_{one.value}") else one.label


def _input(name: str, parameters: SearchParameters, messages: Messages) -> InputView:
    value = next((value for other, value in filter_pairs(parameters) if other == name), "")
    hint = messages.text("web_filter.date_hint") if name in _DAYS else ""
    return InputView(name, messages.text(f"web_filter.{name}"), value, hint)


def _hidden(parameters: SearchParameters, ticked: set[str]) -> list[Pair]:
    """Filters that have neither tick-box nor single input on the page, kept when the form is sent again."""
    pairs = filter_pairs(parameters)
    first = {name: next((value for other, value in pairs if other == name), "") for name in (*TYPED, *TYPED_MORE)}
    kept = [pair for pair in pairs if pair[0] not in ticked and first.get(pair[0]) != pair[1]]
    kept += [("wide", "true")] if parameters.wide else []
    return [*kept, ("facets", MORE[0].value)] if parameters.facets else kept


def _chips(parameters: SearchParameters, counted: Counts, messages: Messages, link: Links) -> list[Chip]:
    labels = {(name, one.value): value_label(name, one, messages) for name, counts in counted.items() for one in counts}
    chips = []
    for pair in filter_pairs(parameters):
        name, value = pair
        left = pairs_of(parameters, without=pair)  # nothing left still asks: for every document
        label = branch_label(value, counted) if name == "branch" else labels.get(pair, written_date(value))
        chips.append(Chip(f"{messages.text(f'web_filter.{name}')}: {label}", link("/", left or [("sort", "relevance")])))
    return chips
