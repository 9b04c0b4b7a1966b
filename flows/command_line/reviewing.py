"""`sohoa review`: what a person should look at in each dossier, worst first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.table import Table

from dossier.model import Document, Dossier, Doubt, page_number
from flows.command_line.console import output, write
from flows.command_line.language import say
from flows.command_line.listing import chosen_dossiers
from flows.command_line.options import JsonOption, StoreOption, settings_with
from metadata import worst_first
from store import Store, open_store

_ISO_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


@dataclass(frozen=True, slots=True)
class _Item:
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
        items = [item for dossier in read for item in (*_of_dossier(dossier), *_of_documents(dossier, opened))]
    if as_json:
        rows = [{name: getattr(item, name) for name in _Item.__slots__} for item in items]
        write(json.dumps({"items": rows}, ensure_ascii=False, indent=1) + "\n")
        return
    if not items:
        output.print(say("cli.review_nothing"))
    for dossier in read:
        _show(dossier, [item for item in items if item.dossier_id == dossier.id])


def _of_dossier(dossier: Dossier) -> Iterator[_Item]:
    """Papers that the dossier's own list or its type asks for and that are not there; papers that its list does not name."""
    findings = dossier.findings
    for row in findings.listing:
        if row.document_id is None:
            number, subject = (found.value if found else "" for found in (row.number, row.subject))
            page = row.number or row.subject
            facts = {"ordinal": row.ordinal, "number": number, "subject": subject}
            yield _Item(dossier.id, "", page.page_id if page else "", "", "paper_missing", say("review.paper_missing", **facts))
    for completeness in findings.completeness:
        for paper in completeness.missing:
            yield _Item(dossier.id, "", "", "", "required_missing", say("review.required_missing", paper=paper))
    for document in dossier.documents:
        if document.id in findings.extra:
            yield _item(dossier, document, "paper_extra", say("review.paper_extra"))


def _of_documents(dossier: Dossier, store: Store) -> Iterator[_Item]:
    for document in dossier.documents:
        same = set(store.links.same_as(document.id))
        for other in sorted(same):
            yield _item(dossier, document, "same_number", say("review.same_number", id=other))
        for other, likeness in store.links.rescans(document.id):
            if other not in same:
                yield _item(dossier, document, "same_text", say("review.same_text", id=other, likeness=f"{100 * likeness:.0f}"))
    for document in worst_first(dossier.documents):
        for doubt in document.doubts:
            yield _item(dossier, document, doubt.code, _sentence(doubt))


def _sentence(doubt: Doubt) -> str:
    facts = {name: _day_first(value) for name, value in doubt.facts.items()}
    return say(f"doubt.{doubt.code}", **{**facts, "field": say(f"field.{doubt.field}")})


def _day_first(text: str) -> str:
    """A day or month as Vietnamese papers write it."""
    return "/".join(reversed(text.split("-"))) if _ISO_DAY.fullmatch(text) else text


def _item(dossier: Dossier, document: Document, code: str, sentence: str) -> _Item:
    names = {file.sha256[:32]: file.name for file in dossier.files}
    file, _, _ = document.page_ids[0].rpartition("-")
    kind = document.number or (document.type_name.value if document.type_name else "")
    place = say("review.place", file=names.get(file, file), page=page_number(document.page_ids[0]))
    label = f"{kind}\n{place}".strip()
    return _Item(dossier.id, document.id, document.page_ids[0], label, code, sentence)


def _show(dossier: Dossier, items: list[_Item]) -> None:
    if not items:
        return
    table = Table(title=f"{dossier.name}: {len(items)}", title_justify="left", show_lines=False)
    for column in ("document", "look"):
        table.add_column(say(f"review.{column}"), overflow="fold")
    before = None
    for item in items:
        table.add_row("" if item.document_id == before else item.label, item.sentence)
        before = item.document_id
    output.print(table)
