"""Documents that a plan made by the program finds, best first. In: a plan, what the reader may see. Out: hits."""

from __future__ import annotations

import tantivy
from tantivy import Query

from indexer.embedded.query import restrict, translate
from indexer.plan import Plan
from indexer.question import Hit

_OVER_READ = 50
"""Hits read beyond the ones wanted, so that ties at the end are usually whole."""


def ranked(searcher: tantivy.Searcher, schema: tantivy.Schema, plan: Plan, visible: Plan, *, limit: int) -> tuple[Hit, ...]:
    """The best documents, ties by `seq`."""
    query = restrict(translate(plan, schema), [translate(visible, schema)], Query.term_query(schema, "deleted", "1"))
    hits = searcher.search(query, limit=limit + _OVER_READ, count=False).hits
    ties = searcher.fast_field_values("seq", [address for _, address in hits])
    ordered = sorted(zip(hits, ties, strict=True), key=lambda pair: (-float(pair[0][0]), int(pair[1] or 0)))
    found = []
    for (score, address), _ in ordered[:limit]:
        stored = searcher.doc(address)
        found.append(Hit(str(stored.get_first("document_id")), str(stored.get_first("dossier_id")), float(score)))
    return tuple(found)
