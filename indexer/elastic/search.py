"""Answers plans with Elasticsearch: points in time, search_after, facets that ignore their own filter, pages inside documents.

In: plans. Out: what `indexer.asking` expects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from indexer.asking import SORT_FIELDS, Answered, Asked
from indexer.elastic.query import translate
from indexer.elastic.schema import Json
from indexer.narrowing import Facet, Sort
from indexer.plan import Plan
from indexer.question import Cursor, Hit, PageHit, PageHits
from indexer.records import value_pattern, values_to_read

KEEP_ALIVE = "2m"
"""How long the view of a result is held between two pages of it."""

_LAST = 2**63 - 1

DELETED: Json = {"term": {"deleted": {"value": "1"}}}


def run(client: Elasticsearch, alias: str, asked: Asked) -> Answered:
    """Answer one question; a view that has expired is opened anew, and paging goes on from the last hit's values.

    In order of a field those values say where to go on in whatever is newest, so no view is held.
    """
    body = _body(asked)
    if asked.sort is not Sort.RELEVANCE:
        return _answered(client.search(index=alias, **body), asked, None)  # type: ignore[arg-type]
    view = asked.after.view if asked.after else None
    if view is not None:
        try:
            answer = _search(client, view, body)
        except NotFoundError:
            view = None
    if view is None:
        view = client.open_point_in_time(index=alias, keep_alive=KEEP_ALIVE)["id"]
        answer = _search(client, view, body)
    view = answer.get("pit_id", view)
    found = _answered(answer, asked, view)
    if not found.more:
        client.options(ignore_status=404).close_point_in_time(id=view)
    return found


def _search(client: Elasticsearch, view: str, body: Json) -> dict[str, Any]:
    return dict(client.search(pit={"id": view, "keep_alive": KEEP_ALIVE}, **body))  # type: ignore[arg-type]


def _body(asked: Asked) -> Json:
    """The request without its view. Filters of counted fields come after counting, so that each facet can leave out its own."""
    counted = {facet.value for facet in asked.facets}
    before = [translate(plan) for name, plan in asked.filters.items() if name not in counted]
    after = [translate(plan) for name, plan in asked.filters.items() if name in counted]
    field, descending = SORT_FIELDS.get(asked.sort, ("_score", True))
    body: Json = {
        "query": {"bool": {"must": [translate(asked.words)], "filter": [translate(asked.visible), *before], "must_not": [DELETED]}},
        "sort": [{field: {"order": "desc" if descending else "asc"}}, {"seq": {"order": "asc"}}],
        "size": asked.limit + 1,
        "track_total_hits": max(1, asked.total_limit),
        "source_includes": ["document_id", "dossier_id"],
    }
    if after:
        body["post_filter"] = {"bool": {"filter": after}}
    if asked.facets:
        body["aggs"] = {facet.value: _facet(facet, asked) for facet in asked.facets}
    if asked.after is not None:
        body["search_after"] = _after(asked.after, in_view=asked.sort is Sort.RELEVANCE)
    return body


def _facet(facet: Facet, asked: Asked) -> Json:
    counted = {other.value for other in asked.facets} - {facet.value}
    others = [translate(plan) for name, plan in asked.filters.items() if name in counted]
    terms: Json = {"field": f"{facet.value}_facet", "size": values_to_read(facet, asked.facet_limit)}
    if asked.facet_beginning:
        terms["include"] = value_pattern(asked.facet_beginning)
    return {"filter": {"bool": {"filter": others}} if others else {"match_all": {}}, "aggs": {"values": {"terms": terms}}}


def _after(cursor: Cursor, *, in_view: bool) -> list[object]:
    """Sort values to go on after. A view breaks ties by a third value of its own; `seq` leaves no ties, so the last will do."""
    if not in_view:
        return list(cursor.values[:2])
    return [*cursor.values[:2], cursor.values[2] if len(cursor.values) > 2 else _LAST]


def _answered(answer: Mapping[str, Any], asked: Asked, view: str | None) -> Answered:
    hits = answer["hits"]["hits"]
    total = answer["hits"]["total"]
    shown = tuple(
        (
            Hit(hit["_source"]["document_id"], hit["_source"]["dossier_id"], float(hit.get("_score") or 0.0)),
            tuple(hit["sort"]),
        )
        for hit in hits[: asked.limit]
    )
    facets = {
        facet: [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"][facet.value]["values"]["buckets"]]
        for facet in asked.facets
    }
    count = total["value"] + (1 if total["relation"] == "gte" else 0)
    return Answered(shown, count, len(hits) > asked.limit, facets, view)


def count_documents(client: Elasticsearch, alias: str, plan: Plan, visible: Plan) -> int:
    """Documents of a plan among those to be seen."""
    inside = {"bool": {"filter": [translate(plan), translate(visible)], "must_not": [DELETED]}}
    return int(client.count(index=alias, query=inside)["count"])


def search_pages(
    client: Elasticsearch, alias: str, plan: Plan, visible: Plan, document_ids: Sequence[str], per_document: int
) -> dict[str, PageHits]:
    """The best pages of each document, in one request."""
    if not document_ids:
        return {}
    inside = {"terms": {"document_id": list(document_ids)}}
    best = {"name": "pages", "size": per_document, "sort": [{"_score": "desc"}, {"number": "asc"}]}
    answer = client.search(
        index=alias,
        query={"bool": {"must": [translate(plan)], "filter": [inside, translate(visible)]}},
        collapse={"field": "document_id", "inner_hits": best | {"_source": ["page_id", "number"], "track_scores": True}},
        size=len(document_ids),
        source_includes=["document_id"],
    )
    found: dict[str, PageHits] = {}
    for group in answer["hits"]["hits"]:
        inner = group["inner_hits"]["pages"]["hits"]
        hits = tuple(PageHit(hit["_source"]["page_id"], hit["_source"]["number"], float(hit["_score"])) for hit in inner["hits"])
        found[group["_source"]["document_id"]] = PageHits(hits, inner["total"]["value"])
    return found
