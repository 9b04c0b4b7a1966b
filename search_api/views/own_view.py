"""What a person keeps: saved questions, exported lists. In: rows of the store. Out: values for `saved.html` and `exports.html`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dossier.errors import BadQuery
from dossier.messages import Messages
from indexer import GRAMMAR, interpret, parse_query
from search_api.asking import BOUNDS, FILTERS
from search_api.exports.orders import ExportOrder
from search_api.presentation import Links, written_date
from store import ExportJob, ExportState, SavedSearch

_OPEN = frozenset({ExportState.WAITING, ExportState.RUNNING})


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved question; `changed`: the query language reads its words in another way now."""

    id: str
    name: str
    href: str
    interpreted: str
    filters: list[str]
    day: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ExportView:
    """A list that was ordered; `file` once it is there."""

    kind: str
    words: str
    state: str
    waiting: bool
    file: str | None
    reason: str
    made: str
    kept_until: str


def saved_view(rows: Sequence[SavedSearch], *, messages: Messages, link: Links) -> list[SavedView]:
    """Saved questions, newest first."""
    return [_saved(row, messages, link) for row in reversed(rows)]


def _saved(row: SavedSearch, messages: Messages, link: Links) -> SavedView:
    asked: dict[str, Any] = json.loads(row.question)
    pairs = [(name, str(one)) for name, value in asked.items() for one in (value if isinstance(value, list) else [value])]
    # What another program saved may ask for more documents at once than a page shows.
    kept = [(name, value.lower() if name == "wide" else value) for name, value in pairs if name != "limit"]
    filters = [f"{messages.text(f'web_filter.{name}')}: {value}" for name, value in kept if name in FILTERS or name in BOUNDS]
    changed = row.grammar != GRAMMAR and _read(asked) != row.interpreted
    return SavedView(
        row.id, row.name, link("/", kept or [("sort", "relevance")]), row.interpreted, filters, _day(row.created_at), changed
    )


def _read(asked: dict[str, Any]) -> str:
    """How the words are read now."""
    try:
        return interpret(parse_query(str(asked.get("q", ""))), wide=bool(asked.get("wide")))
    except BadQuery:
        return ""


def exports_view(jobs: Sequence[ExportJob], *, messages: Messages) -> list[ExportView]:
    """Exports, newest first."""
    return [_export(job, messages) for job in jobs]


def _export(job: ExportJob, messages: Messages) -> ExportView:
    order = ExportOrder.model_validate_json(job.order)
    done = job.state is ExportState.DONE
    state = messages.text(f"web_export.{job.state.value}", rows=job.rows, total=job.total if job.total is not None else "…")
    return ExportView(
        kind=order.kind.value.upper(),
        words=order.search.q or messages.text("web.every_document"),
        state=state,
        waiting=job.state in _OPEN,
        file=f"/v1/exports/{job.id}/file" if done else None,
        reason=messages.text(job.reason) if job.reason else "",
        made=_day(job.created_at),
        kept_until=_day(datetime.fromtimestamp(job.expires_s, UTC).isoformat(timespec="minutes")),
    )


def _day(moment: str) -> str:
    """A moment of the ledger (UTC) as the clocks here show it."""
    local = datetime.fromisoformat(moment).astimezone()
    return written_date(local.isoformat(timespec="minutes"))
