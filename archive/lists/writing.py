"""Writes a list as a spreadsheet (XLSX), for print (PDF), as CSV or as JSON, atomically.

In: a `PrintedList` and a path. Out: a file; a half-written one never bears the name.
"""

from __future__ import annotations

import csv
import json
from enum import StrEnum
from pathlib import Path

from archive.lists.forms import PrintedList


class ListFormat(StrEnum):
    """File formats of lists."""

    XLSX = "xlsx"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


def write_list(made: PrintedList, path: Path, kind: ListFormat) -> None:
    """Write a list to `path`, replacing what lies there.

    Raises:
        MissingTool: PDF without a font that has all Vietnamese letters.
        OSError: when the place cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        if kind is ListFormat.XLSX:
            from archive.lists.spreadsheet import save_spreadsheet  # here: openpyxl takes a moment, every command would wait

            save_spreadsheet(made, temporary)
        elif kind is ListFormat.PDF:
            from archive.lists.printing import print_pdf  # here: so does ReportLab

            print_pdf(made, temporary)
        elif kind is ListFormat.CSV:
            _write_csv(made, temporary)
        else:
            _write_json(made, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def print_font() -> str:
    """Name of the typeface that lists are printed with.

    Raises:
        MissingTool: when no font with all Vietnamese letters is installed.
    """
    from archive.lists.printing import font_name  # here: see `write_list`

    return font_name()


def _write_csv(made: PrintedList, path: Path) -> None:
    """UTF-8 with the byte order mark that Excel needs to see Vietnamese; cells that a spreadsheet would compute are quoted."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in made.columns])
        writer.writerows([plain_cell(cell) for cell in row] for row in made.rows)


def plain_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it opens the CSV (OWASP: CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _write_json(made: PrintedList, path: Path) -> None:
    names = [column.name for column in made.columns]
    body = {
        "form": made.form.value,
        "title": made.title,
        "head": list(made.head),
        "rows": [dict(zip(names, row, strict=True)) for row in made.rows],
    }
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
