"""Mục lục văn bản: the dossier's own list of its papers, and how it agrees with what was found (NĐ 30/2020 PL V).

In: the pages of the list; its rows and the documents of the dossier. Out: `ListedPaper`s, each with the document that was found for
it, and the documents that the list does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from dossier.model import Document, Found, Line, ListedPaper, Page, Table, enclosing
from dossier.text import number_key
from metadata.heads.date import parse_date_line
from metadata.sheets.anchors import key, likeness
from metadata.sheets.layout import Sheet

_TITLES = ("mục lục văn bản", "mục lục tài liệu", "mục lục hồ sơ, tài liệu", "danh mục văn bản, tài liệu trong hồ sơ")
_TITLE_ZONE = 0.25
_HEADS: dict[str, re.Pattern[str]] = {
    "ordinal": re.compile(r"^(?:stt|so tt|tt|so thu tu)$"),
    "number": re.compile(r"^so\W{0,2}(?:va )?ky hieu|^so va ky|^so van ban"),
    "issued_date": re.compile(r"^ngay\W|^ngay$|^thoi gian"),
    "subject": re.compile(r"trich yeu|ten loai|noi dung|ten van ban|ten tai lieu"),
    "organ_name": re.compile(r"^tac gia|co quan"),
    "leaf": re.compile(r"^(?:to so|so to|trang so|to\b|trang\b|so trang)"),
}
_LEAST_HEADS = 3
_LEAST_COLUMNS = 4
_COUNTED = re.compile(r"^\W*\(?\d\)?\W*$")
_STRENGTH = 0.9
_NEAR_NUMBER, _NEAR_SUBJECT = 85.0, 80.0
_SAME = 3
"""Points of agreement between a row and a document: its number alone, or date and subject together."""

_Cells = dict[str, tuple[Line, ...]]


def is_listing(sheet: Sheet) -> bool:
    """Tell whether a page is the first of a list of papers: its title at the top, over a table."""
    if not any(table.columns >= _LEAST_COLUMNS for table in sheet.page.tables):
        return False
    top = (segment for segment in sheet.segments if sheet.high(segment) < _TITLE_ZONE)
    return any(likeness(segment.text[: len(title)], title) >= 85 for segment in top for title in _TITLES)


def listing_of(pages: Sequence[Page]) -> tuple[ListedPaper, ...]:
    """Read the rows of a list; a table without a head goes on with the columns of the one before."""
    rows: list[ListedPaper] = []
    roles: dict[int, str] = {}
    for page in pages:
        for number, table in enumerate(page.tables):
            if table.columns < _LEAST_COLUMNS:
                continue
            grid = _grid(page, table, number)
            named = _roles(grid)
            roles = named or roles
            for row in _rows(page, grid, roles):
                rows = _with_row(rows, row)
    return tuple(rows)


def reconcile(rows: Sequence[ListedPaper], documents: Sequence[Document]) -> tuple[tuple[ListedPaper, ...], tuple[str, ...]]:
    """Find the document of each row; answers the rows with the documents' ids, and the ids of documents no row names."""
    pairs = [(_agreement(row, document), n, document.id) for n, row in enumerate(rows) for document in documents]
    taken: dict[int, str] = {}
    for points, n, identifier in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if points >= _SAME and n not in taken and identifier not in taken.values():
            taken[n] = identifier
    found = tuple(replace(row, document_id=taken.get(n)) for n, row in enumerate(rows))
    return found, tuple(document.id for document in documents if document.id not in taken.values())


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines of a row by column."""

    columns: dict[int, tuple[Line, ...]]

    def text(self, column: int) -> str:
        return " ".join(line.text for line in self.columns.get(column, ()))


def _grid(page: Page, table: Table, number: int) -> list[_Row]:
    rows: list[dict[int, list[Line]]] = [{} for _ in range(table.rows)]
    for line in page.lines:
        if line.cell is not None and line.cell.table == number and line.cell.row < table.rows:
            rows[line.cell.row].setdefault(line.cell.column, []).append(line)
    ordered = ({column: sorted(lines, key=lambda line: line.box.y0) for column, lines in row.items()} for row in rows)
    return [_Row({column: tuple(lines) for column, lines in row.items()}) for row in ordered]


def _roles(grid: Sequence[_Row]) -> dict[int, str]:
    """What the columns hold, by the words of the head; empty when the table has none."""
    roles: dict[int, str] = {}
    for row in grid[:2]:
        for column in row.columns:
            shown = key(row.text(column)).strip(" .:")
            role = next((name for name, pattern in _HEADS.items() if pattern.search(shown)), None)
            if role and column not in roles and role not in roles.values():
                roles[column] = role
    return roles if len(roles) >= _LEAST_HEADS else {}


def _rows(page: Page, grid: Sequence[_Row], roles: dict[int, str]) -> Iterator[ListedPaper]:
    for row in grid:
        texts = [row.text(column) for column in row.columns]
        head = sum(any(pattern.search(key(text).strip(" .:")) for pattern in _HEADS.values()) for text in texts) >= _LEAST_HEADS
        counted = len(texts) > 2 and all(_COUNTED.match(text) for text in texts)
        if not texts or head or counted or not roles:
            continue
        cells: _Cells = {role: row.columns[column] for column, role in roles.items() if row.columns.get(column)}
        yield ListedPaper(
            ordinal=_text(cells.get("ordinal", ())),
            number=_found(page, cells.get("number", ()), "number"),
            issued_date=_date(page, cells.get("issued_date", ())),
            subject=_found(page, cells.get("subject", ()), "subject"),
            organ_name=_found(page, cells.get("organ_name", ()), "organ_name"),
            leaf=_text(cells.get("leaf", ())) or None,
        )


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines).strip(" .|_")


def _found(page: Page, lines: Sequence[Line], role: str) -> Found | None:
    text = _text(lines)
    if not text:
        return None
    read = sum(line.confidence for line in lines) / len(lines)
    return Found(text, page.id, enclosing(line.box for line in lines), round(_STRENGTH * read, 3), f"nd30.pl5.{role}")


def _date(page: Page, lines: Sequence[Line]) -> Found | None:
    shown = _found(page, lines, "issued_date")
    parsed = parse_date_line(re.sub(r"\s", "", shown.value)) if shown else None
    return replace(shown, value=str(parsed.date)) if shown and parsed and parsed.date else shown


def _with_row(rows: list[ListedPaper], row: ListedPaper) -> list[ListedPaper]:
    """Add a row; the rest of a row that ran over to a new page goes to the row before."""
    if not (row.number or row.issued_date or row.subject):
        return rows
    goes_on = rows and not row.ordinal and not row.number and not row.issued_date and row.subject
    if not goes_on:
        return [*rows, row]
    last = rows[-1]
    assert row.subject is not None
    subject = replace(last.subject, value=f"{last.subject.value} {row.subject.value}") if last.subject else row.subject
    return [*rows[:-1], replace(last, subject=subject)]


def _agreement(row: ListedPaper, document: Document) -> int:
    points = 0
    if row.number and document.number:
        ours, theirs = number_key(document.number), number_key(row.number.value)
        points += 3 if ours == theirs else 2 if fuzz.ratio(ours, theirs) >= _NEAR_NUMBER else -2
    if row.issued_date and document.issued_date:
        points += 2 if row.issued_date.value == document.issued_date.value else -1
    if row.subject and document.subject:
        alike = fuzz.partial_ratio(key(document.subject.value), key(row.subject.value))
        points += 1 if alike >= _NEAR_SUBJECT else 0
    return points
