"""The log of slow questions: one JSON line each, with the shape of the question, and its words only where that is asked for.

In: a question that took long. Out: a line. Words name people, so they stay out unless `SOHOA_INDEX__SLOW_WORDS` is set.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
from collections import Counter
from datetime import UTC, datetime

from dossier.settings import IndexSettings
from indexer import Filters, Query, Question, Results, interpret
from search_api.headers import TRACE

logger = logging.getLogger(__name__)


class SlowLog:
    """Writes down what took longer than the settings allow."""

    def __init__(self, settings: IndexSettings) -> None:
        self.settings = settings

    def note(self, engine: str, question: Question, results: Results | None, *, seconds: float) -> bool:
        """Write a question down if it was slow; `results` is None when it failed. Answers whether it was."""
        if seconds < self.settings.slow_s:
            return False
        line: dict[str, object] = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "slow": "search",
            "trace": TRACE.get(),
            "engine": engine,
            "ms": round(1000 * seconds, 1),
            "nodes": nodes_of(question.query),
            "filters": _filters_of(question.filters),
            "facets": len(question.facets),
            "sort": question.sort.value,
            "limit": question.limit,
            "seen": question.after.seen if question.after else 0,
            "hits": results.total.value if results is not None else None,
            "wide": results.wide if results is not None else None,
        }
        if self.settings.slow_words:
            line["words"] = interpret(question.query)
        logger.warning("%s", json.dumps(line, ensure_ascii=False))
        return True


def nodes_of(query: Query) -> dict[str, int]:
    """How many nodes of each kind a question has: all that is told of it without its words."""
    found: Counter[str] = Counter()
    waiting: list[object] = [query]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += node
        elif dataclasses.is_dataclass(node) and not isinstance(node, type):
            found[type(node).__name__] += 1
            waiting += [getattr(node, field.name) for field in dataclasses.fields(node)]
    return dict(sorted(found.items()))


def _filters_of(filters: Filters) -> list[str]:
    """Names of the filters that are set, without their values."""
    return [field.name for field in dataclasses.fields(filters) if getattr(filters, field.name)]


def prepare_slow_log() -> None:
    """Let lines out as they are, one JSON object each, so that programs can read them."""
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
