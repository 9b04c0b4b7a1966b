"""Names with other forms that are known word by word: abbreviations, agencies with their successors, provinces.

In: the catalogues of `dossier`. Out: entries by their folded tokens, made once a process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dossier.catalogues import Level, agency_today, gazetteer
from dossier.catalogues.abbreviations import abbreviations
from dossier.catalogues.agencies import agencies
from dossier.catalogues.units import bare_name
from dossier.text import fold, tokenise
from dossier.text.syllables import is_bare_syllable

_SHORTEST_FOUND = 3
"""Letters an abbreviation must have to be looked for when its long form was typed: "TT" stands in papers for too much."""


class OtherKind(StrEnum):
    """Why another form is looked for."""

    LONG_FORM = "long_form"
    ABBREVIATION = "abbreviation"
    LATER_NAME = "later_name"
    FORMER_NAME = "former_name"


@dataclass(frozen=True, slots=True)
class Other:
    """Another form of words typed: `text` stands side by side in papers."""

    text: str
    kind: OtherKind


@dataclass(frozen=True, slots=True)
class Entry:
    """A form with its marks, and what else is written for it.

    `in_capitals`: an abbreviation that is a syllable too ("TƯ", "tư"): it is meant when typed in capitals only.
    """

    text: str
    others: tuple[Other, ...]
    in_capitals: bool = False


@lru_cache(maxsize=1)
def lexicon() -> Mapping[tuple[str, ...], tuple[Entry, ...]]:
    """All entries by folded tokens."""
    others: dict[str, list[Other]] = defaultdict(list)
    for text, other in (*_short_and_long(), *_agencies(), *_provinces()):
        if other not in others[text]:
            others[text].append(other)
    entries: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for text, forms in others.items():
        entries[tuple(token.fo for token in tokenise(text))].append(
            Entry(text, tuple(forms), in_capitals=text.isupper() and is_bare_syllable(fold(text)))
        )
    return {key: tuple(found) for key, found in entries.items() if key}


def _short_and_long() -> Iterator[tuple[str, Other]]:
    for pair in abbreviations():
        yield pair.short, Other(pair.long, OtherKind.LONG_FORM)
        if pair.kind != "type" and sum(map(str.isalpha, pair.short)) >= _SHORTEST_FOUND:
            yield pair.long.lower(), Other(pair.short, OtherKind.ABBREVIATION)


def _agencies() -> Iterator[tuple[str, Other]]:
    """Kinds of bodies; those of one province are a kind and a place, each with forms of its own."""
    for agency in agencies():
        now = agency_today(agency)
        if agency.code or now == agency:
            continue
        yield agency.name.lower(), Other(now.name, OtherKind.LATER_NAME)
        yield now.name.lower(), Other(agency.name, OtherKind.FORMER_NAME)


def _provinces() -> Iterator[tuple[str, Other]]:
    """Provinces by their names without "tỉnh": all that went into one, and all that each went into."""
    units = gazetteer()
    for unit in units:
        if unit.level is not Level.PROVINCE:
            continue
        name = _bare(unit.name)
        for then in units.before(unit):
            if then.level is Level.PROVINCE and _bare(then.name) != name:
                yield _bare(then.name).lower(), Other(name, OtherKind.LATER_NAME)
                yield name.lower(), Other(_bare(then.name), OtherKind.FORMER_NAME)


def _bare(name: str) -> str:
    """A name without its type, marks kept."""
    words = name.split()
    return " ".join(words[len(words) - len(bare_name(fold(name))[0].split()) :])
