"""Character and word error rates of a page that do not depend on the order in which its columns were read.

In: the printed lines of a page, words that may be read or not, the lines that were read. Out: `Errors`, to be added up over pages.
Each printed line is compared with the piece of read text that is most like it, wherever it stands, so merged columns and split
lines cost nothing. What finds no partner counts whole, missing and invented text against each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_SAME_LINE = 55.0
"""Per cent of likeness from which a piece of text is held to be a reading of a printed line."""
_SHORTEST_PIECE = 3
"""Shorter pieces (numbers in table cells) are alike by chance; they are compared word by word at the end."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Wrong characters and words of `characters` and `words` printed ones."""

    characters: int = 0
    wrong_characters: int = 0
    words: int = 0
    wrong_words: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.characters + other.characters,
            self.wrong_characters + other.wrong_characters,
            self.words + other.words,
            self.wrong_words + other.wrong_words,
        )

    @property
    def character_rate(self) -> float:
        """CER."""
        return self.wrong_characters / max(1, self.characters)

    @property
    def word_rate(self) -> float:
        """WER."""
        return self.wrong_words / max(1, self.words)


@dataclass(frozen=True, slots=True)
class _Pair:
    printed: str
    read: str


def clean(text: str) -> str:
    """NFC, single spaces, no soft hyphens: what two readings may differ in without being wrong."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u00ad", "")).split())


def page_errors(printed: Iterable[str], read: Iterable[str], *, optional: Iterable[str] = ()) -> Errors:
    """Compare a page.

    Args:
        printed: lines that must be read.
        read: lines that were read.
        optional: words of seals and stamps; reading them is neither right nor wrong.
    """
    truth = [line for line in map(clean, printed) if line]
    pairs, missing, extra = _pair(truth, [line for line in map(clean, read) if line])
    extra = _without(extra, [line for line in map(clean, optional) if line])
    lost, invented = _rest(missing, extra)
    wrong = sum(Levenshtein.distance(pair.printed, pair.read) for pair in pairs)
    wrong_words = sum(Levenshtein.distance(pair.printed.split(), pair.read.split()) for pair in pairs)
    return Errors(
        characters=sum(map(len, truth)),
        wrong_characters=wrong + max(_letters(lost, missing), _letters(invented, extra)),
        words=sum(len(line.split()) for line in truth),
        wrong_words=wrong_words + max(lost.total(), invented.total()),
    )


def line_pairs(printed: Iterable[str], read: Iterable[str]) -> list[tuple[str, str]]:
    """Each printed line that was read, with what was read for it."""
    pairs, _, _ = _pair([line for line in map(clean, printed) if line], [line for line in map(clean, read) if line])
    return [(pair.printed, pair.read) for pair in pairs]


def _pair(truth: Sequence[str], read: Sequence[str]) -> tuple[list[_Pair], list[str], list[str]]:
    """Longest printed lines choose first; what is left of a read line before and after the chosen piece may be chosen again."""
    pairs: list[_Pair] = []
    pieces = list(read)
    waiting = sorted(truth, key=len, reverse=True)
    missing: list[str] = []
    for line in waiting:
        best = max(range(len(pieces)), key=lambda place: _likeness(line, pieces[place]), default=None)
        if best is None or _likeness(line, pieces[best]) < _SAME_LINE or min(len(line), len(pieces[best])) < _SHORTEST_PIECE:
            missing.append(line)
            continue
        piece = pieces.pop(best)
        start, end = _cut(line, piece)
        pairs.append(_Pair(line, piece[start:end].strip()))
        pieces += [rest for rest in (piece[:start].strip(), piece[end:].strip()) if rest]
    return _mend(pairs, missing, pieces)


def _mend(pairs: list[_Pair], missing: list[str], pieces: list[str]) -> tuple[list[_Pair], list[str], list[str]]:
    """Give a line that was read in two pieces its second piece, where that makes it more like the print."""
    left: list[str] = []
    for piece in sorted(pieces, key=len, reverse=True):
        gains = [_gain(pair, piece) for pair in pairs]
        best = max(range(len(gains)), key=gains.__getitem__, default=None)
        if best is None or gains[best] <= len(piece) / 2:
            left.append(piece)
            continue
        pairs[best] = _Pair(pairs[best].printed, _joined(pairs[best], piece))
    return pairs, missing, left


def _joined(pair: _Pair, piece: str) -> str:
    ways = (f"{pair.read} {piece}", f"{piece} {pair.read}")
    return min(ways, key=lambda way: Levenshtein.distance(pair.printed, way))


def _gain(pair: _Pair, piece: str) -> int:
    """Characters put right by adding a piece to what was read of a line."""
    if len(pair.read) + len(piece) > len(pair.printed) * 1.3 + _SHORTEST_PIECE:
        return 0
    return Levenshtein.distance(pair.printed, pair.read) - Levenshtein.distance(pair.printed, _joined(pair, piece))


def _likeness(line: str, piece: str) -> float:
    """Per cent; how well the shorter text is found in the longer one, less when much of the line is not there at all."""
    score = fuzz.partial_ratio(line, piece, score_cutoff=_SAME_LINE)
    return score * min(1.0, 0.5 + len(piece) / len(line) / 2)


def _cut(line: str, piece: str) -> tuple[int, int]:
    """Where in a piece the reading of a line begins and ends, at the spaces that fit best."""
    if len(piece) <= len(line) + 2:
        return 0, len(piece)
    found = fuzz.partial_ratio_alignment(line, piece)
    if found is None:
        return 0, len(piece)
    starts = _edges(piece, found.dest_start, before=True)
    ends = _edges(piece, found.dest_end, before=False)
    return min(((s, e) for s in starts for e in ends if s < e), key=lambda cut: Levenshtein.distance(line, piece[cut[0] : cut[1]]))


def _edges(piece: str, place: int, *, before: bool) -> list[int]:
    """Word boundaries near a place, and the place itself."""
    bounds = [0, *(space.end() if before else space.start() for space in re.finditer(" ", piece)), len(piece)]
    near = sorted(bounds, key=lambda bound: abs(bound - place))[:3]
    return [*near, place]


def _without(extra: Sequence[str], optional: Sequence[str]) -> list[str]:
    """Take readings of optional words out."""
    if not optional:
        return list(extra)
    seal = " ".join(optional)
    return [piece for piece in extra if fuzz.partial_ratio(piece.upper(), seal.upper()) < _SAME_LINE]


def _rest(missing: Sequence[str], extra: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """Words without a partner on either side; a word that stands on both sides was read after all."""
    lost = Counter(word for line in missing for word in line.split())
    invented = Counter(word for line in extra for word in line.split())
    return lost - invented, invented - lost


def _letters(words: Counter[str], lines: Sequence[str]) -> int:
    """Characters of words and of the spaces between them; never more than the lines they come from."""
    return min(sum((len(word) + 1) * count for word, count in words.items()), sum(map(len, lines)))
