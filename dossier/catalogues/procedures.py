"""The catalogue of administrative procedures (danh mục thủ tục hành chính) that an office imports as CSV.

In: a CSV file (UTF-8, with or without BOM; comma, semicolon or tab). Out: procedures by code, with the papers that each asks for.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from dossier.errors import BadCatalogue
from dossier.text import fold, normalise

_CODE = re.compile(r"^\d\.\d{6}(?:\.\d{3}(?:\.\d{2}){2}\.[A-K]\d{2})?$")
_NAMES = {
    "code": ("ma tthc", "ma thu tuc", "ma so", "ma"),
    "name": ("ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "ten"),
    "field": ("linh vuc",),
    "papers": ("thanh phan ho so", "thanh phan"),
    "days": ("thoi han giai quyet", "thoi han"),
}


@dataclass(frozen=True, slots=True)
class Procedure:
    """Thủ tục hành chính.

    Attributes:
        code: mã TTHC ("1.011442", local "1.011442.000.00.00.H38"). field: lĩnh vực.
        papers: thành phần hồ sơ, one paper each, as the office writes them. days: thời hạn giải quyết, as written.
    """

    code: str
    name: str
    field: str
    papers: tuple[str, ...]
    days: str


def read_procedures(path: Path) -> dict[str, Procedure]:
    """Read the catalogue; the first line names the columns in Vietnamese, with or without marks; papers are parted by ";" or lines.

    Raises:
        BadCatalogue: no such columns, a code that is none, or one that comes twice; says the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCatalogue(path=str(path), line=0, detail=str(error)) from error
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    columns = _columns(next(rows, []), path)
    found: dict[str, Procedure] = {}
    for row in rows:
        cells = {name: normalise(row[at]).strip() if at < len(row) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        code = cells["code"].upper()
        if not _CODE.match(code):
            raise BadCatalogue(path=str(path), line=rows.line_num, detail=cells["code"])
        if code in found:
            raise BadCatalogue(path=str(path), line=rows.line_num, detail=f"{code} ×2")
        papers = tuple(part.strip(" -•") for part in re.split(r"[;\n]", cells.get("papers", "")) if part.strip(" -•"))
        found[code] = Procedure(code, cells["name"], cells.get("field", ""), papers, cells.get("days", ""))
    return found


def _columns(head: list[str], path: Path) -> dict[str, int]:
    keys = [" ".join(fold(cell).split()) for cell in head]
    columns = {
        name: next(keys.index(spelling) for spelling in spellings if spelling in keys)
        for name, spellings in _NAMES.items()
        if any(spelling in keys for spelling in spellings)
    }
    if not {"code", "name"} <= columns.keys():
        raise BadCatalogue(path=str(path), line=1, detail=", ".join(head)[:100])
    return columns
