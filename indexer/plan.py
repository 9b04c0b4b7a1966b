"""What engines are asked, in thirteen kinds of nodes that both can do in exactly the same way.

In: made by `indexer.planning`. Out: read by the two translators, which hold no rule of their own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Every entry, score 1."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No entry."""


@dataclass(frozen=True, slots=True)
class Term:
    """One token of a text field, scored by BM25."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class PhraseOf:
    """At least two tokens side by side in a text field, scored by BM25; `slop` others may stand between."""

    field: str
    tokens: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class PrefixOf:
    """Any token of a text or keyword field that begins so, score 1."""

    field: str
    beginning: str


@dataclass(frozen=True, slots=True)
class FuzzyOf:
    """Any token of a text field one edit (or swap of neighbours) away, score 1."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these values in a keyword field, score 1."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A number field within bounds, both inclusive, None = open, score 1."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Best:
    """Any of the children; the score is the best child's."""

    children: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """The child, its score multiplied."""

    child: Plan
    weight: float


@dataclass(frozen=True, slots=True)
class Constant:
    """The child, with this score for every entry."""

    child: Plan
    score: float


@dataclass(frozen=True, slots=True)
class Combine:
    """All of `must`, none of `must_not`; `should` adds to the score, and one of it has to match when `must` is empty."""

    must: tuple[Plan, ...] = ()
    should: tuple[Plan, ...] = ()
    must_not: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Most:
    """At least so many of the children; their scores add up."""

    children: tuple[Plan, ...]
    least: int


Plan = All | Nothing | Term | PhraseOf | PrefixOf | FuzzyOf | AnyOf | Between | Best | Weighted | Constant | Combine | Most
"""A `Combine` always has a `must` or a `should`."""
