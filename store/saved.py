"""Saved searches: a question under a name, with the version of the query language it was written in.

In: an owner, a name, a question as JSON. Out: `SavedSearch` rows; nobody gets those of another owner.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, String, Table, Text, UniqueConstraint, and_, delete, func, insert, select
from sqlalchemy.engine import Row

from dossier.errors import NotFound
from store.database import Database, now
from store.schema import metadata

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("owner", String(200), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("grammar", String(16), nullable=False),
    Column("interpreted", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    UniqueConstraint("owner", "name"),
)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A question somebody keeps.

    Attributes:
        question: its parameters as JSON. grammar: version of the query language it was written in.
        interpreted: how it was read then, so that a later version can tell whether it still means the same.
    """

    id: str
    owner: str
    name: str
    question: str
    grammar: str
    interpreted: str
    created_at: str


class SavedSearches:
    """Bookkeeping of saved searches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, owner: str, name: str, *, question: str, grammar: str, interpreted: str) -> SavedSearch | None:
        """Keep a search; None when the owner has one of that name already."""
        made = SavedSearch(f"s-{secrets.token_hex(8)}", owner, name, question, grammar, interpreted, now())
        with self._database.begin() as connection:
            same = and_(saved_searches.c.owner == owner, saved_searches.c.name == name)
            if connection.scalar(select(func.count()).select_from(saved_searches).where(same)):
                return None
            connection.execute(
                insert(saved_searches).values(
                    id=made.id,
                    owner=owner,
                    name=name,
                    question=question,
                    grammar=grammar,
                    interpreted=interpreted,
                    created_at=made.created_at,
                )
            )
        return made

    def of_owner(self, owner: str) -> list[SavedSearch]:
        """All searches of an owner, oldest first."""
        with self._database.read() as connection:
            found = select(saved_searches).where(saved_searches.c.owner == owner)
            rows = connection.execute(found.order_by(saved_searches.c.created_at, saved_searches.c.id))
            return [_saved(row) for row in rows]

    def one(self, owner: str, saved_id: str) -> SavedSearch:
        """A search of an owner.

        Raises:
            NotFound: when he has none with this id.
        """
        with self._database.read() as connection:
            row = connection.execute(select(saved_searches).where(_his(owner, saved_id))).one_or_none()
        if row is None:
            raise NotFound(what="saved_search", id=saved_id)
        return _saved(row)

    def remove(self, owner: str, saved_id: str) -> None:
        """Forget a search.

        Raises:
            NotFound: as `one`.
        """
        with self._database.begin() as connection:
            if not connection.execute(delete(saved_searches).where(_his(owner, saved_id))).rowcount:
                raise NotFound(what="saved_search", id=saved_id)


def _his(owner: str, saved_id: str) -> ColumnElement[bool]:
    return and_(saved_searches.c.owner == owner, saved_searches.c.id == saved_id)


def _saved(row: Row[tuple[object, ...]]) -> SavedSearch:
    return SavedSearch(row.id, row.owner, row.name, row.question, row.grammar, row.interpreted, row.created_at)
