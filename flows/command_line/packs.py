"""`sohoa packs`: which data packs there are, what one holds, how well they read samples."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from dossier.errors import NotFound
from dossier.model import Page, PageScan
from dossier.settings import Settings, load_settings
from flows.command_line.console import output
from flows.command_line.language import LANGUAGE, say
from flows.command_line.readiness import check_readiness
from flows.pack_trial import PaperTrial, try_packs
from metadata.packs import Pack, load_packs
from ocr import open_reader, open_scan, read_page

_FAILURE = 1


class PackAction(StrEnum):
    """What to do with packs."""

    LIST = "list"
    SHOW = "show"
    TEST = "test"


def packs(
    action: Annotated[PackAction, typer.Argument(help=say("help.packs_action"))],
    pack: Annotated[str | None, typer.Option("--pack", help=say("help.packs_pack"))] = None,
    samples: Annotated[Path | None, typer.Option("--samples", help=say("help.packs_samples"), file_okay=False)] = None,
    limit: Annotated[float, typer.Option("--limit", help=say("help.packs_limit"), min=0.0, max=1.0)] = 0.9,
    folder: Annotated[Path | None, typer.Option("--packs", help=say("help.packs_folder"), file_okay=False)] = None,
) -> None:
    """List, show or test data packs; see the help text in the catalogue."""
    settings = load_settings()
    known = load_packs(folder or settings.metadata.packs)
    if pack is not None and all(each.id != pack for each in known):
        raise NotFound(what="pack", id=pack)
    if action is PackAction.LIST:
        output.print(_list(known))
    elif action is PackAction.SHOW:
        if pack is None:
            raise typer.BadParameter(say("packs.needs_pack", known=", ".join(each.id for each in known)))
        _show(next(each for each in known if each.id == pack))
    else:
        if samples is None:
            raise typer.BadParameter(say("packs.needs_samples"))
        _test(known, samples, settings, only=pack, limit=limit)


def _list(known: Sequence[Pack]) -> Table:
    table = Table()
    for column in ("id", "name", "papers", "fields", "access", "retention"):
        table.add_column(say(f"packs.{column}"), overflow="fold")
    for pack in known:
        name = pack.name if LANGUAGE == "vi" else pack.name_en
        fields = str(sum(len(paper.fields) for paper in pack.papers))
        table.add_row(pack.id, name, str(len(pack.papers)), fields, pack.access, _term(pack))
    return table


def _term(pack: Pack) -> str:
    term = pack.retention.term
    return term if pack.retention.checked else say("packs.unchecked", term=term)


def _show(pack: Pack) -> None:
    output.print(f"{pack.id}: {pack.name} ({pack.name_en})", markup=False)
    output.print(f"{say('packs.access')}: {pack.access}. {say('packs.retention')}: {_term(pack)}", markup=False)
    output.print(say("packs.source", source=pack.retention.source), markup=False)
    for requirement in pack.required:
        papers = ", ".join(" | ".join(alternatives) for alternatives in requirement.papers)
        key = "packs.required" if requirement.when is None else "packs.required_when"
        output.print(say(key, papers=papers, when=requirement.when), markup=False)
    for paper in pack.papers:
        table = Table(title=f"{paper.id}: {paper.name}")
        for column in ("field", "label", "kind", "personal"):
            table.add_column(say(f"packs.{column}"), overflow="fold")
        for rule in paper.fields:
            table.add_row(rule.name, rule.label, rule.kind.value, say(f"packs.personal_{rule.personal.value}"))
        output.print(table)


def _test(known: Sequence[Pack], samples: Path, settings: Settings, *, only: str | None, limit: float) -> None:
    """Read the samples and say which fields are wrong; exit code 1 below the limit."""
    if not samples.is_dir():
        raise NotFound(what="path", id=str(samples))
    check_readiness(settings.ocr)
    reader = open_reader(settings.ocr, settings.intake)

    def read(path: Path) -> list[Page]:
        scan = open_scan(path, settings.intake)
        numbers = range(1, scan.page_count + 1)
        return [read_page(PageScan(scan.path, scan.sha256, scan.format, number), reader).page for number in numbers]

    trials: list[PaperTrial] = []
    for trial in try_packs(samples, known, read, only=only):
        trials.append(trial)
        _tell(trial, samples)
    if not trials:
        output.print(say("packs.no_samples", path=samples), markup=False)
        raise typer.Exit(_FAILURE)
    right = sum(field.right for trial in trials for field in trial.fields)
    total = sum(len(trial.fields) for trial in trials)
    share = right / total if total else 1.0
    recognised = sum(trial.recognised for trial in trials)
    summary = say("packs.score", right=right, total=total, share=f"{share:.1%}", known=recognised, papers=len(trials))
    output.print(summary, markup=False)
    output.print(say("packs.passed" if share >= limit else "packs.failed", limit=f"{limit:.0%}"), markup=False)
    if share < limit:
        raise typer.Exit(_FAILURE)


def _tell(trial: PaperTrial, samples: Path) -> None:
    """One line a scan, and a table of its wrong fields."""
    right = sum(field.right for field in trial.fields)
    if trial.recognised:
        state = say("packs.recognised")
    elif trial.record is None:
        state = say("packs.not_recognised")
    else:
        state = say("packs.wrong_paper", paper=f"{trial.record.pack}/{trial.record.paper}")
    output.print(f"{trial.file.relative_to(samples)}: {state}, {right}/{len(trial.fields)}", markup=False)
    wrong = [field for field in trial.fields if not field.right]
    if not wrong or not trial.recognised:
        return
    table = Table()
    for column in ("field", "expected", "found", "confidence"):
        table.add_column(say(f"packs.{column}"), overflow="fold")
    for field in wrong:
        value, sure = (field.found.value, f"{field.found.confidence:.2f}") if field.found else (say("packs.nothing"), "")
        table.add_row(field.name, field.expected, value, sure)
    output.print(table)
