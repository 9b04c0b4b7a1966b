"""What `sohoa status` says of the index: where it stands, what waits for it, whether it has to be rebuilt.

In: settings and an open store. Out: plain values for JSON, and rows for the table. An index that does not answer is a fact to tell,
no reason to fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from dossier.errors import Unavailable
from dossier.settings import Settings
from flows.command_line.language import MESSAGES, say
from flows.publishing import index_place
from indexer import Index, consumer_name, open_index
from store import Store

_MIB = 2**20


def index_state(settings: Settings, store: Store) -> dict[str, object]:
    """All that is known of the index now."""
    told: dict[str, object] = {"engine": settings.index.engine}
    try:
        engine = open_index(settings.index, store.folder / "index")
    except Unavailable as error:
        return told | {"problem": MESSAGES.error(error)}
    try:
        return told | _asked(engine, settings, store)
    except Unavailable as error:
        return told | {"problem": MESSAGES.error(error)}
    finally:
        engine.close()


def _asked(engine: Index, settings: Settings, store: Store) -> dict[str, object]:
    details = engine.details()
    consumer = consumer_name(settings.index.engine, index_place(settings, store), details.generation)
    told: dict[str, object] = {
        "indexed": store.catalogue.indexed(consumer),
        "waiting": store.catalogue.waiting(consumer),
        "rejected": store.catalogue.rejected(consumer),
        "generation": details.generation,
        "answering_since": datetime.fromtimestamp(details.answering_since).astimezone().isoformat(timespec="seconds"),
        "size_bytes": details.size_bytes,
        "made_by": dict(details.made_by),
        "needs_reindex": not details.fits,
    }
    with suppress(Unavailable):  # of another version: cannot be counted, and `needs_reindex` says why
        stats = engine.stats()
        told |= {"documents": stats.documents, "pages": stats.pages}
    return told


def index_rows(state: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Labels and values for people."""
    for name, value in state.items():
        yield say(f"status.index_{name}"), _in_words(name, value)


def _in_words(name: str, value: object) -> str:
    if name == "size_bytes" and isinstance(value, int):
        return f"{value / _MIB:.1f} MiB"
    if name == "made_by" and isinstance(value, Mapping):
        return ", ".join(f"{part} {version}" for part, version in value.items())
    if isinstance(value, bool):
        return say("status.needs_reindex" if value else "status.needs_nothing")
    return str(value)
