"""From the outbox into an index: acknowledged only after the engine has committed, and harmless to repeat.

In: the store's outbox and an index. Out: documents that search finds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from dossier.errors import NotFound
from dossier.settings import Settings
from indexer import Delete, Index, Operation, Outcome, OutcomeKind, Put, entries_of
from store import Change, Store

_BATCH_DOCUMENTS = 200
_BATCH_PAGES = 500


def index_place(settings: Settings, store: Store) -> str:
    """Where the index of the settings is: its folder, or hosts and prefix."""
    index = settings.index
    if index.engine == "embedded":
        return str(index.folder or store.folder / "index")
    return " ".join([*sorted(index.urls), index.prefix])


def consumer_of(index: Index, place: str) -> str:
    """The name under which the outbox remembers an index: engine, place and generation, so that another starts anew."""
    stats = index.stats()
    return f"{stats.engine}:{hashlib.sha256(place.encode()).hexdigest()[:12]}:{stats.generation}"


def publish(store: Store, index: Index, place: str) -> str:
    """Send everything that waits to the index; answers the name of the consumer.

    Raises:
        Unavailable: the engine is not there; what was not acknowledged waits for the next time.
    """
    consumer = consumer_of(index, place)
    if index.stats().documents < store.catalogue.indexed(consumer):
        store.catalogue.forget(consumer)  # somebody emptied it or put an older copy in place: it starts from the beginning
    while changes := store.catalogue.changes(consumer, _BATCH_DOCUMENTS):
        for batch in _batches(store, changes):
            outcomes = index.write([operation for _, operation in batch])
            store.catalogue.acknowledge(consumer, batch[-1][0].seq, _rejected(batch, outcomes))
        index.refresh()
    return consumer


def rebuild(store: Store, index: Index, place: str) -> int:
    """Fill a new generation of the index from the store, without reading any page again, and swap it in."""
    done = 0
    position = 0
    rejected: list[tuple[str, int, str]] = []
    with index.rebuild() as generation:
        while changes := store.catalogue.changes_after(position, _BATCH_DOCUMENTS):
            for batch in _batches(store, changes):
                outcomes = generation.write([operation for _, operation in batch])
                rejected += _rejected(batch, outcomes)
                done += sum(isinstance(operation, Put) for _, operation in batch)
            position = changes[-1].seq
    index.refresh()
    store.catalogue.acknowledge(consumer_of(index, place), position, rejected)
    return done


_Batch = list[tuple[Change, Operation]]


def _batches(store: Store, changes: list[Change]) -> Iterator[_Batch]:
    batch: _Batch = []
    pages = 0
    for change in changes:
        operation = _operation(store, change)
        batch.append((change, operation))
        pages += len(operation.pages) if isinstance(operation, Put) else 0
        if pages >= _BATCH_PAGES:
            yield batch
            batch, pages = [], 0
    if batch:
        yield batch


def _operation(store: Store, change: Change) -> Operation:
    if change.action == "delete":
        return Delete(change.document_id, change.seq)
    try:
        stored = store.document(change.document_id)
        pages = store.document_pages(change.document_id)
    except NotFound:  # changed again meanwhile; a later change says what it is now
        return Delete(change.document_id, change.seq)
    access = store.access.of(change.document_id)
    entry, page_entries = entries_of(stored.document, pages, store.heading(stored.dossier_id), change.seq, access)
    return Put(entry, page_entries)


def _rejected(batch: _Batch, outcomes: list[Outcome]) -> list[tuple[str, int, str]]:
    return [
        (outcome.document_id, change.seq, outcome.reason or "")
        for (change, _), outcome in zip(batch, outcomes, strict=True)
        if outcome.kind is OutcomeKind.REJECTED
    ]
