"""Finds in tokens what the query's tree asks for, by the same rules as the engines.

In: tokens of a text and the tree. Out: matches as ranges of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.text import Token, exact_key, find_dates, fold, folded_key, tokenise
from indexer.expanding import damaged_forms, misread_numbers, spans_of
from indexer.query import And, DateWord, Fuzzy, InField, Leaf, Not, Or, Phrase, Prefix, Query, Word, grouped, is_adjacent, is_marked


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Tokens `first` to `last` (inclusive) match part `leaf` of the query."""

    first: int
    last: int
    leaf: str
    exact: bool


def find_matches(tokens: Sequence[Token], query: Query, *, wide: bool = False) -> list[Match]:
    """All matches in order of place; excluded parts and parts bound to a field of the document match nothing here."""
    adjacent = not wide and not is_marked(query)
    return sorted(set(_matches(tokens, query, adjacent=adjacent)))


def _matches(tokens: Sequence[Token], query: Query, *, adjacent: bool) -> Iterator[Match]:
    match query:
        case And(children):
            for run in grouped(children):
                if is_adjacent(run):
                    yield from _plain(tokens, tuple(child.text for child in run if isinstance(child, Word)), adjacent=adjacent)
                    continue
                for child in run:
                    yield from _matches(tokens, child, adjacent=adjacent)
        case Or(children):
            for child in children:
                yield from _matches(tokens, child, adjacent=adjacent)
        case Not() | InField():
            return
        case _:
            yield from _leaf_matches(tokens, query)


def _leaf_matches(tokens: Sequence[Token], leaf: Leaf) -> Iterator[Match]:
    match leaf:
        case Word(text):
            yield from _plain(tokens, (text,), adjacent=False)
        case Phrase(text, exact):
            yield from _run(tokens, text, exact=exact)
        case DateWord(text, day):
            yield from _run(tokens, text, exact=False)
            yield from _dates(tokens, day)
        case Prefix(text):
            yield from _prefixed(tokens, text)
        case Fuzzy(text):
            yield from _near(tokens, text)


def _plain(tokens: Sequence[Token], texts: tuple[str, ...], *, adjacent: bool) -> Iterator[Match]:
    """Plain words as typed, misread, or in their other forms: abbreviations, long forms, former and later names."""
    spans = spans_of(texts)
    if adjacent and len(texts) > 1:
        whole = " ".join(texts)
        yield from _run(tokens, whole, exact=False)
        for span in spans:
            for other in span.others:
                yield from _other(tokens, " ".join((*texts[: span.first], other.text, *texts[span.last + 1 :])), whole)
        return
    for text in texts:
        yield from _run(tokens, text, exact=False)
        yield from _damaged(tokens, text)
    for span in spans:
        for other in span.others:
            yield from _other(tokens, other.text, " ".join(texts[span.first : span.last + 1]))


def _other(tokens: Sequence[Token], text: str, typed: str) -> Iterator[Match]:
    for match in _run(tokens, text, exact=False):
        yield Match(match.first, match.last, typed, exact=False)


def _damaged(tokens: Sequence[Token], text: str) -> Iterator[Match]:
    key = folded_key(text)
    forms = frozenset(damaged_forms(key)) if key.isalpha() else frozenset()
    if not forms:
        return
    for index, token in enumerate(tokens):
        if token.fo in forms:
            yield Match(index, index, text, exact=False)


def _near(tokens: Sequence[Token], text: str) -> Iterator[Match]:
    wanted = tuple(token.fo for token in tokenise(text))
    if len(wanted) > 1 or wanted[0].isdigit():
        for form in (wanted, *misread_numbers(wanted)):
            yield from _other(tokens, " ".join(form), text)
        return
    damaged = frozenset(damaged_forms(wanted[0]))
    for index, token in enumerate(tokens):
        if token.fo in damaged or is_near(token.fo, wanted[0]):
            yield Match(index, index, text, token.ex == exact_key(text))


def _run(tokens: Sequence[Token], text: str, *, exact: bool) -> Iterator[Match]:
    """Tokens side by side as in `text`: with `exact` of the same marks, else of any."""
    wanted = tokenise(text)
    for index in range(len(tokens) - len(wanted) + 1):
        if tokens[index].fo != wanted[0].fo:
            continue
        here = tokens[index : index + len(wanted)]
        same = all(token.ex == other.ex for token, other in zip(here, wanted, strict=True))
        if same or (not exact and all(token.fo == other.fo for token, other in zip(here, wanted, strict=True))):
            yield Match(index, index + len(wanted) - 1, text, same)


def _dates(tokens: Sequence[Token], day: int) -> Iterator[Match]:
    """The date `day` however it is written: tokens put side by side again and read as a date."""
    numbers = [index for index, token in enumerate(tokens) if token.ex == str(day // 10_000)]
    for last in numbers:
        for length, glue in ((6, " "), (5, " "), (3, "/")):  # the longest way of writing wins
            first = last - length + 1
            written = glue.join(token.ex for token in tokens[max(0, first) : last + 1])
            dates = list(find_dates(written)) if first >= 0 else []
            if any(date.day == day and date.start == 0 for date in dates):
                yield Match(first, last, str(day), exact=True)
                break


def _prefixed(tokens: Sequence[Token], text: str) -> Iterator[Match]:
    beginning, whole = fold(text), folded_key(text)
    for index, token in enumerate(tokens):
        if token.fo.startswith(beginning) or token.fo == whole:
            yield Match(index, index, text, token.ex.startswith(text.lower()))


def is_near(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter put in, left out, changed, or two neighbours swapped."""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start + 1 : start + 2] + one[start : start + 1] == other[start : start + 2]
    return one[start + 1 :] == other[start + 1 :] or (swapped and one[start + 2 :] == other[start + 2 :])
