"""Rules that worn or two-tone scans broke into dashes: pieces on one line, near enough to each other, are one rule.

In: the relief of a page or the rules found on it. Out: `Rule`s. Rows of letters make pieces as well, but theirs end before the
borders of cells; those of a rule run across rules of the other kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.tables.rules import Rule
from ocr.tables.rulings import MM_PER_INCH, REACH_MM, Relief, Rulings, count_long, find_pieces

_GAP_MM, _OFF_MM = 5.0, 0.3
"""Pieces so near to each other along their line, and so little off it, belong together."""
_LEAST_COVER = 0.5
_LEAST_PIECE_MM = (3.0, 4.2)
_LEAST_MM = (15.0, 8.0)
"""Shortest piece and shortest broken rule, level and upright: letters are lower."""
_INSIDE_MM = 1.0
"""A piece that goes on for so long on both sides of another rule runs across it."""
_LEAST_UPRIGHTS = 3
_LEAST_LONG_MM, _SAME_END_MM, _LEAST_EVEN = 15.0, 3.0, 3
"""So many rules of each kind, the upright ones so long, begin and end this near to one another."""


@dataclass(slots=True)
class _Chain:
    """Pieces of one rule, from its start to its end."""

    pieces: list[Rule]

    def takes(self, piece: Rule, millimetre: float) -> bool:
        last = self.pieces[-1]
        return piece.start - last.end <= _GAP_MM * millimetre and abs(piece.offset - last.offset) <= _OFF_MM * millimetre

    def as_rule(self) -> Rule:
        first, last = self.pieces[0], self.pieces[-1]
        length = sum(piece.length for piece in self.pieces)
        middle = sum(piece.offset * piece.length for piece in self.pieces) / length
        far = (last.start + last.end - first.start - first.end) / 2
        lean = (last.offset - first.offset) / far if far > 0 else first.lean
        thickness = sum(piece.thickness * piece.length for piece in self.pieces) / length
        return Rule(first.start, last.end, middle, lean, thickness)

    def is_whole(self, least: float) -> bool:
        length = self.pieces[-1].end - self.pieces[0].start
        return length >= least and sum(piece.length for piece in self.pieces) >= _LEAST_COVER * length


def find_broken_rulings(relief: Relief) -> tuple[Rulings, Rulings]:
    """Broken rules of a page that cross each other, in pixels of the page, and all pieces that may belong to some.

    None of either where too few are upright.
    """
    millimetre = relief.dpi / relief.scale / MM_PER_INCH
    if count_long(relief, least_mm=_LEAST_MM[1], upright=True) < _LEAST_UPRIGHTS:
        return Rulings((), ()), Rulings((), ())
    pieces = find_pieces(relief, least_mm=_LEAST_PIECE_MM[1], upright=True)
    sides = [chain.as_rule() for chain in _chains(pieces, _LEAST_MM[1] * millimetre, millimetre)]
    if not _are_alike([side for side in sides if side.length >= _LEAST_LONG_MM * millimetre], millimetre):
        return Rulings((), ()), Rulings((), ())
    flat = find_pieces(relief, least_mm=_LEAST_PIECE_MM[0], upright=False)
    level = _chains(flat, _LEAST_MM[0] * millimetre, millimetre)
    rules = joined(
        [chain.as_rule() for chain in level if crosses(chain.pieces, sides, millimetre=millimetre)], millimetre=millimetre
    )
    if not _have_even_ends(rules, millimetre):
        return Rulings((), ()), Rulings((), ())
    met = tuple(side for side in sides if sum(_meets(rule, side, millimetre) for rule in rules) > 1)
    return Rulings(rules, met), Rulings((*flat, *rules), (*pieces, *met))


def _are_alike(upright: Sequence[Rule], millimetre: float) -> bool:
    """Whether several upright rules begin and end alike, as those of a table do and strokes of letters do not."""
    near = _SAME_END_MM * millimetre
    alike = [
        sum(abs(rule.start - other.start) <= near and abs(rule.end - other.end) <= near for other in upright) for rule in upright
    ]
    return max(alike, default=0) >= _LEAST_EVEN


def _have_even_ends(level: Sequence[Rule], millimetre: float) -> bool:
    """Whether several level rules begin alike and several end alike, as rows of letters do not."""
    near = _SAME_END_MM * millimetre
    starts = [sum(abs(rule.start - other.start) <= near for other in level) for rule in level]
    ends = [sum(abs(rule.end - other.end) <= near for other in level) for rule in level]
    return max(starts, default=0) >= _LEAST_EVEN and max(ends, default=0) >= _LEAST_EVEN


def joined(rules: Sequence[Rule], *, millimetre: float) -> tuple[Rule, ...]:
    """Rules of which each is sure, those on one line joined over any gap: what lay between them was lost."""
    lines: list[_Chain] = []
    for rule in sorted(rules, key=lambda rule: rule.start):
        near = [line for line in lines if abs(line.pieces[-1].offset - rule.offset) <= 2 * _OFF_MM * millimetre]
        if near:
            near[0].pieces.append(rule)
        else:
            lines.append(_Chain([rule]))
    return tuple(line.as_rule() for line in lines)


def crosses(pieces: Sequence[Rule], others: Sequence[Rule], *, millimetre: float) -> bool:
    """Whether one of the pieces of a rule runs across one of the other kind."""
    inside = _INSIDE_MM * millimetre
    return any(
        piece.start + inside <= other.offset <= piece.end - inside and other.start - inside <= piece.offset <= other.end + inside
        for piece in pieces
        for other in others
    )


def _chains(pieces: Sequence[Rule], least: float, millimetre: float) -> list[_Chain]:
    """Pieces gathered to rules, those long and whole enough."""
    chains: list[_Chain] = []
    going_on: list[_Chain] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        # Later pieces begin later: a chain that is too far back for this one is too far back for all.
        going_on = [chain for chain in going_on if piece.start - chain.pieces[-1].end <= _GAP_MM * millimetre]
        fitting = [chain for chain in going_on if chain.takes(piece, millimetre)]
        if fitting:
            min(fitting, key=lambda chain: abs(chain.pieces[-1].offset - piece.offset)).pieces.append(piece)
        else:
            chains.append(_Chain([piece]))
            going_on.append(chains[-1])
    return [chain for chain in chains if chain.is_whole(least)]


def _meets(level: Rule, upright: Rule, millimetre: float) -> bool:
    reach = REACH_MM * millimetre
    return (
        level.start - reach <= upright.offset <= level.end + reach
        and upright.start - reach <= level.at(upright.offset) <= upright.end + reach
    )
