"""What of a document can be offered while somebody types: its words, phrases of its heading, number, agencies, signer, titles.

In: a document and its streams. Out: hints, keywords of one field of the index. A hint is its kind, the folded
form that typing is compared with, and what is shown, so that a dictionary of keywords in order tells by itself what begins so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from dossier.model import Document, Dossier
from dossier.text import Stream, folded_key, normalise, number_key, tokenise
from dossier.text.syllables import is_syllable
from dossier.text.tokens import BREAK
from indexer.query import TextField

FIELD = "hints"
"""The field of documents that holds hints."""

MARK = "\x1f"
"""Stands between the folded form and what is shown; no text has it."""

MAX_LABEL = 200
"""Longest hint that is shown, in characters; nobody reads more of a title while typing."""

MOST_STARTS = 8
"""Words of a name from which it can be completed, counted from its beginning."""

LONGEST_WORD = 20
"""Longest word that is offered; what is longer was read wrongly."""

_ABOUT = re.compile(r"^\W*(?:v\s*/\s*v|về\s+việc|trích\s+yếu)\b[\s:.]*", re.IGNORECASE)


class HintKind(StrEnum):
    """Kinds of hints: one letter each, so that all hints of a kind stand together in a dictionary."""

    WORD = "w"
    PAIR = "2"
    TRIPLE = "3"
    NUMBER = "n"
    AGENCY = "a"
    SIGNER = "s"
    SUBJECT = "t"
    DOSSIER = "d"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The `limit` most frequent hints with one of these beginnings (kind and folded form)."""

    beginnings: tuple[str, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint and how many documents that the reader may see hold it."""

    text: str
    count: int

    @property
    def kind(self) -> HintKind:
        """Its kind."""
        return HintKind(self.text[0])

    @property
    def folded(self) -> str:
        """The form that typing is compared with."""
        return self.text[1:].partition(MARK)[0]

    @property
    def label(self) -> str:
        """What is shown."""
        return self.text.partition(MARK)[2]


_HEADING = (
    TextField.SUBJECT,
    TextField.TYPE,
    TextField.AGENCY,
    TextField.PLACE,
    TextField.SIGNER,
    TextField.DOSSIER,
    TextField.FONDS,
)
"""Fields whose phrases are offered: what an archivist would type. Phrases of whole texts would double the index."""


def hints_of(document: Document, dossier: Dossier, *, fields: Mapping[TextField, Stream], whole: Stream) -> tuple[str, ...]:
    """The hints of a document, each once; `fields` are the streams of its facts, `whole` the one of its text."""
    found = dict.fromkeys(sorted(hints_of_text(whole)))
    for field in _HEADING:
        if (stream := fields.get(field)) is not None:
            found.update(dict.fromkeys(_of_heading(stream)))
    for kind, text in _named(document, dossier):
        found.update(dict.fromkeys(_of_name(kind, text)))
    return tuple(found)


def hints_of_text(whole: Stream) -> set[str]:
    """The words of a text that are worth offering; every document of an index comes through here, so nothing is done twice."""
    return set(map(_word_hint, set(whole.ex.split()))) - {""}


@lru_cache(maxsize=200_000)
def _word_hint(exact: str) -> str:
    """A word of the text as a hint, "" unless it is a syllable: a page read badly is full of strings that nobody types."""
    offered = len(exact) > 1 and exact.isalpha() and is_syllable(exact)
    return word_beginning(folded_key(exact)) + exact if offered else ""


def _of_heading(stream: Stream) -> Iterator[str]:
    """Words and phrases of two or three words of one field."""
    pairs = list(zip(stream.ex.split(), stream.fo.split(), strict=True))
    for exact, folded in pairs:
        if 1 < len(exact) <= LONGEST_WORD and exact.isalpha():
            yield f"{HintKind.WORD}{folded}{MARK}{exact}"
    for one, two in pairwise(pairs):
        yield from _phrase(HintKind.PAIR, (one, two))
    for one, two, three in zip(pairs, pairs[1:], pairs[2:], strict=False):
        yield from _phrase(HintKind.TRIPLE, (one, two, three))


def _phrase(kind: HintKind, words: Sequence[tuple[str, str]]) -> Iterator[str]:
    if all(len(exact) <= LONGEST_WORD and exact != BREAK for exact, _ in words) and any(exact.isalpha() for exact, _ in words):
        yield f"{kind}{' '.join(folded for _, folded in words)}{MARK}{' '.join(exact for exact, _ in words)}"


def _named(document: Document, dossier: Dossier) -> Iterator[tuple[HintKind, str]]:
    """The printed values that are completed as a whole."""
    yield HintKind.NUMBER, document.number or ""
    yield HintKind.DOSSIER, dossier.known_facts.title or dossier.name
    for kind, found in (
        (HintKind.AGENCY, document.parent_organ_name),
        (HintKind.AGENCY, document.organ_name),
        (HintKind.SIGNER, document.signer_name),
        *((HintKind.AGENCY, issuer.organ_name) for issuer in document.co_issuers),
        *((HintKind.SIGNER, issuer.signer_name) for issuer in document.co_issuers),
    ):
        if found is not None:
            yield kind, found.value
    if document.subject is not None:
        yield HintKind.SUBJECT, _ABOUT.sub("", document.subject.value)


def _of_name(kind: HintKind, text: str) -> Iterator[str]:
    """The hints of a printed value: from its start, a name of agency, signer or dossier from every word of it too."""
    label = " ".join(normalise(text).encode("utf-8", "ignore").decode().replace(MARK, " ").split())[:MAX_LABEL]
    if kind is HintKind.NUMBER:
        if key := number_key(label):
            yield f"{kind}{key}{MARK}{label}"
        return
    folded = [token.fo for token in tokenise(label)]
    starts: Iterable[int] = range(min(len(folded), MOST_STARTS)) if kind is not HintKind.SUBJECT else range(min(len(folded), 1))
    for start in starts:
        yield f"{kind}{' '.join(folded[start:])}{MARK}{label}"


def word_beginning(typed: str) -> str:
    """The lookup key of all marked forms of one whole folded word."""
    return f"{HintKind.WORD}{typed}{MARK}"
