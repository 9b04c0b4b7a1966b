"""How well a word fits a place in a line: language, letter case and marks together.

In: words as they would be printed and what stands before them. Out: a score that is added to the recogniser's log probability,
and what stands before the next word.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ocr.language.model_file import CODE, NUMBER, START, STEPS_PER_UNIT, UNKNOWN, ModelFile
from ocr.language.ngrams import NOTHING, Ngrams
from ocr.language.punctuation import Marks, marks_score
from ocr.language.weights import Weights
from ocr.language.words import ENDS_SENTENCE, Case, Kind, key, letter_case, parts

_CACHED = 1 << 15

Before = tuple[int, int, int]
"""What stands before a word: numbers of the last two words, letter case of the last (`BEGINNING` where a sentence begins)."""

Cases = tuple[float, float, float, float]
BEGINNING = 3
UNCHANGED = -1
LINE_START: Before = (NOTHING, NOTHING, BEGINNING)

# Letter case where the corpus does not help: beginnings of lines and sentences, and headlines.
_AT_BEGINNING = {Case.LOWER: 0.45, Case.TITLE: 0.4, Case.UPPER: 0.15}
_AFTER_CAPITALS = {Case.LOWER: 0.05, Case.TITLE: 0.05, Case.UPPER: 0.9}
_MIXED = 1e-5
_LEAST = 0.002
_ABBREVIATION_LETTER = -2.0
_LONGEST_ABBREVIATION = 8
_NO_SUCH_LETTER = 160
_SHORT_JUMBLE = 4
"""A jumble of more characters costs more by this measure: it is several words that lost their spaces."""


@dataclass(frozen=True, slots=True)
class Token:
    """A printed word, as far as its worth does not depend on its neighbours.

    Attributes:
        kind: what its core is.
        numbers: of its pieces in the model; empty when no word of language.
        fixed: score that it has everywhere; `spelled`: the part of its log probability that lies in its letters.
        alone: its score where nothing is known of its neighbours.
        marks: score of its marks, by place in the line.
        cases: score of its letter case, by the letter case before it.
        ends: whether a sentence ends with it.
        leaves: letter case that the next word finds before it; `UNCHANGED` for marks that stand alone.
    """

    kind: Kind
    numbers: tuple[int, ...]
    fixed: float
    spelled: float
    alone: float
    marks: Marks
    cases: Cases
    ends: bool
    leaves: int


class Scoring:
    """Scores words with a model and weights."""

    def __init__(self, file: ModelFile, ngrams: Ngrams, weights: Weights) -> None:
        self.ngrams, self.weights = ngrams, weights
        self._weight, self._log_probability = weights.language, ngrams.log_probability
        self._letters = {letter: place for place, letter in enumerate(file.letters)}
        self._letter_pair = file.numbers["letter_pair"]
        names = ("title_after_plain", "capitals_after_plain", "title_after_title")
        self._after_plain, self._capitals, self._after_title = (file.numbers[name] for name in names)
        self._cases: Callable[[int, Case], Cases] = lru_cache(_CACHED)(self._cases_of)
        self.token: Callable[[str], Token] = lru_cache(_CACHED)(self._token)
        self.tokens: Callable[[str], tuple[Token, ...]] = lru_cache(_CACHED)(self._tokens)

    def worth(self, token: Token, before: Before) -> tuple[float, Before]:
        """Score of a word after others, its marks left out, and what stands before the next word."""
        first, last, case = before
        score = token.fixed + token.cases[case]
        for number in token.numbers:
            score += self._weight * self._log_probability(first, last, number)
            first, last = last, number
        if token.ends:
            return score, (NOTHING, START, token.leaves)
        return score, (first, last, case if token.leaves == UNCHANGED else token.leaves)

    def language(self, token: Token, before: Before) -> float:
        """Log probability of a word in its context, letter case and marks left out."""
        first, last, _ = before
        total = token.spelled
        for number in token.numbers:
            total += self.ngrams.log_probability(first, last, number)
            first, last = last, number
        return total

    def _tokens(self, text: str) -> tuple[Token, ...]:
        return tuple(self.token(word) for word in text.split(" ")) if text else ()

    def _token(self, word: str) -> Token:
        taken, weights = parts(word), self.weights
        ends = not ENDS_SENTENCE.isdisjoint(taken.tail)
        marks = marks_score(taken, weights)
        if taken.kind is Kind.WORD:
            numbers = tuple(self.ngrams.number(key(piece)) for piece in taken.pieces)
            spelled = sum(self._spelling(piece) for piece, number in zip(taken.pieces, numbers, strict=True) if number == UNKNOWN)
            case = letter_case(taken.core)
            cases = self._cases(numbers[0], case)
            leaves = BEGINNING if ends and case is not Case.UPPER else min(case, Case.UPPER)
            fixed = weights.language * spelled + weights.per_word
            alone = fixed + weights.language * sum(self._log_probability(NOTHING, NOTHING, number) for number in numbers)
            return Token(taken.kind, numbers, fixed, spelled, alone + max(cases), marks, cases, ends, leaves)
        price = {Kind.NUMBER: weights.number, Kind.CODE: weights.code, Kind.JUMBLE: weights.jumble, Kind.MARKS: weights.lone_marks}
        length = max(1.0, len(taken.core) / _SHORT_JUMBLE) if taken.kind is Kind.JUMBLE else 1.0
        spelled = price[taken.kind] * length
        numbers = () if taken.kind is Kind.MARKS else (NUMBER if taken.kind is Kind.NUMBER else CODE,)
        fixed = weights.language * spelled + weights.per_word
        alone = fixed + weights.language * sum(self._log_probability(NOTHING, NOTHING, number) for number in numbers)
        leaves = BEGINNING if ends else UNCHANGED if taken.kind is Kind.MARKS else Case.LOWER
        return Token(taken.kind, numbers, fixed, spelled, alone, marks, (0.0,) * 4, ends, leaves)

    def _spelling(self, piece: str) -> float:
        """Log probability of the letters of a word that the model does not know; capitals may be any abbreviation."""
        if letter_case(piece) is Case.UPPER and len(piece) <= _LONGEST_ABBREVIATION:
            return _ABBREVIATION_LETTER * len(piece)
        places = [0, *(self._letters.get(letter, NOTHING) for letter in key(piece)), 0]
        width, units = len(self._letters), 0
        for one, two in pairwise(places):
            units += self._letter_pair[one * width + two] if one >= 0 and two >= 0 else _NO_SUCH_LETTER
        return -self.weights.unknown_letter * units / STEPS_PER_UNIT

    def _cases_of(self, number: int, case: Case) -> Cases:
        """Score of a letter case after lower case, a title, capitals, and at a beginning."""
        weight = self.weights.letter_case
        if case is Case.MIXED:
            return (weight * math.log(_MIXED),) * 4
        plain, title = (
            _shares(rate[number] / 255, self._capitals[number] / 255)[case] for rate in (self._after_plain, self._after_title)
        )
        four = (plain, title, _AFTER_CAPITALS[case], _AT_BEGINNING[case])
        after_plain, after_title, after_capitals, at_beginning = (weight * math.log(share) for share in four)
        return (after_plain, after_title, after_capitals, at_beginning)


def _shares(title: float, capitals: float) -> dict[Case, float]:
    capitals = min(max(capitals, _LEAST), 1 - _LEAST)
    title = min(max(title, _LEAST), 1 - _LEAST)
    return {
        Case.UPPER: capitals,
        Case.TITLE: max(title * (1 - capitals), _LEAST),
        Case.LOWER: max((1 - title) * (1 - capitals), _LEAST),
    }
