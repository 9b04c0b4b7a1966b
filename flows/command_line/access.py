"""`sohoa access`: who may see a dossier or document (quyền khai thác), and who has seen it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from dossier.errors import NotFound, Unavailable
from dossier.model import GivenAccess
from dossier.settings import Settings
from flows.command_line.access_options import ByOption, LevelChoice, access_words, groups_of, person
from flows.command_line.console import output
from flows.command_line.language import MESSAGES, say
from flows.command_line.listing import chosen_dossiers
from flows.command_line.options import IndexOption, StoreOption, settings_with
from flows.publishing import index_place, publish
from indexer import open_index
from store import Store, open_store

access = typer.Typer(help=say("help.access"), no_args_is_help=True)

Item = Annotated[str, typer.Argument(metavar="ID", help=say("help.access_id"))]


@access.command("show", help=say("help.access_show"))
def show(item: Item, store: StoreOption = None) -> None:
    """What holds for a document or for each document of a dossier, and what people decided."""
    with open_store(settings_with(store).store) as opened:
        subject, documents = _subject(opened, item)
        held = opened.access.of_many(documents)
        decisions = opened.access.decisions(subject)
    table = _table("held", ("document", "groups", "level", "open_from"))
    for document in documents:
        table.add_row(document, *access_words(held[document]))
    output.print(table)
    if decisions:
        table = _table("decisions", ("when", "who", "groups", "level", "open_from", "why"))
        for one in decisions:
            table.add_row(one.decided_at, one.decided_by, *access_words(one.given), one.reason)
        output.print(table)


@access.command("set", help=say("help.access_set"))
def set_access(
    item: Item,
    groups: Annotated[str | None, typer.Option("--groups", help=say("help.access_groups"))] = None,
    level: Annotated[LevelChoice | None, typer.Option("--level", help=say("help.access_level"))] = None,
    open_from: Annotated[
        datetime | None, typer.Option("--open-from", formats=["%d/%m/%Y", "%Y-%m-%d"], help=say("help.access_from"))
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help=say("help.access_reason"))] = "",
    by: ByOption = "",
    store: StoreOption = None,
    index: IndexOption = None,
) -> None:
    """Decide; without any of groups, level and day a decision is taken back."""
    if not reason.strip():
        raise typer.BadParameter(say("access.no_reason"), param_hint="--reason")
    given = GivenAccess(
        None if groups is None else groups_of(groups),
        None if level is None else level.level,
        None if open_from is None else int(f"{open_from:%Y%m%d}"),
    )
    settings = settings_with(store, index)
    with open_store(settings.store) as opened:
        subject, documents = _subject(opened, item)
        decide = opened.access.set_document if documents == [subject] else opened.access.set_dossier
        decide(subject, given, by=person(by), reason=reason.strip())
        output.print(say("access.decided", id=subject, count=len(documents)), markup=False)
        _tell_index(settings, opened)


@access.command("visits", help=say("help.access_visits"))
def visits(
    item: Annotated[str, typer.Argument(metavar="[ID]", help=say("help.access_visited"))] = "",
    who: Annotated[str, typer.Option("--who", help=say("help.access_who"))] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help=say("help.limit"))] = 100,
    store: StoreOption = None,
) -> None:
    """Who saw what, newest first."""
    with open_store(settings_with(store).store) as opened:
        seen = opened.visits.of(item, who=who, limit=limit)
    table = _table("visits", ("when", "who", "what", "item", "address"))
    for visit in seen:
        table.add_row(visit.at, visit.who, visit.what, visit.item, visit.address)
    output.print(table if seen else say("access.no_visits"))


def _subject(store: Store, item: str) -> tuple[str, list[str]]:
    """The id meant, and the documents it is about: a document by id, a dossier by id or name."""
    try:
        return store.catalogue.row(item).id, [item]
    except NotFound:
        (dossier_id,) = chosen_dossiers(store, [item])
        return dossier_id, [row.id for row in store.catalogue.rows(dossier_id)]


def _tell_index(settings: Settings, store: Store) -> None:
    """At once: until the index knows, a count may still tell of what was closed."""
    try:
        index = open_index(settings.index, store.folder / "index")
        try:
            publish(store, index, index_place(settings, store))
        finally:
            index.close()
    except Unavailable as error:
        output.print(say("cli.index_waits", problem=MESSAGES.error(error)), style="yellow", markup=False)


def _table(title: str, columns: tuple[str, ...]) -> Table:
    table = Table(title=say(f"access.{title}"), title_justify="left")
    for column in columns:
        table.add_column(say(f"access.{column}"), overflow="fold")
    return table
