"""The final table of a batch and the reasons of what was set aside, as plain rows. In: a report. Out: rows and sentences."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.messages import Messages
from dossier.model import PageState
from flows.batch import BatchReport
from store import FileState, Reason, Store

COLUMNS = (
    "dossier",
    "files",
    "expected",
    "read",
    "blank",
    "set_aside",
    "files_set_aside",
    "stopped",
    "duplicate",
    "documents",
    "indexed",
)
"""Keys of the table's columns (message keys `table.<key>`)."""


def table_rows(report: BatchReport) -> list[dict[str, str | int]]:
    """One row a dossier; `files_set_aside` are files set aside whole, whose pages could not be counted."""
    rows: list[dict[str, str | int]] = []
    for row in report.rows:
        counts = row.counts
        rows.append(
            {
                "dossier": counts.name,
                "files": counts.files,
                "expected": counts.pages_expected,
                "read": counts.pages[PageState.READ],
                "blank": counts.pages[PageState.BLANK],
                "set_aside": counts.pages[PageState.SET_ASIDE],
                "files_set_aside": counts.files_set_aside,
                "stopped": counts.pages[PageState.STOPPED],
                "duplicate": counts.pages[PageState.DUPLICATE],
                "documents": counts.documents,
                "indexed": row.indexed,
            }
        )
    return rows


def reasons(report: BatchReport, store: Store, messages: Messages) -> Iterator[tuple[str, str, str]]:
    """(dossier, file or page, sentence) of everything that needs a person."""
    for row in report.rows:
        for file in store.ledger.files(row.counts.dossier_id):
            if file.state is FileState.SET_ASIDE and file.reason is not None:
                yield row.counts.name, file.name, sentence(file.reason, messages)
            for page in store.ledger.pages(file.id):
                if page.state in (PageState.SET_ASIDE, PageState.STOPPED) and page.reason is not None:
                    place = messages.text("table.page_of", file=file.name, number=page.number)
                    yield row.counts.name, place, sentence(page.reason, messages)


def sentence(reason: Reason, messages: Messages) -> str:
    """The sentence of a reason."""
    return messages.reason(reason.code, **reason.facts)
