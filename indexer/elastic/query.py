"""Plans in Elasticsearch's terms: one small translation a node, no rule of its own.

In: a plan. Out: query DSL.
"""

from __future__ import annotations

from indexer.elastic.schema import Json
from indexer.plan import (
    All,
    AnyOf,
    Best,
    Between,
    Combine,
    Constant,
    FuzzyOf,
    Most,
    Nothing,
    PhraseOf,
    Plan,
    PrefixOf,
    Term,
    Weighted,
)

_EXPANSIONS = 1_000
"""Words one fuzzy word may stand for; the server's own limit of 50 would find less than the embedded engine."""


def translate(plan: Plan) -> Json:
    """The query DSL of a plan."""
    match plan:
        case Best(children):
            return {"dis_max": {"queries": [translate(child) for child in children]}}
        case Weighted(child, weight):
            return {"bool": {"must": [translate(child)], "boost": weight}}
        case Constant(child, score):
            return _constant(translate(child), score)
        case Combine(must, should, must_not):
            clauses: Json = {
                "must": [translate(child) for child in must],
                "should": [translate(child) for child in should],
                "must_not": [translate(child) for child in must_not],
            }
            return {"bool": clauses | {"minimum_should_match": 0 if must else 1}}
        case Most(children, least):
            return {"bool": {"should": [translate(child) for child in children], "minimum_should_match": least}}
        case _:
            return _leaf(plan)


def _leaf(plan: All | Nothing | Term | PhraseOf | PrefixOf | FuzzyOf | AnyOf | Between) -> Json:
    match plan:
        case All():
            return {"match_all": {}}
        case Nothing():
            return {"match_none": {}}
        case Term(field, token):
            return {"term": {field: {"value": token}}}
        case PhraseOf(field, tokens, slop):
            return {"match_phrase": {field: {"query": " ".join(tokens), "analyzer": "whitespace", "slop": slop}}}
        case PrefixOf(field, beginning):
            return {"prefix": {field: {"value": beginning, "rewrite": "constant_score"}}}
        case FuzzyOf(field, token):
            options = {"value": token, "fuzziness": 1, "max_expansions": _EXPANSIONS, "rewrite": "constant_score"}
            return _constant({"fuzzy": {field: options}}, 1.0)
        case AnyOf(field, values):
            return _constant({"terms": {field: list(values)}}, 1.0)
        case Between(field, low, high):
            bounds = {name: bound for name, bound in (("gte", low), ("lte", high)) if bound is not None}
            return _constant({"range": {field: bounds}}, 1.0) if bounds else {"match_all": {}}


def _constant(query: Json, score: float) -> Json:
    return {"constant_score": {"filter": query, "boost": score}}
