"""Which documents a page belongs to. In: documents as they are recorded. Out: ids of documents; stopped ones have no rows here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table, and_, delete, exists, insert, select

from dossier.model import PageState
from store.database import Database
from store.schema import documents, metadata, pages
from store.shelf import Shelf

_MOST_AT_ONCE = 500

document_pages = Table(
    "document_pages",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("page_id", String(40), primary_key=True),
    Index("document_pages_by_page", "page_id"),
)


class PageOwners:
    """The documents of each page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def documents_of(self, page_id: str) -> tuple[str, ...]:
        """The documents that a page belongs to, none for a separator sheet or a page of nothing."""
        with self._database.read() as connection:
            query = select(document_pages.c.document_id).where(document_pages.c.page_id == page_id)
            return tuple(str(identifier) for identifier in connection.scalars(query))

    def any_set_aside(self, document_ids: Sequence[str]) -> bool:
        """Whether a page of one of these documents was set aside."""
        with self._database.read() as connection:
            for start in range(0, len(document_ids), _MOST_AT_ONCE):
                part = document_pages.c.document_id.in_(document_ids[start : start + _MOST_AT_ONCE])
                lost = and_(pages.c.state == PageState.SET_ASIDE, part)
                joined = document_pages.join(pages, pages.c.id == document_pages.c.page_id)
                if connection.scalar(select(pages.c.id).select_from(joined).where(lost).limit(1)) is not None:
                    return True
        return False

    def adopt(self, shelf: Shelf) -> None:
        """Note the pages of documents that an earlier version recorded without them."""
        with self._database.begin() as connection:
            missing = ~exists().where(document_pages.c.document_id == documents.c.id)
            rows = connection.execute(select(documents.c.id, documents.c.dossier_id).where(documents.c.stopped.is_(False), missing))
            for row in rows.all():
                note_pages(connection, row.id, shelf.document(row.dossier_id, row.id).page_ids)


def note_pages(connection: Connection, document_id: str, page_ids: Sequence[str]) -> None:
    """Record the pages of a document whose row was just written."""
    rows = [{"document_id": document_id, "page_id": page_id} for page_id in dict.fromkeys(page_ids)]
    if rows:
        connection.execute(insert(document_pages), rows)


def forget_pages(connection: Connection, document_id: str) -> None:
    """Remove what was recorded of a document."""
    connection.execute(delete(document_pages).where(document_pages.c.document_id == document_id))
