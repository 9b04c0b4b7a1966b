"""Counts that must add up: every page that came in has exactly one state."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from dossier.model import PageState
from store.database import Database
from store.records import Counts, DossierCounts, FileState
from store.schema import documents, dossiers, files, pages


def count_all(database: Database) -> Counts:
    """All numbers of the ledger, read in one transaction."""
    with database.read() as connection:
        file_rows = connection.execute(select(files.c.state, func.count()).group_by(files.c.state)).all()
        page_rows = connection.execute(select(pages.c.state, func.count()).group_by(pages.c.state)).all()
        expected = int(connection.scalar(select(func.coalesce(func.sum(files.c.page_count), 0))) or 0)
        dossier_count = int(connection.scalar(select(func.count()).select_from(dossiers)) or 0)
        document_rows = connection.execute(select(documents.c.stopped, func.count()).group_by(documents.c.stopped)).all()
    file_states = dict.fromkeys(FileState, 0) | {FileState(state): count for state, count in file_rows}
    page_states = dict.fromkeys(PageState, 0) | {PageState(state): count for state, count in page_rows}
    by_stop = {bool(stopped): count for stopped, count in document_rows}
    return Counts(
        dossiers=dossier_count,
        files=file_states,
        pages_expected=expected,
        pages=page_states,
        documents=by_stop.get(False, 0),
        documents_stopped=by_stop.get(True, 0),
        adds_up=sum(page_states.values()) == expected,
    )


def count_dossier(database: Database, dossier_id: str) -> DossierCounts:
    """The numbers of one dossier."""
    with database.read() as connection:
        name = str(connection.scalar(select(dossiers.c.name).where(dossiers.c.id == dossier_id)))
        rows = connection.execute(select(files.c.state, files.c.page_count).where(files.c.dossier_id == dossier_id)).all()
        ids = select(files.c.id).where(files.c.dossier_id == dossier_id)
        query = select(pages.c.state, func.count()).where(pages.c.file_id.in_(ids)).group_by(pages.c.state)
        page_rows = connection.execute(query).all()
        query_documents = select(documents.c.stopped, func.count()).where(documents.c.dossier_id == dossier_id)
        by_stop = {bool(stopped): count for stopped, count in connection.execute(query_documents.group_by(documents.c.stopped))}
    states = Counter(FileState(row.state) for row in rows)
    return DossierCounts(
        dossier_id=dossier_id,
        name=name,
        files=len(rows) - states[FileState.REPLACED],
        files_set_aside=states[FileState.SET_ASIDE],
        files_duplicate=states[FileState.DUPLICATE],
        pages_expected=sum(row.page_count or 0 for row in rows),
        pages=dict.fromkeys(PageState, 0) | {PageState(state): count for state, count in page_rows},
        documents=by_stop.get(False, 0),
        documents_stopped=by_stop.get(True, 0),
    )
