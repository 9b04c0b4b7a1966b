"""Counts words, pairs and triples of words, and how they are written, over weighted texts.

In: (text, weight) pairs. Out: `Counts`, arrays by word number. Words are the keys of `ocr.language.words`; numbers, codes and rare
words are one word each (`NUMBER`, `CODE`, `UNKNOWN`), a sentence begins with `START`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dossier.text import normalise
from dossier.text.syllables import is_syllable
from ocr.language.model_file import CODE, NUMBER, SPECIAL, START, UNKNOWN
from ocr.language.words import ENDS_SENTENCE, Case, Kind, key, letter_case, parts

LEAST_SYLLABLE, LEAST_OTHER = 3, 5
MOST_WORDS = 65_000

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted.

    Attributes:
        words: by number; the first ones are `SPECIAL`.
        single: how often a word stands anywhere.
        pairs: word, word, count; sorted. `triples` likewise with three words.
        titled: per word five counts: seen after a plain word, of these titled, of these in capitals; seen after a titled word, of
            these titled.
        rare: words too rare to get a number, with their counts: what unknown words look like.
    """

    words: tuple[str, ...]
    single: Integers
    pairs: tuple[Integers, Integers, Integers]
    triples: tuple[Integers, Integers, Integers, Integers]
    titled: npt.NDArray[np.int64]
    rare: Counter[str]


@dataclass(slots=True)
class _Stream:
    """Texts as runs of word numbers, all of one weight."""

    numbers: list[int]
    cases: list[int]
    weight: int


def pieces_of(text: str) -> Iterable[tuple[str | int, Case, bool]]:
    """Every piece of a text: key or special number, letter case, and whether a sentence ends after it."""
    for word in normalise(text).split():
        taken = parts(word)
        ends = any(mark in ENDS_SENTENCE for mark in taken.tail)
        if taken.kind is Kind.WORD:
            for position, piece in enumerate(taken.pieces):
                yield key(piece), letter_case(piece), ends and position == len(taken.pieces) - 1
        elif taken.kind is not Kind.MARKS:
            yield (NUMBER if taken.kind is Kind.NUMBER else CODE), Case.LOWER, ends


def count(texts: Iterable[tuple[str, int]]) -> Counts:
    """Count all texts."""
    vocabulary: dict[str, int] = {}
    seen: Counter[str] = Counter()
    streams: dict[int, _Stream] = {}
    for text, weight in texts:
        stream = streams.setdefault(weight, _Stream([], [], weight))
        _append(stream, text, vocabulary, seen)
    words, renumber = _chosen(vocabulary, seen)
    rare = Counter({word: seen[word] for word, number in vocabulary.items() if renumber[number] == UNKNOWN})
    single = np.zeros(len(words), np.int64)
    titled = np.zeros((len(words), 5), np.int64)
    pair_parts, triple_parts = [], []
    for stream in streams.values():
        numbers = renumber[np.array(stream.numbers, np.int64)]
        single += np.bincount(numbers, minlength=len(words)) * stream.weight
        titled += _cases(numbers, np.array(stream.cases, np.int64), len(words)) * stream.weight
        pair_parts.append(_grouped(numbers, 2, stream.weight))
        triple_parts.append(_grouped(numbers, 3, stream.weight))
    pairs = _merged(pair_parts)
    triples = _merged(triple_parts)
    return Counts(words, single, (pairs[0] >> 16, pairs[0] & 0xFFFF, pairs[1]), _split3(triples), titled, rare)


def _append(stream: _Stream, text: str, vocabulary: dict[str, int], seen: Counter[str]) -> None:
    stream.numbers.append(START)
    stream.cases.append(Case.MIXED)
    for piece, case, ends in pieces_of(text):
        if isinstance(piece, int):
            stream.numbers.append(piece)
        else:
            stream.numbers.append(vocabulary.setdefault(piece, len(vocabulary) + len(SPECIAL)))
            seen[piece] += stream.weight
        stream.cases.append(case)
        if ends:
            stream.numbers.append(START)
            stream.cases.append(Case.MIXED)


def _chosen(vocabulary: dict[str, int], seen: Counter[str]) -> tuple[tuple[str, ...], Integers]:
    """The words that are kept, sorted, and for every first number its final one."""
    kept = [word for word in vocabulary if seen[word] >= (LEAST_SYLLABLE if is_syllable(word) else LEAST_OTHER)]
    kept = sorted(sorted(kept, key=lambda word: (-seen[word], word))[: MOST_WORDS - len(SPECIAL)])
    renumber = np.full(len(vocabulary) + len(SPECIAL), UNKNOWN, np.int64)
    renumber[: len(SPECIAL)] = np.arange(len(SPECIAL))
    for number, word in enumerate(kept, start=len(SPECIAL)):
        renumber[vocabulary[word]] = number
    return (*SPECIAL, *kept), renumber


def _cases(numbers: Integers, cases: Integers, size: int) -> npt.NDArray[np.int64]:
    """How words are written after plain and after titled words."""
    before, word, case = cases[:-1], numbers[1:], cases[1:]
    plain, after_title = (before == Case.LOWER) & (word != START), (before == Case.TITLE) & (word != START)
    chosen = (plain, plain & (case == Case.TITLE), plain & (case == Case.UPPER), after_title, after_title & (case == Case.TITLE))
    return np.stack([np.bincount(word[mask], minlength=size) for mask in chosen], axis=1)


def _grouped(numbers: Integers, order: int, weight: int) -> tuple[Integers, Integers]:
    """All runs of `order` words as one key each, with weighted counts; no run reaches over the beginning of a sentence."""
    keys = np.zeros(len(numbers) - order + 1, np.int64)
    inside = np.ones(len(keys), bool)
    for place in range(order):
        part = numbers[place : place + len(keys)]
        keys = (keys << 16) | part
        if place:
            inside &= part != START
    found, counted = np.unique(keys[inside], return_counts=True)
    return found, counted * weight


def _merged(parts_: list[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    keys = np.concatenate([found for found, _ in parts_])
    weights = np.concatenate([counted for _, counted in parts_])
    merged, inverse = np.unique(keys, return_inverse=True)
    return merged, np.bincount(inverse, weights=weights, minlength=len(merged)).astype(np.int64)


def _split3(grouped: tuple[Integers, Integers]) -> tuple[Integers, Integers, Integers, Integers]:
    keys, counted = grouped
    return keys >> 32, (keys >> 16) & 0xFFFF, keys & 0xFFFF, counted
