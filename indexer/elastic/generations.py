"""Generations of the two indices and the aliases that name the one that answers.

    sohoa-docs-v1-3, sohoa-pages-v1-3     a generation: schema 1, third build
    sohoa-docs, sohoa-pages               aliases of the generation that answers
    sohoa-docs-next, sohoa-pages-next     aliases of one being filled, which gets every live write too

In: the client and the prefix. Out: names; indices created, swapped in one call, removed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple, cast

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from dossier.errors import Unavailable
from dossier.settings import IndexSettings
from indexer.elastic.schema import META, documents_mapping, index_settings, live_settings, pages_mapping
from indexer.port import Details
from indexer.records import GENERATION_STEM

SIGN_OF_LIFE_S = 10.0
"""How often a rebuild says that it is at work; kept beside the versions in the mapping of the index that it fills."""

_DEAD_AFTER_S = 60.0
_SIGNED, _SWAPPED = "filling_at", "answering_since"


class Names(NamedTuple):
    """Index names of one generation."""

    documents: str
    pages: str

    @property
    def generation(self) -> str:
        """The suffix that both share: `v1-3`."""
        return "-".join(self.documents.rsplit("-", 2)[1:])


class Generations:
    """The generations under one prefix."""

    def __init__(self, client: Elasticsearch, settings: IndexSettings) -> None:
        self.client = client
        self.settings = settings
        prefix = settings.prefix
        self.aliases = Names(f"{prefix}-docs", f"{prefix}-pages")
        self.next_aliases = Names(f"{prefix}-docs-next", f"{prefix}-pages-next")

    def current(self) -> Names:
        """The generation that answers; an empty one is made when there is none.

        Raises:
            Unavailable: when another version of this program made it and it has to be rebuilt.
        """
        names = self._named(self.aliases)
        if names is None:
            names = self._first()
        return names

    def check(self, names: Names) -> None:
        """Refuse a generation whose fields or analysis are not ours."""
        for name in names:
            meta = self._meta(name)
            if any(meta.get(key) != version for key, version in META.items()):
                raise Unavailable(what=name, detail="problem.other_version")

    def _meta(self, name: str) -> Mapping[str, object]:
        return cast(Mapping[str, object], self.client.indices.get_mapping(index=name)[name]["mappings"].get("_meta", {}))

    def details(self, names: Names) -> Details:
        """See `Index.details`; an index that never was swapped in answers since it was made."""
        meta = self._meta(names.documents)
        told = self.client.indices.stats(index=",".join(names), metric="store")["_all"]["total"]["store"]["size_in_bytes"]
        made = self.client.indices.get_settings(index=names.documents)[names.documents]["settings"]["index"]["creation_date"]
        since = meta.get(_SWAPPED, int(made) / 1000)
        return Details(
            generation=names.generation,
            size_bytes=int(told),
            answering_since=float(since) if isinstance(since, int | float) else 0.0,
            made_by={key: str(meta.get(key)) for key in META},
            expected={key: str(version) for key, version in META.items()},
        )

    def being_filled(self) -> Names | None:
        """The generation that a rebuild is filling, None when there is no rebuild."""
        return self._named(self.next_aliases)

    def _named(self, aliases: Names) -> Names | None:
        found = []
        for alias in aliases:
            try:
                found += list(self.client.indices.get_alias(name=alias).body)
            except NotFoundError:
                return None
        return Names(*found) if len(found) == len(aliases) else None

    def _first(self) -> Names:
        """The very first generation; another process may be making it at the same moment, which is as good."""
        names = self.create(1, self.aliases)
        self.client.indices.put_settings(index=",".join(names), settings=live_settings(self.settings))
        return names

    def create(self, number: int, aliases: Names) -> Names:
        """Create both indices of a generation under `aliases`."""
        names = Names(*(f"{alias}-{GENERATION_STEM}-{number}" for alias in self.aliases))
        for name, alias, mapping in zip(names, aliases, (documents_mapping(), pages_mapping()), strict=True):
            try:
                self.client.indices.create(
                    index=name,
                    settings=index_settings(self.settings),
                    mappings=mapping,
                    aliases={alias: {}},
                    wait_for_active_shards="1",
                )
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise
        return names

    def begin(self) -> Names:
        """A new generation to fill; what a rebuild that died left half filled is removed.

        Raises:
            Unavailable: when another rebuild gave a sign of life a short while ago.
        """
        if (left := self.being_filled()) is not None:
            signed = self._meta(left.documents).get(_SIGNED)
            if isinstance(signed, int | float) and time.time() - signed < _DEAD_AFTER_S:
                raise Unavailable(what=left.documents, detail="problem.being_rebuilt")
            self.remove(left)
        number = 1 + max((self._number(name) for name in self._all()), default=0)
        names = self.create(number, self.next_aliases)
        self.sign(names)
        return names

    def sign(self, names: Names) -> None:
        """Give a sign of life: somebody is filling this generation."""
        self.client.indices.put_mapping(index=names.documents, meta=META | {_SIGNED: int(time.time())})

    def swap(self, names: Names) -> None:
        """Let `names` answer from now on, in one call for documents and pages, then remove the other generations."""
        self.client.indices.put_settings(index=",".join(names), settings=live_settings(self.settings))
        self.client.indices.refresh(index=",".join(names))
        old = self._named(self.aliases)
        actions: list[dict[str, dict[str, str]]] = []
        for position, name in enumerate(names):
            if old is not None:
                actions.append({"remove": {"index": old[position], "alias": self.aliases[position]}})
            actions.append({"remove": {"index": name, "alias": self.next_aliases[position]}})
            actions.append({"add": {"index": name, "alias": self.aliases[position]}})
        self.client.indices.put_mapping(index=names.documents, meta=META | {_SWAPPED: int(time.time())})
        self.client.indices.update_aliases(actions=actions)
        stale = [name for name in self._all() if name not in names]
        if stale:
            self.client.indices.delete(index=",".join(stale), ignore_unavailable=True)

    def remove(self, names: Names) -> None:
        """Remove one generation."""
        self.client.indices.delete(index=",".join(names), ignore_unavailable=True)

    def _all(self) -> list[str]:
        """Names of all indices of all generations."""
        patterns = ",".join(f"{alias}-v*" for alias in self.aliases)
        return list(self.client.indices.get(index=patterns, features=["aliases"], allow_no_indices=True).body)

    @staticmethod
    def _number(name: str) -> int:
        tail = name.rpartition("-")[2]
        return int(tail) if tail.isdigit() else 0
