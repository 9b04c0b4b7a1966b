"""`ho-so.yaml`: what the archive says of a dossier, in the regulation's terms.

In: the file beside the scans. Out: `ArchivalFacts`, and who may see the papers; a wrong key or value is a `BadFacts` that names
line and key, and whose problem is a key of the message catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dossier.errors import BadFacts
from dossier.model import AccessLevel, ArchivalFacts, GivenAccess
from dossier.text import fold, normalise
from dossier.text.groups import group_names

_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MAINTENANCE = re.compile(r"vĩnh viễn|\d{1,3} năm", re.IGNORECASE)
"""Thời hạn bảo quản (thời hạn lưu trữ): for ever, or years (TT 10/2022/TT-BNV)."""


_ACCESS = ("groups", "level", "open_from")
"""Attributes that say who may see the papers; they are no archival facts and are shown nowhere."""

_SEVERAL = frozenset({"groups"})
_MODES = {
    **dict.fromkeys(("01", "1", "cong khai"), AccessLevel.OPEN),
    **dict.fromkeys(("02", "2", "co dieu kien", "tiep can co dieu kien"), AccessLevel.CONDITIONAL),
}
"""Chế độ sử dụng (TT 05/2025/TT-BNV), by code or in words."""


def read_facts(path: Path) -> ArchivalFacts:
    """Read a `ho-so.yaml`; an empty one gives no facts.

    Raises:
        BadFacts: naming file, line (from 1), key and problem.
    """
    values = _values(path)
    return ArchivalFacts(**{name: value for name, value in values.items() if name not in _ACCESS})


def read_access(path: Path) -> GivenAccess:
    """What a `ho-so.yaml` says of who may see the papers: nhóm được xem, chế độ sử dụng, mở từ ngày.

    Raises:
        BadFacts: as `read_facts`.
    """
    values = _values(path)
    return GivenAccess(**{name: values[name] for name in _ACCESS if name in values})


def _values(path: Path) -> dict[str, Any]:
    """Everything that stands in the file, by attribute names."""
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in _entries(path):
        place = {"file": path.name, "line": key.start_mark.line + 1, "key": str(key.value)}
        if fold(normalise(str(key.value))) not in _TERMS:
            raise BadFacts(**place, problem="facts.unknown", known=", ".join(name for name, _, _ in _TERMS.values()))
        _, attribute, convert = _TERMS[fold(normalise(str(key.value)))]
        if attribute in lines:
            raise BadFacts(**place, problem="facts.twice")
        lines[attribute] = key.start_mark.line + 1
        written = _written(value, several=attribute in _SEVERAL)
        if written is None:
            raise BadFacts(**place, problem="facts.not_text")
        if isinstance(value, ScalarNode) and written in ("", "~") and value.style is None:  # a form whose lines were left open
            continue
        try:
            values[attribute] = convert(written)
        except ValueError as error:
            raise BadFacts(**place, problem=str(error), value=written) from error
    start, end = values.get("start_date"), values.get("end_date")
    if start and end and start > end:
        place = {"file": path.name, "line": lines["end_date"], "key": "đến ngày"}
        raise BadFacts(**place, problem="facts.ends_before", start=start, end=end)
    return values


def _written(value: Node, *, several: bool) -> str | None:
    """The text of a value, a list as text with commas where a key takes several; None for what is neither."""
    if isinstance(value, ScalarNode):
        return str(value.value)
    if several and isinstance(value, SequenceNode) and all(isinstance(each, ScalarNode) for each in value.value):
        return ", ".join(str(each.value) for each in value.value)
    return None


def _entries(path: Path) -> list[tuple[Node, Node]]:
    """Keys and values as written: `hộp số: 07` stays 07, which a YAML number would not."""
    try:
        content = YAML(typ="safe", pure=True).compose(path.read_text(encoding="utf-8-sig"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        detail = str(error.problem or error.context).splitlines()[0]
        problem = "facts.tab" if r"'\t'" in detail else "facts.yaml"
        raise BadFacts(file=path.name, line=line, key="YAML", problem=problem, detail=detail) from error
    except YAMLError as error:  # a character that YAML does not allow: it carries no line
        raise BadFacts(file=path.name, line=1, key="YAML", problem="facts.yaml", detail=str(error).splitlines()[0]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadFacts(file=path.name, line=line, key="UTF-8", problem="facts.not_utf8") from error
    if content is None or (isinstance(content, ScalarNode) and not content.value):
        return []
    if not isinstance(content, MappingNode):
        raise BadFacts(file=path.name, line=1, key="YAML", problem="facts.not_a_list")
    return list(content.value)


def _text(written: str) -> str:
    text = normalise(written).strip()
    if not text:
        raise ValueError("facts.empty")
    return text


def _day(written: str) -> str:
    text = _text(written)
    found = _DATE.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("facts.not_a_date") from error
    return day.isoformat()


def _count(written: str) -> int:
    text = _text(written)
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValueError("facts.not_a_count")
    return int(text)


def _maintenance(written: str) -> str:
    text = _text(written)
    if not _MAINTENANCE.fullmatch(text):
        raise ValueError("facts.not_a_term")
    return text


def _groups(written: str) -> tuple[str, ...]:
    try:
        names = group_names(_text(written))
    except ValueError as error:
        raise ValueError("facts.not_groups") from error
    if not names:
        raise ValueError("facts.not_groups")
    return names


def _mode(written: str) -> AccessLevel:
    found = _MODES.get(fold(_text(written)).strip())
    if found is None:
        raise ValueError("facts.not_a_mode")
    return found


def _open_from(written: str) -> int:
    return int(_day(written).replace("-", ""))


def _table(*rows: tuple[str, str, Callable[[str], object]]) -> dict[str, tuple[str, str, Callable[[str], object]]]:
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
    ("nhóm được xem", "groups", _groups),
    ("chế độ sử dụng", "level", _mode),
    ("mở từ ngày", "open_from", _open_from),
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
