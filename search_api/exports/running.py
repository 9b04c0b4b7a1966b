"""Makes the files of exports: rows first, their place in the result noted after every few hundred, then the file that was ordered.

In: a job of the ledger. Out: its file, or the reason why there is none. A killed server goes on behind the last rows it noted. What
its owner may see is asked for every row when it is written, and again for every row when the file is fetched.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from archive import TableFormat, write_table
from dossier.errors import BadQuery, Damaged, NotFound, Unavailable
from dossier.messages import Messages
from dossier.model import Dossier, Reader
from indexer import Cursor, Question, Sort
from search_api.access import Gate
from search_api.access.scopes import Scope
from search_api.asking import question_of
from search_api.exports.columns import row_of
from search_api.exports.orders import ExportKind, ExportOrder
from search_api.owners import reader_named
from search_api.rooms import Rooms
from store import ExportJob, ExportState

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 400
_IDLE_S = 2.0
_WRITTEN = "written"
"""Stands for the cursor when all rows are there."""
_COUNT_ALL = 1_000_000_000


class ExportStep:
    """One export after the other; a step of `search_api.working.Worker`."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def __call__(self, stopping: threading.Event) -> float:
        """Make the file of the next export that waits."""
        try:
            exports = self._rooms.store().exports
        except Unavailable:  # nothing was digitised yet
            return _IDLE_S
        job = exports.claim()
        if job is None:
            exports.remove_expired()
            return _IDLE_S
        try:
            self._make(job, stopping)
        except Unavailable:
            exports.release(job.id)  # the ledger or the engine is away; the job goes on when it is back
            raise
        except BadQuery as error:
            logger.warning("export %s: %s", job.id, error)
            exports.finish(job.id, ExportState.FAILED, reason="systems.export_refused")
        except Exception:
            exports.finish(job.id, ExportState.FAILED, reason="systems.export_failed")
            raise
        return 0.0

    def _make(self, job: ExportJob, stopping: threading.Event) -> None:
        exports = self._rooms.store().exports
        reader = reader_named(self._rooms, job.owner, Scope.EXPORT)
        if reader is None:
            exports.finish(job.id, ExportState.FAILED, reason="systems.export_owner_gone")
            return
        order = ExportOrder.model_validate_json(job.order)
        if job.cursor != _WRITTEN and not self._write_rows(job, order, reader, stopping):
            if exports.one(job.id).state is ExportState.CANCELLED:
                exports.clear(job.id)
            return
        gate = Gate(self._rooms.store(), reader)
        target = file_of(exports.folder(job.id), order.kind)
        write_file(self._rooms, job, gate, target, keep=lambda: exports.keep(job.id))
        if not exports.finish(job.id, ExportState.DONE):
            exports.clear(job.id)

    def _write_rows(self, job: ExportJob, order: ExportOrder, reader: Reader, stopping: threading.Event) -> bool:
        """Write all rows; False when it was stopped or cancelled on the way."""
        exports, index = self._rooms.store().exports, self._rooms.index()
        question = _question(order, reader)
        rows, total = job.rows, job.total or 0
        headings: dict[str, Dossier] = {}
        cursor = Cursor.decode(job.cursor) if job.cursor else None
        with rows_file(exports.folder(job.id)).open("ab") as file:
            file.truncate(job.size_bytes)
            while True:
                results = index.search(replace(question, after=cursor))
                total = total if cursor is not None else results.total.value
                gate = Gate(self._rooms.store(), reader)
                for hit in results.hits:
                    row = _row(gate, hit.document_id, order, headings)
                    if row is not None:
                        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                        rows += 1
                file.flush()
                os.fsync(file.fileno())
                cursor = results.next
                noted = cursor.encode() if cursor is not None else _WRITTEN
                if not exports.advance(job.id, total=total, rows=rows, size_bytes=file.tell(), cursor=noted):
                    return False
                if cursor is None:
                    return True
                if stopping.is_set():
                    exports.release(job.id)
                    return False


def rows_file(folder: Path) -> Path:
    """Where the rows of an export are collected."""
    return folder / "rows.jsonl"


def file_of(folder: Path, kind: ExportKind) -> Path:
    """The file that is fetched."""
    return folder / f"export.{kind.value}"


def closed_rows(job: ExportJob, gate: Gate) -> bool:
    """Whether the file holds a document that its owner may not see any more, or that is gone."""
    ids = _ids(rows_file(gate.store.exports.folder(job.id)))
    while some := set(islice(ids, ROWS_AT_ONCE)):
        if _open(gate, some) != some:
            return True
    return False


def write_file(rooms: Rooms, job: ExportJob, gate: Gate, target: Path, *, keep: Callable[[], None] = lambda: None) -> None:
    """Make the ordered file of the rows that the owner may see now; `keep` is called now and then on the way."""
    order = ExportOrder.model_validate_json(job.order)
    rows = _visible_rows(rows_file(gate.store.exports.folder(job.id)), gate, keep)
    part = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        if order.kind is ExportKind.JSONL:
            with part.open("w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            kind = TableFormat(order.kind.value)
            write_table(_titles(order), ([row[column.value] for column in order.columns] for row in rows), part, kind)
        part.replace(target)
    except OSError as error:
        raise Unavailable(what="store", detail=f"{target.name}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _question(order: ExportOrder, reader: Reader) -> Question:
    sort = Sort.OLDEST if order.search.sort is Sort.RELEVANCE else order.search.sort
    return replace(question_of(order.search, (), reader=reader), sort=sort, limit=ROWS_AT_ONCE, total_limit=_COUNT_ALL)


def _row(gate: Gate, document_id: str, order: ExportOrder, headings: dict[str, Dossier]) -> dict[str, str] | None:
    """The row of a document; None when the store does not give it out, whatever the index says."""
    with suppress(NotFound, Damaged):
        stored = gate.document(document_id)
        if stored.dossier_id not in headings:
            headings[stored.dossier_id] = gate.heading(stored.dossier_id)
        return row_of(stored, headings[stored.dossier_id], tuple(order.columns))
    return None


def _titles(order: ExportOrder) -> list[str]:
    if order.titles == "names":
        return [column.value for column in order.columns]
    messages = Messages(order.titles)
    return [messages.text(f"export_column.{column.value}") for column in order.columns]


def _visible_rows(path: Path, gate: Gate, keep: Callable[[], None]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        while some := [json.loads(line) for line in islice(file, ROWS_AT_ONCE)]:
            visible = _open(gate, {row["id"] for row in some})
            yield from (row for row in some if row["id"] in visible)
            keep()


def _open(gate: Gate, ids: set[str]) -> frozenset[str]:
    """Those that are there and that the owner may see now; asked anew, because a gate remembers its answers."""
    fresh = Gate(gate.store, gate.reader)
    return fresh.visible(ids) & gate.store.catalogue.shown(ids)


def _ids(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["id"]
