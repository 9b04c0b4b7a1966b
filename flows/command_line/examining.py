"""`sohoa status`, `sohoa reindex`, `sohoa doctor`: what the ledger says, the index anew, what the machine has."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from typing import Annotated

import typer
from rich.table import Table

from archive import print_font
from dossier.errors import MissingTool, NotFound, Unavailable
from dossier.settings import Settings
from flows.assembly import assemble_all
from flows.command_line.console import output, write
from flows.command_line.index_state import index_rows, index_state
from flows.command_line.language import MESSAGES, say
from flows.command_line.options import IndexOption, JsonOption, StoreOption, settings_with
from flows.publishing import index_place, rebuild
from indexer import open_index
from ocr import check_tools
from store import Counts, open_store

_FAILURE = 1


def status(as_json: JsonOption = False, store: StoreOption = None, index: IndexOption = None) -> None:
    """Show the ledger's counts; see the help text in the catalogue."""
    settings = settings_with(store, index)
    with open_store(settings.store) as opened:
        counts = opened.counts()
        report = _plain(counts) | {"index": index_state(settings, opened)}
    if as_json:
        write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    else:
        _show_counts(report, adds_up=counts.adds_up)
    if not counts.adds_up:
        raise typer.Exit(_FAILURE)


def reindex(
    again: Annotated[bool, typer.Option("--documents", help=say("help.reindex_documents"))] = False,
    store: StoreOption = None,
    index: IndexOption = None,
) -> None:
    """Rebuild the index from the store; see the help text in the catalogue."""
    settings = settings_with(store, index)
    with open_store(settings.store) as opened:
        if again:
            with opened.writing():
                assemble_all(opened, settings.metadata, settings.access)
        engine = open_index(settings.index, opened.folder / "index")
        try:
            count = rebuild(opened, engine, index_place(settings, opened))
        finally:
            engine.close()
    output.print(say("cli.reindexed", count=count))


def doctor(store: StoreOption = None, index: IndexOption = None) -> None:
    """Check the machine; see the help text in the catalogue."""
    settings = settings_with(store, index)
    rows = [(True, True, "python", platform.python_version(), "")]
    rows += [(tool.present, tool.needed, tool.key, tool.version, tool.install) for tool in check_tools(settings.ocr)]
    rows += [_font_row(), (True, True, "prefect", version("prefect"), ""), _store_row(settings), _index_row(settings)]
    table = Table()
    for column in ("tool", "state", "version", "install"):
        table.add_column(say(f"doctor.{column}"), overflow="fold")
    for present, _, key, number, install in rows:
        state = say("doctor.ok") if present else f"[red]{say('doctor.missing')}[/red]"
        table.add_row(say(f"doctor.{key}"), state, number, "" if present else install)
    output.print(table)
    well = all(present or not needed for present, needed, *_ in rows)
    output.print(say("doctor.all_well" if well else "doctor.not_well"))
    if not well:
        raise typer.Exit(_FAILURE)


def _font_row() -> tuple[bool, bool, str, str, str]:
    """Lists are printed with it; everything else goes without."""
    try:
        return True, False, "print_font", print_font(), ""
    except MissingTool as error:
        return False, False, "print_font", "", str(error.facts["install"])


def _plain(counts: Counts) -> dict[str, object]:
    return {
        "dossiers": counts.dossiers,
        "files": {state.value: count for state, count in counts.files.items()},
        "pages": {"expected": counts.pages_expected, **{state.value: count for state, count in counts.pages.items()}},
        "documents": counts.documents,
        "documents_stopped": counts.documents_stopped,
        "adds_up": counts.adds_up,
    }


def _show_counts(report: dict[str, object], *, adds_up: bool) -> None:
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for key, value in report.items():
        if key == "index" and isinstance(value, dict):
            for row in index_rows(value):
                table.add_row(*row)
        elif isinstance(value, dict):
            for name, count in value.items():
                table.add_row(say(f"status.{key}_{name}"), str(count))
        elif key != "adds_up":
            table.add_row(say(f"status.{key}"), str(value))
    output.print(table)
    output.print(say("status.adds_up" if adds_up else "status.does_not_add_up"), style="green" if adds_up else "red")


def _store_row(settings: Settings) -> tuple[bool, bool, str, str, str]:
    folder = settings.store.folder.resolve()
    try:
        with open_store(settings.store):
            return True, True, "store", str(folder), ""
    except NotFound:
        return True, True, "store", say("doctor.store_absent"), ""
    except Unavailable as error:
        return False, True, "store", str(folder), MESSAGES.error(error)


def _index_row(settings: Settings) -> tuple[bool, bool, str, str, str]:
    folder = settings.store.folder.resolve()
    if settings.index.engine == "embedded" and not (folder / "index").exists():
        return True, True, "index", f"embedded (tantivy {version('tantivy')})", ""
    try:
        engine = open_index(settings.index, folder / "index")
    except Unavailable as error:
        return False, True, "index", settings.index.engine, MESSAGES.error(error)
    health = engine.health()
    engine.close()
    detail = MESSAGES.in_words(health.detail)
    return health.ready, True, "index", detail, detail
