"""Words of a question typed while the keyboard program was off: "quyeets ddinhj" and "quye61t d9inh5" are meant as "quyết định".

In: words as typed. Out: words as meant. A word is only changed when it is no syllable as it stands and one as meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.text import fold
from dossier.text.syllables import is_bare_syllable
from indexer.keystrokes import decoded

_DOUBLED = re.compile(r"dd|aa|ee|oo|w")
_DIGIT_INSIDE = re.compile(r"[^\W\d_]\d+[^\W\d_]")


def as_meant(words: Sequence[str]) -> tuple[str, ...]:
    """The words, those in Telex or VNI keys put into Vietnamese; all stay unless one of them is such keys beyond doubt.

    Beside words with marks, a word in small letters that is no syllable but would be one ("cho baf Phan Ngọc") is no doubt either.
    """
    meant = [_meant(word) for word in words]
    marked = any(fold(word) != word.lower() for word in words)
    plain = [marked and word.isalpha() and word.islower() for word in words]
    if not any(other and (certain or _is_proof(word)) for word, other, certain in zip(words, meant, plain, strict=True)):
        return tuple(words)
    return tuple(other or word for word, other in zip(words, meant, strict=True))


def _is_proof(word: str) -> bool:
    """Whether keys were pressed that no plain word has: a doubled letter, a w, a digit between letters, a tone key after a mark."""
    lower = word.lower()
    return bool(_DOUBLED.search(lower) or _DIGIT_INSIDE.search(lower)) or (lower.isalpha() and fold(lower) != lower)


def _meant(word: str) -> str | None:
    """The syllable that these keys make, in the capitals of the word; None when it is one as it stands."""
    if is_bare_syllable(fold(word.lower())):
        return None
    made = decoded(word)
    if made is None:
        return None
    if word[:1].isupper():
        return made.upper() if word.isupper() else made.capitalize()
    return made
