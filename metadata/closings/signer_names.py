"""Họ tên of the signer (NĐ 30/2020 PL I mục II.7.c; ô 7b): a line under the position that looks like a full name.

In: a sheet and the last line of the signature block. Out: the likeliest name without academic titles, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from dossier.text import exact_key
from metadata.closings.signing_words import FAMILY_NAMES, FULL_FAMILY_NAMES, MIDDLE_NAMES
from metadata.sheets.anchors import LOWER, UPPER, key
from metadata.sheets.layout import Segment, Sheet, same_row, segment_of

_TITLES = re.compile(
    r"^(?:(?:gs|pgs|ts|ths|th\.s|bs|ks|cn|ds|ls|ck\w{1,4}|nsnd|nsut|nha giao|ong|ba|dai ta|thuong ta|trung ta|thieu ta"
    r"|dai uy|thieu tuong"
    r"|trung tuong|thuong tuong|bac si|ky su|luat su|thac si|tien si)\b\.?[\s,/-]*)+"
)
_MISREAD_TITLE = re.compile(r"^(?P<title>(?=\S*[\d.,§$&@])\S{1,9})\s+(?=\S)")
"""Academic titles stand before a name with a point or comma behind them; figures in them are misread ("Th8.")."""
_NAME_WORD = re.compile(rf"^[{UPPER}][{LOWER}{UPPER}'’]*$")
_NEVER_FIRST = "Thị"
"""A tên đệm that is no họ: a name that begins with it has lost its first word."""
_MANY_SPELLINGS = frozenset({"ha", "la", "lo", "ly", "ma", "chu", "tu", "van", "vi", "giang", "quang", "long", "ton", "luu", "y"})
"""Họ (folded) that are written in several ways."""
_USUAL = 3
"""Words of most names; with fewer the name is not completed by guessing."""
_LIKE_MASTER = frozenset({"the", "tho", "ths", "th", "thi", "thy", "ts"})
"""What "ThS." and "TS." become."""
_LEAST, _SURE = 0.5, 0.9
_RIGHT = 0.5
_DOUBTFUL, _CERTAIN = 0.8, 0.95


@dataclass(frozen=True, slots=True)
class Name:
    """A name, the row that prints it, how much (0-1) it looks like one, and other readings of it."""

    text: str
    row: Segment
    likeness: float
    others: tuple[str, ...] = ()


def signer_name(sheet: Sheet, last: Segment, *, is_position: Callable[[str], bool]) -> Name | None:
    """The likeliest name below the last line of a block, in its column, within the room that signature and seal take."""
    reach = min(sheet.page.height * 0.2, 22 * sheet.line_height)
    below = [s for s in sheet.segments if 1.2 * sheet.line_height < s.middle - last.middle < reach]
    rows = [row for row in _rows(below) if abs(row.centre - last.centre) < 0.13 * sheet.page.width]
    return _best([name for row in rows if (name := _as_name(row, is_position)) is not None])


def lone_name(sheet: Sheet, heading: Segment, *, is_position: Callable[[str], bool]) -> Name | None:
    """The likeliest name in the right half within the room of a signature beside the recipients; a family name must open it."""
    reach = min(sheet.page.height * 0.22, 24 * sheet.line_height)
    rows = [
        s for s in sheet.segments if 2 * sheet.line_height < s.middle - heading.middle < reach and sheet.across(s.box.x0) > _RIGHT
    ]
    names = [name for row in rows if (name := _as_name(row, is_position)) is not None and name.likeness >= _SURE]
    return _best(names)


def _best(names: list[Name]) -> Name | None:
    """The likeliest; what else looks like a name stands behind it."""
    ordered = sorted(names, key=lambda name: -name.likeness)
    if not ordered:
        return None
    first, *rest = ordered
    return replace(first, others=tuple(dict.fromkeys([*first.others, *(name.text for name in rest if name.text != first.text)])))


def _rows(segments: list[Segment]) -> list[Segment]:
    """Single segments and neighbours on one row: a seal or a signature tears names apart."""
    rows = list(segments)
    for segment in segments:
        beside = [s for s in segments if same_row(s, segment) and s.box.x0 >= segment.box.x0]
        parts = sorted(beside, key=lambda s: s.box.x0)
        if len(parts) > 1 and all(b.box.x0 - a.box.x1 < 3 * segment.height for a, b in pairwise(parts)):
            rows.append(segment_of([word for part in parts for word in part.words], segment.ink))
    return rows


def _as_name(row: Segment, is_position: Callable[[str], bool]) -> Name | None:
    text = _without_misread_title(row.text)
    text = " ".join(re.sub(r"[^\w\s.,'’/-]", " ", text).strip(" .,-'’/_").split())
    titled = _TITLES.match(key(text))
    if titled and titled.end() < len(text):
        text = text[titled.end() :].strip(" .,-")
    text = _without_misread_title(text)
    read = {word.text.strip(".,").lower(): word.confidence for word in row.words}
    words = _name_words(text.split(), read)
    if not 2 <= len(words) <= 6 or is_position(" ".join(words)) or any(letter.isdigit() for letter in text):
        return None
    if not text.isupper():
        words = [word if "'" in word or "’" in word else word[0] + word[1:].lower() for word in words]
    others = (" ".join([same_family(words[0]), *words[1:]]),) if same_family(words[0]) != words[0] else ()
    surname = key(words[0]) in FAMILY_NAMES
    sure = sum(read.get(word.lower(), 0.6) for word in words) / len(words)
    score = 0.45 * sure + (0.4 if surname else 0.0) + (0.15 if 3 <= len(words) <= 4 else 0.05)
    return Name(" ".join(words), row, score, others) if score > _LEAST else None


def _without_misread_title(text: str) -> str:
    """The text without a first word that is no part of the name; a họ stays unless another one follows it."""
    misread = _MISREAD_TITLE.match(text)
    if misread is None:
        return text
    rest = text[misread.end() :]
    is_family = key(misread["title"]).strip(".,") in FAMILY_NAMES
    return text if is_family and key(rest.split()[0]) not in FAMILY_NAMES else rest


def _name_words(words: list[str], read: dict[str, float]) -> list[str]:
    """Words of a name: specks at the ends off, a middle name that lost its capital and a family name that lost letters mended."""
    while words and len(words[0]) == 1 and not _NAME_WORD.match(words[0]):
        words = words[1:]
    while words and not _NAME_WORD.match(words[-1]) and (not words[-1].isalpha() or read.get(words[-1], 0.0) < _CERTAIN):
        words = words[:-1]
    if len(words) >= 2 and read.get(words[0].lower(), 0.0) < _DOUBTFUL:
        if len(words) > _USUAL and key(words[0]) in _LIKE_MASTER and key(words[1]) in FAMILY_NAMES:
            words = words[1:]
        mended = _family_name(words[0])
        words = [mended, *words[1:]] if len(words) >= _USUAL or mended.lower() == words[0].lower() else []
    words = [
        word.capitalize() if place and (word in MIDDLE_NAMES or read.get(word, 0.0) >= _CERTAIN) else word
        for place, word in enumerate(words)
    ]
    # A name that begins with a small letter has lost its first one, and a part of a name is another person.
    whole = all(_NAME_WORD.match(word) for word in words) and words[:1] != [_NEVER_FIRST]
    return words if whole else []


def _family_name(word: str) -> str:
    """A doubtful word as the one họ that it can be: with other marks, or behind letters that a signature covered."""
    if any(key(name) == key(word) for name in FULL_FAMILY_NAMES):
        return same_family(word)
    if word[0].isupper() or len(word) < 2:
        return word
    lost = [name for name in FULL_FAMILY_NAMES if exact_key(name).endswith(exact_key(word)) and len(name) - len(word) <= 2]
    if not lost and len(word) > 2:
        lost = [name for name in FULL_FAMILY_NAMES if key(name).endswith(key(word)) and len(name) - len(word) == 1]
    return lost[0] if len(lost) == 1 else word


def same_family(word: str) -> str:
    """The họ that has the letters of a word, with its marks; the word where none or several have them, or it is one."""
    same = [name for name in FULL_FAMILY_NAMES if key(name) == key(word)]
    return same[0] if len(same) == 1 and key(word) not in _MANY_SPELLINGS and same[0].upper() != word else word
