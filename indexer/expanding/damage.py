"""What a reader of bad paper makes of a word: forms one confusion of letters away that are no Vietnamese syllables.

In: a folded token. Out: folded forms. A form that is a syllable of its own is left out: it would find another word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dossier.text.syllables import is_bare_syllable

_CONFUSED = (
    "rn m", "m rn", "cl d", "d cl", "ii u", "u ii", "u n", "n u", "h b", "b h", "h n", "n h", "h li", "n ri", "n r",
    "i l", "l i", "i 1", "1 i", "l 1", "1 l", "i t", "t i", "l t", "t l", "t f", "f t", "y v", "v y", "y g", "g y", "g q", "q g",
    "c e", "e c", "o c", "c o", "o e", "e o", "a o", "o a", "a s", "0 o", "o 0", "5 s", "s 5", "8 b", "b 8", "8 3", "3 8", "6 b",
    "b 6", "g 9", "9 g", "2 z", "z 2", "7 1", "1 7", "0 8", "6 0", "0 6", "5 6", "6 5", "vv w", "w vv", "nh ml", "i j", "j i",
    "k h", "h k", "p n", "x s", "r t",
)  # fmt: skip
"""What is printed, what is read for it: letters of like shape, marks put aside."""

_PAIRS = tuple((left, right) for left, right in (pair.split() for pair in _CONFUSED))
_SHORTEST = 3


@lru_cache(maxsize=10_000)
def damaged_forms(token: str) -> tuple[str, ...]:
    """Forms of a folded token with one confusion in it; none for tokens too short to tell."""
    return _forms(token) if len(token) >= _SHORTEST else ()


def _forms(token: str) -> tuple[str, ...]:
    forms = dict.fromkeys(form for form in _one_away(token) if form != token)
    return tuple(form for form in forms if token.isdigit() == form.isdigit() and not is_bare_syllable(form))


def _one_away(token: str) -> Iterator[str]:
    for printed, read in _PAIRS:
        at = token.find(printed)
        while at >= 0:
            yield token[:at] + read + token[at + len(printed) :]
            at = token.find(printed, at + 1)


def misread_numbers(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The tokens of a number with one of its signs read for another."""
    for place, token in enumerate(tokens):
        for form in _forms(token):
            yield (*tokens[:place], form, *tokens[place + 1 :])
