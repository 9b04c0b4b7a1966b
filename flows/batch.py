"""A batch from folder to index: the one order of events, with or without Prefect around it.

In: paths, settings, a way to run chunks. Out: a `BatchReport`. Finished work is filtered out before any chunk exists.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from dossier.catalogues import read_procedures
from dossier.errors import Unavailable
from dossier.model import PageScan, PageState
from dossier.settings import Settings
from flows.admission import admit
from flows.assembly import assemble
from flows.folders import ScanFolder
from flows.page_pool import PagePool
from flows.page_worker import PageTask
from flows.progress import Listener
from flows.publishing import index_place, publish
from indexer import Index, open_index
from metadata.packs import load_packs
from store import DossierCounts, DossierRecord, FileRecord, PageRecord, Store

_RETRY_AFTER_S = (1.0, 5.0)
_PUBLISH_EVERY_S = 30.0


@dataclass(frozen=True, slots=True)
class Chunk:
    """Up to `chunk_pages` pages of one dossier, by name only: what a task is given."""

    dossier_id: str
    tasks: tuple[PageTask, ...]

    @property
    def label(self) -> str:
        """A short name for people: dossier and first page."""
        return f"{self.dossier_id}-{self.tasks[0].scan.id[:8]}-{self.tasks[0].scan.number}"


@dataclass(frozen=True, slots=True)
class DossierReport:
    """The row of a dossier in the final table."""

    counts: DossierCounts
    indexed: int


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of a batch. `index_problem` says why documents wait in the outbox, when they do."""

    rows: tuple[DossierReport, ...]
    index_problem: Unavailable | None = None

    @property
    def needs_a_person(self) -> bool:
        """Whether something was set aside or stopped."""
        return any(
            row.counts.files_set_aside or row.counts.pages[PageState.SET_ASIDE] or row.counts.pages[PageState.STOPPED]
            for row in self.rows
        )


@dataclass(slots=True)
class Workshop:
    """Everything a batch works with, opened once by a door."""

    settings: Settings
    store: Store
    pool: PagePool
    listener: Listener
    published_at: float = field(default_factory=time.monotonic)

    @property
    def index_place(self) -> str:
        """Where the index of the settings is."""
        return index_place(self.settings, self.store)

    def open_index(self) -> Index:
        """The index of the settings."""
        return open_index(self.settings.index, self.store.folder / "index")


@dataclass(frozen=True, slots=True)
class Batch:
    """Dossiers that were taken in, and the chunks of them that are not read yet."""

    records: tuple[DossierRecord, ...]
    chunks: tuple[Chunk, ...]

    @property
    def pages(self) -> int:
        """How many pages wait."""
        return sum(len(chunk.tasks) for chunk in self.chunks)


RunChunks = Callable[[Sequence[Chunk], Workshop], Iterable[Chunk]]
"""Runs chunks in any order and hands each back when all its pages have a state."""


def admit_batch(folders: Sequence[ScanFolder], workshop: Workshop, *, retry: bool = False) -> Batch:
    """Take dossiers in and see what is left to do: finished pages are in no chunk.

    Args:
        folders: dossiers as they lie on disk.
        workshop: store and settings.
        retry: read pages again that were set aside before.

    Raises:
        MissingTool: when a program that opens scans is missing.
    """
    records: list[DossierRecord] = []
    chunks: list[Chunk] = []
    for folder in folders:
        record = admit(folder, workshop.store, workshop.settings.intake)
        if retry:
            workshop.store.retry_set_aside(record.id)
        records.append(record)
        chunks += pending_chunks(record, workshop)
        if chunks:
            workshop.pool.warm_up()
    return Batch(tuple(records), tuple(chunks))


def complete_batch(batch: Batch, workshop: Workshop, run_chunks: RunChunks) -> BatchReport:
    """Read, assemble and publish a batch.

    Args:
        batch: what was taken in.
        workshop: store, pool and listener.
        run_chunks: in threads of this process, or on Prefect.

    Raises:
        MissingTool, Unavailable: the work stopped; run it again and it goes on where it was.
    """
    workshop.listener.pages_waiting(batch.pages)
    _read_and_assemble(batch, workshop, run_chunks)
    return _report(batch.records, workshop, _publish(workshop))


