"""Hints of the index on Elasticsearch: one request for all lookups, counted among what the reader may see.

In: lookups and what the reader may see. Out: hints with the number of his documents, most frequent first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from elasticsearch import Elasticsearch

from indexer.elastic.query import translate
from indexer.elastic.schema import Json
from indexer.hints import FIELD, Hint, Lookup
from indexer.plan import Plan

_SHARD_SIZE = 200
"""Hints every shard reports beyond the limit, so that counts over several shards come out whole."""

_UNSAFE = re.compile(r"[^\w ]")

_LONGEST_PATTERN = 900
"""Longest regular expression; the server refuses those over 1,000 characters."""


def look_up(client: Elasticsearch, alias: str, visible: Plan, lookups: Sequence[Lookup]) -> tuple[tuple[Hint, ...], ...]:
    """The hints of every lookup."""
    parts = [(place, part) for place, lookup in enumerate(lookups) for part in _split(lookup)]
    if not parts:
        return tuple(() for _ in lookups)
    aggregations = {str(number): _aggregation(part) for number, (_, part) in enumerate(parts)}
    answer = client.search(index=alias, size=0, query={"bool": {"filter": [translate(visible)]}}, aggregations=aggregations)
    found: list[dict[str, int]] = [{} for _ in lookups]
    for number, (place, _) in enumerate(parts):
        for bucket in answer["aggregations"][str(number)]["values"]["buckets"]:
            found[place][bucket["key"]] = bucket["doc_count"]
    return tuple(_ordered(counts, lookup.limit) for counts, lookup in zip(found, lookups, strict=True))


def _ordered(counts: dict[str, int], limit: int) -> tuple[Hint, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Hint(text, count) for text, count in ordered[:limit])


def _split(lookup: Lookup) -> list[Lookup]:
    """The lookup in parts whose patterns the server takes."""
    parts: list[list[str]] = []
    length = _LONGEST_PATTERN
    for beginning in lookup.beginnings:
        length += len(_literal(beginning)) + 1
        if length > _LONGEST_PATTERN:
            parts.append([])
            length = len(_literal(beginning)) + 1
        parts[-1].append(beginning)
    return [Lookup(tuple(part), lookup.limit) for part in parts]


def _aggregation(lookup: Lookup) -> Json:
    """Counts of hints with these beginnings; only documents that hold one are looked at."""
    holding = [{"prefix": {FIELD: {"value": beginning}}} for beginning in lookup.beginnings]
    pattern = f"({'|'.join(_literal(beginning) for beginning in lookup.beginnings)}).*"
    values = {"field": FIELD, "include": pattern, "size": lookup.limit, "shard_size": lookup.limit + _SHARD_SIZE}
    return {"filter": {"bool": {"should": holding}}, "aggs": {"values": {"terms": values}}}


def _literal(text: str) -> str:
    """Text for a regular expression of Lucene, where every sign may be escaped."""
    return _UNSAFE.sub(lambda match: "\\" + match[0], text)
