"""Which words of a question have other forms, and which those are.

In: plain words standing side by side, as typed. Out: spans that do not overlap, the longest first found from the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.text import Token, tokenise
from indexer.expanding.lexicon import Entry, Other, OtherKind, lexicon
from indexer.expanding.places import place_others

__all__ = ["Other", "OtherKind", "Span", "spans_of"]

_LONGEST = 10
_MOST_OTHERS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` to `last` (inclusive) and what may stand in their place."""

    first: int
    last: int
    others: tuple[Other, ...]


@lru_cache(maxsize=4_096)
def spans_of(words: tuple[str, ...]) -> tuple[Span, ...]:
    """Spans of `words` that have other forms; words with marks are only taken for names with those marks."""
    tokens = [tuple(tokenise(word)) for word in words]
    spans: list[Span] = []
    at = 0
    while at < len(words):
        span = _longest_at(at, words, tokens)
        if span is not None:
            spans.append(span)
        at = span.last + 1 if span is not None else at + 1
    return tuple(span for span in spans if span.others)


def _longest_at(first: int, typed: Sequence[str], words: Sequence[tuple[Token, ...]]) -> Span | None:
    for last in range(min(len(words), first + _LONGEST) - 1, first - 1, -1):
        here = [token for word in words[first : last + 1] for token in word]
        if not here or len(here) > _LONGEST:
            continue
        around = " ".join(token.fo for word in (*words[:first], *words[last + 1 :]) for token in word)
        others = _others(here, around, in_capitals=all(map(str.isupper, typed[first : last + 1])))
        if others is not None:
            return Span(first, last, others)
    return None


def _others(tokens: Sequence[Token], around: str, *, in_capitals: bool) -> tuple[Other, ...] | None:
    """What else these very tokens are called, each form once; None when they are no name that is known."""
    key = tuple(token.fo for token in tokens)
    entries = [entry for entry in lexicon().get(key, ()) if _agrees(tokens, entry) and (in_capitals or not entry.in_capitals)]
    found: Sequence[Other] | None = [other for entry in entries for other in entry.others]
    if not found:
        found = place_others(tokens, around) if len(tokens) > 1 else None
    if found is None:
        return None
    forms: dict[tuple[str, ...], Other] = {}
    for other in found:
        forms.setdefault(tuple(token.fo for token in tokenise(other.text)), other)
    forms.pop(key, None)
    return tuple(forms.values())[:_MOST_OTHERS]


def _agrees(tokens: Sequence[Token], entry: Entry) -> bool:
    """Whether every mark that was typed is the entry's: "Hà Tay" may be Hà Tây, "hạ tây" is not."""
    return all(token.ex in (other.ex, other.fo) for token, other in zip(tokens, tokenise(entry.text), strict=True))
