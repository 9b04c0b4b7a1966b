"""The plainest decoder: the likeliest symbol of every step, without any knowledge of the language.

In: `Alternatives`. Out: words. It reads where the language model is missing, and it is what that model is measured against.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from typing import Protocol

from ocr.engines.networks.alternatives import Alternatives, ReadWord


class Decoder(Protocol):
    """Chooses words among the alternatives of a line."""

    name: str

    def decode(self, alternatives: Alternatives) -> tuple[ReadWord, ...]:
        """The words of the line from left to right."""
        ...


class Greedy:
    """Takes the best symbol of every step."""

    name = "greedy"

    def decode(self, alternatives: Alternatives) -> tuple[ReadWord, ...]:
        """See `Decoder`; a word's confidence is the mean of its letters' (geometric, not calibrated)."""
        words, letters = [], []
        for character, step, value in _peaks(alternatives):
            if not character.isspace():
                letters.append((character, step, value))
            elif letters:
                words.append(_word(letters))
                letters = []
        if letters:
            words.append(_word(letters))
        return tuple(words)


def _peaks(alternatives: Alternatives) -> Iterator[tuple[str, int, float]]:
    """Every symbol once, with the step where it is surest (a run of equal symbols is one)."""
    best, values = alternatives.symbols[:, 0].tolist(), alternatives.log_probabilities[:, 0].tolist()
    step = 0
    while step < len(best):
        end = step
        while end < len(best) and best[end] == best[step]:
            end += 1
        if best[step]:
            peak = max(range(step, end), key=lambda place: values[place])
            yield alternatives.charset[best[step] - 1], peak, values[peak]
        step = end


def _word(letters: list[tuple[str, int, float]]) -> ReadWord:
    score = sum(value for _, _, value in letters) / len(letters)
    text = unicodedata.normalize("NFC", "".join(character for character, _, _ in letters))
    return ReadWord(text, letters[0][1], letters[-1][1], math.exp(min(score, 0.0)), score)
