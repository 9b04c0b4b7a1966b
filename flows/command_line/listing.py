"""`sohoa list`: the lists of dossiers and of the documents in one, in the forms of NĐ 30/2020 PL V."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from archive import Compiler, ListForm, ListFormat, list_of_documents, list_of_dossiers, write_list
from dossier.errors import NotFound
from flows.command_line.console import output
from flows.command_line.language import say
from flows.command_line.options import StoreOption, settings_with
from store import Store, open_store


def list_papers(
    out: Annotated[Path, typer.Option("--out", "-o", help=say("help.list_out"), dir_okay=False)],
    dossiers: Annotated[list[str] | None, typer.Argument(help=say("help.list_dossiers"))] = None,
    form: Annotated[ListForm, typer.Option("--form", help=say("help.list_form"))] = ListForm.DOCUMENTS,
    organ: Annotated[str, typer.Option("--agency", help=say("help.list_agency"))] = "",
    place: Annotated[str, typer.Option("--place", help=say("help.list_place"))] = "",
    compiler: Annotated[str, typer.Option("--compiler", help=say("help.list_compiler"))] = "",
    store: StoreOption = None,
) -> None:
    """Write a list; see the help text in the catalogue."""
    try:
        kind = ListFormat(out.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise typer.BadParameter(say("cli.list_suffix"), param_hint="--out") from error
    signed = Compiler(organ, place, datetime.now().astimezone().date(), compiler)
    with open_store(settings_with(store).store) as opened:
        chosen = [opened.dossier(identifier) for identifier in chosen_dossiers(opened, dossiers or [])]
    if form is ListForm.DOCUMENTS:
        if len(chosen) != 1:
            raise typer.BadParameter(say("cli.list_one_dossier", count=len(chosen)))
        made = list_of_documents(chosen[0], signed)
    else:
        made = list_of_dossiers(chosen, signed)
    write_list(made, out, kind)
    output.print(say("cli.list_written", path=str(out), count=len(made.rows)))


def chosen_dossiers(store: Store, names: list[str]) -> list[str]:
    """Ids of the dossiers named by id or by name, all without a name; a name that two bear is asked for by id."""
    records = store.ledger.dossiers()
    if not names:
        return [record.id for record in records]
    chosen = []
    for name in names:
        found = [record.id for record in records if name == record.id] or [record.id for record in records if name == record.name]
        if not found:
            raise NotFound(what="dossier", id=name)
        if len(found) > 1:
            raise typer.BadParameter(say("cli.list_several", name=name, ids=", ".join(found)))
        chosen += found
    return chosen
