"""Words side by side as tokens of their own: what makes looking for phrases cheap in texts that hold every syllable somewhere.

In: folded tokens of a document. Out: each pair of neighbours once, and the pairs that a phrase needs. A phrase is still looked up
by its positions, but only in documents that have all its pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dossier.text import folded_key

PAIRS = "text_pairs"
"""Field of documents; pages are few when they are asked and have none."""

PAIRED = frozenset({"text_ex", "text_fo"})

_GLUE = "_"  # no token has it


def pairs_of_text(folded: str) -> str:
    """All pairs of a stream, each once."""
    return " ".join(dict.fromkeys(map(_GLUE.join, pairwise(folded.split()))))


def pairs_of_phrase(tokens: Sequence[str]) -> list[str]:
    """The pairs that a text with this phrase has, whatever marks the phrase is asked with."""
    return [_GLUE.join(pair) for pair in pairwise(map(folded_key, tokens))]
