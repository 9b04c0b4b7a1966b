"""How a printed word is made: marks around a core, and what kind of core it is.

In: a run of print without spaces. Out: its parts, the key under which the model knows the core, and its letter case. The builder
of the model and the decoder use the same rules, so that what was counted is what is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

LEADING = "([{\"'“‘«<-–—•*+…"
TRAILING = ".,;:!?)]}\"'”’»>-–—…%/*"
ENDS_SENTENCE = frozenset(".:;!?")

_TONES = "\u0300\u0309\u0303\u0301\u0323"
# oà -> òa, oẻ -> ỏe, uỷ -> ủy: two ways to write the same syllable; the paper decides which, not the model.
_NEW_STYLE = re.compile(f"(?<!q)([ou])([aey])([{_TONES}])$")
_PAIRS = frozenset({"oa", "oe", "uy"})


class Kind(IntEnum):
    """What a core is.

    `WORD`: letters only; `NUMBER`: digits and separators; `CODE`: a document symbol or another usual mix of signs (123/QĐ-UBND, A4,
    b@c.vn); `JUMBLE`: letters and digits as no office writes them; `MARKS`: no letter, no digit.
    """

    WORD = 0
    NUMBER = 1
    CODE = 2
    JUMBLE = 3
    MARKS = 4


class Case(IntEnum):
    """Letter case of a core; a single capital counts as `TITLE`."""

    LOWER = 0
    TITLE = 1
    UPPER = 2
    MIXED = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """A printed word taken apart: marks before, core, marks after; `pieces` are the runs of letters of a core of kind `WORD`."""

    lead: str
    core: str
    tail: str
    kind: Kind
    pieces: tuple[str, ...]


_NUMBER = re.compile(r"\d+(?:[.,:/\-–]\d+)*[hm%²³]?")
_CAPITALS = "A-ZĐÂĂÊÔƠƯ"
_PART = rf"(?:\d+[a-zđ]?|[{_CAPITALS}][{_CAPITALS}a-zđ&]*\d*)"
_SYMBOL = re.compile(rf"\d*{_PART}(?:[/\-–.]{_PART})*")
_ADDRESS = re.compile(
    r"[\w.+\-]+@[\w.\-]+|(?:https?://|www\.)\S+|[\w\-]+(?:\.[\w\-]+)*\.(?:vn|com|org|net|gov|edu)(?:/\S*)?",
    re.IGNORECASE | re.ASCII,
)
_ORDINAL = re.compile(r"\d+(?:[.,\-]\d+)*[.)]?[a-zđ]{1,2}[²³]?|[a-zđ]\d{1,2}|[a-zđ]{1,2}[²³]|\d{1,2}h\d{2}")
_ABBREVIATION = re.compile(rf"[{_CAPITALS}]{{1,2}}[a-zđ]|[{_CAPITALS}]{{1,9}}")
_JOINT = re.compile(r"[/\-–&.]")


@lru_cache(maxsize=65536)
def parts(word: str) -> Parts:
    """Take a printed word apart."""
    start, end = 0, len(word)
    while start < end and word[start] in LEADING:
        start += 1
    while end > start and word[end - 1] in TRAILING:
        end -= 1
    lead, core, tail = word[:start], word[start:end], word[end:]
    kind, pieces = _kind(core)
    return Parts(lead, core, tail, kind, pieces)


def _kind(core: str) -> tuple[Kind, tuple[str, ...]]:
    if not core:
        return Kind.MARKS, ()
    if core.isalpha():
        return Kind.WORD, (core,)
    if any(character.isdigit() for character in core):
        return _kind_with_digits(core), ()
    if _ADDRESS.fullmatch(core):
        return Kind.CODE, ()
    pieces = tuple(_JOINT.split(core))
    if all(piece.isalpha() for piece in pieces):
        return (Kind.CODE, ()) if all(map(_ABBREVIATION.fullmatch, pieces)) else (Kind.WORD, pieces)
    return (Kind.JUMBLE if any(map(str.isalpha, core)) else Kind.MARKS), ()


def _kind_with_digits(core: str) -> Kind:
    if _NUMBER.fullmatch(core):
        return Kind.NUMBER
    if _SYMBOL.fullmatch(core) or _ADDRESS.fullmatch(core) or _ORDINAL.fullmatch(core):
        return Kind.CODE
    return Kind.JUMBLE


@lru_cache(maxsize=65536)
def key(letters: str) -> str:
    """The form under which the model knows a run of letters: lower case, tone marks of oa, oe, uy on the first vowel."""
    lower = unicodedata.normalize("NFC", letters.lower())
    if lower[-1:] in _SECOND_VOWELS and lower[-2:-1] in {"o", "u"}:
        spread = unicodedata.normalize("NFD", lower)
        moved = _NEW_STYLE.sub(lambda found: _moved(found[1], found[2], found[3]), spread)
        return unicodedata.normalize("NFC", moved)
    return lower


_SECOND_VOWELS = frozenset(unicodedata.normalize("NFC", vowel + tone) for vowel in "aey" for tone in _TONES)


def _moved(first: str, second: str, tone: str) -> str:
    return first + tone + second if first + second in _PAIRS else first + second + tone


@lru_cache(maxsize=65536)
def letter_case(core: str) -> Case:
    """Letter case of the letters of a core."""
    if core.islower():
        return Case.LOWER
    if core.isupper():
        return Case.UPPER if sum(map(str.isalpha, core)) > 1 else Case.TITLE
    if core[:1].isupper() and core[1:].islower():
        return Case.TITLE
    return Case.MIXED if any(map(str.isupper, core)) else Case.LOWER
