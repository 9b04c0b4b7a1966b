"""Words that were read where nothing is printed: what a reader makes of seals and signatures.

In: words with their places, what is printed around them, the words of seals. Out: the stray words (chữ rác).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from benchmarks.text_rates import clean

_SAME_WORD = 50.0
"""Per cent of likeness from which a word may be a bad reading of a printed one."""
_SAME_SEAL = 55.0
_SPEAKING = 2
"""Words of the seal must hold so many letters to be taken for words of the seal."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word and the middle of its box."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a page, in the same pixels as the words."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: PlacedWord) -> bool:
        """Whether the middle of a word lies in it."""
        return self.left <= word.x <= self.right and self.top <= word.y <= self.bottom


def stray_words(read: Sequence[str], printed: Sequence[str], optional: Sequence[str] = ()) -> list[str]:
    """The words that are no reading of a printed word: each printed word explains one word, words of seals any number.

    Words alike to the letter find each other first, then the most alike, so a misread word is an error and no stray word.
    """
    left = Counter(clean(word) for line in printed for word in line.split())
    rest: list[str] = []
    for word in map(clean, read):
        if left[word]:
            left[word] -= 1
        else:
            rest.append(word)
    open_words = list(left.elements())
    pairs = sorted(
        (
            (likeness, place, other)
            for place, word in enumerate(rest)
            for other, truth in enumerate(open_words)
            if (likeness := fuzz.ratio(word, truth)) >= _SAME_WORD
        ),
        reverse=True,
    )
    explained: set[int] = set()
    used: set[int] = set()
    for _, place, other in pairs:
        if place not in explained and other not in used:
            explained.add(place)
            used.add(other)
    return [word for place, word in enumerate(rest) if place not in explained and not _of_seal(word, optional)]


def _of_seal(word: str, optional: Sequence[str]) -> bool:
    letters = sum(map(str.isalnum, word))
    words = [other for line in optional for other in clean(line).upper().split()]
    return letters >= _SPEAKING and any(fuzz.ratio(word.upper(), other) > _SAME_SEAL for other in words)
