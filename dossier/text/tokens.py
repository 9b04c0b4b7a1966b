"""Text to tokens: the one analysis behind index, query and highlight.

In: text in any Unicode form. Out: tokens with exact offsets into that very text, or the two streams an engine indexes with
a plain whitespace analyzer: `ex` (marks kept) and `fo` (folded), of the same length, position by position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dossier.text.dates import find_dates
from dossier.text.letters import exact_key, folded_key, repair
from dossier.text.syllables import is_syllable

ANALYSIS = "vi-2"
"""Name of these rules: an index made by other rules has to be rebuilt."""

MAX_TOKEN = 64
"""Longest token in characters; Elasticsearch's whitespace tokenizer would cut at 255 and shift positions."""

BREAK = "¶"
"""A token no query can contain: put between texts so that no phrase runs from one into the other."""

_JOINERS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
# A token is letters and digits with what combines with them. A hyphen at a line end may join two pieces (rule 2).
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_JOINERS}])*")
_HYPHENS = re.compile("[-\u2010\u00ad]")
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{_JOINERS}])*"
_BROKEN = re.compile(rf"(?<![^\W_])({_LETTERS}?)[-\u2010\u00ad][^\S\n]*\n\s*({_LETTERS})(?![^\W_]|[{_JOINERS}])")


class Token(NamedTuple):
    """One token: exact and folded form, and the characters [start, end) it covers in the text."""

    ex: str
    fo: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A text as engines index it: tokens with single spaces between, exact and folded, and the dates written in it."""

    ex: str = ""
    fo: str = ""
    dates: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def _keys(raw: str) -> tuple[str, str]:
    """Exact and folded form of a raw token; most of a page is syllables seen before."""
    return exact_key(raw)[:MAX_TOKEN], folded_key(raw)[:MAX_TOKEN]


@lru_cache(maxsize=10_000)
def _is_broken_word(first: str, second: str) -> bool:
    """Whether pieces around a line-end hyphen are one word: they are unless both are syllables on their own."""
    return second == second.lower() and not (is_syllable(first) and is_syllable(second))


def _joined(text: str) -> dict[int, tuple[int, str]]:
    """Words broken at a line end: start -> (end, whole word)."""
    if not _HYPHENS.search(text):
        return {}
    return {
        match.start(): (match.end(), match[1] + match[2]) for match in _BROKEN.finditer(text) if _is_broken_word(match[1], match[2])
    }


def tokenise(text: str) -> list[Token]:
    """Split `text` into tokens; offsets are exact for the text given, whatever its Unicode form."""
    joined = _joined(text)
    tokens: list[Token] = []
    covered = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < covered:
            continue
        raw = match.group()
        if start in joined:
            end, raw = joined[start]
        ex, fo = _keys(raw)
        if ex:
            tokens.append(Token(ex, fo, start, end))
        covered = end
    return tokens


def stream(text: str) -> Stream:
    """The streams of `text` for an index."""
    tokens = tokenise(text)
    dates = dict.fromkeys(date.token for date in find_dates(repair(text)))
    return Stream(" ".join(token.ex for token in tokens), " ".join(token.fo for token in tokens), tuple(dates))


def join_streams(streams: Iterable[Stream], *, apart: bool = False) -> Stream:
    """One stream of several; with `apart` no phrase can run from one into the next."""
    parts = [part for part in streams if part.ex]
    glue = f" {BREAK} " if apart else " "
    dates = dict.fromkeys(date for part in parts for date in part.dates)
    return Stream(glue.join(part.ex for part in parts), glue.join(part.fo for part in parts), tuple(dates))
