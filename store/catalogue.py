"""Documents in the ledger, and the outbox through which every index learns of them.

A change of a document gets the next position of the outbox in the same transaction that records the document; the position is
also its version. An index is a consumer that remembers the last position its engine has committed, so replaying is harmless.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, and_, delete, exists, func, insert, select, update

from dossier.codec import encode
from dossier.errors import NotFound
from dossier.model import Access, Document
from store.database import Database, next_seq
from store.feed import note_touch
from store.links import forget, note
from store.page_owners import forget_pages, note_pages
from store.records import Change
from store.schema import consumers, documents, dossiers, outbox, rejections

_MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as the ledger knows it."""

    id: str
    dossier_id: str
    page_count: int
    stopped: bool
    version: int


class Catalogue:
    """Bookkeeping of documents and of what each index has seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self,
        dossier_id: str,
        found: Sequence[Document],
        stopped: Sequence[Document],
        texts: Mapping[str, str] = MappingProxyType({}),
    ) -> list[str]:
        """Replace the documents of a dossier; only real changes enter the outbox. Answers ids that are gone.

        The dossier's own facts count as part of each document: search filters by them.

        Args:
            dossier_id: whose documents.
            found: documents to be found by search, in order.
            stopped: documents with a secrecy mark: counted, never indexed.
            texts: whole texts of the documents found, by id, to know them again when they are scanned twice.
        """
        with self._database.begin() as connection:
            facts = str(connection.scalar(select(dossiers.c.facts).where(dossiers.c.id == dossier_id)))
            known = {row.id: row for row in connection.execute(select(documents).where(documents.c.dossier_id == dossier_id))}
            for position, (document, is_stopped) in enumerate([(d, False) for d in found] + [(d, True) for d in stopped]):
                digest = hashlib.sha256(encode(document) + facts.encode()).hexdigest()
                before = known.pop(document.id, None)
                if before is None or before.digest != digest or before.stopped != is_stopped:
                    version = _change(connection, document.id, dossier_id, "delete" if is_stopped else "put")
                    row = {"dossier_id": dossier_id, "position": position, "page_count": len(document.page_ids)}
                    forget(connection, document.id)
                    forget_pages(connection, document.id)
                    connection.execute(delete(documents).where(documents.c.id == document.id))
                    values = {**row, "id": document.id, "digest": digest, "stopped": is_stopped, "version": version}
                    connection.execute(insert(documents).values(values))
                    if not is_stopped:
                        note(connection, document, texts.get(document.id, ""))
                        note_pages(connection, document.id, document.page_ids)
                elif before.position != position:  # another document came or went before it: nothing that an index holds changed
                    connection.execute(update(documents).where(documents.c.id == document.id).values(position=position))
            for gone in known:
                _change(connection, gone, dossier_id, "delete")
                forget(connection, gone)
                forget_pages(connection, gone)
                connection.execute(delete(documents).where(documents.c.id == gone))
        return list(known)

    def row(self, document_id: str) -> DocumentRow:
        """A document that may be shown.

        Raises:
            NotFound: when none has this id or it was stopped for secrecy.
        """
        with self._database.read() as connection:
            wanted = and_(documents.c.id == document_id, documents.c.stopped.is_(False))
            row = connection.execute(select(documents).where(wanted)).one_or_none()
        if row is None:
            raise NotFound(what="document", id=document_id)
        return DocumentRow(row.id, row.dossier_id, row.page_count, row.stopped, row.version)

    def shown(self, document_ids: Iterable[str]) -> frozenset[str]:
        """Those of these documents that are there and not stopped for secrecy."""
        wanted, found = sorted(set(document_ids)), set()
        with self._database.read() as connection:
            for start in range(0, len(wanted), _MOST_AT_ONCE):
                some = documents.c.id.in_(wanted[start : start + _MOST_AT_ONCE])
                found |= set(connection.scalars(select(documents.c.id).where(some, documents.c.stopped.is_(False))))
        return frozenset(found)

    def stopped_rows(self, dossier_id: str) -> list[DocumentRow]:
        """Documents of a dossier that were stopped for secrecy, in order."""
        with self._database.read() as connection:
            wanted = and_(documents.c.dossier_id == dossier_id, documents.c.stopped)
            found = connection.execute(select(documents).where(wanted).order_by(documents.c.position))
            return [DocumentRow(row.id, row.dossier_id, row.page_count, row.stopped, row.version) for row in found]

    def rows(self, dossier_id: str) -> list[DocumentRow]:
        """Documents of a dossier that may be shown, in order."""
        with self._database.read() as connection:
            wanted = and_(documents.c.dossier_id == dossier_id, documents.c.stopped.is_(False))
            found = connection.execute(select(documents).where(wanted).order_by(documents.c.position))
            return [DocumentRow(row.id, row.dossier_id, row.page_count, row.stopped, row.version) for row in found]

    # the outbox

    def changes(self, consumer: str, limit: int) -> list[Change]:
        """The oldest changes that a consumer has not acknowledged."""
        with self._database.read() as connection:
            position = self._position(connection, consumer)
        return self.changes_after(position, limit)

    def changes_after(self, position: int, limit: int) -> list[Change]:
        """The oldest changes behind a position of the outbox."""
        with self._database.read() as connection:
            query = select(outbox).where(outbox.c.seq > position).order_by(outbox.c.seq).limit(limit)
            return [Change(row.seq, row.document_id, row.action) for row in connection.execute(query)]

    def acknowledge(self, consumer: str, seq: int, rejected: Sequence[tuple[str, int, str]] = ()) -> None:
        """Note that a consumer's engine has committed everything up to `seq`; `rejected` is (document id, version, reason)."""
        with self._database.begin() as connection:
            connection.execute(delete(consumers).where(consumers.c.name == consumer))
            connection.execute(insert(consumers).values(name=consumer, seq=seq))
            for document_id, version, reason in rejected:
                here = and_(rejections.c.consumer == consumer, rejections.c.document_id == document_id)
                connection.execute(delete(rejections).where(here))
                row = {"consumer": consumer, "document_id": document_id, "version": version, "reason": reason}
                connection.execute(insert(rejections).values(row))

    def forget(self, consumer: str) -> None:
        """Let a consumer start from the beginning (reindex)."""
        with self._database.begin() as connection:
            connection.execute(delete(consumers).where(consumers.c.name == consumer))
            connection.execute(delete(rejections).where(rejections.c.consumer == consumer))

    def waiting(self, consumer: str) -> int:
        """How many changes a consumer has not acknowledged."""
        with self._database.read() as connection:
            late = outbox.c.seq > self._position(connection, consumer)
            return int(connection.scalar(select(func.count()).select_from(outbox).where(late)) or 0)

    def rejected(self, consumer: str) -> int:
        """How many documents a consumer's engine refused in the state they are in."""
        with self._database.read() as connection:
            of_this = and_(rejections.c.document_id == documents.c.id, rejections.c.version == documents.c.version)
            query = select(func.count()).select_from(rejections.join(documents, of_this)).where(rejections.c.consumer == consumer)
            return int(connection.scalar(query) or 0)

    def indexed(self, consumer: str, dossier_id: str | None = None) -> int:
        """How many documents a consumer holds, of one dossier or of all."""
        with self._database.read() as connection:
            seen = and_(documents.c.stopped.is_(False), documents.c.version <= self._position(connection, consumer))
            query = select(func.count()).select_from(documents).where(seen)
            of_this = and_(rejections.c.document_id == documents.c.id, rejections.c.version == documents.c.version)
            query = query.where(~exists().where(rejections.c.consumer == consumer, of_this))
            if dossier_id is not None:
                query = query.where(documents.c.dossier_id == dossier_id)
            return int(connection.scalar(query) or 0)

    @staticmethod
    def _position(connection: Connection, consumer: str) -> int:
        return int(connection.scalar(select(consumers.c.seq).where(consumers.c.name == consumer)) or 0)


def announce(connection: Connection, document_id: str, held: Access) -> None:
    """Put a document into the outbox again, for another access that indices hold beside it; one stopped or gone is left alone."""
    shown = and_(documents.c.id == document_id, documents.c.stopped.is_(False))
    dossier_id = connection.scalar(select(documents.c.dossier_id).where(shown))
    if dossier_id is not None:
        seq = _change(connection, document_id, str(dossier_id), "put", held)
        connection.execute(update(documents).where(shown).values(version=seq))


def _change(connection: Connection, document_id: str, dossier_id: str, action: str, held: Access | None = None) -> int:
    seq = next_seq(connection)
    note_touch(connection, seq, document_id, dossier_id, action="access" if held is not None else action, access=held)
    connection.execute(delete(outbox).where(outbox.c.document_id == document_id))
    connection.execute(insert(outbox).values(seq=seq, document_id=document_id, action=action))
    return seq
