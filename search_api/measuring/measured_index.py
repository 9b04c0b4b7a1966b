"""An index with a stopwatch: every question is timed, slow ones are written down.

In: any index. Out: the same answers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from dossier.errors import Unavailable
from dossier.model import Reader
from dossier.settings import IndexSettings
from indexer import (
    Details,
    Health,
    Hint,
    Hit,
    Index,
    Lookup,
    Operation,
    Outcome,
    PageHits,
    Plan,
    Query,
    Question,
    Rebuild,
    Results,
    Stats,
    Suggestion,
)
from search_api.measuring.measures import Measures
from search_api.measuring.slow_log import SlowLog


class MeasuredIndex:
    """An `Index` around another one."""

    def __init__(self, index: Index, settings: IndexSettings, measures: Measures) -> None:
        self._index = index
        self._engine = settings.engine
        self._measures = measures
        self._slow_log = SlowLog(settings)

    @contextmanager
    def _timed(self, kind: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        except Unavailable:
            self._measures.failure(self._engine, kind)
            raise
        self._measures.question(self._engine, kind, seconds=time.perf_counter() - start)

    def search(self, question: Question) -> Results:
        """See `Index.search`."""
        start = time.perf_counter()
        results: Results | None = None
        try:
            with self._timed("search"):
                results = self._index.search(question)
            return results
        finally:
            if self._slow_log.note(self._engine, question, results, seconds=time.perf_counter() - start):
                self._measures.slow(self._engine)

    def search_pages(
        self, query: Query, document_ids: Sequence[str], *, reader: Reader, wide: bool = False, per_document: int = 3
    ) -> Mapping[str, PageHits]:
        """See `Index.search_pages`."""
        with self._timed("pages"):
            return self._index.search_pages(query, document_ids, reader=reader, wide=wide, per_document=per_document)

    def count(self, plan: Plan, *, reader: Reader) -> int:
        """See `Index.count`."""
        with self._timed("count"):
            return self._index.count(plan, reader=reader)

    def ranked(self, plan: Plan, *, reader: Reader, limit: int = 10) -> tuple[Hit, ...]:
        """See `Index.ranked`."""
        with self._timed("ranked"):
            return self._index.ranked(plan, reader=reader, limit=limit)

    def look_up(self, lookups: Sequence[Lookup], *, reader: Reader) -> tuple[tuple[Hint, ...], ...]:
        """See `Index.look_up`."""
        with self._timed("look_up"):
            return self._index.look_up(lookups, reader=reader)

    def suggest(self, prefix: str, *, reader: Reader, limit: int = 10) -> tuple[Suggestion, ...]:
        """See `Index.suggest`."""
        with self._timed("suggest"):
            return self._index.suggest(prefix, reader=reader, limit=limit)

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """See `Index.write`."""
        with self._timed("write"):
            return self._index.write(operations)

    def refresh(self) -> None:
        """See `Index.refresh`."""
        self._index.refresh()

    def rebuild(self) -> Rebuild:
        """See `Index.rebuild`."""
        return self._index.rebuild()

    def stats(self) -> Stats:
        """See `Index.stats`."""
        return self._index.stats()

    def details(self) -> Details:
        """See `Index.details`."""
        return self._index.details()

    def health(self) -> Health:
        """See `Index.health`."""
        return self._index.health()

    def close(self) -> None:
        """See `Index.close`."""
        self._index.close()
