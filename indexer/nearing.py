"""Which words of a question nearly nothing holds, so that words one letter away are meant too.

In: the tree and a way to count documents. Out: those words, and the tree in which they are read so (`word~`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from dossier.text import fold, looks_like_number
from dossier.text.syllables import is_bare_syllable
from indexer.expanding import spans_of
from indexer.plan import Plan
from indexer.planning import neighbours
from indexer.query import And, Fuzzy, InField, Or, Query, Word
from indexer.wording import TEXT, folded_tokens, side_by_side

FEW = 5
"""Hits below which a question may be read with changed letters."""

HARDLY_ANY = 3
"""Hits with all parts of the question below which documents that lack one or two of many parts are shown too."""

A_FEW_PAGES = 200
"""Hits with all parts below which that is done too when hardly any of them holds the words side by side."""

_SHORTEST = 4
_MOST_STEPS = 4


def rare_words(query: Query, count: Callable[[Plan], int]) -> tuple[str, ...]:
    """Words that were typed or read wrongly, to judge by how few documents hold them.

    A syllable or a number is only doubted when nothing holds it; other words when fewer than `FEW` documents do.
    """
    doubtful = dict.fromkeys(_words(query, TEXT))
    return tuple(text for text, field in doubtful if count(side_by_side(f"{field}_fo", folded_tokens(text))) < _enough(text))


def rarity_of(query: Query, count: Callable[[Plan], int]) -> tuple[int, ...]:
    """How many steps each of `neighbours` is worth: one more each time it is ten times as rare as the commonest of them.

    A page that lacks «trên địa bàn» of a question may be the one meant; one that has only that, not the name, is not.
    """
    held = [count(side_by_side(f"{TEXT}_fo", folded_tokens(" ".join(pair)))) for pair in neighbours(query)]
    most = max(held, default=0)
    return tuple(min(_MOST_STEPS, len(str(most // one))) if one else 1 for one in held)


def _enough(text: str) -> int:
    return 1 if looks_like_number(text) or is_bare_syllable(fold(text)) else FEW


def _words(query: Query, field: str) -> Iterator[tuple[str, str]]:
    """Words long enough to be misspelt, with the field they are looked for in; what is excluded is meant as typed."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _words(child, field)
        case InField(inner, child):
            yield from _words(child, inner.value)
        case Word(text):
            has_forms = bool(spans_of((text,)))  # an abbreviation is rightly spelt, however rare
            if not has_forms and ((text.isalpha() and len(text) >= _SHORTEST) or looks_like_number(text)):
                yield text, field
        case _:
            return


def with_near(query: Query, words: Collection[str]) -> Query:
    """The tree with these words read as `word~`."""
    match query:
        case And(children):
            return And(tuple(with_near(child, words) for child in children))
        case Or(children):
            return Or(tuple(with_near(child, words) for child in children))
        case InField(field, child):
            return InField(field, with_near(child, words))
        case Word(text) if text in words:
            return Fuzzy(text)
        case _:
            return query
