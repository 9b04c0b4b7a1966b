"""Letting go what was stopped for secrecy by mistake (gỡ dừng): a person looks at the paper and decides; the machine never does.

In: the id of a stopped page or document, who decides and why. Out: its pages pending again, logged in the ledger. The original
stays in quarantine until all of its pages are read again and none is stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from dossier.errors import NotFound
from dossier.model import PageState, document_id
from flows.assembly import StackSheet, stacks_of
from store import Store


@dataclass(frozen=True, slots=True)
class StoppedPaper:
    """A stopped document with its stopped pages; `separators` are the sheets before it that were stopped with it."""

    dossier_id: str
    document_id: str
    sheets: tuple[StackSheet, ...]
    separators: tuple[StackSheet, ...] = ()


def stopped_papers(store: Store, dossier_id: str) -> Iterator[StoppedPaper]:
    """Documents of a dossier that are stopped, in order; pages whose dossier is not assembled yet stand for themselves."""
    counts = {row.id: row.page_count for row in store.catalogue.stopped_rows(dossier_id)}
    for stack in stacks_of(store, dossier_id):
        told: set[str] = set()
        for place, sheet in enumerate(stack):
            identifier = document_id(sheet.record.id)
            if identifier in counts:
                sheets = [each for each in stack[place : place + counts[identifier]] if _is_stopped(each)]
                before = tuple(takewhile(_is_stopped_separator, reversed(stack[:place])))
                told |= {each.record.id for each in (*sheets, *before)}
                if sheets:
                    yield StoppedPaper(dossier_id, identifier, tuple(sheets), before)
        for sheet in stack:
            if _is_stopped(sheet) and not _is_stopped_separator(sheet) and sheet.record.id not in told:
                yield StoppedPaper(dossier_id, document_id(sheet.record.id), (sheet,))


def release(store: Store, identifier: str, *, by: str, reason: str) -> StoppedPaper:
    """Let a stopped document be read again.

    Args:
        store: where it is stopped.
        identifier: of the document: no mark on any of its pages counts any more; or of one page: its mark counts no more, and
            the document is read again and stops when another page bears one.
        by: the person who has looked at the paper.
        reason: why it is not secret.

    Raises:
        NotFound: nothing of this id is stopped.
    """
    for record in store.ledger.dossiers():
        for paper in stopped_papers(store, record.id):
            ids = [sheet.record.id for sheet in paper.sheets]
            if identifier in (paper.document_id, *ids):
                waived = ids if identifier == paper.document_id else [identifier]
                stopped = [sheet.record for sheet in (*paper.separators, *paper.sheets)]
                store.releases.release(record.id, paper.document_id, stopped, waived=waived, by=by, reason=reason)
                return paper
    raise NotFound(what="stopped", id=identifier)


def _is_stopped(sheet: StackSheet) -> bool:
    return sheet.record.state is PageState.STOPPED


def _is_stopped_separator(sheet: StackSheet) -> bool:
    return _is_stopped(sheet) and sheet.record.reason is not None and bool(sheet.record.reason.facts.get("separator"))
