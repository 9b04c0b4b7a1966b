"""Numbers in Vietnamese words: "Một trăm hai mươi triệu" is 120 000 000.

In: words (marks may be lost), or a whole number. Out: the number, or its words as officials write them ("lẻ", "mươi lăm").
"""

from __future__ import annotations

import re

from dossier.text.letters import fold

_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DIGITS = {fold(name): value for value, name in enumerate(_UNITS)} | {"tu": 4, "lam": 5, "nham": 5}
_GROUPS = ("", "nghìn", "triệu")
_SCALES = {"nghin": 1_000, "ngan": 1_000, "van": 10_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_FILLERS = frozenset({"linh", "le", "va"})
_WORD = re.compile(r"[^\W\d_]+")
LARGEST = 10**18 - 1
"""The largest number that is written in words here."""

NUMBER_WORDS = frozenset(_DIGITS) | frozenset(_SCALES) | _FILLERS | {"muoi", "tram", "ruoi"}
"""All words of numbers, without marks."""


def number_of_words(text: str) -> int | None:
    """The number that words say; None when a word is none of a number or their order says nothing."""
    words = _WORD.findall(fold(text))
    if not words or any(word not in NUMBER_WORDS for word in words):
        return None
    total, scale_above = 0, None
    section: list[str] = []
    for word in words:
        if word in ("ty", "ti"):
            whole = _below_billion(section) if section else None
            if whole is None or scale_above is not None:
                return None
            total, section, scale_above = whole * _SCALES[word], [], word
        else:
            section.append(word)
    if not section:
        return total
    if section == ["ruoi"]:
        return total + 500_000_000 if scale_above else None
    rest = _below_billion(section)
    return None if rest is None else total + rest


def _below_billion(words: list[str]) -> int | None:
    """A number of scales up to triệu; each scale must be smaller than the one before."""
    total, last, section = 0, 10**10, list[str]()
    for index, word in enumerate(words):
        if word in _SCALES:
            value = _below_thousand(section)
            if value is None or not section or _SCALES[word] >= last:
                return None
            last = _SCALES[word]
            total, section = total + value * last, []
        elif word == "ruoi" and index == len(words) - 1 and not section and last < 10**10:
            return total + last // 2
        else:
            section.append(word)
    if not section:
        return total if last < 10**10 else None
    value = _below_thousand(section)
    return None if value is None or value >= last else total + value


def _below_thousand(words: list[str]) -> int | None:
    """Hundreds, tens and ones."""
    rest = [word for word in words if word not in _FILLERS]
    if "ruoi" in rest or not rest:
        return None
    total = 0
    if len(rest) > 1 and rest[1] == "tram":
        if rest[0] not in _DIGITS:
            return None
        total, rest = 100 * _DIGITS[rest[0]], rest[2:]
    if rest[:1] == ["muoi"]:
        total, rest = total + 10, rest[1:]
    elif len(rest) > 1 and rest[1] == "muoi":
        tens = _DIGITS.get(rest[0], 0)
        if tens < 2:
            return None
        total, rest = total + 10 * tens, rest[2:]
    elif len(rest) == 2 and rest[0] in _DIGITS and rest[1] in _DIGITS and _DIGITS[rest[0]] > 1 and not total:
        return 10 * _DIGITS[rest[0]] + _DIGITS[rest[1]]
    if len(rest) > 1 or (rest and rest[0] not in _DIGITS):
        return None
    return total + (_DIGITS[rest[0]] if rest else 0)


def words_of_number(number: int) -> str:
    """The words of a number from 0 to `LARGEST`, in small letters.

    Raises:
        ValueError: when the number is below 0 or above `LARGEST`.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not between 0 and {LARGEST}")
    if number == 0:
        return _UNITS[0]
    billions, rest = divmod(number, 10**9)
    parts = [f"{words_of_number(billions)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group, rest = divmod(rest, 1000**power)
        if group:
            parts.append(f"{_group_words(group, full=bool(parts))} {_GROUPS[power]}".rstrip())
    return " ".join(parts)


def _group_words(group: int, *, full: bool) -> str:
    """Words of 1 to 999; with `full` hundreds and tens of zero are said ("không trăm lẻ năm")."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_UNITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_UNITS[tens], "mươi"]
    elif ones and words:
        words.append("lẻ")
    if ones == 5 and tens:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones:
        words.append(_UNITS[ones])
    return " ".join(words)
