"""Finds the best pages inside documents already found, with one search for all of them.

In: a plan and document ids. Out: pages by document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import tantivy
from tantivy import Query

from indexer.embedded.query import restrict, translate
from indexer.embedded.search import hit_count
from indexer.entries import tie_breaker
from indexer.plan import Plan
from indexer.question import PageHit, PageHits

_FIRST_READ = 50
"""Pages of one document read at first; one with more matches is read again, whole."""


def search_pages(
    searcher: tantivy.Searcher, schema: tantivy.Schema, plan: Plan, visible: Plan, document_ids: Sequence[str], per_document: int
) -> dict[str, PageHits]:
    """The best pages of each document; those without a matching page are left out."""
    if not document_ids:
        return {}
    inside = Query.term_set_query(schema, "document_id", list(document_ids))
    query = restrict(translate(plan, schema), [inside, translate(visible, schema)])
    result = searcher.search(query, limit=_FIRST_READ * len(document_ids))
    if hit_count(result) > len(result.hits):
        result = searcher.search(query, limit=hit_count(result))
    addresses = [address for _, address in result.hits]
    owners = searcher.fast_field_values("document_seq", addresses)
    numbers = searcher.fast_field_values("number", addresses)
    pages: dict[int, list[tuple[float, int, tantivy.DocAddress]]] = defaultdict(list)
    for (score, address), owner, number in zip(result.hits, owners, numbers, strict=True):
        pages[int(owner or 0)].append((-float(score), int(number or 0), address))
    found: dict[str, PageHits] = {}
    for document_id in document_ids:
        own = sorted(pages.get(tie_breaker(document_id), ()), key=lambda page: page[:2])
        best = tuple(PageHit(_page_id(searcher, address), number, -score) for score, number, address in own[:per_document])
        if own:
            found[document_id] = PageHits(best, len(own))
    return found


def _page_id(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return str(searcher.doc(address).get_first("page_id"))
