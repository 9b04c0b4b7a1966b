"""Who may see each document (quyền khai thác): what `ho-so.yaml` says, what people decide, and what follows for each document.

In: access of dossiers and documents. Out: the `Access` that holds. A document of which nothing is known here is nobody's. A change
puts the document into the outbox, so that every index learns of it; what people decide is logged for good.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    and_,
    delete,
    exists,
    insert,
    select,
    update,
)

from dossier.model import NOBODY, Access, AccessLevel, BaseAccess, GivenAccess, settled
from store.catalogue import announce
from store.database import Database, now
from store.schema import counters, documents, dossiers, metadata

_MOST_AT_ONCE = 500
_OPENED_DAY = "opened_day"
"""Counter of the last day whose openings were announced."""
_FACTS, _DECIDED = "facts", "decided"

access_given = Table(
    "access_given",
    metadata,
    Column("subject", String(42), primary_key=True),
    Column("source", String(8), primary_key=True),
    Column("groups", Text),
    Column("level", Integer),
    Column("open_from", Integer),
)
"""What was said of a dossier or document: by its `ho-so.yaml` (facts) or by a person (decided); null: nothing."""

access = Table(
    "access",
    metadata,
    Column("document_id", String(42), primary_key=True),
    Column("dossier_id", String(32), nullable=False),
    Column("base_groups", Text, nullable=False),
    Column("base_level", Integer, nullable=False),
    Column("base_open_from", Integer, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Column("groups", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("open_from", Integer, nullable=False),
    Index("access_by_dossier", "dossier_id"),
)
"""By its kind of paper (base), and what holds with everything that was said."""

access_decisions = Table(
    "access_decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("subject", String(42), nullable=False, index=True),
    Column("groups", Text),
    Column("level", Integer),
    Column("open_from", Integer),
    Column("decided_at", String(32), nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Every decision of a person; rows are only added."""


@dataclass(frozen=True, slots=True)
class AccessDecision:
    """What a person decided of a dossier or document, when and why."""

    subject: str
    given: GivenAccess
    decided_at: str
    decided_by: str
    reason: str


class Accesses:
    """The access of all documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, document_id: str) -> Access:
        """The access of a document; nobody's when nothing is known of it."""
        return self.of_many([document_id])[document_id]

    def of_many(self, document_ids: Iterable[str]) -> dict[str, Access]:
        """The access of each of these documents."""
        wanted = sorted(set(document_ids))
        found = dict.fromkeys(wanted, NOBODY)
        with self._database.read() as connection:
            for start in range(0, len(wanted), _MOST_AT_ONCE):
                query = select(access).where(access.c.document_id.in_(wanted[start : start + _MOST_AT_ONCE]))
                found |= {row.document_id: _held(row) for row in connection.execute(query)}
        return found

    def of_dossier(self, dossier_id: str) -> dict[str, Access]:
        """The access of the documents of a dossier."""
        with self._database.read() as connection:
            rows = connection.execute(select(access).where(access.c.dossier_id == dossier_id))
            return {row.document_id: _held(row) for row in rows}

    def note(self, dossier_id: str, bases: Mapping[str, BaseAccess]) -> None:
        """Note the kinds of papers of a dossier; what people decided of a document stays, also while it is gone."""
        with self._database.begin() as connection:
            rows = connection.execute(select(access).where(access.c.dossier_id == dossier_id))
            before = {row.document_id: _held(row) for row in rows}
            connection.execute(delete(access).where(access.c.dossier_id == dossier_id))
            said = _said(connection, [dossier_id, *bases])
            for document_id, base in bases.items():
                connection.execute(delete(access).where(access.c.document_id == document_id))
                held = _settled(base, said, dossier_id, document_id)
                row = {"document_id": document_id, "dossier_id": dossier_id, "sensitive": base.sensitive}
                connection.execute(insert(access).values({**row, **_columns(base.access, "base_"), **_columns(held)}))
                if before.get(document_id) != held:
                    announce(connection, document_id, held)

    def set_facts(self, dossier_id: str, given: GivenAccess) -> None:
        """What the dossier's `ho-so.yaml` says now; another than before has the dossier assembled again."""
        with self._database.begin() as connection:
            if _said(connection, [dossier_id])[dossier_id, _FACTS] != given:
                _write(connection, dossier_id, _FACTS, given)
                connection.execute(update(dossiers).where(dossiers.c.id == dossier_id).values(assembled=False))
                self._settle(connection, access.c.dossier_id == dossier_id)

    def set_dossier(self, dossier_id: str, given: Access | GivenAccess, *, by: str, reason: str = "") -> None:
        """Decide for a whole dossier; documents decided one by one keep that. `GivenAccess()` takes a decision back."""
        with self._database.begin() as connection:
            _decide(connection, dossier_id, given, by, reason)
            _complete(connection, documents.c.dossier_id == dossier_id)
            self._settle(connection, access.c.dossier_id == dossier_id)

    def set_document(self, document_id: str, given: Access | GivenAccess, *, by: str, reason: str = "") -> None:
        """Decide for one document, before and above its dossier. `GivenAccess()` takes a decision back."""
        with self._database.begin() as connection:
            _decide(connection, document_id, given, by, reason)
            _complete(connection, documents.c.id == document_id)
            self._settle(connection, access.c.document_id == document_id)

    def decisions(self, subject: str | None = None) -> list[AccessDecision]:
        """What people decided, in order; of one dossier or document, or of all."""
        query = select(access_decisions).order_by(access_decisions.c.seq)
        with self._database.read() as connection:
            rows = connection.execute(query if subject is None else query.where(access_decisions.c.subject == subject)).all()
        return [AccessDecision(row.subject, _given(row), row.decided_at, row.decided_by, row.reason) for row in rows]

    def announce_openings(self, today: int) -> int:
        """Put documents whose day has come since the last call into the outbox: others may see them, though nothing else changed.

        Args:
            today: YYYYMMDD. The first call of all only begins to count.

        Returns:
            How many documents.
        """
        reached = select(counters.c.value).where(counters.c.name == _OPENED_DAY)
        with self._database.read() as connection:
            if (connection.scalar(reached) or 0) >= today:
                return 0
        with self._database.begin() as connection:
            last = connection.scalar(reached)
            if last is None:
                connection.execute(insert(counters).values(name=_OPENED_DAY, value=today))
                return 0
            due = and_(access.c.open_from > last, access.c.open_from <= today)
            rows = connection.execute(select(access).where(due).order_by(access.c.document_id)).all()
            for row in rows:
                announce(connection, row.document_id, _held(row))
            connection.execute(update(counters).where(counters.c.name == _OPENED_DAY).values(value=today))
        return len(rows)

    @staticmethod
    def _settle(connection: Connection, where: ColumnElement[bool]) -> None:
        """Work out anew what holds; each document for which that is another goes into the outbox."""
        rows = connection.execute(select(access).where(where)).all()
        said = _said(connection, [identifier for row in rows for identifier in (row.document_id, row.dossier_id)])
        for row in rows:
            base = BaseAccess(_held(row, "base_"), row.sensitive)
            held = _settled(base, said, row.dossier_id, row.document_id)
            if held != _held(row):
                connection.execute(update(access).where(access.c.document_id == row.document_id).values(_columns(held)))
                announce(connection, row.document_id, held)


