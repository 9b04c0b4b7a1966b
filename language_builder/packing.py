"""From counts to the file of the model: smoothing, pruning, whole sixteenths of log probability, bytes.

In: `Counts`. Out: the bytes of `ocr/language/vietnamese.bin`, the same for the same counts.

Interpolated absolute discounting; what is pruned is reached by backing off, with weights that make every distribution sum to one.
"""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import numpy.typing as npt

from language_builder.counting import Counts
from ocr.language.model_file import FORMATS, MAGIC, NUMBERS, START, STEPS_PER_UNIT, TEXTS, UNKNOWN, VERSION

DISCOUNT = 0.75
LEAST_PAIR, LEAST_TRIPLE = 2, 4
LEAST_GAIN = 0.7
"""A triple is kept when its log probability is further than this from what backing off gives: others cost room for nothing."""
MOST_TRIPLES = 1_000_000
_HEADER_ROOM = 2048

Reals = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def pack(counts: Counts) -> bytes:
    """Return the bytes of the model file."""
    size = len(counts.words)
    single = _single(counts)
    pairs = _pairs(counts, single)
    triples = _triples(counts, single, pairs)
    letters, letter_pair = _letters(counts)
    seen_plain, titled, capitals, seen_title, title_title = counts.titled.T.astype(np.float64)
    numbers: dict[str, npt.NDArray[np.generic]] = {
        "single": _bytes_of(single),
        "single_backoff": _bytes_of(pairs.backoff),
        "title_after_plain": _rate(titled, seen_plain),
        "capitals_after_plain": _rate(capitals, seen_plain),
        "title_after_title": _rate(title_title, seen_title),
        "pair_start": _starts(pairs.first, size),
        "pair_word": pairs.word,
        "pair": _bytes_of(pairs.probability),
        "pair_backoff": _bytes_of(triples.backoff),
        "triple_start": _starts(triples.first, len(pairs.word)),
        "triple_word": triples.word,
        "triple": _bytes_of(triples.probability),
        "letter_pair": letter_pair,
    }
    return _file({"words": "\n".join(counts.words), "letters": letters}, numbers)


class _Level:
    """Kept continuations of contexts: context number, next word, probability; and the back-off weight of every context."""

    def __init__(self, first: Integers, word: Integers, probability: Reals, backoff: Reals) -> None:
        self.first, self.word, self.probability, self.backoff = first, word, probability, backoff


def _single(counts: Counts) -> Reals:
    """Probability of a word where nothing is known of its neighbours; rare words share that of `UNKNOWN`."""
    tally = counts.single.astype(np.float64)
    tally[START] = 0.0
    tally = np.maximum(tally, 0.5)
    share: Reals = tally / tally.sum()
    return share


def _pairs(counts: Counts, single: Reals) -> _Level:
    first, word, tally = counts.pairs
    size = len(single)
    total = np.bincount(first, weights=tally, minlength=size)
    kinds = np.bincount(first, minlength=size)
    spare = DISCOUNT * kinds / np.maximum(total, 1)
    probability = (tally - DISCOUNT) / total[first] + spare[first] * single[word]
    keep = tally >= LEAST_PAIR
    first, word, probability = first[keep], word[keep], probability[keep]
    return _Level(first, word, probability, _backoff(first, probability, single[word], size))


def _backoff(first: Integers, probability: Reals, lower: Reals, size: int) -> Reals:
    """Weights that make kept and backed-off probabilities sum to one."""
    left = 1.0 - np.bincount(first, weights=probability, minlength=size)
    below = 1.0 - np.bincount(first, weights=lower, minlength=size)
    weight: Reals = np.clip(left, 1e-4, 1.0) / np.clip(below, 1e-4, 1.0)
    return weight


def _triples(counts: Counts, single: Reals, pairs: _Level) -> _Level:
    one, two, three, tally = counts.triples
    context, inverse = np.unique((one << 16) | two, return_inverse=True)
    total = np.bincount(inverse, weights=tally)
    spare = DISCOUNT * np.bincount(inverse) / total
    pair_keys = (pairs.first << 16) | pairs.word
    lower = _pair_probability(two, three, pair_keys, pairs, single)
    probability = (tally - DISCOUNT) / total[inverse] + spare[inverse] * lower
    place = np.minimum(np.searchsorted(pair_keys, context), len(pair_keys) - 1)
    known = (pair_keys[place] == context)[inverse]
    gain = np.abs(np.log(probability) - np.log(spare[inverse] * lower + 1e-12))
    keep = known & (tally >= LEAST_TRIPLE) & (gain > LEAST_GAIN)
    if keep.sum() > MOST_TRIPLES:
        worth = tally * gain * keep
        keep &= worth >= np.partition(worth, -MOST_TRIPLES)[-MOST_TRIPLES]
    first = place[inverse][keep]
    probability, lower = probability[keep], lower[keep]
    return _Level(first, three[keep], probability, _backoff(first, probability, lower, len(pair_keys)))


def _pair_probability(first: Integers, word: Integers, keys: Integers, pairs: _Level, single: Reals) -> Reals:
    wanted = (first << 16) | word
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, pairs.probability[place], pairs.backoff[first] * single[word])


def _letters(counts: Counts) -> tuple[str, npt.NDArray[np.uint8]]:
    """Letters and the probability of each after each, learned from words as unknown ones look: every kind counts once."""
    spelled: Counter[str] = Counter(counts.words[UNKNOWN + 4 :]) + Counter(list(counts.rare))
    letters = "\n" + "".join(sorted({letter for word in spelled for letter in word}))
    place = {letter: number for number, letter in enumerate(letters)}
    table = np.full((len(letters), len(letters)), 0.05)
    for word in spelled:
        line = [0, *(place[letter] for letter in word), 0]
        np.add.at(table, (line[:-1], line[1:]), 1.0)
    return letters, _bytes_of((table / table.sum(axis=1, keepdims=True)).ravel())


def _bytes_of(probability: Reals) -> npt.NDArray[np.uint8]:
    units: npt.NDArray[np.uint8] = np.clip(np.rint(-np.log(probability) * STEPS_PER_UNIT), 0, 255).astype(np.uint8)
    return units


def _rate(part: Reals, whole: Reals) -> npt.NDArray[np.uint8]:
    """Share in 255ths, drawn a little towards the whole vocabulary's."""
    usual = part.sum() / max(whole.sum(), 1.0)
    share: npt.NDArray[np.uint8] = np.clip(np.rint(255 * (part + 2 * usual) / (whole + 2)), 0, 255).astype(np.uint8)
    return share


def _starts(first: Integers, size: int) -> Integers:
    return np.concatenate([[0], np.cumsum(np.bincount(first, minlength=size))])


def _file(texts: dict[str, str], numbers: dict[str, npt.NDArray[np.generic]]) -> bytes:
    blocks = {name: texts[name].encode("utf-8") for name in TEXTS}
    for name, kind in NUMBERS.items():
        blocks[name] = numbers[name].astype(f"<u{FORMATS[kind]}").tobytes()
    body, sections, offset = bytearray(), {}, _HEADER_ROOM
    for name, block in blocks.items():
        sections[name] = [offset, len(block)]
        padded = block + bytes(-len(block) % 8)
        body += padded
        offset += len(padded)
    header = json.dumps({"version": VERSION, "size": offset, "sections": sections}, sort_keys=True).encode()
    start = MAGIC + len(header).to_bytes(4, "little") + header
    if len(start) > _HEADER_ROOM:
        raise ValueError(f"header of {len(start)} bytes, room for {_HEADER_ROOM}")
    return start + bytes(_HEADER_ROOM - len(start)) + body
