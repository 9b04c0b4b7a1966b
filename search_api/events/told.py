"""An event as one reader may hear of it. In: events of the store, a reader. Out: `Told`, or None for what is not for him.

Who could never see a document hears nothing of it. Who could see it once and cannot any more hears that it is deleted, just as if
it were; who can see it for the first time hears that it was created.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.model import Reader
from store import Event, EventKind, Store


@dataclass(frozen=True, slots=True)
class Told:
    """An event for one reader."""

    seq: int
    kind: EventKind
    document_id: str
    dossier_id: str
    at: str


def told(store: Store, events: Sequence[Event], reader: Reader) -> Iterator[tuple[Event, Told | None]]:
    """Each event and what this reader hears of it."""
    accesses = {} if reader.sees_all else store.access.of_many(event.document_id for event in events)
    for event in events:
        gone = event.kind is EventKind.DELETED
        sees = not gone and (reader.sees_all or reader.may_see(accesses[event.document_id]))
        kind = _kind(event, reader, sees=sees)
        yield event, Told(event.seq, kind, event.document_id, event.dossier_id, event.at) if kind is not None else None


def _kind(event: Event, reader: Reader, *, sees: bool) -> EventKind | None:
    if reader.sees_all:
        never_shown = event.kind is EventKind.DELETED and not event.accesses  # stopped for secrecy from the first
        return None if never_shown else event.kind
    earlier = event.accesses[:-1] if sees else event.accesses
    saw = any(reader.may_see(access) for access in earlier)
    if not sees:
        return EventKind.DELETED if saw else None
    return EventKind.CREATED if event.kind is EventKind.ACCESS_CHANGED and not saw else event.kind
