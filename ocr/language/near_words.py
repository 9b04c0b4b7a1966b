"""Words with the same letters and other accents, where the recogniser's likeliest symbols make no word at all.

In: segments of a line. Out: the same segments with further readings: words of the model that differ from those read in accents only
(gõm -> gồm, bãng -> bằng). Each costs what the picture says against the changed letters.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property, lru_cache

from ocr.engines.networks.alternatives import Alternatives
from ocr.language.model_file import UNKNOWN
from ocr.language.readings import Segment, Stretch
from ocr.language.scoring import Scoring
from ocr.language.words import Case, Kind, key, letter_case, parts

_LONGEST = 7
"""Letters of the longest Vietnamese syllable (nghiêng)."""
_UNSEEN = -1.0
"""Added to the log probability of the least likely alternative for a letter that is not among them."""


class NearWords:
    """Finds words that differ in accents only."""

    def __init__(self, words: Iterable[str], scoring: Scoring) -> None:
        self._words, self._scoring = tuple(words), scoring
        self.near: Callable[[str], tuple[str, ...]] = lru_cache(1 << 12)(self._near)

    @cached_property
    def _by_letters(self) -> dict[str, list[str]]:
        """Words by their bare letters; made when the first is asked for, so that opening the model stays quick."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) <= _LONGEST and word.isalpha():
                found[bare(word)].append(word)
        return found

    def added(self, segment: Segment, seen: Alternatives) -> Segment:
        """The segment with further readings where its best one is no language."""
        return self._with(segment, seen, [word for word in segment.readings[0].text.split(" ") if self._is_unknown(word)])

    def added_to_known(self, segment: Segment, seen: Alternatives) -> Segment:
        """The segment with further readings for every word of its best one."""
        return self._with(segment, seen, segment.readings[0].text.split(" "))

    def _with(self, segment: Segment, seen: Alternatives, words: list[str]) -> Segment:
        if not words:
            return segment
        best, further, start = segment.readings[0], list[Stretch](), 0
        for word in best.text.split(" "):
            if word in words:
                further += self._readings(best, start, word, seen)
            start += len(word) + 1
        known = {reading.text for reading in segment.readings}
        return replace(segment, readings=(*segment.readings, *(each for each in further if each.text not in known)))

    def _is_unknown(self, word: str) -> bool:
        return self._scoring.token(word).numbers == (UNKNOWN,)

    def _near(self, word: str) -> tuple[str, ...]:
        """Known words with the same bare letters, written in its case and between its marks."""
        taken = parts(word)
        if taken.kind is not Kind.WORD or len(taken.pieces) > 1 or len(taken.core) > _LONGEST:
            return ()
        case = letter_case(taken.core)
        written = {Case.UPPER: str.upper, Case.TITLE: str.capitalize}.get(case, str.lower)
        return tuple(taken.lead + written(near) + taken.tail for near in self._by_letters.get(bare(key(taken.core)), ()))

    def _readings(self, best: Stretch, start: int, word: str, seen: Alternatives) -> Iterable[Stretch]:
        near = self.near(word)
        if not near:
            return
        end = start + len(word)
        shown = [_shown(seen, step) for step in best.steps[start:end]]
        for other in near:
            cost = 0.0
            for letter, wanted, (values, unseen) in zip(word, other, shown, strict=True):
                if letter != wanted:
                    cost += values.get(wanted, unseen) - values.get(letter, unseen)
            yield Stretch(best.text[:start] + other + best.text[end:], best.log_probability + cost, best.steps)


def _shown(seen: Alternatives, step: int) -> tuple[dict[str, float], float]:
    """Log probability of the letters that a step may show, and of any other."""
    row, symbols = seen.log_probabilities[step].tolist(), seen.symbols[step].tolist()
    values = {seen.charset[symbol - 1]: value for symbol, value in zip(symbols, row, strict=True) if symbol}
    return values, min(row[-1], 0.0) + _UNSEEN


@lru_cache(1 << 14)
def bare(word: str) -> str:
    """The letters of a word without accents, one for one; đ is d."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in word).replace("đ", "d")
