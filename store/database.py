"""The ledger's database: opening, transactions, errors of the driver as ours."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from dossier.errors import BadSettings, Unavailable
from store.schema import SCHEMA_VERSION, counters, metadata

_BUSY_S = 30


class Database:
    """A ledger database; `begin` and `read` give connections whose driver errors are `Unavailable`."""

    def __init__(self, url: str) -> None:
        """Connect lazily to `url` (SQLAlchemy form).

        Raises:
            BadSettings: when the URL is not one.
        """
        try:
            self._engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
        except Exception as error:  # SQLAlchemy raises ArgumentError, ImportError of drivers and more
            raise BadSettings(setting="SOHOA_STORE__LEDGER_URL", problem=str(error)[:160]) from error
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        # Copies of the engine on one pool: numbers of one reading come from one snapshot, a writer never has to start over.
        self._reading = self._engine.execution_options(**_reading_options(self._engine))
        self._writing = self._engine.execution_options(sohoa_writes=True)

    def create(self) -> int | None:
        """Make the tables that are missing, also those that a later version added; answers the version before, None for a new one.

        Raises:
            BadSettings: when the ledger was written by a newer version.
        """
        with self.read() as connection:  # a ledger that is there opens without waiting for its writer
            before = known = _schema(connection) if inspect(connection).has_table(counters.name) else None
        if known is None or known < SCHEMA_VERSION:
            with self.begin() as connection:
                metadata.create_all(connection)
                known = _schema(connection)
                if known is None:
                    connection.execute(insert(counters), [{"name": "schema", "value": 0}, {"name": "outbox", "value": 0}])
                if known is None or known < SCHEMA_VERSION:
                    connection.execute(update(counters).where(counters.c.name == "schema").values(value=SCHEMA_VERSION))
                    known = SCHEMA_VERSION
        if known > SCHEMA_VERSION:
            raise BadSettings(setting="SOHOA_STORE__LEDGER_URL", problem=f"schema {known} > {SCHEMA_VERSION}")
        return before

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back on any error."""
        with _translated(), self._writing.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading: all its answers are of one moment."""
        with _translated(), self._reading.connect() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for its version and dialect."""
        return self._engine


def next_seq(connection: Connection) -> int:
    """The next position of the outbox; the row lock keeps positions in order of commit on every database."""
    connection.execute(update(counters).where(counters.c.name == "outbox").values(value=counters.c.value + 1))
    return int(connection.scalar(select(counters.c.value).where(counters.c.name == "outbox")) or 0)


def now() -> str:
    """The time of a change, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, DatabaseError) as error:
        raise Unavailable(what="ledger", detail=str(error.orig)[:160]) from error


def _schema(connection: Connection) -> int | None:
    value = connection.scalar(select(counters.c.value).where(counters.c.name == "schema"))
    return None if value is None else int(value)


def _reading_options(engine: Engine) -> dict[str, str]:
    return {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins no transaction before a SELECT; `_begin_sqlite` does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_S * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: one that reads first and writes then would be refused when another wrote in between."""
    writes = connection.get_execution_options().get("sohoa_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
