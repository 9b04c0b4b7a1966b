"""Documents that a plan made by the program finds, best first. In: a plan, what the reader may see. Out: hits."""

from __future__ import annotations

from elasticsearch import Elasticsearch

from indexer.elastic.query import translate
from indexer.elastic.search import DELETED
from indexer.plan import Plan
from indexer.question import Hit


def ranked(client: Elasticsearch, alias: str, plan: Plan, visible: Plan, *, limit: int) -> tuple[Hit, ...]:
    """The best documents, ties by `seq`; no view is held, nobody goes on from here."""
    answer = client.search(
        index=alias,
        query={"bool": {"must": [translate(plan)], "filter": [translate(visible)], "must_not": [DELETED]}},
        sort=[{"_score": {"order": "desc"}}, {"seq": {"order": "asc"}}],
        size=limit,
        track_total_hits=False,
        source_includes=["document_id", "dossier_id"],
    )
    hits = answer["hits"]["hits"]
    return tuple(Hit(hit["_source"]["document_id"], hit["_source"]["dossier_id"], float(hit["_score"] or 0.0)) for hit in hits)
