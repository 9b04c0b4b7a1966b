"""Who saw what and when (lịch sử khai thác): a log that only grows, kept for each document, page, dossier and list.

In: visits, many at once. Out: the log, of one item or of one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Column, Integer, String, Table, Text, insert, select

from store.database import Database, now
from store.schema import metadata

visits = Table(
    "visits",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False, index=True),
    Column("what", String(120), nullable=False),
    Column("item", String(200), nullable=False, index=True),
    Column("address", String(64), nullable=False),
    Column("trace", String(32), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One look: `what` was done with `item` (its id), by whom, from where, under which trace id of the server's log."""

    at: str
    who: str
    what: str
    item: str
    address: str
    trace: str

    @classmethod
    def made(cls, who: str, what: str, item: str, *, address: str, trace: str) -> Visit:
        """A visit of this moment."""
        return cls(now(), who, what, item, address, trace)


class Visits:
    """The log of visits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, seen: Sequence[Visit]) -> None:
        """Write visits down."""
        if seen:
            with self._database.begin() as connection:
                connection.execute(insert(visits), [asdict(visit) for visit in seen])

    def of(self, item: str = "", *, who: str = "", limit: int = 1000) -> list[Visit]:
        """The latest visits of an item, of a person, or of all, newest first."""
        query = select(visits).order_by(visits.c.seq.desc()).limit(limit)
        query = query.where(visits.c.item == item) if item else query
        query = query.where(visits.c.who == who) if who else query
        with self._database.read() as connection:
            return [Visit(row.at, row.who, row.what, row.item, row.address, row.trace) for row in connection.execute(query)]
