"""Re-scans of one paper, known by their text.

In: the text of a document. Out: its `Signature`, small enough to store, whose `similarity` to another says how much of the text is
the same; `band_keys` to look near ones up without comparing with all.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dossier.text.letters import fold

NEAR = 0.4
"""Least `similarity` of two scans of one paper; fitted on printed documents scanned twice (see the tests and benchmarks)."""

_BINS = 128
_FIGURE_BINS = 32
_ROWS = 4
"""Bins in a band: where 0.65 of the words agree, one of 32 bands does with a chance of 0.998; where 0.3 do, with 0.23."""

_FIGURES_WEIGH = 0.8
"""How much other figures lower the likeness: two filled-in forms of one kind stay below `NEAR`."""

_WORD = re.compile(r"[a-z]{2,}")
_FIGURE = re.compile(r"\d+(?:[/.\-]\d+)+|\d{2,}")
"""Whole dates, sums and numbers: single figures of forms agree by chance."""

_CONFUSED = str.maketrans({"l": "i", "j": "i", "q": "g", "y": "i"})
"""Letters that scans confuse are one letter here, and the official two spellings of i and y as well."""

_PACKED = f"<{_BINS + _FIGURE_BINS}Q"
_EMPTY = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text.

    Attributes:
        words: for each of 128 bins the least hash of the pairs of words in it, 0 for none.
        figures: the same of its figures in 32 bins: forms of one kind share their words but not their figures.
    """

    words: tuple[int, ...]
    figures: tuple[int, ...]

    def packed(self) -> str:
        """The signature as text to be stored."""
        return base64.b64encode(struct.pack(_PACKED, *self.words, *self.figures)).decode()

    @classmethod
    def unpacked(cls, text: str) -> Signature:
        """The signature that `packed` made text of.

        Raises:
            ValueError: when the text is none.
        """
        try:
            values = struct.unpack(_PACKED, base64.b64decode(text, validate=True))
        except struct.error as error:
            raise ValueError(f"no signature: {text[:20]}") from error
        return cls(values[:_BINS], values[_BINS:])


def signature_of(text: str) -> Signature:
    """The signature of a text, the same for every spelling of case, marks and line ends."""
    folded = fold(text)
    words = _WORD.findall(folded.translate(_CONFUSED))
    return Signature(
        words=_least(_BINS, (f"{first} {second}" for first, second in pairwise(words))),
        figures=_least(_FIGURE_BINS, _FIGURE.findall(folded)),
    )


def similarity(one: Signature, other: Signature) -> float:
    """Share (0-1) of pairs of words that two texts have in common, lowered where their figures differ; 0 for empty texts."""
    words, _ = _agreement(one.words, other.words)
    figures, compared = _agreement(one.figures, other.figures)
    # A text without figures says nothing by having none.
    weight = min(1.0, compared / 8)
    return words * (1 - _FIGURES_WEIGH * weight * (1 - figures))


def band_keys(signature: Signature) -> tuple[str, ...]:
    """Keys to file a signature under: two near ones share at least one key; none for a text without two words."""
    words = _filled(signature.words)
    bands = (words[start : start + _ROWS] for start in range(0, len(words), _ROWS))
    return tuple(f"{number:x}-{hash_of(band):016x}" for number, band in enumerate(bands))


def _filled(bins: tuple[int, ...]) -> tuple[int, ...]:
    """Empty bins of short texts take what the next filled one holds, and how far it is (Shrivastava and Li 2014)."""
    if all(value == _EMPTY for value in bins):
        return ()
    filled = list(bins)
    for place in range(2 * len(bins) - 1, -1, -1):
        here, after = place % len(bins), (place + 1) % len(bins)
        if bins[here] == _EMPTY and filled[after] != _EMPTY:
            filled[here] = filled[after] + 1
    return tuple(filled)


def hash_of(values: Iterable[int]) -> int:
    """One 64-bit number for several."""
    return _hash(" ".join(map(str, values)))


def _least(bins: int, shingles: Iterable[str]) -> tuple[int, ...]:
    """For each bin the least hash that falls into it (one-permutation MinHash)."""
    least = [_EMPTY] * bins
    for shingle in set(shingles):
        value = _hash(shingle)
        place, rest = value % bins, value // bins + 1
        if least[place] == _EMPTY or rest < least[place]:
            least[place] = rest
    return tuple(least)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _agreement(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[float, int]:
    """Share of equal bins among those that are filled on either side, and how many these are."""
    filled = [(a, b) for a, b in zip(one, other, strict=True) if a != _EMPTY or b != _EMPTY]
    return (sum(a == b for a, b in filled) / len(filled), len(filled)) if filled else (0.0, 0)
