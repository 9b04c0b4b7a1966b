"""From the outbox into an index: acknowledged only after the engine has committed, and harmless to repeat.

In: the store's outbox and an index. Out: documents that search finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from dossier.errors import NotFound, Unavailable
from dossier.settings import Settings
from indexer import Delete, Index, Operation, Outcome, OutcomeKind, Put, Rebuild, consumer_name, entries_of, place_of_index
from store import Change, Store

_BATCH_DOCUMENTS = 200
_BATCH_PAGES = 500


def index_place(settings: Settings, store: Store) -> str:
    """Where the index of the settings is."""
    return place_of_index(settings.index, store.folder)


def consumer_of(index: Index, place: str) -> str:
    """The name under which the outbox remembers the generation of an index that answers."""
    stats = index.stats()
    return consumer_name(stats.engine, place, stats.generation)


def publish(store: Store, index: Index, place: str) -> str:
    """Send everything that waits to the index; answers the name of the consumer.

    A rebuild may swap a new generation in meanwhile: the name is asked for again with every round, so that the new one gets what it
    does not have.

    Raises:
        Unavailable: the engine is not there; what was not acknowledged waits for the next time.
    """
    consumer = consumer_of(index, place)
    if index.stats().documents < store.catalogue.indexed(consumer):
        store.catalogue.forget(consumer)  # somebody emptied it or put an older copy in place: it starts from the beginning
    while changes := store.catalogue.changes(consumer, _BATCH_DOCUMENTS):
        for batch in _batches(store, changes):
            outcomes = index.write([operation for _, operation in batch])
            index.refresh()  # before the note: what is acknowledged can be found, and tags of answers rest on that
            store.catalogue.acknowledge(consumer, batch[-1][0].seq, _rejected(batch, outcomes))
        consumer = consumer_of(index, place)
    return consumer


def rebuild(store: Store, index: Index, place: str) -> int:
    """Fill a new generation of the index from the store, without reading any page again, and swap it in.

    Others write on meanwhile: what they change stands in the outbox, and the last of it is written when the index has settled.

    Raises:
        Unavailable: another rebuild is at it, or the engine or its disk fails; the old generation answers on.
    """
    with index.rebuild() as generation:
        filling = _Filling(store, generation)
        filling.catch_up()
        generation.settle()
        filling.catch_up()
        # Noted before the swap: who writes right after it must not begin at the first document again.
        consumer = consumer_name(index.health().engine, place, generation.generation)
        store.catalogue.forget(consumer)
        store.catalogue.acknowledge(consumer, filling.position, filling.rejected)
    index.refresh()
    with suppress(Unavailable):  # who is writing at this moment brings it along; else it waits, as `sohoa status` tells
        publish(store, index, place)  # what came between the last look at the outbox and the swap
    return filling.done


@dataclass(slots=True)
class _Filling:
    """How far a new generation has been filled."""

    store: Store
    generation: Rebuild
    position: int = 0
    done: int = 0
    rejected: list[tuple[str, int, str]] = field(default_factory=list)

    def catch_up(self) -> None:
        """Write whatever stands in the outbox behind the position, until nothing does."""
        while changes := self.store.catalogue.changes_after(self.position, _BATCH_DOCUMENTS):
            for batch in _batches(self.store, changes):
                outcomes = self.generation.write([operation for _, operation in batch])
                self.rejected += _rejected(batch, outcomes)
                self.done += sum(isinstance(operation, Put) for _, operation in batch)
            self.position = changes[-1].seq


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
