"""Telex and VNI keystrokes left undecoded ("quyeets ddinhj", "quye61t d9inh5"): the commonest error where a keyboard was not set.

In: one word as typed. Out: the syllable it was meant to be.
"""

from __future__ import annotations

import re
import unicodedata

from dossier.text import exact_key
from dossier.text.syllables import is_syllable

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"u": "ư", "o": "ơ"}
_SHORTEST = 2
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED_VOWELS = frozenset("ăâêôơư")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ONSET = re.compile(r"(?:qu|gi(?=[aăâeêioôơuưy])|[^aăâeêioôơuưy]*)")


def decoded(word: str) -> str | None:
    """The syllable that the keystrokes of `word` make, None when they make none or it is one already."""
    typed = exact_key(word)
    if is_syllable(typed) or not typed[:1].isalpha():
        return None
    letters, tone = _without_tone(typed)
    telex = not any(letter.isdigit() for letter in letters)
    spelt: list[str] = []
    for key in letters:
        given = _press_telex(spelt, key) if telex else _press_vni(spelt, key)
        tone = given or tone
    bare = "".join(spelt)
    if not is_syllable(bare):
        bare = bare.replace("ươ", "uơ")  # thuở, huơ: the only words in which the horn stands on one of the two
    if len(typed) < _SHORTEST or not is_syllable(bare):
        return None
    syllable = exact_key(_with_tone(bare, tone))
    return syllable if syllable != typed else None


def _without_tone(word: str) -> tuple[str, str]:
    """Letters without tone, and the tone: a keyboard set halfway leaves words half decoded ("đinhj")."""
    apart = unicodedata.normalize("NFD", word)
    tones = _TONES.findall(apart)
    return unicodedata.normalize("NFC", _TONES.sub("", apart)), tones[-1] if tones else ""


def _press_telex(spelt: list[str], key: str) -> str:
    """Take one key: change what is spelt, or give the tone it stands for."""
    if key in _TELEX_TONES and any(letter in _VOWELS for letter in spelt):
        return _TELEX_TONES[key]
    if key == "w":
        if not _change(spelt, _HORN | {"a": "ă"}):
            spelt.append("ư")
    elif key == "d" and spelt[:1] == ["d"]:
        spelt[0] = "đ"
    elif not (key in _CIRCUMFLEX and _change(spelt, {key: _CIRCUMFLEX[key]})):
        spelt.append(key)
    return ""


def _press_vni(spelt: list[str], key: str) -> str:
    if key in _VNI_TONES:
        return _VNI_TONES[key]
    if key == "9" and spelt[:1] == ["d"]:
        spelt[0] = "đ"
    elif not (changes := {"6": _CIRCUMFLEX, "7": _HORN, "8": {"a": "ă"}}.get(key)) or not _change(spelt, changes):
        spelt.append(key)
    return ""


def _change(spelt: list[str], changes: dict[str, str]) -> bool:
    """Put a mark on the last letter that can carry it; a horn on "uo" stands on both."""
    for place in range(len(spelt) - 1, -1, -1):
        if spelt[place] in changes:
            if "".join(spelt[place - 1 : place + 1]) == "uo" and changes.get("u") and spelt[:place] != ["q", "u"]:
                spelt[place - 1] = "ư"
            spelt[place] = changes[spelt[place]]
            return True
    return False


def _with_tone(bare: str, tone: str) -> str:
    """Put the tone where it is written: on the marked vowel, before a final consonant on the last, else on the last but one."""
    if not tone:
        return bare
    onset = _ONSET.match(bare)
    first = onset.end() if onset else 0
    if first >= len(bare):
        first = next((place for place, letter in enumerate(bare) if letter in _VOWELS), 0)
    vowels = [place for place in range(first, len(bare)) if bare[place] in _VOWELS]
    marked = [place for place in vowels if bare[place] in _MARKED_VOWELS]
    if marked:
        place = marked[-1]
    elif len(vowels) == 1 or bare[-1] not in _VOWELS:
        place = vowels[-1]
    else:
        place = vowels[-2]
    return unicodedata.normalize("NFC", bare[: place + 1] + tone + bare[place + 1 :])
