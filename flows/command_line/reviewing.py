"""`sohoa review`: what a person should look at in each dossier, worst first."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.table import Table

from dossier.model import Document, Dossier, page_number
from dossier.review import sentence, things_to_look_at
from flows.command_line.console import output, write
from flows.command_line.language import MESSAGES, say
from flows.command_line.listing import chosen_dossiers
from flows.command_line.options import JsonOption, StoreOption, settings_with
from store import Store, open_store


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing to look at: where (document and its first page, "" for the dossier itself) and what."""

    dossier_id: str
    document_id: str
    page_id: str
    label: str
    code: str
    sentence: str


def review(
    dossiers: Annotated[list[str] | None, typer.Argument(help=say("help.list_dossiers"))] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show what is to be looked at; see the help text in the catalogue."""
    with open_store(settings_with(store).store) as opened:
        read = [opened.dossier(identifier) for identifier in chosen_dossiers(opened, dossiers or [])]
        rows = [row for dossier in read for row in _rows(dossier, opened)]
    if as_json:
        write(json.dumps({"items": [asdict(row) for row in rows]}, ensure_ascii=False, indent=1) + "\n")
        return
    if not rows:
        output.print(say("cli.review_nothing"))
    for dossier in read:
        _show(dossier, [row for row in rows if row.dossier_id == dossier.id])


def _rows(dossier: Dossier, store: Store) -> list[_Row]:
    labels = {document.id: _label(dossier, document) for document in dossier.documents}
    return [
        _Row(dossier.id, item.document_id, item.page_id, labels.get(item.document_id, ""), item.code, sentence(item, MESSAGES))
        for item in things_to_look_at(dossier, store.links)
    ]


def _label(dossier: Dossier, document: Document) -> str:
    names = {file.sha256[:32]: file.name for file in dossier.files}
    file, _, _ = document.page_ids[0].rpartition("-")
    kind = document.number or (document.type_name.value if document.type_name else "")
    place = say("review.place", file=names.get(file, file), page=page_number(document.page_ids[0]))
    return f"{kind}\n{place}".strip()


def _show(dossier: Dossier, rows: list[_Row]) -> None:
    if not rows:
        return
    table = Table(title=f"{dossier.name}: {len(rows)}", title_justify="left", show_lines=False)
    for column in ("document", "look"):
        table.add_column(say(f"review.{column}"), overflow="fold")
    before = None
    for row in rows:
        table.add_row("" if row.document_id == before else row.label, row.sentence)
        before = row.document_id
    output.print(table)
