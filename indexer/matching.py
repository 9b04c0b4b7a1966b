"""Finds in tokens what the query's tree asks for, by the same rules as the engines.

In: tokens of a text and the tree. Out: matches as ranges of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

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


@lru_cache(maxsize=128)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Tokens of a text that is looked at several times: a page for its snippets, its boxes and the reasons why it was found."""
    return tuple(tokenise(text))


@lru_cache(maxsize=4_096)
def _asked_tokens(text: str) -> tuple[Token, ...]:
    """Tokens of words of a question and of their other forms, which are looked for on every page of an answer."""
    return tuple(tokenise(text))


def find_matches(tokens: Sequence[Token], query: Query, *, wide: bool = False) -> list[Match]:
    """All matches in order of place; excluded parts and parts bound to a field of the document match nothing here."""
    adjacent = not wide and not is_marked(query)
    return sorted(set(_matches(tokens, query, adjacent=adjacent)))


def _matches(tokens: Sequence[Token], query: Query, *, adjacent: bool) -> Iterator[Match]:
    match query:
        case And(children):
            for run in grouped(children):
                words = tuple(child for child in run if isinstance(child, Word | Fuzzy))
                if len(words) == len(run) > 1:
                    yield from _run_of_words(tokens, words, adjacent=adjacent and is_adjacent(run))
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
            yield from _word(tokens, text)
        case Phrase(text, exact):
            yield from _run(tokens, text, exact=exact)
        case DateWord(text, day):
            yield from _run(tokens, text, exact=False)
            yield from _dates(tokens, day)
        case Prefix(text):
            yield from _prefixed(tokens, text)
        case Fuzzy(text):
            yield from _near(tokens, text)


def _run_of_words(tokens: Sequence[Token], words: Sequence[Word | Fuzzy], *, adjacent: bool) -> Iterator[Match]:
    """Words of the question side by side, and their other forms: abbreviations, long forms, former and later names."""
    texts = tuple(word.text for word in words)
    spans = spans_of(texts)
    if adjacent:
        whole = " ".join(texts)
        yield from _run(tokens, whole, exact=False)
        for span in spans:
            for other in span.others:
                yield from _other(tokens, " ".join((*texts[: span.first], other.text, *texts[span.last + 1 :])), whole)
        return
    yield from _pieces(tokens, words)
    for span in spans:
        if not any(isinstance(word, Fuzzy) for word in words[span.first : span.last + 1]):
            for other in span.others:
                yield from _other(tokens, other.text, " ".join(texts[span.first : span.last + 1]))


def _pieces(tokens: Sequence[Token], words: Sequence[Word | Fuzzy]) -> Iterator[Match]:
    """The words wherever they stand, each only in the longest piece of the question that stands side by side in the text.

    Where "giao đất tái định cư" stands, a "tại" elsewhere is no match of its third word.
    """
    places: dict[str, frozenset[int]] = {}
    for token in tokens:
        if token.fo not in places:
            places[token.fo] = frozenset(_places(words, token.fo))
    here = [places[token.fo] for token in tokens]
    pieces: list[tuple[int, int, int]] = []
    longest = [0] * len(words)
    for index, held in enumerate(here):
        for place in held:
            if index and place - 1 in here[index - 1]:
                continue
            length = 1
            while index + length < len(here) and place + length in here[index + length]:
                length += 1
            pieces.append((index, place, length))
            longest[place : place + length] = [max(length, known) for known in longest[place : place + length]]
    for index, place, length in pieces:
        if length in longest[place : place + length]:
            texts = [word.text for word in words[place : place + length]]
            same = all(token.ex == exact_key(text) for token, text in zip(tokens[index : index + length], texts, strict=True))
            yield Match(index, index + length - 1, " ".join(texts), same)


def _places(words: Sequence[Word | Fuzzy], folded: str) -> Iterator[int]:
    """Which words of the question a token is, alone or run together with the next one."""
    keys = [folded_key(word.text) for word in words]
    for place, word in enumerate(words):
        joined = (keys[place] + keys[place + 1] if place + 1 < len(keys) else "", keys[place - 1] + keys[place] if place else "")
        if _means(word, folded) or folded in joined:
            yield place


def _means(word: Word | Fuzzy, folded: str) -> bool:
    """Whether a token is the word in any marks, or misread, or with `~` one letter away."""
    key = folded_key(word.text)
    return folded == key or folded in damaged_forms(key) or (isinstance(word, Fuzzy) and is_near(folded, key))


def _word(tokens: Sequence[Token], text: str) -> Iterator[Match]:
    """One word as typed, misread, or in its other forms."""
    yield from _run(tokens, text, exact=False)
    yield from _damaged(tokens, text)
    for span in spans_of((text,)):
        for other in span.others:
            yield from _other(tokens, other.text, text)


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
    wanted = tuple(token.fo for token in _asked_tokens(text))
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
    wanted = _asked_tokens(text)
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
