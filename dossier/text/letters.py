"""The letters of Vietnamese: one spelling for what looks the same, and the spelling without marks.

In: any text (NFC, NFD, look-alike letters, either style of tone placement). Out: text in the project's one form.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that stand for Vietnamese ones in real files: eth and African D for Đ, OI for Ư (broken font tables).
_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "Ƣ": "Ư", "ƣ": "ư"})
# Letters of other alphabets and forms of print that are read for Latin ones: one letter in keys, the writer's own in kept text.
_CYRILLIC = str.maketrans(
    "\u0410\u0412\u0415\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0430\u0432\u0435\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455",
    "ABEIJKMHOPCTYXSabeijkmhopctyxs",
)
_GREEK = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03c7",
    "ABEZHIKMNOPTYXaikvopux",
)
_PRINT = {
    "\u0131": "i",
    "\u0130": "I",
    "\u017f": "s",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "²": "2",
    "\u00b3": "3",
    "\u00b9": "1",
}
_WIDE = {code + 0xFEE0: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
_AS_LATIN = _CYRILLIC | _GREEK | str.maketrans(_PRINT) | _WIDE
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_REPAIRS = _LOOK_ALIKES | _INVISIBLE
_SPACES = re.compile(r"[^\S\n\f]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\u0085]")

_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries."""

_SECOND_TO_FIRST = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
"""The 15 open endings written in two styles (hoà/hòa): the style of QĐ 1989/QĐ-BGDĐT -> the style of the laws."""

_LEADING_ZEROS = re.compile(r"^0{1,2}(?=[1-9]$)")
_FINAL_Y = re.compile(r"(?<![aeiou])(?<=[bcdghklmnprstvx])y$|(?<=qu)y$")


def repair(text: str) -> str:
    """NFC with look-alike letters repaired and invisible characters taken out; spaces stay as they are."""
    return unicodedata.normalize("NFC", text).translate(_REPAIRS)


def normalise(text: str) -> str:
    """Put text into the form in which it is kept: NFC, look-alikes repaired, single spaces, no space at line ends.

    Line breaks (LF) and form feeds stay; case, tone placement and punctuation are the writer's and stay too.
    """
    lines = _LINE_ENDS.sub("\n", repair(text)).split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in lines)


def _lower(text: str) -> str:
    """Lower case with Latin letters for what only looks like them."""
    repaired = repair(text)
    return (repaired if repaired.isascii() else repaired.translate(_AS_LATIN)).lower()


def fold(text: str) -> str:
    """Lower case without marks (không dấu): "Quyết Định" -> "quyet dinh", "đ" -> "d"; other characters stay."""
    bare = unicodedata.normalize("NFD", _lower(text))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))


def has_marks(text: str) -> bool:
    """Whether any letter carries a mark or is a đ: the writer typed Vietnamese with its marks."""
    return fold(text) != unicodedata.normalize("NFC", _lower(text))


def exact_key(token: str) -> str:
    """The exact form (`ex`) of one token: lower case, marks kept, tone placement of open syllables in one style."""
    lower = unicodedata.normalize("NFC", _lower(token))
    ending = _SECOND_TO_FIRST.get(lower[-2:])
    if ending is not None and lower[-3:-2] != "q":
        return lower[:-2] + ending
    return lower


def folded_key(token: str) -> str:
    """The folded form (`fo`) of one token: without marks, final y after a consonant as i (kỹ = kĩ), 05 and 005 as 5."""
    return _FINAL_Y.sub("i", _LEADING_ZEROS.sub("", fold(token))) or exact_key(token)
