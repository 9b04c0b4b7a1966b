"""A list as an Excel workbook: one sheet, ready to be printed on A4.

In: a `PrintedList`. Out: an .xlsx file. All cells are text, so that 05/2014 stays what was printed.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from archive.lists.forms import PrintedList

_FONT = "Times New Roman"
_WIDTH_CHARACTERS = 125
"""Width of the whole table in characters: A4 lying on its side at 12 points."""
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def save_spreadsheet(made: PrintedList, path: Path) -> None:
    """Write a workbook with the form's head, table (head row repeated on every printed page) and closing lines."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Mục lục"
    last = len(made.columns)
    for line in made.head:
        _line(sheet, line, bold=True)
    _line(sheet, made.title, bold=True, size=14, merge=last, horizontal="center")
    sheet.append([])
    first = sheet.max_row + 2
    _row(sheet, first, [column.title for column in made.columns], bold=True, centred=[True] * last)
    _row(sheet, first + 1, [f"({number})" for number in range(1, last + 1)], italic=True, centred=[True] * last)
    centred = [column.centred for column in made.columns]
    for offset, row in enumerate(made.rows, 2):
        _row(sheet, first + offset, list(row), centred=centred)
    for line in ("", *made.closing):
        _line(sheet, line)
    for line in ("", *made.signed):
        _line(sheet, line, start=max(1, last - 2), merge=last, horizontal="center")
    for number, column in enumerate(made.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width * _WIDTH_CHARACTERS
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{first}:{first}"
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    workbook.save(path)


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    return cell


def _line(
    sheet: Worksheet,
    text: str,
    *,
    bold: bool = False,
    size: int = 12,
    start: int = 1,
    merge: int | None = None,
    horizontal: str = "left",
) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    cell = _put(sheet, row, start, text)
    cell.font, cell.alignment = Font(name=_FONT, size=size, bold=bold), Alignment(horizontal=horizontal)
    if merge is not None and merge > start:
        sheet.merge_cells(start_row=row, start_column=start, end_row=row, end_column=merge)


def _row(sheet: Worksheet, row: int, texts: list[str], *, centred: list[bool], bold: bool = False, italic: bool = False) -> None:
    for number, (text, middle) in enumerate(zip(texts, centred, strict=True), 1):
        cell = _put(sheet, row, number, text)
        cell.font, cell.border = Font(name=_FONT, size=12, bold=bold, italic=italic), _FRAME
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if middle else "left")
