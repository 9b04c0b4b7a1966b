"""Hints of the embedded index: the dictionary says what begins so, counts say what the reader may see of it.

In: lookups and what the reader may see. Out: hints with the number of his documents, most frequent first. Counts of frequent
hints are kept as long as nothing is committed: they are asked again with every letter typed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import tantivy
from tantivy import Query

from indexer.embedded.query import restrict, translate
from indexer.hints import FIELD, Hint, Lookup
from indexer.plan import All, Plan

_TRIED = 200
"""Candidates whose visible documents are counted one by one; beyond them the whole dictionary is filtered."""

_KEPT = 20_000
"""Counts kept."""


class CountCache:
    """Counts of hints at one commit, by what the reader may see."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp = ""
        self._counts: OrderedDict[tuple[Plan, str], int] = OrderedDict()

    def get(self, stamp: str, visible: Plan, hint: str) -> int | None:
        """The count, None when it has to be made."""
        with self._lock:
            if stamp != self._stamp:
                self._counts.clear()
                self._stamp = stamp
            return self._counts.get((visible, hint))

    def keep(self, stamp: str, visible: Plan, hint: str, count: int) -> None:
        """Keep a count of this commit."""
        with self._lock:
            if stamp == self._stamp:
                self._counts[visible, hint] = count
                while len(self._counts) > _KEPT:
                    self._counts.popitem(last=False)


class Dictionary:
    """Hints at one commit for one reader."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, visible: Plan, cache: CountCache, *, stamp: str) -> None:
        self.searcher = searcher
        self.schema = schema
        self.visible = visible
        self.filter = None if isinstance(visible, All) else translate(visible, schema)
        self.cache = cache
        self.stamp = stamp

    def look_up(self, lookups: Sequence[Lookup]) -> tuple[tuple[Hint, ...], ...]:
        """The hints of every lookup."""
        return tuple(self._one(lookup) for lookup in lookups)

    def _one(self, lookup: Lookup) -> tuple[Hint, ...]:
        found: dict[str, int] = {}
        for beginning in lookup.beginnings:
            found.update(self._best(beginning, lookup.limit))
        ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Hint(text, count) for text, count in ordered[: lookup.limit])

    def _best(self, beginning: str, limit: int) -> dict[str, int]:
        """The most frequent visible hints: a hint's documents in all bound its visible ones, so the rest need not be counted."""
        candidates = self.searcher.terms_with_prefix(FIELD, beginning, None, _TRIED)
        found: dict[str, int] = {}
        least: list[int] = []
        for text, bound in candidates:
            if len(least) == limit and least[-1] > bound:
                return found
            if count := self._count(text):
                found[text] = count
                least = sorted((*least, count), reverse=True)[:limit]
        if len(candidates) < _TRIED:
            return found
        whole = self.filter or Query.all_query()
        return dict(self.searcher.terms_with_prefix(FIELD, beginning, whole, limit))

    def _count(self, text: str) -> int:
        count = self.cache.get(self.stamp, self.visible, text)
        if count is None:
            query = Query.term_query(self.schema, FIELD, text)
            within = query if self.filter is None else restrict(query, [self.filter])
            count = int(self.searcher.search(within, limit=1).count)  # type: ignore[attr-defined]  # missing in the package's hints
            self.cache.keep(self.stamp, self.visible, text, count)
        return count
