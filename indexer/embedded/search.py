"""Answers plans with tantivy: order with ties broken, cursors, facets that ignore their own filter, pages inside documents.

In: plans and searchers. Out: what `indexer.asking` expects. tantivy sorts by one key only, so ties at the end of a page of
hits are read whole and put in order here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, cast

import tantivy
from tantivy import Order, Query

from indexer.asking import SORT_FIELDS, Answered, Asked
from indexer.embedded.query import restrict, translate
from indexer.narrowing import Facet, Sort
from indexer.plan import All, Plan
from indexer.question import Cursor, Hit, PageHit, PageHits
from indexer.records import values_to_read

_OVER_READ = 50
"""Hits read beyond the ones shown, so that ties at the end are usually whole."""

_Key = str | int | float


class _Counted(Protocol):
    count: int


class _Row(NamedTuple):
    key: _Key
    seq: int
    address: tantivy.DocAddress


class DocumentSearch:
    """Questions to the documents of one commit."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self.searcher = searcher
        self.schema = schema
        self.deleted = Query.term_query(schema, "deleted", "1")

    def run(self, asked: Asked) -> Answered:
        """Answer one question."""
        words = translate(asked.words, self.schema)
        query = self._within(words, [asked.visible, *asked.filters.values()])
        rows, count, more = self._rows(query, asked)
        return Answered(
            hits=tuple((self._hit(row), (row.key, row.seq)) for row in rows),
            count=count,
            more=more,
            facets={facet: self._buckets(words, asked, facet) for facet in asked.facets},
        )

    def _within(self, words: Query, filters: Sequence[Plan]) -> Query:
        return restrict(words, [translate(plan, self.schema) for plan in filters], self.deleted)

    def _rows(self, query: Query, asked: Asked) -> tuple[list[_Row], int, bool]:
        """The rows after the cursor, the number of all, and whether more follow."""
        field, descending = SORT_FIELDS.get(asked.sort, (None, True))
        constant = asked.sort is Sort.RELEVANCE and isinstance(asked.words, All)
        if constant:  # every score is the same: the tie-breaker is the order
            field, descending = "seq", False
        fetch = (asked.after.seen if asked.after else 0) + asked.limit + 1 + _OVER_READ
        while True:
            result = self.searcher.search(
                query,
                limit=max(1, min(fetch, self.searcher.num_docs)),
                order_by_field=field,
                order=Order.Desc if descending else Order.Asc,
            )
            rows = self._ordered(result.hits, descending=descending, constant=constant)
            whole = len(rows) >= _count(result)
            if not whole and not constant:  # the last group of equals may go on outside
                rows = [row for row in rows if row.key != result.hits[-1][0]]
            rows = _after(rows, asked.after, descending=descending)
            if whole or len(rows) > asked.limit:
                return rows[: asked.limit], _count(result), len(rows) > asked.limit
            fetch *= 4

    def _ordered(self, hits: Sequence[tuple[_Key, tantivy.DocAddress]], *, descending: bool, constant: bool) -> list[_Row]:
        ties = self.searcher.fast_field_values("seq", [address for _, address in hits])
        rows = [_Row(1.0 if constant else key, int(seq or 0), address) for (key, address), seq in zip(hits, ties, strict=True)]
        rows.sort(key=lambda row: row.seq)
        rows.sort(key=lambda row: row.key, reverse=descending and not constant)
        return rows

    def _hit(self, row: _Row) -> Hit:
        stored = self.searcher.doc(row.address)
        score = float(row.key) if isinstance(row.key, float) else 0.0
        return Hit(str(stored.get_first("document_id")), str(stored.get_first("dossier_id")), score)

    def _buckets(self, words: Query, asked: Asked, facet: Facet) -> list[tuple[str, int]]:
        """Printed values and their counts under all filters but the facet's own."""
        query = self._within(words, [asked.visible, *(plan for name, plan in asked.filters.items() if name != facet.value)])
        terms = {"terms": {"field": f"{facet.value}_facet", "size": values_to_read(facet, asked.facet_limit)}}
        found = self.searcher.aggregate(query, {"values": terms})
        return [(bucket["key"], bucket["doc_count"]) for bucket in found["values"]["buckets"]]

    def count(self, plan: Plan, visible: Plan) -> int:
        """Documents of a plan among those to be seen."""
        return _count(self.searcher.search(self._within(translate(plan, self.schema), [visible]), limit=1))


def _count(result: object) -> int:
    """All hits of a search; the package's type hints forget this attribute."""
    return cast(_Counted, result).count


def _after(rows: list[_Row], cursor: Cursor | None, *, descending: bool) -> list[_Row]:
    if cursor is None:
        return rows
    key, seq = cursor.values[0], int(cursor.values[1])
    return [row for row in rows if _is_later(row.key, key, descending=descending) or (row.key == key and row.seq > seq)]


def _is_later(one: _Key, other: _Key, *, descending: bool) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one) < str(other) if descending else str(one) > str(other)
    return one < other if descending else one > other


def search_pages(
    searcher: tantivy.Searcher, schema: tantivy.Schema, plan: Plan, visible: Plan, document_id: str, per_document: int
) -> PageHits | None:
    """The best pages of one document, None when no page matches."""
    inside = Query.term_query(schema, "document_id", document_id)
    result = searcher.search(
        restrict(translate(plan, schema), [inside, translate(visible, schema)]), limit=max(1, per_document) + _OVER_READ
    )
    if not _count(result):
        return None
    hits = []
    for score, address in result.hits:
        stored = searcher.doc(address)
        hits.append(PageHit(str(stored.get_first("page_id")), int(stored.get_first("number") or 0), float(score)))
    hits.sort(key=lambda hit: (-hit.score, hit.number))
    return PageHits(tuple(hits[:per_document]), _count(result))
