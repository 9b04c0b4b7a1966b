"""Answers plans with tantivy: order with ties broken, cursors, facets that ignore their own filter.

In: plans and searchers. Out: what `indexer.asking` expects. tantivy sorts by one key only, so ties are put in order of `seq` here:
by relevance the hits around the end are read whole, by field the group of equals at the end is asked for on its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple, Protocol, cast

import tantivy
from tantivy import FieldType, Order, Query

from indexer.asking import SORT_FIELDS, Answered, Asked
from indexer.conditions import condition_of
from indexer.embedded.counting import CountMemory, Counts, count_facets, counted_by
from indexer.embedded.pairs import by_pairs
from indexer.embedded.presence import present
from indexer.embedded.query import restrict, translate
from indexer.embedded.tiers import Tiers
from indexer.embedded.visibility import seen
from indexer.plan import All, Plan
from indexer.question import Cursor, Hit

_OVER_READ = 50
"""Hits read beyond the ones shown, so that ties at the end are usually whole."""

_Key = str | int | float
_Hits = Sequence[tuple[_Key, tantivy.DocAddress]]


class _Counted(Protocol):
    count: int


class _Row(NamedTuple):
    key: _Key
    seq: int
    address: tantivy.DocAddress


class DocumentSearch:
    """Questions to the documents of one commit."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, memory: CountMemory | None = None, *, stamp: str = ""
    ) -> None:
        self.searcher = searcher
        self.schema = schema
        self.memory = memory or CountMemory()
        self.stamp = stamp
        self.frequencies = lru_cache(maxsize=None)(searcher.doc_freq)
        self.tiers = Tiers(self.frequencies, searcher.num_docs)
        self.deleted = Query.term_query(schema, "deleted", "1")

    def run(self, asked: Asked) -> Answered:
        """Answer one question."""
        words = by_pairs(present(asked.words, self.frequencies))
        plan = condition_of(words)
        condition = translate(plan, self.schema)
        matching = self._within(condition, [asked.visible, *asked.filters.values()])
        field, descending = SORT_FIELDS.get(asked.sort, ("", True))
        if field:
            rows = _FieldOrder(self, matching, field=field, descending=descending).rows(asked)
        elif isinstance(asked.words, All):  # every score is the same: the tie-breaker is the order
            rows = [row._replace(key=1.0) for row in self.ties(matching, asked.after, asked.limit + 1)]
        else:
            rows = self._best(asked, words)
        counts = self.memory.get(
            counted_by(asked, plan, self.stamp),
            lambda: Counts(self._count(matching), count_facets(self.searcher, partial(self._within, condition), asked)),
        )
        return Answered(
            hits=tuple((self._hit(row), (row.key, row.seq)) for row in rows[: asked.limit]),
            count=counts.documents,
            more=len(rows) > asked.limit,
            facets=counts.facets,
        )

    def count(self, plan: Plan, visible: Plan) -> int:
        """Documents of a plan among those to be seen."""
        return self._count(self._within(translate(condition_of(plan), self.schema), [visible]))

    def _count(self, query: Query) -> int:
        """All matches; in order of a field, so that no score is worked out."""
        return hit_count(self.searcher.search(query, limit=1, order_by_field="seq"))

    def _within(self, words: Query, filters: Sequence[Plan]) -> Query:
        return restrict(words, [seen(plan, self.schema) for plan in filters], self.deleted)

    def _best(self, asked: Asked, words: Plan) -> list[_Row]:
        """The best rows after the cursor, one more than asked for when more follow: tier by tier, then all that is left."""
        filters = [asked.visible, *asked.filters.values()]
        known: set[tuple[int, int]] = set()
        found: list[_Row] = []
        for tier in self.tiers.of(words):
            query = self._within(translate(tier.words, self.schema), [tier.required, *filters])
            if self._read(query, tier.added, asked, found, known):
                return found
        self._read(self._within(translate(words, self.schema), filters), 0.0, asked, found, known)
        return found

    def _read(self, query: Query, added: float, asked: Asked, found: list[_Row], known: set[tuple[int, int]]) -> bool:
        """Read on with what is not known yet; whether that is enough. Not counting lets the engine skip the rest."""
        fetch = len(known) + (asked.after.seen if asked.after else 0) + asked.limit + 1 + _OVER_READ
        while True:
            hits = self.searcher.search(query, limit=fetch, count=False).hits
            whole = len(hits) < fetch
            if not whole:  # the last group of equals may go on outside
                last = hits[-1][0]
                hits = [hit for hit in hits if hit[0] != last]
            new = [(float(score) + added, address) for score, address in hits if (address.segment_ord, address.doc) not in known]
            rows = _after(self.ordered(new, descending=True), asked.after)
            if whole or len(found) + len(rows) > asked.limit:
                found += rows
                known |= {(address.segment_ord, address.doc) for _, address in new}
                return len(found) > asked.limit
            fetch *= 4

    def ties(self, query: Query, after: Cursor | None, limit: int) -> list[_Row]:
        """Rows in order of the tie-breaker, after the cursor's."""
        if after is not None:
            above = Query.range_query(self.schema, "seq", FieldType.Unsigned, int(after.values[1]), None, include_lower=False)
            query = restrict(query, [above])
        hits = self.searcher.search(query, limit=limit, count=False, order_by_field="seq", order=Order.Asc).hits
        return [_Row(0, int(seq), address) for seq, address in hits]

    def ordered(self, hits: _Hits, *, descending: bool) -> list[_Row]:
        """Hits as rows, ties by `seq`."""
        ties = self.searcher.fast_field_values("seq", [address for _, address in hits])
        rows = [_Row(key, int(seq or 0), address) for (key, address), seq in zip(hits, ties, strict=True)]
        rows.sort(key=lambda row: row.seq)
        rows.sort(key=lambda row: row.key, reverse=descending)
        return rows

    def _hit(self, row: _Row) -> Hit:
        stored = self.searcher.doc(row.address)
        score = float(row.key) if isinstance(row.key, float) else 0.0
        return Hit(str(stored.get_first("document_id")), str(stored.get_first("dossier_id")), score)


