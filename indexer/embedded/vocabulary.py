"""Hints of the embedded index: the dictionary says what begins so, counts say what the reader may see of it.

In: lookups and what the reader may see. Out: hints with the number of his documents, most frequent first. Counts of frequent
hints are kept as long as nothing is committed: they are asked again with every letter typed.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from heapq import nsmallest

import tantivy
from tantivy import Query

from indexer.embedded.query import restrict
from indexer.embedded.visibility import seen
from indexer.hints import FIELD, Hint, HintKind, Lookup
from indexer.plan import All, Plan

_TRIED = 200
"""Candidates whose visible documents are counted one by one; beyond them the whole dictionary is filtered."""

_KEPT = 20_000
"""Counts kept."""

_READERS = 16
"""Readers, told apart by what they may see, whose words are kept counted."""

_BEGINNINGS = 10_000
"""Beginnings whose candidates are kept: what many people type goes through the same letters."""

Words = list[tuple[str, int]]


class CountCache:
    """Counts of hints at one commit, by what the reader may see."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp = ""
        self._counts: OrderedDict[tuple[Plan, str], int] = OrderedDict()
        self._words: OrderedDict[Plan, Words] = OrderedDict()
        self._candidates: OrderedDict[str, Words] = OrderedDict()

    def get(self, stamp: str, visible: Plan, hint: str) -> int | None:
        """The count, None when it has to be made."""
        with self._lock:
            if stamp != self._stamp:
                self._counts.clear()
                self._words.clear()
                self._candidates.clear()
                self._stamp = stamp
            return self._counts.get((visible, hint))

    def keep(self, stamp: str, visible: Plan, hint: str, count: int) -> None:
        """Keep a count of this commit."""
        with self._lock:
            if stamp == self._stamp:
                self._counts[visible, hint] = count
                while len(self._counts) > _KEPT:
                    self._counts.popitem(last=False)

    def candidates(self, stamp: str, beginning: str) -> Words | None:
        """The most frequent hints of everybody that begin so, None when they have to be looked up; never shown as they are."""
        self.get(stamp, All(), "")
        with self._lock:
            return self._candidates.get(beginning)

    def keep_candidates(self, stamp: str, beginning: str, candidates: Words) -> None:
        """Keep candidates of this commit."""
        with self._lock:
            if stamp == self._stamp:
                self._candidates[beginning] = candidates
                while len(self._candidates) > _BEGINNINGS:
                    self._candidates.popitem(last=False)

    def words(self, stamp: str, visible: Plan) -> Words | None:
        """All words with their counts in the order of the dictionary, None when they have to be counted."""
        self.get(stamp, visible, "")
        with self._lock:
            return self._words.get(visible)

    def keep_words(self, stamp: str, visible: Plan, words: Words) -> None:
        """Keep the words of this commit."""
        with self._lock:
            if stamp == self._stamp:
                self._words[visible] = words
                while len(self._words) > _READERS:
                    self._words.popitem(last=False)


class Dictionary:
    """Hints at one commit for one reader."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, visible: Plan, cache: CountCache, *, stamp: str) -> None:
        self.searcher = searcher
        self.schema = schema
        self.visible = visible
        self.reader = repr(visible)
        self.filter = None if isinstance(visible, All) else seen(visible, schema)
        self.cache = cache
        self.stamp = stamp

    def look_up(self, lookups: Sequence[Lookup]) -> tuple[tuple[Hint, ...], ...]:
        """The hints of every lookup."""
        return tuple(self._one(lookup) for lookup in lookups)

    def _one(self, lookup: Lookup) -> tuple[Hint, ...]:
        found: dict[str, int] = {}
        for beginning in lookup.beginnings:
            found.update(self._kept_best(beginning, lookup.limit))
        ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Hint(text, count) for text, count in ordered[: lookup.limit])

    def _kept_best(self, beginning: str, limit: int) -> Words:
        """The same for as long as nothing is committed."""
        asked = f"{beginning}\0{limit}\0{self.reader}"
        best = self.cache.candidates(self.stamp, asked)
        if best is None:
            best = list(self._best(beginning, limit).items())
            self.cache.keep_candidates(self.stamp, asked, best)
        return best

    def _best(self, beginning: str, limit: int) -> dict[str, int]:
        """The most frequent visible hints: a hint's documents in all bound its visible ones, so the rest need not be counted."""
        if beginning.startswith(HintKind.WORD):
            return self._best_words(beginning, limit)
        candidates = self.cache.candidates(self.stamp, beginning)
        if candidates is None:
            candidates = self.searcher.terms_with_prefix(FIELD, beginning, None, _TRIED)
            self.cache.keep_candidates(self.stamp, beginning, candidates)
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
        return dict(self.searcher.terms_with_prefix(FIELD, beginning, self.filter or Query.all_query(), limit))

    def _best_words(self, beginning: str, limit: int) -> dict[str, int]:
        """Words out of those counted at once: the frequent ones stand in nearly every document and cost most one by one."""
        words = self.cache.words(self.stamp, self.visible)
        if words is None:
            words = sorted(self.searcher.terms_with_prefix(FIELD, HintKind.WORD, self.filter or Query.all_query(), None))
            self.cache.keep_words(self.stamp, self.visible, words)
        first, behind = bisect_left(words, (beginning,)), bisect_left(words, (beginning + "\U0010ffff",))
        return dict(nsmallest(limit, words[first:behind], key=lambda pair: (-pair[1], pair[0])))

    def _count(self, text: str) -> int:
        count = self.cache.get(self.stamp, self.visible, text)
        if count is None:
            query = Query.term_query(self.schema, FIELD, text)
            within = query if self.filter is None else restrict(query, [self.filter])
            count = int(self.searcher.search(within, limit=1).count)  # type: ignore[attr-defined]  # missing in the package's hints
            self.cache.keep(self.stamp, self.visible, text, count)
        return count
