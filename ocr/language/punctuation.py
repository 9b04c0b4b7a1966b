"""Which marks stand around words and numbers at the beginning, within and at the end of printed lines.

In: a word taken apart. Out: the logarithm of how usual its marks are. Shares were counted in the truth of printed lines;
hyphens at the ends of lines, which the printer does not set, were added by hand.
"""

from __future__ import annotations

import math

from ocr.language.weights import Weights
from ocr.language.words import Kind, Parts

FIRST, INSIDE, LAST = range(3)
Marks = tuple[float, float, float]

_RARE = 0.0005
_LIST_MARKS = frozenset("-+–•*")
_LEADS = {"": 0.985, "(": 0.004, "“": 0.001, '"': 0.001, "-": 0.001}
_WORD_TAILS = (
    {"": 0.85, ")": 0.06, ",": 0.04, ":": 0.04, ";": 0.006, ".": 0.004},
    {"": 0.93, ",": 0.053, ".": 0.008, ";": 0.004, ":": 0.004, ")": 0.001, "),": 0.0005},
    {"": 0.69, ".": 0.17, ";": 0.08, ",": 0.025, ":": 0.02, ");": 0.003, ").": 0.003, "./.": 0.003, "-": 0.003, "…": 0.001},
)
_NUMBER_TAILS = (
    {"": 0.1, ".": 0.86, ",": 0.02, ")": 0.01, "%": 0.006},
    {"": 0.83, ".": 0.075, ",": 0.058, "%": 0.022, "%,": 0.007, "%.": 0.005, ")": 0.003, ":": 0.002},
    {"": 0.67, ".": 0.2, "%.": 0.05, ",": 0.04, "%": 0.01, ";": 0.004, ")": 0.003, "-": 0.01, "–": 0.003},
)


def marks_score(taken: Parts, weights: Weights) -> Marks:
    """Weighed log share of the marks of a word as the first, an inner, and the last of its line."""
    if taken.kind is Kind.MARKS:
        usual = weights.list_mark if taken.lead in _LIST_MARKS else 0.0
        return (usual, 0.0, usual)
    tables = _NUMBER_TAILS if taken.kind is Kind.NUMBER else _WORD_TAILS
    lead = math.log(_LEADS.get(taken.lead, _RARE))
    first, inside, last = (weights.marks * (lead + math.log(table.get(taken.tail, _RARE))) for table in tables)
    return (first, inside, last)
