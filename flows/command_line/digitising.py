"""`sohoa digitise`: a batch from folder to index, with progress and a table at the end."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from dossier.errors import Unavailable
from dossier.settings import Settings, prefect_api_url
from flows.batch import Batch, BatchReport, Workshop, admit_batch, complete_batch, pending_chunks, run_in_threads
from flows.command_line.console import errors, output
from flows.command_line.language import MESSAGES, say
from flows.command_line.options import IndexOption, StoreOption, settings_with
from flows.command_line.progress_bar import ProgressBar
from flows.command_line.readiness import check_readiness
from flows.folders import ScanFolder, find_folders
from flows.orchestration import NoOrchestrator, run_on_prefect, wanted
from flows.page_pool import PagePool
from flows.reporting import COLUMNS, reasons, table_rows
from flows.watching import watch as watch_folders
from store import Store, open_store

_SET_ASIDE, _FAILURE = 3, 1


def digitise(
    paths: Annotated[list[Path], typer.Argument(help=say("help.paths"))],
    store: StoreOption = None,
    index: IndexOption = None,
    jobs: Annotated[int | None, typer.Option("--jobs", min=0, help=say("help.jobs"))] = None,
    watch: Annotated[bool, typer.Option("--watch", help=say("help.watch"))] = False,
    retry: Annotated[bool, typer.Option("--retry", help=say("help.retry"))] = False,
) -> None:
    """Digitise paths; see the help text in the catalogue."""
    settings = settings_with(store, index, jobs)
    check_readiness(settings.ocr)
    folders = find_folders(paths, settings.intake.ignore)
    if not watch and not any(folder.files for folder in folders):
        raise typer.BadParameter(say("cli.nothing", path=", ".join(map(str, paths))))
    with open_store(settings.store, create=True) as opened, opened.writing():
        if watch:
            _watch(paths, settings, opened)
        else:
            _leave_with(_run(folders, settings, opened, retry=retry))


def _run(
    folders: Sequence[ScanFolder], settings: Settings, store: Store, *, retry: bool = False, watching: bool = False
) -> BatchReport:
    jobs = settings.flows.jobs or len(os.sched_getaffinity(0))
    with PagePool(jobs, store.shelf, settings.ocr, settings.intake) as pool, ProgressBar() as bar:
        workshop = Workshop(settings, store, pool, bar)
        batch = admit_batch(folders, workshop, retry=retry)
        if batch.pages and wanted(settings.flows, batch.pages, watching=watching):
            report = _orchestrated(batch, folders, workshop)
        else:
            report = complete_batch(batch, workshop, run_in_threads)
    _show(report, store)
    return report


def read_again(dossier_id: str, settings: Settings, store: Store) -> None:
    """Read the pages of a dossier that wait, without its scans: the store has its originals. Leaves with the exit code.

    Raises:
        typer.Exit: the code, when something was set aside or stopped or the index is away.
    """
    jobs = settings.flows.jobs or len(os.sched_getaffinity(0))
    with PagePool(jobs, store.shelf, settings.ocr, settings.intake) as pool, ProgressBar() as bar:
        workshop = Workshop(settings, store, pool, bar)
        record = store.ledger.dossier(dossier_id)
        report = complete_batch(Batch((record,), tuple(pending_chunks(record, workshop))), workshop, run_in_threads)
    _show(report, store)
    _leave_with(report)


def _orchestrated(batch: Batch, folders: Sequence[ScanFolder], workshop: Workshop) -> BatchReport:
    """On Prefect; where nobody asked for Prefect and its server does not come up, in this process."""
    try:
        return run_on_prefect(batch, workshop)
    except NoOrchestrator as error:
        if workshop.settings.flows.engine == "prefect" or prefect_api_url() is not None:
            raise
        errors.print(say("cli.no_prefect", detail=error.facts["detail"]), style="yellow", markup=False)
        return complete_batch(admit_batch(folders, workshop), workshop, run_in_threads)


def _watch(paths: Sequence[Path], settings: Settings, store: Store) -> None:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    errors.print(say("cli.watching", path=", ".join(map(str, paths))))
    watch_folders(paths, settings.intake, lambda folders: _take(folders, settings, store), stop)


def _take(folders: Sequence[ScanFolder], settings: Settings, store: Store) -> bool:
    """One look's worth of work; answers False when what heals by itself has to be tried again."""
    try:
        return _run(folders, settings, store, watching=True).index_problem is None
    except Unavailable as error:
        errors.print(MESSAGES.error(error), style="yellow")
        return False


def _leave_with(report: BatchReport) -> None:
    if report.index_problem is not None:
        raise typer.Exit(_FAILURE)
    if report.needs_a_person:
        raise typer.Exit(_SET_ASIDE)


def _show(report: BatchReport, store: Store) -> None:
    table = Table(title=say("table.title"), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    rows = table_rows(report)
    columns = [column for column in COLUMNS if column != "separator" or any(row[column] for row in rows)]
    for column in columns:
        label = say(f"table.{column}")
        if column == "dossier":
            table.add_column(label, overflow="fold", ratio=1)
        else:  # a word of the heading never breaks; the numbers under it are shorter
            table.add_column(label.replace(" ", "\n"), justify="right", no_wrap=True)
    for position, row in enumerate(rows, start=1):
        table.add_row(*(str(row[column]) for column in columns), end_section=position == len(rows))
    if len(rows) > 1:
        table.add_row(say("table.total"), *(str(sum(int(row[column]) for row in rows)) for column in columns[1:]))
    output.print(table)
    left = reasons(report, store, MESSAGES)
    if left:
        wanting = Table(title=say("table.reasons"), box=SIMPLE_HEAD, padding=(0, 1, 1, 0))
        for column in ("dossier", "place", "reason"):
            wanting.add_column(say(f"table.{column}"), overflow="fold")
        for one in left:
            wanting.add_row(*one)
        output.print(wanting)
    if report.index_problem is not None:
        errors.print(say("cli.index_waits", problem=MESSAGES.error(report.index_problem)), style="yellow")
