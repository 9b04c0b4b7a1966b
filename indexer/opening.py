"""Opens the index that the settings name; the only place that knows all engines.

In: the index section of the settings, a folder for the embedded engine. Out: an `Index`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from dossier.settings import IndexSettings
from indexer.port import Index


def place_of_index(settings: IndexSettings, folder: Path) -> str:
    """Where the index of the settings is: its folder, or hosts and prefix. `folder` is the store's."""
    if settings.engine == "embedded":
        return str(settings.folder or folder / "index")
    return " ".join([*sorted(settings.urls), settings.prefix])


def consumer_name(engine: str, place: str, generation: str) -> str:
    """The name under which the outbox remembers an index: engine, place and generation, so that another starts anew."""
    return f"{engine}:{hashlib.sha256(place.encode()).hexdigest()[:12]}:{generation}"


def open_index(settings: IndexSettings, folder: Path) -> Index:
    """Open the index, creating an empty one where there is none.

    Args:
        settings: which engine and where.
        folder: home of the embedded index unless the settings name one.

    Raises:
        Unavailable: when Elasticsearch does not answer or the folder cannot be used.
    """
    if settings.engine == "elasticsearch":
        from indexer.elastic.index import ElasticIndex  # the client takes long to import and is not always needed

        return ElasticIndex(settings)
    from indexer.embedded.index import EmbeddedIndex

    return EmbeddedIndex(settings.folder or folder)
