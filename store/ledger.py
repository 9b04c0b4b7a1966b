"""The ledger: what came in, what state each page is in, and why. The truth about progress; Prefect only runs the work.

In: dossiers, files and outcomes of pages. Out: records, and what is left to do. Every change is one transaction.
"""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from dossier.codec import decode, encode
from dossier.errors import BadFacts, NotFound
from dossier.model import ArchivalFacts, PageState, ScanFile, ScanFormat, page_id
from store.database import Database, now
from store.records import DossierRecord, FileRecord, FileState, PageRecord, Reason
from store.schema import dossiers, files, pages


class Ledger:
    """Bookkeeping of dossiers, files and pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # dossiers and files

    def register_dossier(self, batch: str, name: str, facts: ArchivalFacts) -> DossierRecord:
        """Note a dossier of a batch (its id follows from both names), or its corrected facts."""
        identifier = _short(f"{batch}\n{name}")
        written = encode(facts).decode()
        with self._database.begin() as connection:
            known = connection.execute(select(dossiers).where(dossiers.c.id == identifier)).one_or_none()
            if known is None:
                row = {"id": identifier, "batch": batch, "name": name, "facts": written, "assembled": False, "arrived_at": now()}
                connection.execute(insert(dossiers).values(row))
            elif known.facts != written:
                change = update(dossiers).where(dossiers.c.id == identifier).values(facts=written, assembled=False)
                connection.execute(change)
        return self.dossier(identifier)

    def dossier(self, identifier: str) -> DossierRecord:
        """A dossier.

        Raises:
            NotFound: when none has this id.
        """
        with self._database.read() as connection:
            row = connection.execute(select(dossiers).where(dossiers.c.id == identifier)).one_or_none()
        if row is None:
            raise NotFound(what="dossier", id=identifier)
        return _dossier(row)

    def dossiers(self) -> list[DossierRecord]:
        """All dossiers by batch and name."""
        with self._database.read() as connection:
            return [_dossier(row) for row in connection.execute(select(dossiers).order_by(dossiers.c.batch, dossiers.c.name))]

    def count_file(self, dossier_id: str, name: str, sha256: str, size_bytes: int) -> FileRecord:
        """Note a file before anything else happens to it. The same content elsewhere makes it a duplicate.

        What lay under this name before and could never be opened is settled: it was replaced. `sha256` is empty when
        the file could not be read at all.
        """
        identifier = _short(f"{dossier_id}\n{name}\n{sha256}")
        with self._database.begin() as connection:
            known = connection.scalar(select(files.c.state).where(files.c.id == identifier))
            if known is None or known == FileState.REPLACED:
                original = _reader_of(connection, sha256, identifier, (FileState.COUNTED, FileState.OPEN))
                state = FileState.DUPLICATE if original else FileState.COUNTED
                values = {"state": state, "duplicate_of": original, "arrived_at": now(), "reason": None, "reason_facts": None}
                row = {"id": identifier, "dossier_id": dossier_id, "name": name, "sha256": sha256, "size_bytes": size_bytes}
                connection.execute(delete(files).where(files.c.id == identifier))
                connection.execute(insert(files).values(**row, **values))
                _touch(connection, dossier_id)
            here = and_(files.c.dossier_id == dossier_id, files.c.name == name, files.c.id != identifier)
            before = and_(here, files.c.page_count.is_(None))
            connection.execute(update(files).where(before).values(state=FileState.REPLACED, duplicate_of=None))
        return self.file(identifier)

    def is_read_elsewhere(self, file: FileRecord) -> bool:
        """Whether another file of the same content was opened before, so that this one is not read."""
        with self._database.read() as connection:
            return _reader_of(connection, file.sha256, file.id) is not None

    def file(self, identifier: str) -> FileRecord:
        """A file.

        Raises:
            NotFound: when none has this id.
        """
        with self._database.read() as connection:
            row = connection.execute(select(files).where(files.c.id == identifier)).one_or_none()
        if row is None:
            raise NotFound(what="file", id=identifier)
        return _file(row)

    def files(self, dossier_id: str) -> list[FileRecord]:
        """Files of a dossier by name."""
        with self._database.read() as connection:
            query = select(files).where(files.c.dossier_id == dossier_id).order_by(files.c.name, files.c.arrived_at)
            return [_file(row) for row in connection.execute(query)]

    def open_file(self, identifier: str, scan: ScanFile) -> FileRecord:
        """Note that a file opened: each of its pages enters the ledger as pending.

        Content that another file brought before makes it a duplicate, with all its pages. When it is the first of its content
        to open, files of the same bytes that could not be opened (a wrong name) need nobody any more: they are the duplicates.
        """
        record = self.file(identifier)
        with self._database.begin() as connection:
            original = _reader_of(connection, record.sha256, identifier)
            file_state = FileState.DUPLICATE if original else FileState.OPEN
            state = PageState.DUPLICATE if original else PageState.PENDING
            values = {"format": scan.format.value, "page_count": scan.page_count, "reason": None, "reason_facts": None}
            values |= {"state": file_state, "duplicate_of": original}
            connection.execute(update(files).where(files.c.id == identifier).values(values))
            if original is None:
                never = and_(files.c.state == FileState.SET_ASIDE, files.c.page_count.is_(None), files.c.reason != BadFacts.code)
                same = and_(files.c.sha256 == record.sha256, files.c.id != identifier, never)
                connection.execute(update(files).where(same).values(state=FileState.DUPLICATE, duplicate_of=identifier))
            if connection.scalar(select(func.count()).select_from(pages).where(pages.c.file_id == identifier)) == 0:
                numbers = range(1, scan.page_count + 1)
                row = {"file_id": identifier, "state": state, "changed_at": now()}
                connection.execute(insert(pages), [{**row, "number": n, "id": page_id(scan.sha256, n)} for n in numbers])
            _touch(connection, record.dossier_id)
        return self.file(identifier)

    def set_file_aside(self, identifier: str, reason: Reason) -> FileRecord:
        """Note that a file cannot be used, and why. A duplicate keeps its state: its original carries the reason."""
        record = self.file(identifier)
        with self._database.begin() as connection:
            values = {"reason": reason.code, "reason_facts": json.dumps(dict(reason.facts), ensure_ascii=False)}
            if record.state is not FileState.DUPLICATE:
                values["state"] = FileState.SET_ASIDE
            connection.execute(update(files).where(files.c.id == identifier).values(values))
            _touch(connection, record.dossier_id)
        return self.file(identifier)

    def finish_assembly(self, dossier_id: str) -> None:
        """Note that the documents of a dossier are found and written: the last step, so that a kill before it repeats them all."""
        with self._database.begin() as connection:
            connection.execute(update(dossiers).where(dossiers.c.id == dossier_id).values(assembled=True))

    # pages

    def pages(self, file_id: str) -> list[PageRecord]:
        """Pages of a file in order."""
        with self._database.read() as connection:
            query = select(pages).where(pages.c.file_id == file_id).order_by(pages.c.number)
            return [_page(row) for row in connection.execute(query)]

    def pending_pages(self, dossier_id: str) -> list[tuple[FileRecord, PageRecord]]:
        """Pages of a dossier that still have to be read, in order."""
        with self._database.read() as connection:
            wanted = and_(files.c.dossier_id == dossier_id, pages.c.state == PageState.PENDING)
            file_rows = {row.id: _file(row) for row in connection.execute(select(files).where(files.c.dossier_id == dossier_id))}
            query = select(pages).join(files, pages.c.file_id == files.c.id).where(wanted).order_by(files.c.name, pages.c.number)
            return [(file_rows[row.file_id], _page(row)) for row in connection.execute(query)]

    def finish_page(self, file_id: str, number: int, state: PageState, reason: Reason | None = None) -> None:
        """Note what became of a page."""
        values = {"state": state, "reason": None, "reason_facts": None, "changed_at": now()}
        if reason is not None:
            values |= {"reason": reason.code, "reason_facts": json.dumps(dict(reason.facts), ensure_ascii=False)}
        with self._database.begin() as connection:
            here = and_(pages.c.file_id == file_id, pages.c.number == number)
            connection.execute(update(pages).where(here).values(values))
            dossier_id = connection.scalar(select(files.c.dossier_id).where(files.c.id == file_id))
            _touch(connection, str(dossier_id))

    def retry_set_aside(self, dossier_id: str) -> int:
        """Make the pages that were set aside pending again, when a person asks for it; answers how many."""
        with self._database.begin() as connection:
            ids = select(files.c.id).where(files.c.dossier_id == dossier_id)
            wanted = and_(pages.c.state == PageState.SET_ASIDE, pages.c.file_id.in_(ids))
            values = {"state": PageState.PENDING, "reason": None, "reason_facts": None}
            done = connection.execute(update(pages).where(wanted).values(values))
            if done.rowcount:
                _touch(connection, dossier_id)
            return int(done.rowcount)

    def where_is(self, page_identifier: str) -> tuple[str, PageState]:
        """Dossier and state of a page that is kept (never of a duplicate).

        Raises:
            NotFound: when no page has this id.
        """
        with self._database.read() as connection:
            wanted = and_(pages.c.id == page_identifier, pages.c.state != PageState.DUPLICATE)
            row = connection.execute(
                select(files.c.dossier_id, pages.c.state).join(pages, pages.c.file_id == files.c.id).where(wanted)
            ).first()
        if row is None:
            raise NotFound(what="page", id=page_identifier)
        return str(row.dossier_id), PageState(row.state)


def _reader_of(connection: Connection, sha256: str, but: str, states: tuple[FileState, ...] = (FileState.OPEN,)) -> str | None:
    """The file, other than `but`, by which this content came in: opened once, or (by `states`) about to be."""
    opened = and_(files.c.state != FileState.DUPLICATE, files.c.page_count.is_not(None))
    same = and_(files.c.sha256 == sha256, files.c.sha256 != "", files.c.id != but)
    found = connection.scalar(select(files.c.id).where(same, or_(opened, files.c.state.in_(states))).limit(1))
    return None if found is None else str(found)


def _touch(connection: Connection, dossier_id: str) -> None:
    """A dossier in which something changed has to be assembled again."""
    connection.execute(update(dossiers).where(and_(dossiers.c.id == dossier_id, dossiers.c.assembled)).values(assembled=False))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _reason(row: Row[tuple[object, ...]]) -> Reason | None:
    return None if row.reason is None else Reason(row.reason, json.loads(row.reason_facts or "{}"))


def _dossier(row: Row[tuple[object, ...]]) -> DossierRecord:
    facts = decode(ArchivalFacts, row.facts.encode())
    return DossierRecord(id=row.id, batch=row.batch, name=row.name, facts=facts, assembled=row.assembled)


def _file(row: Row[tuple[object, ...]]) -> FileRecord:
    return FileRecord(
        id=row.id,
        dossier_id=row.dossier_id,
        name=row.name,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        state=FileState(row.state),
        format=None if row.format is None else ScanFormat(row.format),
        page_count=row.page_count,
        reason=_reason(row),
        duplicate_of=row.duplicate_of,
    )


def _page(row: Row[tuple[object, ...]]) -> PageRecord:
    return PageRecord(
        id=row.id,
        file_id=row.file_id,
        number=row.number,
        state=PageState(row.state),
        reason=_reason(row),
    )
