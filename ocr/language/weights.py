"""How much picture and language count against each other; found on printed lines (`scripts/fit_confidence.py` prints their error).

Log probabilities of the recogniser count once; everything here is added to them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the search.

    Attributes:
        language: of the log probability of a word in its context.
        per_word: added for every word, to balance that a word costs and a letter does not.
        letter_case: of the log probability of the letter case.
        marks: of the log probability of the marks around a word.
        number: log probability of a number, in place of a word's; `code`, `jumble`, `lone_marks` likewise.
    """

    language: float = 0.65
    per_word: float = 5.0
    letter_case: float = 0.5
    marks: float = 0.3
    number: float = -4.0
    code: float = -14.0
    jumble: float = -20.0
    lone_marks: float = -8.0
    unknown_letter: float = 0.6


WEIGHTS = Weights()
