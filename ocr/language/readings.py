"""What a line can say, piece by piece: where the recogniser is sure, one reading; where it doubts, several.

In: `Alternatives`. Out: segments between spaces that are sure, each with its readings and their log probabilities.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ocr.engines.networks.alternatives import Alternatives

SURE = math.log(0.995)
"""A step whose best symbol is at least this likely has no alternatives."""
_SURE = math.exp(SURE)
SURE_SPACE = math.log(0.98)
LEAST = math.exp(-8.0)
"""Symbols less likely than this are no alternatives."""
WIDTH = 24
"""Prefixes kept while a segment is read."""
READINGS = 16
"""Readings kept of a segment."""
FAR = math.exp(-14.0)
"""Prefixes this much less likely than the best are dropped."""

Row = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One reading of a segment: its words (NFC), its log probability, and the step of every character, spaces included."""

    text: str
    log_probability: float
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two sure spaces; `readings` best first, a single one when nothing is in doubt."""

    readings: tuple[Stretch, ...]


def segments(seen: Alternatives) -> list[Segment]:
    """Cut a line at its sure spaces and read the stretches between them."""
    if not seen.steps:
        return []
    best = seen.symbols[:, 0]
    likely = seen.log_probabilities[:, 0]
    space = seen.charset.index(" ") + 1
    cuts = np.flatnonzero((best == space) & (likely > SURE_SPACE)).tolist()
    doubtful = likely < SURE
    found = []
    for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, seen.steps], strict=True):
        if end > start and (best[start:end] != 0).any():
            readings = _searched(seen, start, end) if doubtful[start:end].any() else _sure(seen, start, end)
            if any(reading.text for reading in readings):
                found.append(Segment(readings))
    return found


def _sure(seen: Alternatives, start: int, end: int) -> tuple[Stretch, ...]:
    """The greedy reading of a stretch without doubt."""
    best = seen.symbols[start:end, 0]
    keep = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
    places = np.flatnonzero(keep)
    text = "".join(seen.charset[symbol - 1] for symbol in best[places].tolist())
    steps = tuple((places + start).tolist())
    return (_tidied(text, float(seen.log_probabilities[start:end, 0].sum()), steps),)


def _searched(seen: Alternatives, start: int, end: int) -> tuple[Stretch, ...]:
    """The likeliest readings of a stretch, by prefix search."""
    prefixes: Prefixes = {"": (1.0, 0.0, ())}
    for step, row in enumerate(_rows(seen, start, end), start=start):
        prefixes = _advanced(prefixes, row, step)
    merged: dict[str, tuple[float, float, Stretch]] = {}
    for prefix, (blank, solid, steps) in prefixes.items():
        total = blank + solid
        if total <= 0.0:
            continue
        reading = _tidied(prefix, math.log(total), steps)
        known = merged.get(reading.text)
        if known is None:
            merged[reading.text] = (total, total, reading)
        else:
            kept = reading if total > known[1] else known[2]
            merged[reading.text] = (known[0] + total, max(total, known[1]), kept)
    ordered = sorted(merged.values(), key=lambda entry: -entry[0])[:READINGS]
    return tuple(Stretch(reading.text, math.log(total), reading.steps) for total, _, reading in ordered)


def _rows(seen: Alternatives, start: int, end: int) -> list[Row]:
    """For every step its possible symbols ("" is the blank) with their probabilities."""
    rows: list[Row] = []
    likely = np.exp(seen.log_probabilities[start:end]).tolist()
    symbols = seen.symbols[start:end].tolist()
    blanks = np.exp(seen.blank[start:end]).tolist()
    charset = seen.charset
    for probabilities, chosen, blank in zip(likely, symbols, blanks, strict=True):
        if probabilities[0] >= _SURE:
            rows.append([(charset[chosen[0] - 1] if chosen[0] else "", probabilities[0])])
            continue
        row = [
            (charset[symbol - 1], probability)
            for symbol, probability in zip(chosen, probabilities, strict=True)
            if symbol and probability > LEAST
        ]
        if blank > LEAST:
            row.append(("", blank))
        rows.append(row)
    return rows


Prefixes = dict[str, tuple[float, float, tuple[int, ...]]]


def _advanced(prefixes: Prefixes, row: Row, step: int) -> Prefixes:
    """All prefixes after one more step: probability that they end in a blank, that they do not, and where their characters are."""
    if len(row) == 1 and not row[0][0]:
        blank_only = row[0][1]
        return {prefix: ((blank + solid) * blank_only, 0.0, steps) for prefix, (blank, solid, steps) in prefixes.items()}
    after: Prefixes = {}
    for prefix, (blank, solid, steps) in prefixes.items():
        total, last = blank + solid, prefix[-1:]
        for symbol, probability in row:
            if not symbol:
                _add(after, prefix, total * probability, 0.0, steps)
            elif symbol != last:
                _add(after, prefix + symbol, 0.0, total * probability, (*steps, step))
            else:
                _add(after, prefix, 0.0, solid * probability, steps)
                if blank:
                    _add(after, prefix + symbol, 0.0, blank * probability, (*steps, step))
    return _pruned(after) if len(after) > 1 else after


def _add(after: Prefixes, prefix: str, blank: float, solid: float, steps: tuple[int, ...]) -> None:
    known = after.get(prefix)
    if known is None:
        after[prefix] = (blank, solid, steps)
    else:
        better = steps if blank + solid > known[0] + known[1] else known[2]
        after[prefix] = (known[0] + blank, known[1] + solid, better)


def _pruned(prefixes: Prefixes) -> Prefixes:
    floor = FAR * max(blank + solid for blank, solid, _ in prefixes.values())
    kept = [entry for entry in prefixes.items() if entry[1][0] + entry[1][1] > floor]
    if len(kept) > WIDTH:
        kept.sort(key=lambda entry: -(entry[1][0] + entry[1][1]))
        del kept[WIDTH:]
    return dict(kept)


def _tidied(text: str, log_probability: float, steps: tuple[int, ...]) -> Stretch:
    """Without spaces at the ends or side by side."""
    if " " in text and (text[0] == " " or text[-1] == " " or "  " in text):
        kept = [
            place
            for place, character in enumerate(text)
            if character != " " or (text[:place].strip() and text[place - 1] != " " and text[place:].strip())
        ]
        text, steps = "".join(text[place] for place in kept), tuple(steps[place] for place in kept)
    return Stretch(text, log_probability, steps)
