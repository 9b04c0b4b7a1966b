"""Takes from a plan what no document of the index holds: what never occurs still costs.

In: a plan, how many documents hold a token. Out: a smaller plan that finds the same entries with the same scores.
"""

from __future__ import annotations

from collections.abc import Callable

from indexer.embedded.pairs import PAIRED, PAIRS, pairs_of_phrase
from indexer.plan import AnyOf, Best, Combine, Constant, Most, Nothing, PhraseOf, Plan, Term, Weighted

Frequency = Callable[[str, str], int]
"""How many documents hold a token of a field."""


def present(plan: Plan, frequency: Frequency) -> Plan:
    """The plan without what is held by nothing."""
    match plan:
        case Term(field, token):
            return plan if frequency(field, token) else Nothing()
        case AnyOf(field, values):
            kept = tuple(value for value in values if frequency(field, value))
            return AnyOf(field, kept) if kept else Nothing()
        case PhraseOf(field, tokens, slop):
            held = all(frequency(field, token) for token in tokens)
            if held and field in PAIRED and not slop:
                held = all(frequency(PAIRS, pair) for pair in pairs_of_phrase(tokens))
            return plan if held else Nothing()
        case Weighted(child, weight):
            return _wrapped(present(child, frequency), lambda kept: Weighted(kept, weight))
        case Constant(child, score):
            return _wrapped(present(child, frequency), lambda kept: Constant(kept, score))
        case Best(children):
            found = _present(children, frequency)
            return Nothing() if not found else found[0] if len(found) == 1 else Best(found)
        case Most(children, least):
            found = _present(children, frequency)
            return Most(found, least) if len(found) >= least else Nothing()
        case Combine():
            return _combined(plan, frequency)
        case _:
            return plan


def _wrapped(kept: Plan, wrap: Callable[[Plan], Plan]) -> Plan:
    return kept if isinstance(kept, Nothing) else wrap(kept)


def _present(children: tuple[Plan, ...], frequency: Frequency) -> tuple[Plan, ...]:
    return tuple(kept for child in children if not isinstance(kept := present(child, frequency), Nothing))


def _combined(plan: Combine, frequency: Frequency) -> Plan:
    must = _present(plan.must, frequency)
    should = _present(plan.should, frequency)
    if len(must) < len(plan.must) or not (must or should):
        return Nothing()
    must_not = _present(plan.must_not, frequency)
    if len(must) == 1 and not (should or must_not):
        return must[0]
    return Combine(must=must, should=should, must_not=must_not)
