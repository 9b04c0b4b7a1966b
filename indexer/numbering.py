"""Looking documents up by their number and symbol (số, ký hiệu): whole or in part, in any order, without slashes or marks.

In: what somebody typed ("2723", "QD UBND 2723", "2723/2014"). Out: a plan that ranks documents: the very number first, then those
with all its parts, then beginnings, then numbers that a recogniser misread (O for 0, l for 1) or that are one letter away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from dossier.model import Reader
from dossier.text import fold, number_key, tokenise
from indexer.filtering import within_days
from indexer.plan import AnyOf, Best, Combine, Constant, FuzzyOf, Plan, PrefixOf, Term
from indexer.port import Index
from indexer.question import Hit

_WHOLE, _PARTS, _MISREAD, _BEGINNING, _NEAR, _YEAR = 10_000.0, 1_000.0, 500.0, 100.0, 10.0, 2_000.0
"""Steps of the order; the year adds to whatever else agrees."""

_LONGEST, _MOST_PARTS, _MOST_MISREAD = 200, 8, 64
_SHORTEST_NEAR = 2

_FIGURES_MISREAD = str.maketrans({"o": "0", "q": "0", "l": "1", "i": "1", "z": "2", "s": "5", "b": "8", "g": "9"})
_LETTERS_MISREAD = str.maketrans({"0": "o", "1": "i", "5": "s", "6": "b", "8": "b", "9": "g", "2": "z"})
_LOOKS_LIKE = {"0": "0oq", "1": "1li", "2": "2z", "5": "5s", "8": "8b", "9": "9g"}
_FIGURES = re.compile(r"(?=\w*\d)[\doqlizsbg]+")
_GLUED = re.compile(r"(\d+[a-z]?)([a-z]{2,}\w*)|([a-z]{2,})(\d+)")
_YEAR_SHAPE = re.compile(r"(?:19|20)\d\d")
_DECISION_MISREAD = frozenset(("0d", "od"))
_LABEL = frozenset(("so", "vb", "vbso", "nam"))


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """A number as typed, taken apart: figures, letters of the symbol in their order, year."""

    figures: str
    symbol: tuple[str, ...]
    year: int | None


def asked_number(typed: str) -> AskedNumber | None:
    """What of a number was typed, None when there is nothing of one."""
    figures: list[str] = []
    symbol: list[str] = []
    for part in islice(_parts(typed), _MOST_PARTS):
        (figures if part[0].isdigit() else symbol).append(part)
    years = [figure for figure in figures[1:] if _YEAR_SHAPE.fullmatch(figure)]
    if len(figures) > 1 and not years and _YEAR_SHAPE.fullmatch(figures[0]):
        years, figures = figures[:1], figures[1:]
    number = figures[0] if figures else ""
    if not number and not symbol:
        return None
    return AskedNumber(number, tuple(symbol), int(years[0]) if years else None)


def _parts(typed: str) -> Iterator[str]:
    """Figures and letters of the typed text, each as what it looks like it was meant to be."""
    for token in tokenise(fold(typed[:_LONGEST])):
        word = token.fo
        if word in _LABEL or not word.isascii():
            continue
        if word in _DECISION_MISREAD:
            yield "qd"
        elif _FIGURES.fullmatch(word) and sum(letter.isdigit() for letter in word) * 2 >= len(word):
            yield word.translate(_FIGURES_MISREAD).lstrip("0") or "0"
        elif glued := _GLUED.fullmatch(word):
            yield from (part.lstrip("0") or "0" for part in glued.groups() if part)
        elif word[0].isdigit():
            yield word.lstrip("0") or "0"
        else:
            yield word.translate(_LETTERS_MISREAD)


def number_plan(typed: str) -> Plan | None:
    """The plan of a typed number, None when nothing of a number was typed."""
    asked = asked_number(typed)
    if asked is None:
        return None
    ways: list[Plan] = [Constant(AnyOf("number_key", _keys(typed, asked)), _WHOLE)]
    parts = (*((asked.figures,) if asked.figures else ()), *asked.symbol)
    ways.append(Constant(Combine(must=tuple(map(_part, parts))), _PARTS))
    if asked.figures:
        ways.append(Constant(_begins(asked), _BEGINNING))
        if misread := _misread(asked):
            ways.append(Constant(AnyOf("number_key" if asked.symbol else "number_part", misread), _MISREAD))
    if near := _near(parts):
        ways.append(Constant(near, _NEAR))
    best = Best(tuple(ways))
    if asked.year is None:
        return best
    of_year = within_days(asked.year * 10_000 + 101, asked.year * 10_000 + 1231)
    return Combine(must=(best,), should=(Constant(of_year, _YEAR),))


def find_numbers(index: Index, typed: str, *, reader: Reader, limit: int = 10) -> tuple[Hit, ...]:
    """Documents by their own number, best first."""
    plan = number_plan(typed)
    return index.ranked(plan, reader=reader, limit=limit) if plan is not None and limit > 0 else ()


def _keys(typed: str, asked: AskedNumber) -> tuple[str, ...]:
    """Whole numbers that may have been meant: as typed, and put together from its parts in the order of NĐ 30/2020."""
    symbol = "-".join(asked.symbol)
    ends = [symbol] if symbol else []
    if asked.year is not None:  # QĐ 15/2014/QĐ-UBND has the year in its number, 15/QĐ-UBND of 2014 has not
        ends = [f"{asked.year}/{symbol}" if symbol else str(asked.year), *ends]
    made = [number_key(typed[:_LONGEST]), *(f"{asked.figures}/{end}" for end in ends if asked.figures)]
    return tuple(key for key in dict.fromkeys(made) if key)


def _begins(asked: AskedNumber) -> Plan:
    """Numbers that begin with these figures, with the same letters if any were typed."""
    begins = PrefixOf("number_key", asked.figures)
    return Combine(must=(begins, *map(_part, asked.symbol)))


def _part(part: str) -> Plan:
    """Figures or letters of the number; letters may be of the type's name too ("quyết định 5")."""
    in_number = Term("number_fo", part)
    return in_number if part[0].isdigit() else Combine(should=(in_number, Term("type_fo", part)))


def _misread(asked: AskedNumber) -> tuple[str, ...]:
    """The number as recognisers misread its figures; the right reading is looked for anyway."""
    ways = [_LOOKS_LIKE.get(figure, figure) for figure in asked.figures]
    read = ["".join(figures) for figures in islice(product(*ways), _MOST_MISREAD)]
    end = f"/{'-'.join(asked.symbol)}" if asked.symbol else ""
    return tuple(f"{figures}{end}" for figures in read if figures != asked.figures)


def _near(parts: Sequence[str]) -> Plan | None:
    """All parts but for one letter each; figures stay, another number is another document."""
    if not any(part.isalpha() and len(part) > _SHORTEST_NEAR for part in parts):
        return None
    return Combine(
        must=tuple(
            FuzzyOf("number_fo", part) if part.isalpha() and len(part) > _SHORTEST_NEAR else Term("number_fo", part)
            for part in parts
        )
    )
