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
        list_mark: added for a mark that stands alone at the beginning or end of a line.
        number: log probability of the signs of a number; `code`, `jumble`, `lone_marks` likewise.
        unknown_letter: of the log probability of the letters of an unknown word.
    """

    language: float = 0.52
    per_word: float = 3.0
    letter_case: float = 0.8
    marks: float = 0.3
    list_mark: float = 3.0
    number: float = -4.8
    code: float = -10.0
    jumble: float = -16.0
    lone_marks: float = -8.0
    unknown_letter: float = 0.6


WEIGHTS = Weights()
