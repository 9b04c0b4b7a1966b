"""`ho-so.yaml`: what the archive says of a dossier, in the regulation's terms.

In: the file beside the scans. Out: `ArchivalFacts`; a wrong key or value is a `BadFacts` that names line and key.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from dossier.errors import BadFacts
from dossier.model import ArchivalFacts
from dossier.text import fold, normalise

_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MAINTENANCE = re.compile(r"vĩnh viễn|\d{1,3} năm", re.IGNORECASE)
"""Thời hạn bảo quản (thời hạn lưu trữ): for ever, or years (TT 10/2022/TT-BNV)."""


def read_facts(path: Path) -> ArchivalFacts:
    """Read a `ho-so.yaml`; an empty one gives no facts.

    Raises:
        BadFacts: naming file, line (from 1), key and problem.
    """
    try:
        content = YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadFacts(file=path.name, line=line, key="YAML", problem=str(error.problem or error.context)) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise BadFacts(file=path.name, line=1, key="YAML", problem=str(error)[:120]) from error
    if content is None:
        return ArchivalFacts()
    if not isinstance(content, CommentedMap):
        raise BadFacts(file=path.name, line=1, key="YAML", problem="phải có dạng «tên mục: giá trị»")
    values: dict[str, Any] = {}
    for key, value in content.items():
        line = content.lc.key(key)[0] + 1
        term = fold(normalise(str(key)))
        if term not in _TERMS:
            known = ", ".join(name for name, _, _ in _TERMS.values())
            raise BadFacts(file=path.name, line=line, key=str(key), problem=f"không có mục này; các mục: {known}")
        name, attribute, convert = _TERMS[term]
        try:
            values[attribute] = None if value is None else convert(value)
        except ValueError as error:
            raise BadFacts(file=path.name, line=line, key=name, problem=str(error)) from error
    _check_order(path, content, values)
    return ArchivalFacts(**values)


def _check_order(path: Path, content: CommentedMap, values: dict[str, Any]) -> None:
    start, end = values.get("start_date"), values.get("end_date")
    if start and end and start > end:
        key = list(content)[-1]
        raise BadFacts(file=path.name, line=content.lc.key(key)[0] + 1, key="đến ngày", problem=f"{end} trước {start}")


def _text(value: object) -> str:
    if isinstance(value, dict | list):
        raise ValueError("phải là một dòng chữ")
    text = normalise(str(value)).strip()
    if not text:
        raise ValueError("để trống")
    return text


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(value).strip()
    found = _DATE.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"«{text}» không phải ngày; viết 31/12/1999 hoặc 1999-12-31") from error
    return day.isoformat()


def _count(value: object) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,6}", str(value)):
        raise ValueError(f"«{value}» không phải số đếm")
    return int(str(value))


def _maintenance(value: object) -> str:
    text = _text(value)
    if not _MAINTENANCE.fullmatch(text):
        raise ValueError(f"«{text}»: viết «Vĩnh viễn» hoặc «20 năm»")
    return text


def _table(*rows: tuple[str, str, Callable[[object], object]]) -> dict[str, tuple[str, str, Callable[[object], object]]]:
    return {fold(row[0]): row for row in rows}


_TERMS = _table(
    ("phông", "fonds", _text),
    ("mục lục số", "catalogue", _text),
    ("hộp số", "box", _text),
    ("hồ sơ số", "file_number", _text),
    ("tiêu đề", "title", _text),
    ("thời hạn bảo quản", "maintenance", _maintenance),
    ("từ ngày", "start_date", _day),
    ("đến ngày", "end_date", _day),
    ("số tờ", "leaves", _count),
) | {
    # Shorter and newer names of the same facts (Luật Lưu trữ 33/2024/QH15 says thời hạn lưu trữ).
    fold(short): row
    for short, row in {
        "mục lục": ("mục lục số", "catalogue", _text),
        "hộp": ("hộp số", "box", _text),
        "hồ sơ": ("hồ sơ số", "file_number", _text),
        "thời hạn lưu trữ": ("thời hạn bảo quản", "maintenance", _maintenance),
    }.items()
}
