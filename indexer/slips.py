"""Syllables one slip of the hand or of the recogniser away from a word that no document has.

In: a word as typed. Out: bare syllables (without marks) it may have been meant to be.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.text import folded_key
from dossier.text.syllables import is_bare_syllable

_LETTERS = "abcdeghiklmnopqrstuvxy"

_LOOKS_LIKE = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("ii", "u"), ("li", "h"), ("lh", "th"), ("vv", "w"), ("0", "o"), ("1", "l"),
    ("1", "i"), ("l", "i"), ("i", "l"), ("5", "s"), ("8", "b"), ("6", "b"), ("9", "g"), ("c", "e"), ("e", "c"),
)  # fmt: skip
"""What recognisers take for each other, in letters without marks: wrong -> meant."""

_LONGEST = 12


def slips(word: str) -> set[str]:
    """Bare syllables that one letter left out, put in, changed, swapped or taken for another makes of `word`."""
    typed = folded_key(word)
    if not 1 < len(typed) <= _LONGEST:
        return set()
    return {folded_key(made) for made in _changed(typed) if len(made) > 1 and is_bare_syllable(made)} - {typed}


def _changed(typed: str) -> Iterator[str]:
    for place in range(len(typed) + 1):
        before, after = typed[:place], typed[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _LETTERS)
        for wrong, meant in _LOOKS_LIKE:
            if after.startswith(wrong):
                yield before + meant + after[len(wrong) :]


def splits(word: str) -> Iterator[tuple[str, str]]:
    """Two bare syllables that `word` is without the space between them."""
    typed = folded_key(word)
    for place in range(2, len(typed) - 1):
        one, other = typed[:place], typed[place:]
        if is_bare_syllable(one) and is_bare_syllable(other):
            yield folded_key(one), folded_key(other)
