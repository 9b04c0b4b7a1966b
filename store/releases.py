"""Who let go what had been stopped for secrecy, when and why (gỡ dừng): the only way back for a page.

In: pages that a person has looked at on paper. Out: these pages pending again, and a log that only grows. A mark that was waived
never stops its page again; pages of the same content are the same page.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, insert, select, update

from dossier.model import PageState
from store.database import Database, now
from store.records import PageRecord, ReleaseRecord
from store.schema import dossiers, pages, releases


class Releases:
    """The log of releases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def release(
        self, dossier_id: str, document_id: str, stopped: Sequence[PageRecord], *, waived: Sequence[str], by: str, reason: str
    ) -> None:
        """Make stopped pages pending again and log it, in one transaction.

        Args:
            dossier_id: where they are.
            document_id: the document they belong to.
            stopped: all pages of it.
            waived: ids of those whose mark, whatever it is, shall not stop them any more.
            by: the person who decided.
            reason: why, in their words.
        """
        entry = {"dossier_id": dossier_id, "document_id": document_id, "released_at": now(), "released_by": by, "reason": reason}
        with self._database.begin() as connection:
            for page in stopped:
                here = and_(pages.c.file_id == page.file_id, pages.c.number == page.number, pages.c.state == PageState.STOPPED)
                values = {"state": PageState.PENDING, "reason": None, "reason_facts": None, "changed_at": now()}
                connection.execute(update(pages).where(here).values(values))
                connection.execute(insert(releases).values(**entry, page_id=page.id, waived=page.id in waived))
            connection.execute(update(dossiers).where(dossiers.c.id == dossier_id).values(assembled=False))

    def waived(self, dossier_id: str) -> frozenset[str]:
        """Ids of the pages of a dossier whose mark does not stop them."""
        with self._database.read() as connection:
            query = select(releases.c.page_id).where(and_(releases.c.dossier_id == dossier_id, releases.c.waived))
            return frozenset(str(identifier) for identifier in connection.scalars(query))

    def log(self) -> list[ReleaseRecord]:
        """All releases, one entry a page, in order."""
        with self._database.read() as connection:
            rows = connection.execute(select(releases).order_by(releases.c.seq)).all()
        return [
            ReleaseRecord(row.dossier_id, row.document_id, row.page_id, row.waived, row.released_at, row.released_by, row.reason)
            for row in rows
        ]
