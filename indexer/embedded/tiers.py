"""The top of a ranking without the rest: who takes all steps comes before all who do not, and they are few.

In: the plan of a question, how many documents hold a token. Out: tiers, best first. What a tier finds that no tier before it found
comes behind those and before everything else: steps are added to its score, and only BM25 is worked out, of few clauses. Whoever
asks goes from tier to tier until enough is found; the plan as a whole is behind the last one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product

from indexer.conditions import condition_of
from indexer.embedded.pairs import PAIRED, PAIRS, pairs_of_phrase, words_of_pair
from indexer.embedded.presence import Frequency
from indexer.plan import All, Best, Combine, Constant, Most, Nothing, PhraseOf, Plan, Term, Weighted

_SATURATED = 2.2
"""BM25 gives a token at most so many times its rarity (k1 + 1)."""

_TRIED = 4
"""Tiers at most, where many documents take all steps: each costs a search."""

_FEW = 3_000
"""Documents that are ranked so quickly that finer tiers gain nothing."""

_PATTERNS = 1_000
"""Ways to take steps that are looked through."""


@dataclass(frozen=True, slots=True)
class Tier:
    """`words` rank what takes the steps `required`; `added` is what the steps are worth."""

    words: Plan
    required: Plan
    added: float


@dataclass(frozen=True, slots=True)
class _Step:
    """A condition that adds to the score; `scored` is what to rank by where it is no condition, `inner` where it is one."""

    condition: Plan
    score: float
    gap: float
    scored: Plan
    inner: Plan | None = None

    @property
    def whole(self) -> bool:
        """Whether who does not take it lacks all of its score, no more and no less."""
        return self.gap == self.score and self.inner is None


@dataclass(slots=True)
class _Parts:
    """A plan taken apart: what has to match, steps, what else adds to the score, what must not match."""

    must: list[Plan]
    steps: list[_Step]
    should: list[Plan]
    must_not: list[Plan]
    added: float = 0.0


class Tiers:
    """Tiers of plans over one commit."""

    def __init__(self, frequency: Frequency, documents: int) -> None:
        self.frequency = frequency
        self.documents = documents

    def of(self, plan: Plan) -> Iterator[Tier]:
        """Tiers of a plan, the best one first; none when its steps do not keep documents apart."""
        parts = _Parts([], [], [], [])
        self._take_apart(plan, parts)
        steps = self._far_apart(parts)
        if not steps:
            return
        taken = {id(step) for step in steps}
        left = [step for step in parts.steps if id(step) not in taken]
        most = self._most_of_rest(parts, left)
        patterns = _patterns([step for step in steps if step.whole], min((s.gap for s in steps if not s.whole), default=math.inf))
        always = tuple(step.condition for step in steps if not step.whole)
        total = parts.added + sum(step.score for step in steps)
        tried = 1 if self._few(parts, steps) else _TRIED
        for (lost, required), (next_lost, _) in list(pairwise(patterns))[:tried]:
            if next_lost - lost <= most:
                return
            taken_all = Combine(must=(*always, required)) if always else required
            yield self._tier(parts, steps, left, taken_all, total - lost)

    def _tier(self, parts: _Parts, steps: Sequence[_Step], left: Sequence[_Step], required: Plan, added: float) -> Tier:
        inner = _Parts([], [], [], [])
        for step in steps:
            if step.inner is not None:
                self._take_apart(step.inner, inner)
        held = _held(required)
        left = [*left, *inner.steps]
        must = [_as_held(one, held) for one in (*parts.must, *inner.must, *(s.scored for s in left if s.inner is not None))]
        should = [*parts.should, *inner.should, *(s.scored for s in left if s.inner is None)]
        words: Plan = Combine(must=tuple(must) or (All(),), must_not=(*parts.must_not, *inner.must_not))
        for one in (
            single for several in should for single in _apart(several)
        ):  # one in the other: the engine reads several side by side from end to end, but looks one up
            words = Combine(must=(words,), should=(one,))
        return Tier(words, required, added)

    def _take_apart(self, plan: Plan, parts: _Parts) -> None:
        """Sort a plan that has to match into `parts`."""
        match plan:
            case All():
                pass
            case Constant(child, score):
                parts.added += score
                if not isinstance(child, All):
                    parts.must.append(Constant(condition_of(child), 0.0))
            case Combine(must, should, must_not) if must:
                for one in must:
                    self._take_apart(one, parts)
                for one in should:
                    step = self._optional(one)
                    if step is None:
                        parts.should.append(one)
                    else:
                        parts.steps.append(step)
                parts.must_not += must_not
            case Best(children) if (found := self._outstanding(plan, children)) is not None:
                parts.steps.append(found)
            case _:
                parts.must.append(plan)

    def _optional(self, plan: Plan) -> _Step | None:
        """A step out of what need not match."""
        match plan:
            case Constant(child, score):
                return _Step(condition_of(child), score, score, plan)
            case Best((Combine((), inside, ()), *others)) if all(isinstance(one, Constant) for one in inside):
                scores = [one.score for one in inside if isinstance(one, Constant)]
                gap = min(min(scores), sum(scores) - max((self.most(other) for other in others), default=0.0))
                condition = Combine(must=tuple(condition_of(one) for one in inside))
                return _Step(condition, sum(scores), gap, plan) if gap > 0 else None
            case _:
                return None

    def _outstanding(self, plan: Plan, children: Sequence[Plan]) -> _Step | None:
        """A way to match that is worth more than all the others, as a step."""
        for place, child in enumerate(children):
            least = _least(child)
            others = max((self.most(other) for at, other in enumerate(children) if at != place), default=0.0)
            if least > others:
                return _Step(condition_of(child), least, least - others, plan, _without_least(child))
        return None

    def _far_apart(self, parts: _Parts) -> list[_Step]:
        """The steps whose lack nothing else makes up for; only the large ones where few documents take them all."""
        kept = sorted(parts.steps, key=lambda step: step.gap)
        left: list[_Step] = []
        coarse: list[_Step] | None = None
        while kept:
            if kept[0].gap > self._most_of_rest(parts, left):
                if self._few(parts, kept):
                    coarse = list(kept)
                elif coarse is not None:
                    return coarse
                else:
                    return kept
            left.append(kept.pop(0))
        return coarse or []

    def _few(self, parts: _Parts, steps: Sequence[_Step]) -> bool:
        """Whether few documents can hold all of it, to judge by the rarest token."""
        conditions = [condition_of(one) for one in parts.must] + [step.condition for step in steps]
        return min((self._held_by(one) for one in conditions), default=self.documents) <= _FEW

    def _held_by(self, condition: Plan) -> int:
        match condition:
            case Term(field, token):
                return self.frequency(field, token)
            case PhraseOf(field, tokens, slop):
                found = [self.frequency(field, token) for token in tokens]
                if field in PAIRED and not slop:
                    found += [self.frequency(PAIRS, pair) for pair in pairs_of_phrase(tokens)]
                return min(found)
            case Combine(must, _, _) if must:
                return min(self._held_by(one) for one in must)
            case Combine((), should, _):
                return sum(self._held_by(one) for one in should)
            case _:
                return self.documents

    def _most_of_rest(self, parts: _Parts, left: Sequence[_Step]) -> float:
        rest = sum(self.most(one) for one in (*parts.must, *parts.should, *(step.scored for step in left)))
        inner = sum(self.most(step.inner) for step in parts.steps if step.inner is not None)
        return 1.01 * (rest + inner) + 1.0

    def most(self, plan: Plan) -> float:
        """The highest score a plan can give."""
        match plan:
            case Term(field, token):
                return _SATURATED * self._rarity(field, token)
            case PhraseOf(field, tokens):
                return _SATURATED * sum(self._rarity(field, token) for token in tokens)
            case Best(children):
                return max(self.most(child) for child in children)
            case Weighted(child, weight):
                return self.most(child) * weight
            case Constant(_, score):
                return score
            case Combine(must, should, _):
                return sum(self.most(child) for child in (*must, *should))
            case Most(children, _):
                return sum(self.most(child) for child in children)
            case Nothing():
                return 0.0
            case _:
                return 1.0

    def _rarity(self, field: str, token: str) -> float:
        held = self.frequency(field, token)
        return math.log(1 + (max(self.documents - held, 0) + 0.5) / (held + 0.5)) if held else 0.0


def _least(plan: Plan) -> float:
    """What whoever matches a plan gets for certain, apart from BM25."""
    match plan:
        case Constant(_, score):
            return score
        case Combine(must, _, _) if must:
            return sum(_least(child) for child in must)
        case _:
            return 0.0


def _without_least(plan: Plan) -> Plan:
    match plan:
        case Constant(child, _):
            return Constant(child, 0.0)
        case Combine(must, should, must_not) if must:
            return Combine(must=tuple(_without_least(child) for child in must), should=should, must_not=must_not)
        case _:
            return plan


def _patterns(steps: Sequence[_Step], end: float) -> list[tuple[float, Plan]]:
    """Ways to take steps by what is lost with those not taken, the least first, up to `end`; all before it fulfil a way too."""
    ordered = sorted(steps, key=lambda step: -step.score)
    groups = [(score, [step.condition for step in group]) for score, group in groupby(ordered, key=lambda step: step.score)]
    if math.prod(len(conditions) + 1 for _, conditions in groups) > _PATTERNS:
        return []
    found: dict[float, list[Plan]] = {}
    for missing in product(*(range(len(conditions) + 1) for _, conditions in groups)):
        lost = sum(count * score for count, (score, _) in zip(missing, groups, strict=True))
        if lost < end:
            found.setdefault(lost, []).append(_taken(missing, groups))
    ways = [(lost, either[0] if len(either) == 1 else Combine(should=tuple(either))) for lost, either in sorted(found.items())]
    return [*ways, (end if end < math.inf else ways[-1][0] + ways[-1][0] + 1e12, Nothing())]


def _taken(missing: Sequence[int], groups: Sequence[tuple[float, list[Plan]]]) -> Plan:
    """All conditions but as many of each group as are missing."""
    must: list[Plan] = []
    for count, (_, conditions) in zip(missing, groups, strict=True):
        if not count:
            must += conditions
        elif count < len(conditions):
            must.append(Most(tuple(conditions), len(conditions) - count))
    return Combine(must=tuple(must)) if must else All()


def _held(required: Plan) -> set[Plan]:
    """Tokens that every document has which takes these steps."""
    match required:
        case Term(field, token) if field == PAIRS:
            return {Term("text_fo", word) for word in words_of_pair(token)}
        case Term():
            return {required}
        case PhraseOf(field, tokens, _):
            return {Term(field, token) for token in tokens}
        case Combine(must, _, _) if must:
            return {token for one in must for token in _held(one)}
        case _:
            return set()


def _apart(plan: Plan) -> tuple[Plan, ...]:
    """Marks as typed are the better way of two: what they are worth beyond the other one is added to it."""
    match plan:
        case Best((PhraseOf() as typed, Weighted(PhraseOf() as folded, weight))):
            return (Weighted(folded, weight), Weighted(typed, 1.0 - weight))
        case _:
            return (plan,)


def _as_held(plan: Plan, held: set[Plan]) -> Plan:
    """What has to match, where one of its ways is known to: the engine looks it up, and need not read all ways side by side."""
    match plan:
        case Best((Term() as typed, *_)) if typed in held:
            return typed
        case Best((Term() as typed, Weighted(Term() as folded, weight), *_)) if folded in held:
            return Combine(must=(Weighted(folded, weight),), should=(Weighted(typed, 1.0 - weight),))
        case _:
            return plan
