"""The questions put to the large invented archive: as clerks type them, with the filters of a reader who may not see everything.

In: the archive. Out: questions by kind, always the same ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks.synthetic_archive import GROUPS, Archive
from dossier.model import AccessLevel, Reader
from dossier.text import fold
from indexer import Facet, Filters, Question, Sort, parse_query

FACETS = (Facet.AGENCY, Facet.TYPE, Facet.PLACE, Facet.SIGNER, Facet.YEAR, Facet.DOSSIER, Facet.FONDS, Facet.PRIORITY)

READER = Reader("measuring", frozenset(GROUPS[::2]), AccessLevel.CONDITIONAL, today=20261121)
"""Belongs to half of the groups, and days of opening bind him."""

_NEXT_DAY = replace(READER, today=READER.today + 1)
"""Another reader, so that no count is remembered from the same question without facets."""

RANKED = ("without marks", "with marks", "one frequent word", "in quotation marks", "number", "words and filters")
"""Kinds that the target for ranked questions is about."""

_SEED = 77


def questions(archive: Archive, each: int) -> dict[str, list[Question]]:
    """`each` questions of every kind, without facets."""
    rng = random.Random(_SEED)
    texts: dict[str, Callable[[], str]] = {
        "without marks": lambda: fold(_words(archive, rng, rng.choice((2, 2, 3, 4)))),
        "with marks": lambda: _words(archive, rng, rng.choice((2, 3, 4))),
        "one frequent word": lambda: fold(_words(archive, rng, 1)),
        "in quotation marks": lambda: f'"{_words(archive, rng, rng.choice((2, 3, 4)))}"',
        "number": lambda: f"{rng.randint(1, 400)}/{rng.choice(('QĐ', 'TB', 'BC', 'KH'))}-UBND",
    }
    found = {kind: [_ask(text()) for _ in range(each)] for kind, text in texts.items()}
    words = texts["without marks"]
    found["words and filters"] = [
        _ask(words(), Filters(date_from=str(rng.randint(1980, 2015)), type=("Quyết định", "Thông báo"))) for _ in range(each)
    ]
    found["newest first"] = [Question(one.query, sort=Sort.NEWEST, reader=READER) for one in found["without marks"]]
    return found


def with_facets(question: Question) -> Question:
    """The same question as the search page asks it: with eight facets."""
    return replace(question, facets=FACETS, reader=_NEXT_DAY)


def everything(count: int) -> list[Question]:
    """No words: the start of the search page; each time for another reader, or the first answer would be remembered."""
    return [Question(facets=FACETS, reader=replace(READER, today=READER.today - 1 - number)) for number in range(count)]


def beginnings(archive: Archive, count: int) -> list[str]:
    """What stands in the box while somebody types."""
    rng = random.Random(_SEED)
    words = (fold(_words(archive, rng, 2)) for _ in range(count))
    return [text[: rng.randint(2, len(text))] for text in words]


def _ask(text: str, filters: Filters | None = None) -> Question:
    return Question(parse_query(text), filters or Filters(), reader=READER)


def _words(archive: Archive, rng: random.Random, count: int) -> str:
    """Words that stand side by side somewhere."""
    while True:
        words = list(_letters(rng.choice(archive.printed)))
        if len(words) >= count:
            start = rng.randrange(len(words) - count + 1)
            return " ".join(words[start : start + count])


def _letters(clause: str) -> Iterator[str]:
    for word in clause.split():
        bare = word.strip(',.;:"()/')
        if bare.isalpha():
            yield bare
