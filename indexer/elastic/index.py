"""The index on Elasticsearch: the port over aliases and generations.

In: operations and questions. Out: outcomes and results. Nothing is sent before the first operation or question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from elasticsearch import ApiError

from dossier.errors import BadSettings, Unavailable
from dossier.model import Reader
from dossier.settings import IndexSettings
from indexer.asking import answer
from indexer.elastic.connection import client_errors, connect
from indexer.elastic.generations import Generations, Names
from indexer.elastic.rebuilding import ElasticRebuild
from indexer.elastic.search import count_documents, run, search_pages
from indexer.elastic.similar import ranked
from indexer.elastic.vocabulary import look_up
from indexer.elastic.writing import write
from indexer.filtering import visible_to
from indexer.hints import Hint, Lookup
from indexer.plan import All, Plan
from indexer.planning import plan_pages
from indexer.port import Details, Health, Operation, Outcome, Rebuild, Stats
from indexer.query import Query
from indexer.question import Hit, PageHits, Question, Results
from indexer.suggesting import Suggestion, suggest

ENGINE = "elasticsearch"


class ElasticIndex:
    """An `Index` on a cluster."""

    def __init__(self, settings: IndexSettings) -> None:
        self.settings = settings
        self.client = connect(settings)
        self.generations = Generations(self.client, settings)
        self._checked: Names | None = None

    def _current(self) -> Names:
        """The generation that answers, checked once."""
        names = self.generations.current()
        if names != self._checked:
            self.generations.check(names)
            self._checked = names
        return names

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Look once whether the generation is there and ours; look again after trouble."""
        with client_errors(self.settings, asking=True):
            if self._checked is None:
                self._current()
            try:
                yield
            except ApiError:
                self._checked = None
                raise

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """See `Index.write`; while a rebuild is filling the next generation, that one gets every operation too."""
        with client_errors(self.settings):
            self._current()
            outcomes = write(self.client, self.generations.aliases, operations)
            if self.generations.being_filled() is not None:
                self._write_next(operations)
            return outcomes

    def _write_next(self, operations: Sequence[Operation]) -> None:
        """Write to the generation being filled; the rebuild may end at this moment, then the outbox tells the new one."""
        try:
            write(self.client, self.generations.next_aliases, operations)
        except (Unavailable, ApiError):
            if self.generations.being_filled() is not None:
                raise

    def refresh(self) -> None:
        """See `Index.refresh`."""
        with client_errors(self.settings):
            self.client.indices.refresh(index=",".join(self._current()))

    def search(self, question: Question) -> Results:
        """See `Index.search`."""
        with self._asking():
            ask = partial(run, self.client, self.generations.aliases.documents)
            return answer(question, ask, partial(self.count, reader=question.reader))

    def search_pages(
        self, query: Query, document_ids: Sequence[str], *, reader: Reader, wide: bool = False, per_document: int = 3
    ) -> Mapping[str, PageHits]:
        """See `Index.search_pages`."""
        plan, visible = plan_pages(query, wide=wide), visible_to(reader)
        with self._asking():
            return search_pages(self.client, self.generations.aliases.pages, plan, visible, document_ids, per_document)

    def count(self, plan: Plan, *, reader: Reader) -> int:
        """See `Index.count`."""
        with self._asking():
            return count_documents(self.client, self.generations.aliases.documents, plan, visible_to(reader))

    def ranked(self, plan: Plan, *, reader: Reader, limit: int = 10) -> tuple[Hit, ...]:
        """See `Index.ranked`."""
        with self._asking():
            return ranked(self.client, self.generations.aliases.documents, plan, visible_to(reader), limit=limit)

    def look_up(self, lookups: Sequence[Lookup], *, reader: Reader) -> tuple[tuple[Hint, ...], ...]:
        """See `Index.look_up`."""
        with self._asking():
            return look_up(self.client, self.generations.aliases.documents, visible_to(reader), lookups)

    def suggest(self, prefix: str, *, reader: Reader, limit: int = 10) -> tuple[Suggestion, ...]:
        """See `Index.suggest`."""
        return suggest(partial(self.look_up, reader=reader), prefix, limit=limit)

    def rebuild(self) -> Rebuild:
        """See `Index.rebuild`; live writes go on and reach both generations."""
        return ElasticRebuild(self.client, self.settings, self.generations)

    def stats(self) -> Stats:
        """See `Index.stats`."""
        with client_errors(self.settings):
            names = self._current()
            documents = count_documents(self.client, names.documents, All(), All())
            pages = self.client.count(index=names.pages)["count"]
            return Stats(ENGINE, names.generation, documents, pages)

    def details(self) -> Details:
        """See `Index.details`."""
        with client_errors(self.settings):
            return self.generations.details(self.generations.current())

    def health(self) -> Health:
        """See `Index.health`."""
        try:
            with client_errors(self.settings):
                state = self.client.options(request_timeout=5.0, max_retries=0).cluster.health()["status"]
                nodes = self.client.nodes.info(filter_path="nodes.*.version")["nodes"].values()
                self._current()
        except (Unavailable, BadSettings) as error:
            return Health(ready=False, engine=ENGINE, detail=str(error.facts.get("detail") or error.facts.get("problem")))
        versions = ", ".join(sorted({node["version"] for node in nodes}))
        return Health(ready=state != "red", engine=ENGINE, detail=f"Elasticsearch {versions}, {state}")

    def close(self) -> None:
        """See `Index.close`."""
        self.client.close()
