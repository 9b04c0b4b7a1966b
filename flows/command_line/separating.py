"""`sohoa separators`: separator sheets to be printed and laid between papers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from dossier.text import fold
from flows.command_line.console import output
from flows.command_line.language import say
from metadata import SEPARATOR_KEYS, BadSeparator, separator_content
from ocr import SeparatorSheet, print_separators


def separators(
    file: Annotated[Path, typer.Argument(help=say("help.separators_file"), dir_okay=False)],
    fields: Annotated[list[str] | None, typer.Option("--set", help=say("help.separators_set"))] = None,
    table: Annotated[Path | None, typer.Option("--table", help=say("help.separators_table"), exists=True, dir_okay=False)] = None,
    count: Annotated[int, typer.Option("--count", min=1, max=500, help=say("help.separators_count"))] = 1,
) -> None:
    """Print separator sheets; see the help text in the catalogue."""
    common = dict(_pair(text) for text in fields or ())
    sheets = [_sheet(common)] if table is None else list(_sheets(table, common))
    repeated = [sheet for sheet in sheets for _ in range(count)]
    try:
        data = print_separators(repeated)
    except ValueError as error:
        raise typer.BadParameter(say("separator.too_long")) from error
    try:
        file.write_bytes(data)
    except OSError as error:
        raise typer.BadParameter(say("separator.cannot_write", path=file, detail=error.strerror or error)) from error
    output.print(say("separator.printed", count=len(repeated), path=file), markup=False, soft_wrap=True)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(say("separator.bad_pair", text=text))
    return _key(name), value


def _key(name: str) -> str:
    """The key that somebody names by itself or by the words printed on the sheet."""
    wanted = fold(name.strip())
    return next((key for key in SEPARATOR_KEYS if wanted in (key, fold(say(f"separator.{key}")))), name.strip())


def _sheets(table: Path, common: dict[str, str]) -> Iterator[SeparatorSheet]:
    """One sheet a line of the table; cells that are empty say nothing."""
    try:
        text = table.read_text(encoding="utf-8-sig")
        signs = text.partition("\n")[0].count
        rows = list(csv.reader(io.StringIO(text), delimiter=max(";\t,", key=signs)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise typer.BadParameter(say("separator.bad_table", path=table, detail=error)) from error
    heads = [_key(name) for name in rows[0]] if rows else []
    if not any(any(cell.strip() for cell in row) for row in rows[1:]):
        raise typer.BadParameter(say("separator.no_rows", path=table))
    for line, row in enumerate(rows[1:], start=2):
        values = {key: cell for key, cell in zip(heads, row, strict=False) if cell.strip()}
        if values:
            try:
                yield _sheet({**common, **values})
            except typer.BadParameter as problem:
                raise typer.BadParameter(say("separator.in_row", line=line, problem=problem.message)) from problem


def _sheet(values: dict[str, str]) -> SeparatorSheet:
    try:
        content, bars = separator_content(values), separator_content(values, ascii_only=True)
    except BadSeparator as problem:
        known = ", ".join(SEPARATOR_KEYS)
        raise typer.BadParameter(say(f"separator.{problem.code}", key=problem.key, keys=known)) from problem
    return SeparatorSheet(
        content=content,
        bars=bars,
        marker=separator_content({}),
        title=say("separator.heading"),
        rows=tuple(f"{say(f'separator.{key}')}: {value.strip()}" for key, value in values.items()),
        note=say("separator.note" if values else "separator.note_bare"),
    )
