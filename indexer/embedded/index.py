"""The embedded index: the port over generations in a folder.

In: operations and questions. Out: outcomes and results. One process writes at a time; any number of processes read.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import tantivy

from dossier.errors import Unavailable
from dossier.model import Reader
from indexer.asking import Answered, Asked, answer
from indexer.embedded.counting import CountMemory
from indexer.embedded.folder import FORMAT, IndexFolder
from indexer.embedded.generation import Generation
from indexer.embedded.page_search import search_pages
from indexer.embedded.rebuilding import EmbeddedRebuild
from indexer.embedded.seam import BUSY, engine_errors
from indexer.embedded.search import DocumentSearch
from indexer.embedded.similar import ranked
from indexer.embedded.vocabulary import CountCache, Dictionary
from indexer.filtering import visible_to
from indexer.hints import Hint, Lookup
from indexer.narrowing import Sort
from indexer.plan import All, Plan
from indexer.planning import plan_pages
from indexer.port import Details, Health, Operation, Outcome, Rebuild, Stats
from indexer.query import Query
from indexer.question import Hit, PageHits, Question, Results
from indexer.suggesting import Suggestion, suggest

ENGINE = "embedded"

_BUSY_S, _LOOK_S = 3.0, 0.05
_VIEW_S = 120.0
_VIEWS = 16


class EmbeddedIndex:
    """An `Index` in a folder of this machine (not on a network drive: it needs locks and memory maps)."""

    def __init__(self, path: Path) -> None:
        self.folder = IndexFolder(path)
        with engine_errors(path):
            self._name = self.folder.ensure()
        self._lock = threading.RLock()
        self._generation: Generation | None = None
        self._views: OrderedDict[str, tuple[float, tantivy.Searcher]] = OrderedDict()
        self._counts = CountCache()
        self._memory = CountMemory()

    def _open(self) -> Generation:
        """The generation the pointer names now; another process may have swapped it."""
        name = self.folder.ensure()
        with self._lock:
            if self._generation is None or name != self._name:
                self.folder.check(name)
                if self._generation is not None:
                    self._generation.release()
                self._generation = Generation(self.folder.path / name)
                self._name = name
            return self._generation

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """See `Index.write`; a writer that is about to end is waited for."""
        latest = time.monotonic() + _BUSY_S
        while True:
            try:
                return self._write(operations)
            except Unavailable as error:
                if error.facts.get("detail") != BUSY or time.monotonic() >= latest:
                    raise
            time.sleep(_LOOK_S)

    def _write(self, operations: Sequence[Operation]) -> list[Outcome]:
        self.folder.ensure()  # before the lock, which it may need for itself
        with engine_errors(self.folder.path), self.folder.locked(alone=False), self._lock:
            return self._open().write(operations)

    def refresh(self) -> None:
        """See `Index.refresh`: commits are seen by the next question, so only the newest is looked up."""
        self._open().searchers()

    def search(self, question: Question) -> Results:
        """See `Index.search`."""
        with engine_errors(self.folder.path):
            return answer(question, self._run, partial(self.count, reader=question.reader))

    def _run(self, asked: Asked) -> Answered:
        generation = self._open()
        stamp = f"{self._name}:{generation.stamp()}"  # before the searcher: what is remembered under it may only be newer
        if asked.sort is Sort.RELEVANCE:
            with self._lock:
                view, searcher = self._view(generation, stamp, asked.after.view if asked.after else None)
        else:  # values of the field say where to go on, in whatever is newest
            view, searcher = None, generation.searchers().documents
        found = DocumentSearch(searcher, generation.documents.schema, self._memory, stamp=view or stamp).run(asked)
        return Answered(found.hits, found.count, found.more, found.facets, view)

    def _view(self, generation: Generation, stamp: str, wanted: str | None) -> tuple[str, tantivy.Searcher]:
        """The searcher a cursor was made with while it is held, else the newest one."""
        now = time.monotonic()
        while self._views and (len(self._views) > _VIEWS or next(iter(self._views.values()))[0] < now):
            self._views.popitem(last=False)
        view, searcher = stamp, generation.searchers().documents
        if wanted is not None and wanted in self._views:
            view, searcher = wanted, self._views[wanted][1]
        self._views[view] = (now + _VIEW_S, searcher)
        self._views.move_to_end(view)
        return view, searcher

    def search_pages(
        self, query: Query, document_ids: Sequence[str], *, reader: Reader, wide: bool = False, per_document: int = 3
    ) -> Mapping[str, PageHits]:
        """See `Index.search_pages`."""
        plan, visible = plan_pages(query, wide=wide), visible_to(reader)
        with engine_errors(self.folder.path):
            generation = self._open()
            searcher = generation.searchers().pages
            return search_pages(searcher, generation.pages.schema, plan, visible, document_ids, per_document)

    def count(self, plan: Plan, *, reader: Reader) -> int:
        """See `Index.count`."""
        with engine_errors(self.folder.path):
            generation = self._open()
            return DocumentSearch(generation.searchers().documents, generation.documents.schema).count(plan, visible_to(reader))

    def ranked(self, plan: Plan, *, reader: Reader, limit: int = 10) -> tuple[Hit, ...]:
        """See `Index.ranked`."""
        with engine_errors(self.folder.path):
            generation = self._open()
            searcher, schema = generation.searchers().documents, generation.documents.schema
            return ranked(searcher, schema, plan, visible_to(reader), limit=limit)

    def look_up(self, lookups: Sequence[Lookup], *, reader: Reader) -> tuple[tuple[Hint, ...], ...]:
        """See `Index.look_up`."""
        with engine_errors(self.folder.path):
            generation = self._open()
            searcher, stamp = generation.searchers().documents, f"{self._name}:{generation.stamp()}"
            dictionary = Dictionary(searcher, generation.documents.schema, visible_to(reader), self._counts, stamp=stamp)
            return dictionary.look_up(lookups)

    def suggest(self, prefix: str, *, reader: Reader, limit: int = 10) -> tuple[Suggestion, ...]:
        """See `Index.suggest`."""
        return suggest(partial(self.look_up, reader=reader), prefix, limit=limit)

    def rebuild(self) -> Rebuild:
        """See `Index.rebuild`; writes go on, and wait only for the moment of the swap."""
        return EmbeddedRebuild(self.folder)

    def stats(self) -> Stats:
        """See `Index.stats`."""
        with engine_errors(self.folder.path):
            generation = self._open()
            searchers = generation.searchers()
            documents = DocumentSearch(searchers.documents, generation.documents.schema).count(All(), All())
            return Stats(ENGINE, self._name, documents, searchers.pages.num_docs)

    def details(self) -> Details:
        """See `Index.details`."""
        with engine_errors(self.folder.path):
            name = self.folder.ensure()
            return Details(name, self.folder.size_bytes(name), self.folder.swapped_at(), self.folder.made_by(name), FORMAT)

    def health(self) -> Health:
        """See `Index.health`."""
        try:
            self._open().searchers()
        except Unavailable as error:
            return Health(ready=False, engine=ENGINE, detail=str(error.facts.get("detail", error)))
        return Health(ready=True, engine=ENGINE, detail=f"{self.folder.path}/{self._name}")

    def close(self) -> None:
        """See `Index.close`."""
        self._views.clear()
        if self._generation is not None:
            self._generation.finish()
            self._generation = None
