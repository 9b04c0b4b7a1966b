"""Words for the large invented archive: drawn unevenly, as words are, and damaged as a reader of old paper damages them.

In: randomness, the gazetteer's names. Out: draws, names, damaged words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Generic, TypeVar

from dossier.catalogues import gazetteer
from dossier.text import fold

Item = TypeVar("Item")

_CONFUSED = {
    "l": "1",
    "i": "l",
    "o": "0",
    "m": "rn",
    "n": "u",
    "h": "b",
    "c": "e",
    "t": "l",
    "d": "cl",
    "g": "q",
    "u": "n",
    "e": "c",
}


class Draw(Generic[Item]):
    """Items of which the first come most often, after the law of Zipf and Mandelbrot.

    The weight of the n-th is (n + `flat`) to the power of minus `steepness`; `flat` keeps the very first from being everywhere.
    """

    def __init__(self, items: Sequence[Item], steepness: float = 1.0, *, flat: float = 0.0) -> None:
        self.items = items
        self._sums = list(accumulate((rank + flat) ** -steepness for rank in range(1, len(items) + 1)))

    def one(self, rng: random.Random) -> Item:
        """One item."""
        return rng.choices(self.items, cum_weights=self._sums)[0]

    def many(self, rng: random.Random, count: int) -> list[Item]:
        """Items, each drawn anew."""
        return rng.choices(self.items, cum_weights=self._sums, k=count)


@cache
def place_names() -> tuple[str, ...]:
    """Names of communes, districts and provinces with their kind ("Xã Hòa Bình"), in an order that depends on nothing."""
    return tuple(sorted({unit.name for unit in gazetteer()}))


@cache
def syllables() -> tuple[str, ...]:
    """Syllables of all those names, shuffled once."""
    found = sorted({word.lower() for name in place_names() for word in name.split() if word.isalpha()})
    random.Random(7).shuffle(found)
    return tuple(found)


def damaged(word: str, rng: random.Random) -> str:
    """A word with one letter misread, or with its marks lost."""
    if rng.random() < 0.4 and (bare := fold(word)) != word.lower():
        return bare
    place = rng.randrange(len(word))
    return word[:place] + _CONFUSED.get(fold(word[place]), rng.choice("abcdeghiklmnopqrstuvxy")) + word[place + 1 :]
