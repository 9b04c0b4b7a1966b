"""Other names of districts and communes typed with their type ("xã Đông Hòa", "huyện Từ Liêm").

In: tokens of a name, the words around it. Out: what the unit was called before and is called today. A name that several units
bear is only followed when the words around tell which one is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.catalogues import AdminUnit, Level, gazetteer
from dossier.catalogues.units import bare_name
from dossier.text import Token, fold, tokenise
from indexer.expanding.lexicon import Other, OtherKind

_MOST_UNITS = 2
_MOST_NAMES = 4
_LONGEST = 7


def place_others(tokens: Sequence[Token], around: str) -> tuple[Other, ...] | None:
    """Former and later names of the one place meant; None when this is no type with a name.

    Args:
        tokens: type and name.
        around: other words of the question, folded.
    """
    text = " ".join(token.ex for token in tokens)
    _, levels = bare_name(fold(text))
    if len(tokens) > _LONGEST or len(levels) == len(Level):
        return None
    named = [unit for unit in gazetteer().named(text) if unit.level is not Level.PROVINCE and _agrees(tokens, unit)]
    if not named:
        return None
    units = _meant(named, around)
    return tuple(other for unit in units for other in _names(unit))


def _agrees(tokens: Sequence[Token], unit: AdminUnit) -> bool:
    """Whether the marks typed are the unit's; where any are typed, a word without is meant so ("phường cho" is not Phường Chờ)."""
    if all(token.ex == token.fo for token in tokens):
        return True
    name = tokenise(unit.name)
    return all(token.ex == other.ex for token, other in zip(reversed(tokens), reversed(name), strict=False) if token.fo == other.fo)


def _meant(units: Sequence[AdminUnit], around: str) -> Sequence[AdminUnit]:
    """One line of units through time, or those below a place that the question names too."""
    if _is_one_line(units):
        return units
    near = [unit for unit in units if any(_stands_in(above, around) for above in gazetteer().above(unit))]
    return near if _is_one_line(near) else ()


def _is_one_line(units: Sequence[AdminUnit]) -> bool:
    ends = {tuple(sorted(now.id for now in gazetteer().today(unit))) for unit in units}
    return len(ends) == 1 or 0 < len(units) <= _MOST_UNITS


def _stands_in(unit: AdminUnit, around: str) -> bool:
    return f" {bare_name(fold(unit.name))[0]} " in f" {around} "


def _names(unit: AdminUnit) -> list[Other]:
    """Names of the same level; a district that became twenty communes is called none of them."""
    units = gazetteer()
    later = [now for now in units.today(unit) if now.level is unit.level and now.id != unit.id]
    former = [then for then in units.before(unit) if then.level is unit.level]
    if len(later) > _MOST_NAMES:
        later = []
    return [
        *(Other(now.name, OtherKind.LATER_NAME) for now in later),
        *(Other(then.name, OtherKind.FORMER_NAME) for then in former[:_MOST_NAMES]),
    ]
