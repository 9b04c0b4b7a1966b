"""The condition in a plan: which entries match, without what only adds to the score. Counting and ordering by field need no more.

In: a plan. Out: a smaller plan that finds the same entries.
"""

from __future__ import annotations

from dossier.text import folded_key
from indexer.plan import All, Best, Combine, Constant, PhraseOf, Plan, Term, Weighted

_EXACT, _FOLDED = "_ex", "_fo"


def condition_of(plan: Plan) -> Plan:
    """A plan that finds the same entries; their scores mean nothing."""
    match plan:
        case Weighted(child, _) | Constant(child, _):
            return condition_of(child)
        case Best(children):
            return _any_of(children)
        case Combine(must, should, must_not):
            left_out = tuple(condition_of(child) for child in must_not)
            if must:
                kept = tuple(found for child in must if not isinstance(found := condition_of(child), All)) or (All(),)
                return kept[0] if len(kept) == 1 and not left_out else Combine(must=kept, must_not=left_out)
            found = _any_of(should)
            return Combine(must=(found,), must_not=left_out) if left_out else found
        case _:
            return plan


def _any_of(children: tuple[Plan, ...]) -> Plan:
    found = dict.fromkeys(condition_of(child) for child in children)
    kept = tuple(one for one in found if _in_any_marks(one) not in found)
    return kept[0] if len(kept) == 1 else Combine(should=kept)


def _in_any_marks(plan: Plan) -> Plan | None:
    """What also finds everything that this finds with its marks."""
    match plan:
        case Term(field, token) if field.endswith(_EXACT):
            return Term(field.removesuffix(_EXACT) + _FOLDED, folded_key(token))
        case PhraseOf(field, tokens, slop) if field.endswith(_EXACT):
            return PhraseOf(field.removesuffix(_EXACT) + _FOLDED, tuple(map(folded_key, tokens)), slop)
        case _:
            return None
