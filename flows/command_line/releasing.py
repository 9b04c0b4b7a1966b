"""`sohoa release`: what is stopped for secrecy, and letting go what was stopped by mistake."""

from __future__ import annotations

import getpass
from collections import defaultdict
from typing import Annotated

import typer
from rich.table import Table

from flows.command_line.console import output
from flows.command_line.digitising import read_again
from flows.command_line.language import say
from flows.command_line.options import IndexOption, StoreOption, settings_with
from flows.command_line.readiness import check_readiness
from flows.releasing import StoppedPaper, release, stopped_papers
from store import Store, open_store


def release_paper(
    identifier: Annotated[str | None, typer.Argument(metavar="ID", help=say("help.release_id"))] = None,
    reason: Annotated[str, typer.Option("--reason", help=say("help.release_reason"))] = "",
    by: Annotated[str, typer.Option("--by", help=say("help.release_by"))] = "",
    store: StoreOption = None,
    index: IndexOption = None,
) -> None:
    """Release a paper; see the help text in the catalogue."""
    settings = settings_with(store, index)
    if identifier is None:
        with open_store(settings.store) as opened:
            _show(opened)
        return
    if not reason.strip():
        raise typer.BadParameter(say("cli.release_no_reason"), param_hint="--reason")
    person = by.strip() or _user()
    check_readiness(settings.ocr)
    with open_store(settings.store) as opened, opened.writing():
        paper = release(opened, identifier, by=person, reason=reason.strip())
        output.print(say("cli.released", id=paper.document_id, count=len(paper.sheets), person=person), markup=False)
        read_again(paper.dossier_id, settings, opened)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # no name for this user on this machine
        raise typer.BadParameter(say("cli.release_nobody"), param_hint="--by") from error


def _show(store: Store) -> None:
    papers = [(record.name, paper) for record in store.ledger.dossiers() for paper in stopped_papers(store, record.id)]
    if not papers:
        output.print(say("cli.release_nothing"))
    else:
        output.print(
            _table("stopped", ("dossier", "id", "pages"), [(name, paper.document_id, _pages(paper)) for name, paper in papers])
        )
    log = [(e.released_at, e.released_by, e.document_id, e.reason) for e in store.releases.log() if e.waived]
    if log:
        output.print(_table("log", ("when", "who", "id", "why"), list(dict.fromkeys(log))))


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(title=say(f"release.{title}"), title_justify="left")
    for column in columns:
        table.add_column(say(f"release.{column}"), overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _pages(paper: StoppedPaper) -> str:
    numbers: dict[str, list[int]] = defaultdict(list)
    for sheet in paper.sheets:
        numbers[sheet.file.name].append(sheet.record.number)
    rows = (say("table.page_of", file=file, number=", ".join(map(str, pages))) for file, pages in numbers.items())
    return "\n".join(rows)
