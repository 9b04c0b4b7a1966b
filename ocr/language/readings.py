"""What a line can say, piece by piece: where the recogniser is sure, one reading; where it doubts, several.

In: `Alternatives`. Out: segments between spaces that are sure, each with its readings and their log probabilities.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ocr.engines.networks.alternatives import Alternatives
from ocr.language.prefixes import Part, Prefixes, Row, branched, combined, lengthened

SURE = math.log(0.995)
"""A step whose best symbol is at least this likely has no alternatives."""
SUREST = math.log(0.99999)
"""Likewise where the language expects something else."""
SURE_SPACE = math.log(0.98)
LEAST = math.exp(-7.5)
"""Symbols less likely than this are no alternatives."""
READINGS = 16
"""Readings kept of a segment."""

_UNSEEN = -1.0
"""Added to the log probability of the least likely alternative for a space that is not among them."""
_SPACED = 4
_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA))]
_SMALL, _CAPITAL = ("".join(filter(test, _LETTERS)) for test in (str.islower, str.isupper))
_LACKS_SPACE = re.compile(
    rf"(?<=[^\W\d_]{{2}})[,;:.)](?=[^\W\d_]{{2}}|\d)|[^\W\d_]{{2}}(?=\()|[{_SMALL}]{{2}}(?=[{_CAPITAL}][{_SMALL}])|(?<=ng[àa])[yỳ](?=\d)"
)


class Stretch(NamedTuple):
    """One reading of a segment: its words (NFC), its log probability, and the step of every character, spaces included."""

    text: str
    log_probability: float
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two sure spaces, its steps from `start` to before `end`.

    Attributes:
        readings: best first, a single one when nothing is in doubt.
    """

    start: int
    end: int
    readings: tuple[Stretch, ...]


def segments(seen: Alternatives) -> list[Segment]:
    """Cut a line at its sure spaces and read the stretches between them."""
    if not seen.steps:
        return []
    best, likely = seen.symbols[:, 0], seen.log_probabilities[:, 0]
    space = seen.charset.index(" ") + 1
    sure = likely >= SURE
    rows = _Rows(seen, sure)
    cuts = np.flatnonzero((best == space) & (likely > SURE_SPACE)).tolist()
    found = []
    for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, seen.steps], strict=True):
        if end > start:
            readings = rows.searched(start, end) if rows.in_doubt(start, end) else rows.greedy(start, end)
            if readings[0].text or len(readings) > 1:
                found.append(Segment(start, end, readings))
    return found


def reopened(seen: Alternatives, segment: Segment) -> Segment:
    """A segment read again with doubt in everything but the surest steps: the language did not expect what it says."""
    start, end = segment.start, segment.end
    part = Alternatives(
        seen.log_probabilities[start:end], seen.symbols[start:end], seen.blank[start:end], seen.charset, seen.x0, seen.step_px
    )
    readings = _Rows(part, part.log_probabilities[:, 0] >= SUREST).searched(0, end - start)
    known = {reading.text for reading in segment.readings}
    further = [
        Stretch(reading.text, reading.log_probability, tuple([start + step for step in reading.steps]))
        for reading in readings
        if reading.text not in known
    ]
    return Segment(start, end, (*segment.readings, *further))


