"""One generation of the embedded index: the documents, the pages, and the discipline of writing them.

In: operations. Out: outcomes, said only after both indices committed. Any error drops the writers, so the next batch starts
from the last commit. Pages are committed before documents: versions are read from the documents, so a crash between
the two commits leaves operations that are simply applied again.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import tantivy

from dossier.errors import Unavailable
from indexer.embedded.pairs import PAIRS, pairs_of_text
from indexer.embedded.schema import EMBEDDED_DOCUMENT_FIELDS, open_tantivy, to_document
from indexer.embedded.seam import engine_errors
from indexer.port import Operation, Outcome, OutcomeKind, Put, refusal
from indexer.records import PAGE_FIELDS, document_record, page_record, tombstone_record

_HEAP_BYTES = 64_000_000
_PAGES_A_COMMIT = 20_000
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
            self.documents = open_tantivy(folder / "documents", EMBEDDED_DOCUMENT_FIELDS)
            self.pages = open_tantivy(folder / "pages", PAGE_FIELDS)
        self._writers: tuple[tantivy.IndexWriter, tantivy.IndexWriter] | None = None
        self._lock = threading.RLock()
        self._stamp = ""
        self._searchers: Searchers | None = None
        self._known: dict[str, int] = {}
        self._pages_waiting = 0

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
        return self._guarded(operations, pages_a_commit=0)

    def fill(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply operations of which nothing has to outlive this process before `commit`: far fewer commits, far fewer segments."""
        return self._guarded(operations, pages_a_commit=_PAGES_A_COMMIT)

    def commit(self) -> None:
        """Make everything filled in durable."""
        self._guarded((), pages_a_commit=0)

    def _guarded(self, operations: Sequence[Operation], *, pages_a_commit: int) -> list[Outcome]:
        try:
            with engine_errors(self.folder):
                return self._write(operations, pages_a_commit)
        except BaseException:
            self.release()
            raise

    def _write(self, operations: Sequence[Operation], pages_a_commit: int) -> list[Outcome]:
        documents, pages = self._open_writers()
        unseen = {one.document_id for one in operations if one.document_id not in self._known and refusal(one) is None}
        committed = self._versions(unseen)
        outcomes = [self._apply(operation, documents, pages, committed) for operation in operations]
        self._pages_waiting += sum(len(operation.pages) for operation in operations if isinstance(operation, Put))
        if self._known and self._pages_waiting >= pages_a_commit:
            pages.commit()
            documents.commit()
            self._known, self._pages_waiting = {}, 0
        return outcomes

    def _open_writers(self) -> tuple[tantivy.IndexWriter, tantivy.IndexWriter]:
        if self._writers is None:
            pages = self.pages.writer(heap_size=_HEAP_BYTES, num_threads=1)
            self._writers = (self.documents.writer(heap_size=_HEAP_BYTES, num_threads=1), pages)
            self._searchers = None  # another process may have committed: versions are read anew
        return self._writers

    def _apply(
        self,
        operation: Operation,
        documents: tantivy.IndexWriter,
        pages: tantivy.IndexWriter,
        committed: Mapping[str, int],
    ) -> Outcome:
        document_id, version = operation.document_id, operation.version
        if (reason := refusal(operation)) is not None:
            return Outcome(document_id, OutcomeKind.REJECTED, reason)
        if self._known.get(document_id, committed.get(document_id, -1)) > version:
            return Outcome(document_id, OutcomeKind.STALE)
        self._known[document_id] = version
        pages.delete_documents_by_term("document_id", document_id)
        documents.delete_documents_by_term("document_id", document_id)
        if isinstance(operation, Put):
            for page in operation.pages:
                pages.add_document(to_document(page_record(page), PAGE_FIELDS))
            record = document_record(operation.document) | {PAIRS: pairs_of_text(operation.document.text.fo)}
        else:
            record = tombstone_record(document_id, version)
        documents.add_document(to_document(record, EMBEDDED_DOCUMENT_FIELDS))
        return Outcome(document_id, OutcomeKind.DONE)

    def _versions(self, document_ids: Set[str]) -> dict[str, int]:
        """Versions that the last commit holds, of all documents of a batch at once."""
        if not document_ids:
            return {}
        searcher = self.searchers().documents
        query = tantivy.Query.term_set_query(self.documents.schema, "document_id", list(document_ids))
        hits = searcher.search(query, limit=len(document_ids), count=False, order_by_field="seq").hits
        found = searcher.fast_field_values("version", [address for _, address in hits])
        names = (str(searcher.doc(address).get_first("document_id")) for _, address in hits)
        return {name: int(version or 0) for name, version in zip(names, found, strict=True)}

    def release(self) -> None:
        """Let go of the writers and their lock; what was not committed is gone.

        The writers are used up explicitly: an exception on its way up still holds them in its frames, and with them the lock.
        """
        writers, self._writers = self._writers, None
        self._known, self._pages_waiting = {}, 0
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
