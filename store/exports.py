"""Export jobs: what was asked for, how far it is, where its files lie; a killed server goes on where the ledger says.

In: an owner and an order as JSON. Out: `ExportJob` rows and the folder of their files.
"""

from __future__ import annotations

import secrets
import shutil
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import BigInteger, Column, ColumnElement, String, Table, Text, and_, delete, func, insert, or_, select, update
from sqlalchemy.engine import Row

from dossier.errors import NotFound
from store.database import Database, now
from store.schema import metadata

exports = Table(
    "exports",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("owner", String(200), nullable=False, index=True),
    Column("idempotency_key", String(200)),
    Column("order", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("total", BigInteger),
    Column("rows", BigInteger, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("cursor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("leased_until", BigInteger, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("finished_at", String(32)),
    Column("expires_s", BigInteger, nullable=False),
)

_LEASE_S = 60
"""A worker that has not said anything for so long is dead, and another takes its job over."""


class ExportState(StrEnum):
    """What became of an export."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = (ExportState.WAITING, ExportState.RUNNING)


@dataclass(frozen=True, slots=True)
class ExportJob:
    """An export.

    Attributes:
        order: query, filters, columns and kind as JSON. total: documents to come, None when not counted yet.
        rows, size_bytes, cursor: what is written safely so far, and where it goes on.
        reason: message key of what went wrong. expires_s: second (epoch) at which its files are deleted.
    """

    id: str
    owner: str
    order: str
    state: ExportState
    total: int | None
    rows: int
    size_bytes: int
    cursor: str
    reason: str
    created_at: str
    finished_at: str | None
    expires_s: int


class Exports:
    """Bookkeeping of exports."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder / "exports"

    def folder(self, export_id: str) -> Path:
        """Where the files of an export lie; nobody but the server's own user may look into it."""
        folder = self._folder / export_id
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def add(self, owner: str, order: str, *, keep_s: int, idempotency_key: str | None = None) -> ExportJob:
        """Take an order; the same key of the same owner answers the job that it made before, whatever is ordered now."""
        with self._database.begin() as connection:
            if idempotency_key is not None:
                same = and_(exports.c.owner == owner, exports.c.idempotency_key == idempotency_key)
                row = connection.execute(select(exports).where(same)).one_or_none()
                if row is not None:
                    return _job(row)
            export_id = f"e-{secrets.token_hex(8)}"
            connection.execute(
                insert(exports).values(
                    id=export_id,
                    owner=owner,
                    idempotency_key=idempotency_key,
                    order=order,
                    state=ExportState.WAITING,
                    rows=0,
                    size_bytes=0,
                    cursor="",
                    reason="",
                    leased_until=0,
                    created_at=now(),
                    expires_s=int(time.time()) + keep_s,
                )
            )
            return _job(connection.execute(select(exports).where(exports.c.id == export_id)).one())

    def one(self, export_id: str, owner: str | None = None) -> ExportJob:
        """An export; with an owner only one of his.

        Raises:
            NotFound: when there is none with this id.
        """
        with self._database.read() as connection:
            row = connection.execute(select(exports).where(exports.c.id == export_id)).one_or_none()
        if row is None or owner not in (None, row.owner):
            raise NotFound(what="export", id=export_id)
        return _job(row)

    def by_key(self, owner: str, idempotency_key: str) -> ExportJob | None:
        """The export that a key of an owner made, None when it made none."""
        same = and_(exports.c.owner == owner, exports.c.idempotency_key == idempotency_key)
        with self._database.read() as connection:
            row = connection.execute(select(exports).where(same)).one_or_none()
        return None if row is None else _job(row)

    def of_owner(self, owner: str) -> list[ExportJob]:
        """All exports of an owner, newest first."""
        with self._database.read() as connection:
            found = select(exports).where(exports.c.owner == owner).order_by(exports.c.created_at.desc(), exports.c.id)
            return [_job(row) for row in connection.execute(found)]

    def open_count(self, owner: str) -> int:
        """How many exports of an owner wait or run."""
        with self._database.read() as connection:
            his = and_(exports.c.owner == owner, exports.c.state.in_(OPEN_STATES))
            return int(connection.scalar(select(func.count()).select_from(exports).where(his)) or 0)

    def claim(self) -> ExportJob | None:
        """The next job that nobody works at, taken for a minute; also one whose worker was killed."""
        with self._database.begin() as connection:
            free = and_(exports.c.state.in_(OPEN_STATES), exports.c.leased_until < int(time.time()))
            row = connection.execute(
                select(exports).where(free).order_by(exports.c.created_at, exports.c.id).limit(1)
            ).one_or_none()
            if row is None:
                return None
            mine = and_(exports.c.id == row.id, exports.c.leased_until == row.leased_until)
            taken = update(exports).where(mine).values(state=ExportState.RUNNING, leased_until=_lease())
            return _job(row) if connection.execute(taken).rowcount else None

    def advance(self, export_id: str, *, total: int, rows: int, size_bytes: int, cursor: str) -> bool:
        """Note what is written safely; False when the job was cancelled meanwhile."""
        with self._database.begin() as connection:
            values = {"total": total, "rows": rows, "size_bytes": size_bytes, "cursor": cursor, "leased_until": _lease()}
            return bool(connection.execute(update(exports).where(_running(export_id)).values(**values)).rowcount)

    def keep(self, export_id: str) -> None:
        """Say that the job is still being worked at."""
        with self._database.begin() as connection:
            connection.execute(update(exports).where(_running(export_id)).values(leased_until=_lease()))

    def release(self, export_id: str) -> None:
        """Give a job back before its lease ends; the next worker goes on with it."""
        with self._database.begin() as connection:
            connection.execute(update(exports).where(_running(export_id)).values(leased_until=0))

    def finish(self, export_id: str, state: ExportState, *, reason: str = "") -> bool:
        """Note the end of an open job; False when it had ended already."""
        with self._database.begin() as connection:
            still = and_(exports.c.id == export_id, or_(*(exports.c.state == one for one in OPEN_STATES)))
            ended = update(exports).where(still).values(state=state, reason=reason, finished_at=now(), leased_until=0)
            return bool(connection.execute(ended).rowcount)

    def clear(self, export_id: str) -> None:
        """Delete the files of an export that was cancelled."""
        shutil.rmtree(self._folder / export_id, ignore_errors=True)

    def remove(self, export_id: str) -> None:
        """Delete an export with its files."""
        self.clear(export_id)
        with self._database.begin() as connection:
            connection.execute(delete(exports).where(exports.c.id == export_id))

    def remove_expired(self) -> int:
        """Delete exports whose time has come; answers how many."""
        with self._database.read() as connection:
            late = and_(exports.c.expires_s < int(time.time()), exports.c.state.not_in(OPEN_STATES))
            ids = [str(one) for one in connection.scalars(select(exports.c.id).where(late))]
        for export_id in ids:
            self.remove(export_id)
        return len(ids)


def _lease() -> int:
    return int(time.time()) + _LEASE_S


def _running(export_id: str) -> ColumnElement[bool]:
    return and_(exports.c.id == export_id, exports.c.state == ExportState.RUNNING)


def _job(row: Row[tuple[object, ...]]) -> ExportJob:
    return ExportJob(
        row.id,
        row.owner,
        row.order,
        ExportState(row.state),
        row.total,
        row.rows,
        row.size_bytes,
        row.cursor,
        row.reason,
        row.created_at,
        row.finished_at,
        row.expires_s,
    )
