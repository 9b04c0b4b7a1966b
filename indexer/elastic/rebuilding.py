"""A new pair of indices on Elasticsearch, filled beside the pair that answers while everybody else goes on.

In: operations. Out: the aliases moved to the new pair, or nothing changed. Live writes reach both pairs meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import TracebackType

from elasticsearch import Elasticsearch

from dossier.settings import IndexSettings
from indexer.elastic.connection import client_errors
from indexer.elastic.generations import SIGN_OF_LIFE_S, Generations, Names
from indexer.elastic.writing import write
from indexer.port import Operation, Outcome


class ElasticRebuild:
    """A new pair of indices; the aliases move to them at the end."""

    def __init__(self, client: Elasticsearch, settings: IndexSettings, generations: Generations) -> None:
        self.client = client
        self.settings = settings
        self.generations = generations
        self._names: Names | None = None
        self._signed = 0.0

    @property
    def generation(self) -> str:
        """Name of the new generation."""
        return self._open().generation

    def __enter__(self) -> ElasticRebuild:
        with client_errors(self.settings):
            self.generations.current()
            self._names = self.generations.begin()
            self._signed = time.monotonic()
        return self

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """See `Rebuild.write`."""
        names = self._open()
        with client_errors(self.settings):
            if time.monotonic() - self._signed > SIGN_OF_LIFE_S:
                self.generations.sign(names)
                self._signed = time.monotonic()
            return write(self.client, self.generations.next_aliases, operations)

    def settle(self) -> None:
        """See `Rebuild.settle`: live writes reach both pairs, nobody has to wait."""
        self._open()

    def _open(self) -> Names:
        if self._names is None:
            raise RuntimeError("a rebuild writes inside its with block only")
        return self._names

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        names, self._names = self._names, None
        if names is None:
            return
        with client_errors(self.settings):
            if kind is None:
                self.generations.swap(names)
            else:
                self.generations.remove(names)
