"""The question of a page as parameters of its links and forms.

In: search parameters. Out: pairs of name and value, without the place in the result.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from indexer import Sort
from search_api.asking import BOUNDS, FILTERS, SearchParameters

Pair = tuple[str, str]


def pairs_of(parameters: SearchParameters, *, without: Pair | None = None, leaving_out: Collection[str] = ()) -> list[Pair]:
    """The question as a query string; if told, without one filter value or without some parameters."""
    pairs = [("q", parameters.q), *filter_pairs(parameters)]
    if parameters.sort != Sort.RELEVANCE:
        pairs.append(("sort", parameters.sort.value))
    if parameters.limit != SearchParameters().limit:
        pairs.append(("limit", str(parameters.limit)))
    if parameters.wide is not None:
        pairs.append(("wide", str(parameters.wide).lower()))
    if parameters.facets:
        pairs.append(("facets", ",".join(facet.value for facet in parameters.facets)))
    return [pair for pair in pairs if pair[1] and pair != without and pair[0] not in leaving_out]


def filter_pairs(parameters: SearchParameters) -> list[Pair]:
    """The filters in force."""
    pairs = [(name, str(value)) for name in FILTERS for value in values_of(parameters, name)]
    bounds = [(name, getattr(parameters, name)) for name in BOUNDS]
    return [*pairs, *((name, str(value)) for name, value in bounds if value not in (None, ""))]


def values_of(parameters: SearchParameters, name: str) -> list[str]:
    """The values of one filter."""
    return [str(value) for value in cast(Sequence[object], getattr(parameters, name))]