class _FieldOrder:
    """Rows in order of a field: every page of hits starts at the cursor's value, however far it is from the first one."""

    def __init__(self, search: DocumentSearch, query: Query, *, field: str, descending: bool) -> None:
        self.search = search
        self.query = query
        self.field = field
        self.descending = descending

    def rows(self, asked: Asked) -> list[_Row]:
        """The rows after the cursor, one more than asked for when more follow."""
        wanted, after = asked.limit + 1, asked.after
        rows = self._equals(after.values[0], after, wanted) if after is not None else []
        if len(rows) < wanted:
            rows += self._beyond(after, wanted - len(rows))
        return rows

    def _equals(self, key: _Key, after: Cursor | None, limit: int) -> list[_Row]:
        """Rows with this very value, in order of the tie-breaker."""
        if isinstance(key, str):
            same = Query.term_query(self.search.schema, self.field, key)
        else:
            same = Query.range_query(self.search.schema, self.field, FieldType.Unsigned, int(key), int(key))
        return [row._replace(key=key) for row in self.search.ties(restrict(self.query, [same]), after, limit)]

    def _beyond(self, after: Cursor | None, limit: int) -> list[_Row]:
        """The first rows whose values come after the cursor's."""
        query, fetch = self.query, limit + _OVER_READ
        if after is not None and isinstance(after.values[0], str):
            fetch += after.seen  # texts know no ranges here: what was seen is read over
        elif after is not None:
            query = restrict(query, [self._after_number(int(after.values[0]))])
        while True:
            order = Order.Desc if self.descending else Order.Asc
            found = self.search.searcher.search(query, limit=fetch, count=False, order_by_field=self.field, order=order).hits
            hits = [hit for hit in found if after is None or _is_later(hit[0], after.values[0], descending=self.descending)]
            if len(found) < fetch:
                return self.search.ordered(hits, descending=self.descending)
            if len(hits) >= limit:
                break
            fetch *= 4
        last = hits[-1][0]  # the group of equals at the end may go on outside
        rows = self.search.ordered([hit for hit in hits if hit[0] != last], descending=self.descending)
        return rows if len(rows) >= limit else rows + self._equals(last, None, limit - len(rows))

    def _after_number(self, key: int) -> Query:
        low, high = (None, key) if self.descending else (key, None)
        return Query.range_query(
            self.search.schema,
            self.field,
            FieldType.Unsigned,
            low,
            high,
            include_lower=low is None,
            include_upper=high is None,
        )


def hit_count(result: object) -> int:
    """All hits of a search; the package's type hints forget this attribute."""
    return cast(_Counted, result).count


def _after(rows: list[_Row], cursor: Cursor | None) -> list[_Row]:
    if cursor is None:
        return rows
    key, seq = cursor.values[0], int(cursor.values[1])
    return [row for row in rows if _is_later(row.key, key, descending=True) or (row.key == key and row.seq > seq)]


def _is_later(one: _Key, other: _Key, *, descending: bool) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one) < str(other) if descending else str(one) > str(other)
    return one < other if descending else one > other
