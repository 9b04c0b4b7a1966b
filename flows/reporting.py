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
    "separator",
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
                "separator": counts.pages[PageState.SEPARATOR],
                "documents": counts.documents,
                "indexed": row.indexed,
            }
        )
    return rows


def reasons(report: BatchReport, store: Store, messages: Messages) -> list[tuple[str, str, str]]:
    """(dossier, files and pages, sentence) of everything that needs a person; the same reason in a dossier is said once."""
    places: dict[tuple[str, str], list[str]] = {}
    for row in report.rows:
        for place, reason in _wanting(row.counts.dossier_id, store, messages):
            places.setdefault((row.counts.name, sentence(reason, messages)), []).append(place)
    return [(dossier, "\n".join(found), why) for (dossier, why), found in places.items()]


def _wanting(dossier_id: str, store: Store, messages: Messages) -> Iterator[tuple[str, Reason]]:
    for file in store.ledger.files(dossier_id):
        if file.state is FileState.SET_ASIDE and file.reason is not None:
            yield file.name, file.reason
        for page in store.ledger.pages(file.id):
            if page.state in (PageState.SET_ASIDE, PageState.STOPPED) and page.reason is not None:
                yield messages.text("table.page_of", file=file.name, number=page.number), page.reason


def sentence(reason: Reason, messages: Messages) -> str:
    """The sentence of a reason."""
    return messages.reason(reason.code, **reason.facts)
