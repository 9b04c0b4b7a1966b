"""The store and the index as the application holds them: opened on first use, once, and closed with the server.

In: settings. Out: an open store, an open index, the language pages have by default. A server that starts before anything was
digitised still starts: every request tries again to open what is not there yet.
"""

from __future__ import annotations

import threading
from typing import Annotated, cast

from fastapi import Depends, Request

from dossier.errors import NotFound, Unavailable
from dossier.settings import Settings
from indexer import Index, open_index
from search_api.measuring import MeasuredIndex, Measures
from store import Store, open_store

_INDEX_FOLDER = "index"


class Rooms:
    """What one application has open."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.measures = Measures()
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._index: Index | None = None

    def store(self) -> Store:
        """The open store.

        Raises:
            Unavailable: when nothing was digitised into it yet, or the ledger does not open.
        """
        with self._lock:
            if self._store is None:
                try:
                    self._store = open_store(self.settings.store)
                except NotFound as error:  # to the asker it is not a wrong address but a store that is not filled yet
                    raise Unavailable(what="store", detail="not there yet") from error
            return self._store

    def index(self) -> Index:
        """The open index.

        Raises:
            Unavailable: when there is no store yet, or the search engine does not answer.
        """
        self.store()  # opening an index makes its folder; without a store there is nothing it could hold
        with self._lock:
            if self._index is None:
                folder = self.settings.index.folder or self.settings.store.folder / _INDEX_FOLDER
                opened = open_index(self.settings.index, folder)
                self._index = MeasuredIndex(opened, self.settings.index, self.measures)
            return self._index

    def signing_key(self) -> bytes:
        """The key that signs what is handed out and taken back: of the settings, else the store's own.

        Raises:
            Unavailable: as `store`.
        """
        given = self.settings.systems.signing_key
        return given.get_secret_value().encode() if given is not None else self.store().signing_key()

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            if self._store is not None:
                self._store.close()
            self._index = self._store = None


def rooms_of(request: Request) -> Rooms:
    """The rooms of the application that serves this request."""
    return cast(Rooms, request.app.state.rooms)


def default_language(request: Request) -> str:
    """The language of the settings."""
    return rooms_of(request).settings.api.language


OpenRooms = Annotated[Rooms, Depends(rooms_of)]
