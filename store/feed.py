"""What happened to documents, for other systems: created, changed, deleted, access changed; read from the outbox.

In: a position of the outbox. Out: `Event` values, one a document, told as they look to somebody who knows all before that position.
The outbox keeps the last change of each document only, so a feed never grows longer than the archive; beside it stand here the
positions of its coming, of its last change of content and every access it had, which says who must hear that it is gone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Select, String, Table, Text, func, insert, select, update
from sqlalchemy.engine import Row

from dossier.model import Access, AccessLevel
from store.database import Database, now
from store.schema import consumers, documents, metadata, outbox

touches = Table(
    "touches",
    metadata,
    Column("document_id", String(42), primary_key=True),
    Column("dossier_id", String(32), nullable=False),
    Column("created_seq", BigInteger, nullable=False),
    Column("content_seq", BigInteger, nullable=False),
    Column("accesses", Text, nullable=False),
    Column("at", String(32), nullable=False, index=True),
)


class EventKind(StrEnum):
    """What happened to a document since a position."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    ACCESS_CHANGED = "access_changed"


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one document.

    Attributes:
        seq: position of its last change. kind: seen from the position that was asked for.
        at: when, ISO 8601 in UTC; "" for changes that an older version of this program noted.
        accesses: every access it had, the last at the end; empty when none was noted.
    """

    seq: int
    document_id: str
    dossier_id: str
    kind: EventKind
    at: str
    accesses: tuple[Access, ...]


class Feed:
    """Reading what happened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> int:
        """The position of the last change, 0 when nothing ever changed: the version of the whole store."""
        with self._database.read() as connection:
            return int(connection.scalar(select(func.max(outbox.c.seq))) or 0)

    def version(self) -> str:
        """How far the store and every index that follows it are: equal versions give equal answers.

        Indices acknowledge a change when it can be found, so an answer is never newer than its version says.
        """
        with self._database.read() as connection:
            last = int(connection.scalar(select(func.max(outbox.c.seq))) or 0)
            seen = [f"{row.name}={row.seq}" for row in connection.execute(select(consumers).order_by(consumers.c.name))]
        return hashlib.sha256(" ".join([str(last), *seen]).encode()).hexdigest()[:16]

    def after(self, position: int, limit: int) -> list[Event]:
        """The oldest events behind a position."""
        query = _changes().where(outbox.c.seq > position).order_by(outbox.c.seq).limit(limit)
        with self._database.read() as connection:
            return [_event(row, position) for row in connection.execute(query)]

    def of(self, document_id: str) -> Event | None:
        """The last event of a document, told as to somebody who knows nothing yet; None when it never was here."""
        with self._database.read() as connection:
            row = connection.execute(_changes().where(outbox.c.document_id == document_id)).one_or_none()
            return None if row is None else _event(row, 0)

    def position_before(self, at: str) -> int:
        """The last position before everything that changed at a time (ISO 8601 in UTC) or later."""
        touched = outbox.join(touches, touches.c.document_id == outbox.c.document_id)
        query = select(func.min(outbox.c.seq)).select_from(touched).where(touches.c.at >= at)
        with self._database.read() as connection:
            first = connection.scalar(query)
            return int(first) - 1 if first is not None else int(connection.scalar(select(func.max(outbox.c.seq))) or 0)


def note_touch(connection: Connection, seq: int, document_id: str, dossier_id: str, *, action: str, access: Access | None) -> None:
    """Note a change within the transaction that makes it.

    Args:
        connection: of that transaction.
        seq: its position in the outbox.
        document_id: what changed.
        dossier_id: where it lies.
        action: "put" content is new, "delete" it is not given out any more, "access" only who may see it changed.
        access: who may see it now; None when that is not known or it is gone.
    """
    before = connection.execute(select(touches).where(touches.c.document_id == document_id)).one_or_none()
    known = _accesses(before.accesses) if before is not None else ()
    if access is not None and (not known or known[-1] != access):
        known = (*(one for one in known if one != access), access)
    fresh = (action == "put" and (before is None or before.content_seq == 0)) or (action == "access" and len(known) == 1)
    values = {
        "document_id": document_id,
        "dossier_id": dossier_id,
        "created_seq": seq if before is None or fresh else before.created_seq,
        "content_seq": seq if fresh else _content_seq(seq, action, before),
        "accesses": _text(known),
        "at": now(),
    }
    if before is None:
        connection.execute(insert(touches).values(values))
    else:
        connection.execute(update(touches).where(touches.c.document_id == document_id).values(values))


def _changes() -> Select[Any]:
    """The last change of every document."""
    return select(
        outbox.c.seq,
        outbox.c.document_id,
        outbox.c.action,
        func.coalesce(touches.c.dossier_id, documents.c.dossier_id, "").label("dossier_id"),
        func.coalesce(touches.c.created_seq, outbox.c.seq).label("created_seq"),
        func.coalesce(touches.c.content_seq, outbox.c.seq).label("content_seq"),
        func.coalesce(touches.c.accesses, "[]").label("accesses"),
        func.coalesce(touches.c.at, "").label("at"),
    ).select_from(
        outbox.outerjoin(touches, touches.c.document_id == outbox.c.document_id).outerjoin(
            documents, documents.c.id == outbox.c.document_id
        )
    )


def _content_seq(seq: int, action: str, before: Row[tuple[object, ...]] | None) -> int:
    """0 for what is deleted: should it come back, it is created anew."""
    if action == "delete":
        return 0
    return seq if action == "put" or before is None else int(before.content_seq)


def _event(row: Row[*tuple[Any, ...]], position: int) -> Event:
    if row.action == "delete":
        kind = EventKind.DELETED
    elif row.created_seq > position:
        kind = EventKind.CREATED
    elif row.content_seq > position:
        kind = EventKind.CHANGED
    else:
        kind = EventKind.ACCESS_CHANGED
    return Event(int(row.seq), row.document_id, row.dossier_id, kind, row.at, _accesses(row.accesses))


def _text(accesses: Sequence[Access]) -> str:
    return json.dumps([[list(one.groups), int(one.level), one.open_from] for one in accesses], ensure_ascii=False)


def _accesses(text: str) -> tuple[Access, ...]:
    return tuple(Access(tuple(groups), AccessLevel(level), open_from) for groups, level, open_from in json.loads(text))
