"""Counts of what a question finds: how many documents, how many of them with each value of a facet.

In: the condition of a question at one commit. Out: counts. They are remembered for as long as nothing is written: the next page of
hits, another order and the page without a question ask for the same ones.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Query

from indexer.asking import Asked
from indexer.narrowing import TREE, Facet
from indexer.plan import Plan
from indexer.records import value_pattern, values_to_read

_SEGMENT_VALUES, _ALL_VALUES = 1_000, 1_000_000
"""Values of a facet that are counted in each part of the index: every one costs a look into the dictionary. A facet with more of
them in one part may count too little of a rare value; the tree counts them all, since a branch has few.
"""

_KEPT = 64

Within = Callable[[Sequence[Plan]], Query]
"""A query for the condition within these plans."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents a question finds, and the printed values of its facets with theirs."""

    documents: int
    facets: Mapping[Facet, list[tuple[str, int]]]


class CountMemory:
    """Counts made lately, by commit, condition, reader and filters."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Counts] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Counts]) -> Counts:
        """The counts kept under `key`, made when there are none."""
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


def counted_by(asked: Asked, condition: Plan, stamp: str) -> Hashable:
    """What the counts of a question depend on."""
    filters = tuple(asked.filters.items())
    return (stamp, condition, asked.visible, filters, asked.facets, asked.facet_limit, asked.facet_beginning)


def count_facets(searcher: tantivy.Searcher, within: Within, asked: Asked) -> dict[Facet, list[tuple[str, int]]]:
    """Printed values and their counts; facets without a filter of their own are counted together, in one pass."""
    alone = [facet for facet in asked.facets if facet.value in asked.filters]
    together = [facet for facet in asked.facets if facet.value not in asked.filters]
    found: dict[Facet, list[tuple[str, int]]] = {}
    for group in (*([facet] for facet in alone), together):
        if not group:
            continue
        others = [plan for name, plan in asked.filters.items() if group is together or name != group[0].value]
        wanted = {facet.value: {"terms": _terms(facet, asked)} for facet in group}
        counted = searcher.aggregate(within([asked.visible, *others]), wanted)
        found |= {facet: [(one["key"], one["doc_count"]) for one in counted[facet.value]["buckets"]] for facet in group}
    return {facet: found[facet] for facet in asked.facets}


def _terms(facet: Facet, asked: Asked) -> dict[str, str | int]:
    size = values_to_read(facet, asked.facet_limit)
    of_segment = _ALL_VALUES if facet in TREE else max(2 * size, _SEGMENT_VALUES)
    terms: dict[str, str | int] = {"field": f"{facet.value}_facet", "size": size, "segment_size": of_segment}
    return terms | ({"include": value_pattern(asked.facet_beginning)} if asked.facet_beginning else {})
