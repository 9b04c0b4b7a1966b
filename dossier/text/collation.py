"""Vietnamese alphabetical order as a string whose plain byte order is that order, so that every engine sorts alike.

In: a title. Out: an ASCII key. Order: digits, then a ă â b c d đ e ê ... y z; letters decide first over the whole
text, then tones (none, huyền, hỏi, ngã, sắc, nặng), then case.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dossier.text.letters import repair

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_GAP = "!"  # below digits and letters, above the level separator
_UNKNOWN = "~"
_LEVEL = " "
LAST = "~~~"
"""A key after every title: what has no title comes last."""

LENGTH = 200
"""Characters of a title that take part in the order."""


@lru_cache(maxsize=4096)
def _weights(character: str) -> tuple[str, str, str]:
    """Letter, tone and case of one character."""
    if character.isdigit() and character.isascii():
        return character, "0", "0"
    if not character.isalpha():
        return _GAP, "", ""
    case = "1" if character != character.lower() else "0"
    parts = unicodedata.normalize("NFD", character.lower())
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
    return _RANKS.get(letter, _RANKS.get(parts[0], _UNKNOWN)), tone, case


def sort_key(text: str) -> str:
    """Key of `text` in Vietnamese order; the empty text sorts last."""
    weights = [_weights(character) for character in repair(text)[:LENGTH]]
    letters = "".join(letter for letter, _, _ in weights)
    letters = _GAP.join(part for part in letters.split(_GAP) if part)
    if not letters:
        return LAST
    return _LEVEL.join((letters, "".join(tone for _, tone, _ in weights), "".join(case for _, _, case in weights)))


def given_name(name: str) -> str:
    """Tên, by which Vietnamese lists of people are ordered: the last part; behind "Y" and "H'" of the Central Highlands the next.

    The name itself is kept whole everywhere; this only serves the order.
    """
    parts = name.split()
    if len(parts) > 2 and parts[0] == "Y":
        return parts[1]
    if len(parts) > 1 and parts[0][:2] in ("H'", "H’") and len(parts[0]) > 2:
        return parts[0][2:]
    return parts[-1] if parts else ""


def name_sort_key(name: str) -> str:
    """Key of a person's whole name in Vietnamese order: tên first, then what stands before it; the empty name sorts last."""
    given = given_name(name)
    if not given:
        return LAST
    rest = " ".join(part for part in name.split() if part != given)
    return f"{sort_key(given)}{_LEVEL}{sort_key(rest) if rest else ''}"