class _Rows:
    """The possible symbols of every step of a line: ("", probability) is the blank."""

    def __init__(self, seen: Alternatives, sure: npt.NDArray[np.bool_]) -> None:
        self._best: list[int] = seen.symbols[:, 0].tolist()
        self._log: list[float] = seen.log_probabilities[:, 0].tolist()
        self._least: list[float] = np.minimum(seen.log_probabilities[:, -1], 0.0).tolist()
        self._charset = ("", *seen.charset)
        self._doubts = np.concatenate(([0], np.cumsum(~sure))).tolist()
        self._rows = self._possible(seen, sure)

    def _possible(self, seen: Alternatives, sure: npt.NDArray[np.bool_]) -> dict[int, Row]:
        """Rows of the steps that are in doubt."""
        places = np.flatnonzero(~sure)
        likely = np.exp(seen.log_probabilities[places]).tolist()
        blanks = np.exp(seen.blank[places]).tolist()
        charset, rows = self._charset, {}
        for place, probabilities, symbols, blank in zip(
            places.tolist(), likely, seen.symbols[places].tolist(), blanks, strict=True
        ):
            row = [(charset[symbol], p) for symbol, p in zip(symbols, probabilities, strict=True) if symbol and p > LEAST]
            rows[place] = [*row, ("", blank)] if blank > LEAST else row
        return rows

    def in_doubt(self, start: int, end: int) -> bool:
        """Whether any step of a stretch has alternatives."""
        return bool(self._doubts[end] > self._doubts[start])

    def greedy(self, start: int, end: int) -> tuple[Stretch, ...]:
        """The only reading of a stretch without doubt."""
        text, steps = _tidied(*self._shown(start, end))
        return (Stretch(text, 0.0, steps),)

    def searched(self, start: int, end: int) -> tuple[Stretch, ...]:
        """The likeliest readings of a stretch: what its pieces between sure blanks can say, in all combinations that matter."""
        rows, best = self._rows, self._best
        partial: list[Part] = [(1.0, "", ())]
        step = start
        while step < end:
            first, in_doubt = step, False
            while step < end and (best[step] or step in rows):
                in_doubt = in_doubt or step in rows
                step += 1
            if in_doubt:
                partial = combined(partial, self._said(first, step))
            elif step > first:
                text, steps = self._shown(first, step)
                partial = [(value, before + text, (*places, *steps)) for value, before, places in partial]
            step += 1
        return self._with_spaces(_ranked(partial))

    def _said(self, start: int, end: int) -> list[Part]:
        """What a piece with doubt can say."""
        if end - start == 1:
            return [(value, symbol, (start,) if symbol else ()) for symbol, value in self._rows[start]]
        prefixes: Prefixes = {"": (1.0, 0.0, ())}
        for step in range(start, end):
            row = self._rows.get(step)
            prefixes = branched(prefixes, row, step) if row else lengthened(prefixes, self._charset[self._best[step]], step)
        return [(blank + solid, prefix, steps) for prefix, (blank, solid, steps) in prefixes.items()]

    def _shown(self, start: int, end: int) -> tuple[str, tuple[int, ...]]:
        """What the likeliest symbols say, and where."""
        letters, steps, before = [], [], 0
        for step in range(start, end):
            symbol = self._best[step]
            if symbol and symbol != before:
                letters.append(self._charset[symbol])
                steps.append(step)
            before = symbol
        return "".join(letters), tuple(steps)

    def _with_spaces(self, readings: list[Stretch]) -> tuple[Stretch, ...]:
        """Readings, and those of the best few that lack spaces between words, with them: the picture may have lost them."""
        added, known = [], {reading.text for reading in readings}
        for reading in readings[:_SPACED]:
            spaced = self._spaced(reading)
            if spaced.text not in known:
                added.append(spaced)
        return (*readings, *added)

    def _spaced(self, reading: Stretch) -> Stretch:
        """A reading with a space at every joint of two words."""
        text, value, steps = reading
        for joint in reversed(list(_LACKS_SPACE.finditer(text))):
            place = joint.end()
            value += max(self._least[steps[place - 1] : steps[place] + 1]) + _UNSEEN
            text, steps = f"{text[:place]} {text[place:]}", (*steps[:place], steps[place], *steps[place:])
        return Stretch(text, value, steps)


def _ranked(parts: list[Part]) -> list[Stretch]:
    """Readings, likeliest first; those that differ by spaces at their ends only are one."""
    merged: dict[str, tuple[float, tuple[int, ...]]] = {}
    for value, said, places in sorted(parts, reverse=True):
        text, steps = _tidied(said, places) if " " in said else (said, places)
        known = merged.get(text)
        merged[text] = (value, steps) if known is None else (known[0] + value, known[1])
    ordered = sorted(merged.items(), key=_value, reverse=True)[:READINGS]
    return [Stretch(text, math.log(value), steps) for text, (value, steps) in ordered if value > 0.0]


def _value(entry: tuple[str, tuple[float, tuple[int, ...]]]) -> float:
    return entry[1][0]


def _tidied(text: str, steps: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Text without spaces at the ends or side by side, and the steps of what is left."""
    bare = text.lstrip(" ")
    steps = steps[len(text) - len(bare) :]
    text = bare.rstrip(" ")
    steps = steps[: len(text)]
    if "  " in text:
        kept = [place for place, character in enumerate(text) if character != " " or text[place - 1] != " "]
        text, steps = "".join(text[place] for place in kept), tuple(steps[place] for place in kept)
    return text, steps
