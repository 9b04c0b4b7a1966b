"""Prefix search of CTC: what the steps so far can say, and how likely each of it is.

In: prefixes and the possible symbols of the next step. Out: prefixes after it. Plain Python: a stretch has few steps in doubt.
"""

from __future__ import annotations

import math

Row = list[tuple[str, float]]
Part = tuple[float, str, tuple[int, ...]]
"""What a piece says: how likely it is, its letters and their steps."""
Prefix = tuple[str, tuple[float, float, tuple[int, ...]]]
Prefixes = dict[str, tuple[float, float, tuple[int, ...]]]
"""What was said so far: how likely it is with a blank at its end, and without, and the step of each of its letters."""

WIDTH = 24
"""Prefixes kept while a segment is read."""
FAR = math.exp(-10.0)
"""Prefixes this much less likely than the best are dropped."""


def branched(prefixes: Prefixes, row: Row, step: int) -> Prefixes:
    """All prefixes after a step in doubt: how likely with a blank at their end and without, and where their letters are."""
    after: Prefixes = {}
    get = after.get
    for prefix, (blank, solid, steps) in prefixes.items():
        total, last, longer = blank + solid, prefix[-1:], (*steps, step)
        for symbol, probability in row:
            if not symbol:
                known = get(prefix)
                value = total * probability
                after[prefix] = (value, 0.0, steps) if known is None else (known[0] + value, known[1], steps)
                continue
            if symbol == last:
                _add(after, prefix, 0.0, solid * probability, steps)
                value = blank * probability
            else:
                value = total * probability
            longest = prefix + symbol
            known = get(longest)
            if known is None:
                after[longest] = (0.0, value, longer)
            else:
                after[longest] = (known[0], known[1] + value, longer if value > known[0] + known[1] else known[2])
    return _likely(after)


def _likely(prefixes: Prefixes) -> Prefixes:
    """The likeliest prefixes, those far behind the best left out."""
    if len(prefixes) == 1:
        return prefixes
    floor = FAR * max([value[0] + value[1] for value in prefixes.values()])
    kept = [entry for entry in prefixes.items() if entry[1][0] + entry[1][1] > floor]
    if len(kept) > WIDTH:
        kept.sort(key=_likelihood, reverse=True)
    return dict(kept[:WIDTH])


def _likelihood(entry: Prefix) -> float:
    """How likely a prefix is, however it ends."""
    return entry[1][0] + entry[1][1]


def lengthened(prefixes: Prefixes, symbol: str, step: int) -> Prefixes:
    """All prefixes after a step that surely shows a symbol."""
    after: Prefixes = {
        prefix + symbol: (0.0, blank + solid, (*steps, step))
        for prefix, (blank, solid, steps) in prefixes.items()
        if prefix[-1:] != symbol
    }
    if len(after) == len(prefixes):
        return after
    for prefix, (blank, solid, steps) in prefixes.items():
        if prefix[-1:] == symbol:
            if solid:
                _add(after, prefix, 0.0, solid, steps)
            if blank:
                _add(after, prefix + symbol, 0.0, blank, (*steps, step))
    return after


def _add(after: Prefixes, prefix: str, blank: float, solid: float, steps: tuple[int, ...]) -> None:
    known = after.get(prefix)
    if known is None:
        after[prefix] = (blank, solid, steps)
    else:
        better = steps if blank + solid > known[0] + known[1] else known[2]
        after[prefix] = (known[0] + blank, known[1] + solid, better)


def combined(before: list[Part], said: list[Part]) -> list[Part]:
    """The likeliest ways to go on from every part by what the next piece can say."""
    if len(said) == 1:
        factor, more, further = said[0]
        return [(value * factor, text + more, steps + further) for value, text, steps in before]
    floor = FAR * before[0][0] * max(said)[0]
    after = [
        (value * factor, text + more, steps + further)
        for value, text, steps in before
        for factor, more, further in said
        if value * factor > floor
    ]
    after.sort(reverse=True)
    return after[:WIDTH]
