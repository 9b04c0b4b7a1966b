"""Separator sheets (tờ phân cách): what their bar codes say, and how it becomes fields of the paper behind them.

In: the bar codes of a page, or values to be printed. Out: values by key, `Found` fields, or the content of a code.

The content of a code: `SOHOA`, or `SOHOA;key=value;key=value`. Keys are those of `SEPARATOR_KEYS`, in any order, each once. In a
value `;` and `%` are written as in web addresses: `%` and two hexadecimal digits for each byte of UTF-8 (`%3B`, `%25`); any other
letter may be written so too, and must be in bars, which know ASCII only. A code that begins otherwise belongs to somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from dossier.model import Document, Found, Page, Symbology
from dossier.text import normalise, written_days
from metadata.heads.number import parse_number

MARKER = "SOHOA"
SOURCE = "separator"

DOCUMENT_KEYS: dict[str, str] = {
    "type": "type_name",
    "title": "subject",
    "number": "code_number",
    "date": "issued_date",
    "organ": "organ_name",
    "place": "issued_place",
    "signer": "signer_name",
}
"""Key -> attribute of `Document`; `number` is số and ký hiệu together ("15/QĐ-UBND")."""

DOSSIER_KEYS: dict[str, str] = {
    "fonds": "fonds",
    "catalogue": "catalogue",
    "box": "box",
    "dossier": "file_number",
    "dossiertitle": "title",
    "retention": "maintenance",
}
"""Key -> attribute of `ArchivalFacts`."""

SEPARATOR_KEYS = (*DOCUMENT_KEYS, *DOSSIER_KEYS)

_PLAIN = "-._~/,:() "
_ESCAPED = re.compile(r"[%;\x00-\x1f]")
_MOST_WORDS = 150
"""A sheet with more words is a paper that bears such a code: it begins a document and belongs to it."""
_CONTENT = re.compile(rf"{MARKER}(?:;(?P<pairs>.*))?", re.IGNORECASE | re.DOTALL)


class BadSeparator(ValueError):
    """Values that no separator sheet can carry; `key` names the culprit, `code` what is wrong (unknown_key, empty, bad_date, …)."""

    def __init__(self, code: str, key: str) -> None:
        super().__init__(f"{code}: {key}")
        self.code = code
        self.key = key


def separator_content(values: Mapping[str, str], *, ascii_only: bool = False) -> str:
    """The content of a code that carries `values` by the keys of `SEPARATOR_KEYS`.

    Args:
        values: what the paper behind the sheet is.
        ascii_only: for bars, which know no other letters.

    Raises:
        BadSeparator: an unknown key, an empty value, or a date or number that is none.
    """
    pairs = []
    for key, value in values.items():
        text = " ".join(normalise(value).split())
        if key not in SEPARATOR_KEYS:
            raise BadSeparator("unknown_key", key)
        if not text:
            raise BadSeparator("empty", key)
        if key == "date" and _iso_date(text) is None:
            raise BadSeparator("bad_date", key)
        if key == "number" and _number(text) is None:
            raise BadSeparator("bad_number", key)
        shown = quote(text, safe=_PLAIN) if ascii_only else _ESCAPED.sub(lambda found: quote(found[0]), text)
        pairs.append(f";{key}={shown}")
    return MARKER + "".join(pairs)


def separator_values(content: str) -> dict[str, str] | None:
    """What a code says, by key; None when it is no code of a separator sheet. What is not understood is left out."""
    matched = _CONTENT.fullmatch(content.strip())
    if matched is None:
        return None
    values: dict[str, str] = {}
    for pair in (matched["pairs"] or "").split(";"):
        key, equals, value = pair.partition("=")
        text = " ".join(normalise(unquote(value)).split())
        if equals and text and key.strip().lower() in SEPARATOR_KEYS:
            values.setdefault(key.strip().lower(), text)
    return values


def is_marked(page: Page) -> bool:
    """Whether a page bears a patch code or a code of a separator sheet."""
    return any(code.symbology is Symbology.PATCH_T or separator_values(code.text) is not None for code in page.barcodes)


def is_separator(page: Page) -> bool:
    """Whether a page is a separator sheet: marked, and no paper with text of its own."""
    return is_marked(page) and sum(len(line.words) for line in page.lines) <= _MOST_WORDS


def values_of(page: Page) -> dict[str, Found]:
    """What the codes of a page say, by key; the first code that says something of a key counts."""
    found: dict[str, Found] = {}
    for code in page.barcodes:
        for key, value in (separator_values(code.text) or {}).items():
            found.setdefault(key, Found(value, page.id, code.box, 1.0, SOURCE))
    return found


def with_separator_fields(document: Document, values: Mapping[str, Found]) -> Document:
    """The document with what its separator sheet says; people who printed the sheet know better than any reading."""
    for key, found in values.items():
        if key == "number":
            document = _with_number(document, found)
        elif key == "date":
            date = _iso_date(found.value)
            document = _with(document, "issued_date", replace(found, value=date)) if date else document
        elif key in DOCUMENT_KEYS:
            document = _with(document, DOCUMENT_KEYS[key], found)
    return document


def separator_facts(pages: Iterable[Page]) -> dict[str, Found]:
    """What the separator sheets of a dossier say of the dossier, by attribute of `ArchivalFacts`; the first sheet counts."""
    facts: dict[str, Found] = {}
    for page in pages:
        for key, found in values_of(page).items():
            if key in DOSSIER_KEYS:
                facts.setdefault(DOSSIER_KEYS[key], found)
    return facts


def _iso_date(text: str) -> str | None:
    """ISO form of a date of day, month or year precision, however it is written."""
    days = written_days(text)
    if days is None:
        return None
    year, month, day = days.first // 10_000, days.first // 100 % 100, days.first % 100
    if days.first == days.last:
        return f"{year:04}-{month:02}-{day:02}"
    return f"{year:04}" if days.last // 100 % 100 != month else f"{year:04}-{month:02}"


def _number(text: str) -> tuple[str, str, str] | None:
    """Số, the sign behind it, ký hiệu; None when the text is not both."""
    parsed = parse_number(f"Số: {text}")
    return (parsed.number, parsed.joint, parsed.notation) if parsed is not None and parsed.number else None


def _with_number(document: Document, found: Found) -> Document:
    parts = _number(found.value)
    if parts is None:
        return document
    number, joint, notation = parts
    changed = _with(document, "code_number", replace(found, value=number))
    return replace(_with(changed, "code_notation", replace(found, value=notation)), number_joint=joint)


def _with(document: Document, attribute: str, found: Found) -> Document:
    """The document with one field changed; what was read from the paper stays as an alternative where it differs."""
    read: Found | None = getattr(document, attribute)
    alternatives = (read.value,) if read is not None and read.value != found.value else ()
    changed: dict[str, Any] = {attribute: replace(found, alternatives=alternatives)}
    return replace(document, **changed)