_Said = Mapping[tuple[str, str], GivenAccess]


def _said(connection: Connection, subjects: Iterable[str]) -> _Said:
    said: dict[tuple[str, str], GivenAccess] = defaultdict(GivenAccess)
    wanted = sorted(set(subjects))
    for start in range(0, len(wanted), _MOST_AT_ONCE):
        part = wanted[start : start + _MOST_AT_ONCE]
        for row in connection.execute(select(access_given).where(access_given.c.subject.in_(part))):
            said[row.subject, row.source] = _given(row)
    return said


def _settled(base: BaseAccess, said: _Said, dossier_id: str, document_id: str) -> Access:
    return settled(base, said[dossier_id, _FACTS], said[document_id, _DECIDED], said[dossier_id, _DECIDED])


def _decide(connection: Connection, subject: str, given: Access | GivenAccess, by: str, reason: str) -> None:
    values = GivenAccess(given.groups, given.level, given.open_from)
    _write(connection, subject, _DECIDED, values)
    row = {"subject": subject, "decided_at": now(), "decided_by": by, "reason": reason}
    connection.execute(insert(access_decisions).values({**row, **_columns(values)}))


def _complete(connection: Connection, where: ColumnElement[bool]) -> None:
    """Give documents of which nothing is known the base that shows them to nobody, so that a decision has something to change."""
    unknown = ~exists().where(access.c.document_id == documents.c.id)
    for row in connection.execute(select(documents.c.id, documents.c.dossier_id).where(where, unknown)).all():
        names = {"document_id": row.id, "dossier_id": row.dossier_id, "sensitive": False}
        connection.execute(insert(access).values({**names, **_columns(NOBODY, "base_"), **_columns(NOBODY)}))


def _write(connection: Connection, subject: str, source: str, given: GivenAccess) -> None:
    here = and_(access_given.c.subject == subject, access_given.c.source == source)
    connection.execute(delete(access_given).where(here))
    if given != GivenAccess():
        connection.execute(insert(access_given).values({"subject": subject, "source": source, **_columns(given)}))


def _columns(given: Access | GivenAccess, prefix: str = "") -> dict[str, str | int | None]:
    groups = None if given.groups is None else json.dumps(sorted(set(given.groups)), ensure_ascii=False)
    level = None if given.level is None else int(given.level)
    return {f"{prefix}groups": groups, f"{prefix}level": level, f"{prefix}open_from": given.open_from}


def _given(row: Row[tuple[object, ...]]) -> GivenAccess:
    groups = None if row.groups is None else tuple(json.loads(row.groups))
    return GivenAccess(groups, None if row.level is None else AccessLevel(row.level), row.open_from)


def _held(row: Row[tuple[object, ...]], prefix: str = "") -> Access:
    values = row._mapping
    groups = tuple(json.loads(values[f"{prefix}groups"]))
    return Access(groups, AccessLevel(values[f"{prefix}level"]), values[f"{prefix}open_from"])
