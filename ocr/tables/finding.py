"""Find the ruled tables (bảng) of a page.

In: an upright grey page with even paper. Out: `Table`s from top to bottom. Underlines meet no upright rules, frames of stamps
enclose one cell: neither is a table.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dossier.model import Box, Table
from ocr.intake.rendering import Pixels
from ocr.tables.broken_rules import crosses, find_broken_rulings, joined
from ocr.tables.grids import build_table
from ocr.tables.level_tables import find_level_tables
from ocr.tables.rules import Rule
from ocr.tables.rulings import (
    CLEAR_CONTRAST,
    FAINT_CONTRAST,
    LEAST_HEIGHT_MM,
    LEAST_WIDTH_MM,
    MM_PER_INCH,
    REACH_MM,
    Relief,
    Rulings,
    find_long_level,
    find_rulings,
    measure_relief,
)

_AROUND_MM = 12.0
"""Faint rules are looked for this far around the clear ones."""
_LONG_SHARE, _SAME_LINE_MM, _ON_LINE_MM = 0.4, 0.9, 0.6
"""A faint rule counts when it is as long as this share of the table, or this near to the line of a clear one. Pieces so near to one
line are one rule."""
_FEW_COLUMNS, _MOST_SHARE = 2, 0.7
"""A table whose upright rules are scratches has no more columns, or no more than a share of the height, and fewer columns than this
share of those that white parts in the same place."""


def find_tables(grey: Pixels, *, dpi: int) -> tuple[Table, ...]:
    """Ruled tables of an upright page with even paper (`flatten_field`): rules between columns may be missing."""
    relief = measure_relief(grey, dpi=dpi)
    ruled = _find_ruled(relief, dpi=dpi, page=(grey.shape[1], grey.shape[0])) if relief.has_upright else []
    level = find_level_tables(find_long_level(relief), grey, dpi=dpi)
    parted = [table for table in level if all(_is_scratched(other, table) for other in ruled if _overlap(table, other))]
    found = [*parted, *(table for table in ruled if not any(_overlap(table, other) for other in parted))]
    return tuple(sorted(found, key=lambda table: (table.box.y0, table.box.x0)))


def _is_scratched(ruled: Table, parted: Table) -> bool:
    """Whether the upright rules of a table are scratches: they part few columns or few of the rows, white parts many."""
    few = ruled.columns <= _FEW_COLUMNS or ruled.box.height < _MOST_SHARE * parted.box.height
    return few and ruled.columns < _MOST_SHARE * parted.columns


def _find_ruled(relief: Relief, *, dpi: int, page: tuple[int, int]) -> list[Table]:
    """Tables whose level and upright rules meet."""
    rulings = find_rulings(relief, contrast=CLEAR_CONTRAST)
    clear, broken = _tables(rulings, dpi=dpi, page=page), None
    if not clear:
        rulings, broken = find_broken_rulings(relief)
        clear = _tables(rulings, dpi=dpi, page=page)
    reach = round(_AROUND_MM * dpi / MM_PER_INCH)
    found: list[Table] = []
    for table in clear:
        if any(_overlap(table, other) for other in found):
            continue
        box = table.box
        window = (box.x0 - reach, box.y0 - reach, box.x1 + reach, box.y1 + reach)
        more = _within(broken, window) if broken else find_rulings(relief, contrast=FAINT_CONTRAST, window=window)
        sure = _confirmed(more, rulings, box, dpi)
        if broken:
            sure = Rulings(*(joined(rules, millimetre=dpi / MM_PER_INCH) for rules in (sure.level, sure.upright)))
        faint = _tables(sure, dpi=dpi, page=page)
        found += [each for each in faint if _overlap(each, table)] or [table]
    return found


def _within(pieces: Rulings, window: tuple[int, int, int, int]) -> Rulings:
    x0, y0, x1, y1 = window
    return Rulings(
        tuple(rule for rule in pieces.level if rule.start >= x0 and rule.end <= x1 and y0 <= rule.offset <= y1),
        tuple(rule for rule in pieces.upright if rule.start >= y0 and rule.end <= y1 and x0 <= rule.offset <= x1),
    )


def _confirmed(faint: Rulings, clear: Rulings, box: Box, dpi: int) -> Rulings:
    """Faint rules that go on where a clear one is, or are too long to be print, alone or with others on their line."""
    millimetre = dpi / MM_PER_INCH
    near = _SAME_LINE_MM * millimetre

    def kept(rules: Sequence[Rule], known: Sequence[Rule], across: Sequence[Rule], extent: int) -> tuple[Rule, ...]:
        least = _LONG_SHARE * extent
        return tuple(
            rule
            for rule in rules
            if rule.length >= least
            or any(abs(rule.offset - other.offset) <= near for other in known)
            or _is_piece(rule, rules, across, least=least, millimetre=millimetre)
        )

    return Rulings(
        kept(faint.level, clear.level, clear.upright, box.width), kept(faint.upright, clear.upright, clear.level, box.height)
    )


def _is_piece(rule: Rule, rules: Sequence[Rule], across: Sequence[Rule], *, least: float, millimetre: float) -> bool:
    """Whether a rule is one of several on a line that are long enough together and run across the borders of cells."""
    line = [other for other in rules if abs(other.at(rule.start) - rule.at(rule.start)) <= _ON_LINE_MM * millimetre]
    return sum(other.length for other in line) >= least and crosses(line, across, millimetre=millimetre)


def _tables(rulings: Rulings, *, dpi: int, page: tuple[int, int]) -> list[Table]:
    """Tables that rules make, the largest first."""
    millimetre = dpi / MM_PER_INCH
    found = []
    for level, upright in _meeting(rulings, reach=REACH_MM * millimetre):
        table = build_table(level, upright, dpi=dpi, page=page)
        if table and table.box.width >= LEAST_WIDTH_MM * millimetre and table.box.height >= LEAST_HEIGHT_MM * millimetre:
            found.append(table)
    return sorted(found, key=lambda table: -table.box.width * table.box.height)


def _overlap(one: Table, other: Table) -> bool:
    a, b = one.box, other.box
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _meeting(rulings: Rulings, *, reach: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that meet one another, directly or through others."""
    leader = list(range(len(rulings.level) + len(rulings.upright)))

    def first(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    starts, ends, offsets, leans = np.array([(r.start, r.end, r.offset, r.lean) for r in rulings.upright]).reshape(-1, 4).T
    for k, level in enumerate(rulings.level):
        least, most = level.start - reach, level.end + reach
        y = level.at(offsets)
        x = offsets + leans * (y - (starts + ends) / 2)
        met = (offsets >= least) & (offsets <= most) & (y >= starts - reach) & (y <= ends + reach) & (x >= least) & (x <= most)
        for place in np.flatnonzero(met).tolist():
            leader[first(k)] = first(len(rulings.level) + place)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k, rule in enumerate(rulings.level):
        groups.setdefault(first(k), ([], []))[0].append(rule)
    for n, rule in enumerate(rulings.upright, start=len(rulings.level)):
        groups.setdefault(first(n), ([], []))[1].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 1]
