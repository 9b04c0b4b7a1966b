"""Words side by side as tokens of their own: what makes looking for phrases cheap in texts that hold every syllable somewhere.

In: folded tokens of a document. Out: each pair of neighbours once, and the pairs that a phrase needs. A phrase is still looked up
by its positions, but only in documents that have all its pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dossier.text import folded_key
from indexer.conditions import condition_of
from indexer.plan import Best, Combine, Constant, Most, PhraseOf, Plan, Term, Weighted

PAIRS = "text_pairs"
"""Field of documents; pages are few when they are asked and have none."""

PAIRED = frozenset({"text_ex", "text_fo"})

_GLUE = "_"  # no token has it
_TWO = 2


def pairs_of_text(folded: str) -> str:
    """All pairs of a stream, each once."""
    return " ".join(dict.fromkeys(map(_GLUE.join, pairwise(folded.split()))))


def pairs_of_phrase(tokens: Sequence[str]) -> list[str]:
    """The pairs that a text with this phrase has, whatever marks the phrase is asked with."""
    return [_GLUE.join(pair) for pair in pairwise(map(folded_key, tokens))]


def words_of_pair(pair: str) -> list[str]:
    """The two words of a pair."""
    return pair.split(_GLUE)


def by_pairs(plan: Plan) -> Plan:
    """The same plan with two words in any marks looked up as one token; positions are only read where BM25 wants them."""
    match plan:
        case Constant(child, score):
            return Constant(_tokens(condition_of(child)), score)
        case Weighted(child, weight):
            return Weighted(by_pairs(child), weight)
        case Combine(must, should, must_not):
            return Combine(
                must=tuple(map(by_pairs, must)),
                should=tuple(map(by_pairs, should)),
                must_not=tuple(_tokens(condition_of(one)) for one in must_not),
            )
        case Most(children, least):
            return Most(tuple(map(by_pairs, children)), least)
        case Best(children):
            best, condition = Best(tuple(map(by_pairs, children))), _tokens(condition_of(plan))
            if isinstance(condition, Term) and condition.field == PAIRS:
                return Combine(must=(Constant(condition, 0.0),), should=(best,))
            return best
        case _:
            return plan


def _tokens(condition: Plan) -> Plan:
    match condition:
        case PhraseOf("text_fo", tokens, 0) if len(tokens) == _TWO:
            return Term(PAIRS, _GLUE.join(tokens))
        case Combine(must, should, must_not):
            return Combine(
                must=tuple(map(_tokens, must)), should=tuple(map(_tokens, should)), must_not=tuple(map(_tokens, must_not))
            )
        case Most(children, least):
            return Most(tuple(map(_tokens, children)), least)
        case _:
            return condition
