"""Long plain tables as CSV or Excel workbook: any number of rows, one at a time in memory.

In: titles and rows of text. Out: a file; what stands in a cell stays text, so 05/2014 is no date and =1+1 no formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path

from archive.lists.writing import plain_cell

_ROWS_A_SHEET = 1_000_000
"""Excel takes 1,048,576; more rows go on a second sheet."""


class TableFormat(StrEnum):
    """File formats of tables."""

    CSV = "csv"
    XLSX = "xlsx"


def write_table(titles: Sequence[str], rows: Iterable[Sequence[str]], path: Path, kind: TableFormat) -> None:
    """Write a table to `path`, replacing what lies there.

    Raises:
        OSError: when the place cannot be written.
    """
    if kind is TableFormat.CSV:
        _write_csv(titles, rows, path)
    else:
        _write_workbook(titles, rows, path)


def _write_csv(titles: Sequence[str], rows: Iterable[Sequence[str]], path: Path) -> None:
    """As `archive.lists.writing` writes lists: a byte order mark for Excel, no formulas."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        writer.writerows([plain_cell(cell) for cell in row] for row in rows)


def _write_workbook(titles: Sequence[str], rows: Iterable[Sequence[str]], path: Path) -> None:
    from openpyxl import Workbook  # here: openpyxl takes a moment, every command would wait
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    workbook = Workbook(write_only=True)
    left = iter(rows)
    while True:
        sheet = workbook.create_sheet()
        sheet.freeze_panes = "A2"
        for row in chain([titles], islice(left, _ROWS_A_SHEET)):
            cells = []
            for text in row:
                cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
                cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
        following = next(left, None)
        if following is None:
            break
        left = chain([following], left)
    workbook.save(path)