def pending_chunks(record: DossierRecord, workshop: Workshop) -> Iterator[Chunk]:
    """The unfinished pages of a dossier in chunks."""
    waived = workshop.store.releases.waived(record.id)
    pending = workshop.store.ledger.pending_pages(record.id)
    tasks = [_task(workshop.store, file, page, waived=page.id in waived) for file, page in pending]
    size = workshop.settings.flows.chunk_pages
    for start in range(0, len(tasks), size):
        yield Chunk(record.id, tuple(tasks[start : start + size]))


def read_chunk(chunk: Chunk, workshop: Workshop) -> Chunk:
    """Read the pages of a chunk and note each in the ledger as it ends.

    Raises:
        MissingTool, Unavailable: nothing wrong with the pages; those that ended keep their state.
    """
    for outcome in workshop.pool.read(chunk.tasks):
        task = outcome.task
        workshop.store.ledger.finish_page(task.file_id, task.scan.number, outcome.state, outcome.reason)
        workshop.listener.page_done(outcome)
    return chunk


def run_in_threads(chunks: Sequence[Chunk], workshop: Workshop) -> Iterator[Chunk]:
    """Run chunks in threads of this process; one more than worker processes, so none waits for work."""
    with ThreadPoolExecutor(workshop.pool.jobs + 1, thread_name_prefix="chunk") as threads:
        futures = [threads.submit(_read_with_retries, chunk, workshop) for chunk in chunks]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:  # also Ctrl-C: pages in hand are finished, no other is begun
            for future in futures:
                future.cancel()
            workshop.pool.cancel()
            raise


def _read_with_retries(chunk: Chunk, workshop: Workshop) -> Chunk:
    for pause_s in _RETRY_AFTER_S:
        try:
            return read_chunk(chunk, workshop)
        except Unavailable:
            time.sleep(pause_s)
            chunk = unfinished(chunk, workshop)
    return read_chunk(chunk, workshop)


def unfinished(chunk: Chunk, workshop: Workshop) -> Chunk:
    """The pages of a chunk that have no state yet; a chunk that is tried again skips its finished pages."""
    pending = {(file.id, page.number) for file, page in workshop.store.ledger.pending_pages(chunk.dossier_id)}
    return Chunk(chunk.dossier_id, tuple(task for task in chunk.tasks if (task.file_id, task.scan.number) in pending))


def _task(store: Store, file: FileRecord, page: PageRecord, *, waived: bool) -> PageTask:
    if file.format is None:
        raise ValueError(f"file {file.id} has pages but was never opened")
    path = store.shelf.find_original(file.dossier_id, file.sha256, Path(file.name).suffix.lower())
    return PageTask(file.id, file.dossier_id, PageScan(str(path), file.sha256, file.format, page.number), waived)


def _read_and_assemble(batch: Batch, workshop: Workshop, run_chunks: RunChunks) -> None:
    """Assemble each dossier when its last chunk is back; an index that is away never stops reading."""
    settings = workshop.settings.metadata
    packs = load_packs(settings.packs)
    procedures = read_procedures(settings.procedures) if settings.procedures else {}
    by_id = {record.id: record for record in batch.records}
    left = Counter(chunk.dossier_id for chunk in batch.chunks)
    for record in batch.records:
        if not left[record.id] and not workshop.store.ledger.dossier(record.id).assembled:
            assemble(record, workshop.store, packs=packs, procedures=procedures, access=workshop.settings.access)
    for chunk in run_chunks(batch.chunks, workshop) if batch.chunks else ():
        left[chunk.dossier_id] -= 1
        if not left[chunk.dossier_id]:
            assemble(by_id[chunk.dossier_id], workshop.store, packs=packs, procedures=procedures, access=workshop.settings.access)
            _publish_now_and_then(workshop)


def _publish_now_and_then(workshop: Workshop) -> None:
    if time.monotonic() - workshop.published_at >= _PUBLISH_EVERY_S:
        _publish(workshop)
        workshop.published_at = time.monotonic()


def _publish(workshop: Workshop) -> str | Unavailable:
    """Empty the outbox; answers the consumer's name, or why the rest has to wait."""
    try:
        index = workshop.open_index()
        try:
            return publish(workshop.store, index, workshop.index_place)
        finally:
            index.close()
    except Unavailable as error:
        return error


def _report(records: Sequence[DossierRecord], workshop: Workshop, published: str | Unavailable) -> BatchReport:
    store = workshop.store
    problem = published if isinstance(published, Unavailable) else None
    consumer = published if isinstance(published, str) else None
    rows = (
        DossierReport(store.dossier_counts(record.id), store.catalogue.indexed(consumer, record.id) if consumer else 0)
        for record in records
    )
    return BatchReport(tuple(rows), problem)
