"""How likely a word is after two others.

In: `ModelFile`. Out: log probabilities (natural) of word numbers in context, and numbers of words.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from ocr.language.model_file import SPECIAL, STEPS_PER_UNIT, UNKNOWN, ModelFile

NOTHING = -1
"""A place in the context of which nothing is known: the line begins in the middle of a sentence."""

_CACHED = 1 << 16


class Ngrams:
    """Word numbers and their probabilities; lookups are searches in the mapped file, remembered."""

    def __init__(self, file: ModelFile) -> None:
        numbers = file.numbers
        self._number = {word: number for number, word in enumerate(file.words)}
        for word in SPECIAL:
            del self._number[word]
        self._single, self._single_backoff = numbers["single"], numbers["single_backoff"]
        self._pair_start, self._pair_word = numbers["pair_start"], numbers["pair_word"]
        self._pair, self._pair_backoff = numbers["pair"], numbers["pair_backoff"]
        self._triple_start, self._triple_word, self._triple = numbers["triple_start"], numbers["triple_word"], numbers["triple"]
        self.place_of_pair = lru_cache(_CACHED)(self._place_of_pair)
        self.log_probability = lru_cache(_CACHED)(self._log_probability)

    def number(self, word: str) -> int:
        """Number of a word (as `ocr.language.words.key` writes it), `UNKNOWN` when the model does not have it."""
        return self._number.get(word, UNKNOWN)

    def _place_of_pair(self, first: int, second: int) -> int:
        """Where the pair stands in the file, or `NOTHING`."""
        start, end = self._pair_start[first], self._pair_start[first + 1]
        place = bisect_left(self._pair_word, second, start, end)
        return place if place < end and self._pair_word[place] == second else NOTHING

    def _log_probability(self, before: int, last: int, word: int) -> float:
        """Log probability of `word` after `before` and `last`; either may be `NOTHING`."""
        return -self._units(before, last, word) / STEPS_PER_UNIT

    def _units(self, before: int, last: int, word: int) -> int:
        if last == NOTHING:
            return int(self._single[word])
        units = 0
        if before != NOTHING and (context := self.place_of_pair(before, last)) != NOTHING:
            start, end = self._triple_start[context], self._triple_start[context + 1]
            place = bisect_left(self._triple_word, word, start, end)
            if place < end and self._triple_word[place] == word:
                return int(self._triple[place])
            units = self._pair_backoff[context]
        pair = self.place_of_pair(last, word)
        if pair != NOTHING:
            return units + int(self._pair[pair])
        return units + int(self._single_backoff[last]) + int(self._single[word])
