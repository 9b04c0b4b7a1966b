"""Số, ký hiệu of other documents as they are cited in running text (NĐ 30/2020 PL I mục II.3, Party papers: "22-NQ/TU").

In: text and its key. Out: numbers in one form ("2723/QĐ-UBND") with their places. What is no ký hiệu ("12/tháng", "20/11/2009",
"24/7") is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from metadata.heads.document_types import DOCUMENT_TYPES
from metadata.sheets.anchors import key as folded

_NUMBER = re.compile(
    r"(?<![\w/.,:\-])(?P<digits>\d[\doil]{0,4}[a-z]?|[oil]\d[\doil]{0,3}) {0,2}"
    r"(?:/ ?(?P<year>(?:19|20)[\doil]{2}) ?)?(?P<joint>[/\-–]|(?<=\d) (?=[a-z]{2,5}/[a-z])) {0,2}"
    r"(?P<notation>[a-z][a-z0-9&.]{0,11}(?: ?[\-–/] ?[a-z][a-z0-9&.]{0,14}){0,7})"
)
_PARTS = re.compile(r"( ?[\-–/] ?)")
_ASSEMBLY = re.compile(r" ?([x\d]{1,2})(?!\w)")
_GLUED = re.compile(r"(?<=[A-ZĐÐ][A-ZĐÐ])(?:ng[àaảá]y|c[ủu]a)$")
"""The next word without the space before it ("TT-BTCngày")."""

_STROKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
_CASED = {folded(short): short for kind in reversed(DOCUMENT_TYPES) for short in kind.abbreviations if len(short) > 1}
_CASED |= {"nd": "NĐ", "ttlt": "TTLT", "ubnd": "UBND", "hdnd": "HĐND", "cp": "CP", "ttg": "TTg", "bh": "BH", "hdbt": "HĐBT"}
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A number from `start` to `end`.

    Attributes:
        number: digits, year of a normative document, notation: "30/2020/NĐ-CP".
        year: the year in it. parts: the notation's abbreviations ("NĐ", "CP").
        repaired: letters stood for digits, or marks and case were put right.
    """

    start: int
    end: int
    number: str
    year: str | None
    parts: tuple[str, ...]
    repaired: bool


def cited_numbers(text: str, key: str) -> Iterator[CitedNumber]:
    """Numbers with a ký hiệu in a text, in order of place."""
    for matched in _NUMBER.finditer(key):
        if (number := _number(text, key, matched)) is not None:
            yield number


def _number(text: str, key: str, matched: re.Match[str]) -> CitedNumber | None:
    start, end = matched.span("notation")
    pieces = _PARTS.split(text[start:end])
    # Some typists shift nothing: "03/2019/tt-bkhđt"; the year and a known abbreviation leave no doubt.
    small = matched["year"] is not None and text[start:end].islower() and _is_known(pieces[0])
    kept: list[str] = []
    for index in range(0, len(pieces), 2):
        part = _GLUED.sub("", pieces[index].rstrip("."))
        if not (small or _is_code(part)) or (index and len(pieces[index - 1]) > 2 and not _is_known(part)):
            break
        kept += [*pieces[max(0, index - 1) : index], part]
    if not kept:
        return None
    end = start + len("".join(kept))
    if folded(kept[-1]) == "qh" and (assembly := _ASSEMBLY.match(key, end)):
        kept[-1] += text[assembly.start(1) : assembly.end(1)]
        end = assembly.end()
    parts = _settled_issuer(tuple(_settled(part) for part in kept[::2]))
    joints = ["-" if "/" not in joint else "/" for joint in kept[1::2]]
    notation = parts[0] + "".join(joint + part for joint, part in zip(joints, parts[1:], strict=True))
    if sum(letter.isalpha() for letter in notation) < 2:
        return None
    digits, year = matched["digits"].translate(_STROKES), (matched["year"] or "").translate(_STROKES)
    joint = "/" if matched["joint"] in "/ " else "-"
    repaired = digits + year != matched["digits"] + (matched["year"] or "") or parts != tuple(kept[::2])
    whole = f"{digits}/{year}" if year else digits
    return CitedNumber(matched.start(), end, f"{whole}{joint}{notation}", year or None, parts, repaired)


def _is_code(part: str) -> bool:
    """Abbreviations are capitals without tone marks ("QĐ", "TTr", "TƯ"); words are not ("Sở", "Ban")."""
    cased = [letter for letter in part if letter.isalpha()]
    if not cased or not part[0].isupper() or any(mark in _TONES for mark in unicodedata.normalize("NFD", part)):
        return False
    capitals = sum(letter.isupper() for letter in cased)
    return capitals == len(cased) if len(cased) <= 2 else 2 * capitals > len(cased)


def _is_known(part: str) -> bool:
    return folded(part) in _CASED


def _settled_issuer(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Decrees are the government's: "NĐ-GP" can only be "NĐ-CP"."""
    return ("NĐ", "CP") if len(parts) == 2 and parts[0] == "NĐ" and len(parts[1]) == 2 and "P" in parts[1] else parts


def _settled(part: str) -> str:
    """An abbreviation with the marks that a scan lost: "QD", "QÐ" -> "QĐ"."""
    known = _CASED.get(folded(part))
    if part.islower():
        return known or part.upper()
    if not part.isascii() or known is None:
        return part.replace("Ð", "Đ")
    return known if len(known) == len(part) and known.isupper() and part.isupper() else part
