"""Words typed while the keyboard program was off (kiểu gõ Telex): "quyeets ddinhj" is meant as "quyết định".

In: words as typed. Out: words as meant. A word is only changed when it is no syllable as it stands and one as meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dossier.text import fold
from dossier.text.syllables import is_bare_syllable, is_syllable

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_SHAPES = {
    "dd": "đ", "aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư",
}  # fmt: skip
_VOWELS = "aăâeêioôơuưy"


def as_meant(words: Sequence[str]) -> tuple[str, ...]:
    """The words, those in Telex keys put into Vietnamese; all stay as they are unless one of them is Telex beyond doubt."""
    meant = [_decoded(word) for word in words]
    if not any(_is_proof(word) and other for word, other in zip(words, meant, strict=True)):
        return tuple(words)
    return tuple(other or word for word, other in zip(words, meant, strict=True))


def _is_proof(word: str) -> bool:
    """Whether keys were pressed that no plain word has: a doubled letter or w after a vowel, or a tone key after a mark."""
    lower = word.lower()
    return any(keys in lower for keys in _SHAPES) or "w" in lower or fold(word) != lower


def _decoded(word: str) -> str | None:
    """The syllable that these keys make, None when they make none or the word is one as it stands."""
    lower = unicodedata.normalize("NFC", word.lower())
    if not lower.isalpha() or is_bare_syllable(fold(lower)) or len(lower) < 2:
        return None
    tone, keys = "", ""
    for place, key in enumerate(lower):
        if key in _TONES and place > 0 and any(letter in _VOWELS for letter in fold(keys)):
            tone = _TONES[key]
            continue
        keys += key
    for typed, letter in _SHAPES.items():
        keys = keys.replace(typed, letter)
    keys = _shape_at_end(keys)
    if not is_syllable(keys):
        return None
    made = _with_tone(keys, tone)
    return (made.capitalize() if word[:1].isupper() and not word.isupper() else made.upper() if word.isupper() else made) or None


def _shape_at_end(keys: str) -> str:
    """A w or a doubled letter typed at the end of the word ("dduongw", "dinhd", "tiene")."""
    if keys.endswith("w"):
        keys = keys[:-1].replace("uo", "ươ") if "uo" in keys else _changed_last(keys[:-1], {"a": "ă", "o": "ơ", "u": "ư"})
    keys = keys.replace("uơ", "ươ") if "uơ" in keys and not keys.endswith("uơ") else keys
    keys = keys.replace("ưo", "ươ")
    if is_syllable(keys):
        return keys
    for letter, shaped in (("a", "â"), ("e", "ê"), ("o", "ô")):
        if keys.endswith(letter) and letter in keys[:-1]:
            return _changed_last(keys[:-1], {letter: shaped})
    if keys.startswith("d") and keys.endswith("d"):
        return "đ" + keys[1:-1]
    return keys


def _changed_last(text: str, change: dict[str, str]) -> str:
    """Text with the last letter that can be changed changed."""
    for at in range(len(text) - 1, -1, -1):
        if text[at] in change:
            return text[:at] + change[text[at]] + text[at + 1 :]
    return text


def _with_tone(syllable: str, tone: str) -> str:
    """A syllable with its tone on the vowel where Vietnamese puts it."""
    if not tone:
        return syllable
    places = [at for at, letter in enumerate(syllable) if letter in _VOWELS]
    if len(places) > 1 and syllable.startswith(("qu", "gi")):
        places = places[1:]
    marked = [at for at in places if syllable[at] in "ăâêôơư"]
    at = marked[-1] if marked else places[0] if len(places) == 1 or places[-1] == len(syllable) - 1 else places[1]
    if not marked and len(places) == 3:
        at = places[1]
    return unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :])
