"""One generation of the embedded index: the documents, the pages, and the discipline of writing them.

In: operations. Out: outcomes, said only after both indices committed. Any error drops the writers, so the next batch starts
from the last commit. Pages are committed before documents: versions are read from the documents, so a crash between
the two commits leaves operations that are simply applied again.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import tantivy

from dossier.errors import Unavailable
from indexer.embedded.schema import open_tantivy, to_document
from indexer.embedded.seam import engine_errors
from indexer.port import Operation, Outcome, OutcomeKind, Put, refusal
from indexer.records import DOCUMENT_FIELDS, PAGE_FIELDS, document_record, page_record, tombstone_record

_HEAP_BYTES = 64_000_000
_STAMP_FILE = "meta.json"


class Searchers(NamedTuple):
    """Documents and pages as they were at one commit."""

    documents: tantivy.Searcher
    pages: tantivy.Searcher


class Generation:
    """Two tantivy indices in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with engine_errors(folder):
            self.documents = open_tantivy(folder / "documents", DOCUMENT_FIELDS)
            self.pages = open_tantivy(folder / "pages", PAGE_FIELDS)
        self._writers: tuple[tantivy.IndexWriter, tantivy.IndexWriter] | None = None
        self._lock = threading.RLock()
        self._stamp = ""
        self._searchers: Searchers | None = None

    def stamp(self) -> str:
        """Changes with every commit of any process."""
        stats = [(self.folder / part / _STAMP_FILE).stat() for part in ("documents", "pages")]
        return ":".join(f"{stat.st_mtime_ns:x}.{stat.st_ino:x}" for stat in stats)

    def searchers(self) -> Searchers:
        """Searchers of the newest commit of any process."""
        with engine_errors(self.folder), self._lock:
            stamp = self.stamp()
            if self._searchers is None or stamp != self._stamp:
                self.documents.reload()
                self.pages.reload()
                self._searchers = Searchers(self.documents.searcher(), self.pages.searcher())
                self._stamp = stamp
            return self._searchers

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply operations and commit."""
        try:
            with engine_errors(self.folder):
                return self._write(operations)
        except BaseException:
            self.release()
            raise

    def _write(self, operations: Sequence[Operation]) -> list[Outcome]:
        documents, pages = self._open_writers()
        known: dict[str, int] = {}
        outcomes = []
        for operation in operations:
            outcome = self._apply(operation, documents, pages, known)
            outcomes.append(outcome)
        if any(outcome.kind is OutcomeKind.DONE for outcome in outcomes):
            pages.commit()
            documents.commit()
        return outcomes

    def _open_writers(self) -> tuple[tantivy.IndexWriter, tantivy.IndexWriter]:
        if self._writers is None:
            pages = self.pages.writer(heap_size=_HEAP_BYTES, num_threads=1)
            self._writers = (self.documents.writer(heap_size=_HEAP_BYTES, num_threads=1), pages)
            self._searchers = None  # another process may have committed: versions are read anew
        return self._writers

    def _apply(
        self, operation: Operation, documents: tantivy.IndexWriter, pages: tantivy.IndexWriter, known: dict[str, int]
    ) -> Outcome:
        document_id, version = operation.document_id, operation.version
        if (reason := refusal(operation)) is not None:
            return Outcome(document_id, OutcomeKind.REJECTED, reason)
        if known.setdefault(document_id, self._version(document_id)) > version:
            return Outcome(document_id, OutcomeKind.STALE)
        known[document_id] = version
        pages.delete_documents_by_term("document_id", document_id)
        documents.delete_documents_by_term("document_id", document_id)
        if isinstance(operation, Put):
            for page in operation.pages:
                pages.add_document(to_document(page_record(page), PAGE_FIELDS))
            record = document_record(operation.document)
        else:
            record = tombstone_record(document_id, version)
        documents.add_document(to_document(record, DOCUMENT_FIELDS))
        return Outcome(document_id, OutcomeKind.DONE)

    def _version(self, document_id: str) -> int:
        """Version that the last commit holds, -1 without one."""
        searcher = self.searchers().documents
        query = tantivy.Query.term_query(self.documents.schema, "document_id", document_id)
        hits = searcher.search(query, limit=1, count=False).hits
        found = searcher.fast_field_values("version", [address for _, address in hits])
        return max((int(version) for version in found if version is not None), default=-1)

    def release(self) -> None:
        """Let go of the writers and their lock; what was not committed is gone.

        The writers are used up explicitly: an exception on its way up still holds them in its frames, and with them the lock.
        """
        writers, self._writers = self._writers, None
        for writer in writers or ():
            for let_go in (writer.rollback, writer.wait_merging_threads):
                with suppress(Unavailable), engine_errors(self.folder):
                    let_go()

    def finish(self) -> None:
        """Wait for merges of segments, then let go of the writers."""
        if self._writers is not None:
            writers, self._writers = self._writers, None
            with engine_errors(self.folder):
                for writer in writers:
                    writer.wait_merging_threads()
