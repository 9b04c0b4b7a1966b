"""Options that several commands share, and the settings they change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dossier.settings import Settings, load_settings
from flows.command_line.language import say


class IndexChoice(StrEnum):
    """Search engines."""

    EMBEDDED = "embedded"
    ELASTICSEARCH = "elasticsearch"


StoreOption = Annotated[Path | None, typer.Option("--store", help=say("help.store"), file_okay=False)]
IndexOption = Annotated[IndexChoice | None, typer.Option("--index", help=say("help.index"))]
JsonOption = Annotated[bool, typer.Option("--json", help=say("help.json"))]
FileArgument = Annotated[Path, typer.Argument(help=say("help.file"))]


def settings_with(store: Path | None = None, index: IndexChoice | None = None, jobs: int | None = None) -> Settings:
    """The settings of the environment with what the command line says instead."""
    settings = load_settings()
    if store is not None:
        settings = settings.model_copy(update={"store": settings.store.model_copy(update={"folder": store})})
    if index is not None:
        settings = settings.model_copy(update={"index": settings.index.model_copy(update={"engine": index.value})})
    if jobs is not None:
        settings = settings.model_copy(update={"flows": settings.flows.model_copy(update={"jobs": jobs})})
    return settings
