"""What the recogniser saw in one line: for every narrow step the few likeliest symbols, before any of them is chosen.

In: the recogniser's outputs. Out: one `Alternatives` a line, which a decoder (greedy or with language) turns into words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """A line of print as the recogniser saw it, in T steps from left to right with the K likeliest symbols each.

    Attributes:
        log_probabilities: float32 [T, K], natural logarithms, best first.
        symbols: int16 or int32 [T, K]; 0 is the blank of CTC, i is `charset[i - 1]`.
        blank: float32 [T], log probability of the blank, whether or not it is among the K.
        charset: the characters, a single code point each, NFC; the space is one of them.
        x0: page pixel of the left edge of step 0.
        step_px: page pixels a step.
    """

    log_probabilities: npt.NDArray[np.float32]
    symbols: npt.NDArray[np.integer]
    blank: npt.NDArray[np.float32]
    charset: tuple[str, ...]
    x0: float
    step_px: float

    @property
    def steps(self) -> int:
        """T, how many steps the line has."""
        return int(self.symbols.shape[0])

    def x_of(self, step: float) -> float:
        """Page pixel of the left edge of a step."""
        return self.x0 + step * self.step_px


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word that a decoder chose.

    Attributes:
        text: the word, NFC, without spaces.
        first_step: step of its first letter.
        last_step: step of its last letter, inclusive.
        confidence: 0-1.
        score: how well it fits picture and language, log probability a character; 0 is best.
    """

    text: str
    first_step: int
    last_step: int
    confidence: float
    score: float
