"""The fields that are noted for the given scans, page by page.

In: the folder that `SOHOA_DATA` names. Out: pages with their true fields under the regulation's names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.given_pages import drawn_pages

REAL = "real"
KEYS = {
    "co_quan_ban_hanh": "organName",
    "co_quan_chu_quan": "parentOrganName",
    "dia_danh": "issuedPlace",
    "ngay_ban_hanh": "issuedDate",
    "loai_van_ban": "typeName",
    "trich_yeu": "subject",
    "nguoi_ky": "signerName",
    "chuc_vu": "signerPosition",
    "noi_nhan": "toPlaces",
    "do_mat": "secrecy",
    "do_khan": "priority",
}
"""Names of the notes -> names of the regulation; `so_ky_hieu` is number and notation in one."""

_PAGE = re.compile(r"(?P<scan>.+)\.p(?P<page>\d+)\.meta\.json")
_NUMBER = re.compile(r"(?P<number>\d+[a-zđ]?(?:/(?:19|20)\d\d)?)?\s?[/-]?\s?(?P<notation>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GivenFields:
    """A page of a scan, the set or level it belongs to, the name under which its fields are scored, and what is noted."""

    path: Path
    number: int
    group: str
    name: str
    fields: Mapping[str, object]


def given_fields(data: Path) -> Iterator[GivenFields]:
    """All pages whose fields are noted."""
    for note in sorted((data / REAL).glob("*.meta.json")):
        matched = _PAGE.fullmatch(note.name)
        if matched is not None:
            path = note.with_name(f"{matched['scan']}.pdf")
            yield GivenFields(path, int(matched["page"]), REAL, note.name.removesuffix(".meta.json"), _fields(_read(note)))
    for path in drawn_pages(data):
        truth = _read(path.with_suffix(".json"))
        yield GivenFields(path, 1, f"L{truth['level']}", path.stem, _fields(truth["meta"]))


def _read(path: Path) -> dict[str, Any]:
    noted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return noted


def _fields(noted: Mapping[str, Any]) -> dict[str, object]:
    number = _NUMBER.fullmatch(noted.get("so_ky_hieu") or "")
    parts = {"codeNumber": number["number"], "codeNotation": number["notation"]} if number else {}
    return {name: noted.get(key) for key, name in KEYS.items()} | parts
