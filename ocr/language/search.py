"""The best way through a line: one reading a segment, so that picture and language together fit best.

In: segments with readings, and a scoring. Out: the chosen reading of every segment and what stood before it; how the others did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from ocr.language.punctuation import FIRST, INSIDE, LAST
from ocr.language.readings import Segment, Stretch
from ocr.language.scoring import LINE_START, Before, Scoring, Token

BEAM = 8
_FAR = 12.0
"""Paths so far behind the best are dropped."""
_HOPELESS = 8.0
"""Readings so far behind, each word judged alone, are dropped: context gives a word no more than that."""


class Chosen(NamedTuple):
    """A reading that was chosen, and what stood before it."""

    reading: Stretch
    before: Before


@dataclass(frozen=True, slots=True, eq=False)
class _Path:
    score: float
    reading: Stretch | None
    before: Before
    earlier: _Path | None


def plausible(segment: Segment, scoring: Scoring) -> Segment:
    """The segment without the readings that no context can save: most of them are no words."""
    if len(segment.readings) == 1:
        return segment
    scores = [
        reading.log_probability + sum([token.alone for token in scoring.tokens(reading.text)]) for reading in segment.readings
    ]
    floor = max(scores) - _HOPELESS
    kept = tuple(reading for reading, score in zip(segment.readings, scores, strict=True) if score > floor)
    return segment if len(kept) == len(scores) else replace(segment, readings=kept)


def best_path(found: list[Segment], scoring: Scoring) -> list[Chosen]:
    """Choose a reading for every segment."""
    paths: dict[Before, _Path] = {LINE_START: _Path(0.0, None, LINE_START, None)}
    final = len(found) - 1
    for place, segment in enumerate(found):
        paths = _extended(paths, segment, scoring, (place == 0, place == final))
    path: _Path | None = max(paths.values(), key=lambda each: each.score)
    chosen: list[Chosen] = []
    while path is not None and path.reading is not None:
        chosen.append(Chosen(path.reading, path.before))
        path = path.earlier
    chosen.reverse()
    return chosen


Ends = tuple[bool, bool]
"""Whether a segment is the first, and the last, of its line."""


def _extended(paths: dict[Before, _Path], segment: Segment, scoring: Scoring, ends: Ends) -> dict[Before, _Path]:
    after: dict[Before, _Path] = {}
    worth = scoring.worth
    for reading in segment.readings:
        tokens = scoring.tokens(reading.text)
        own = reading.log_probability + _marks(tokens, ends)
        for before, path in paths.items():
            score, state = own + path.score, before
            for token in tokens:
                gained, state = worth(token, state)
                score += gained
            known = after.get(state)
            if known is None or score > known.score:
                after[state] = _Path(score, reading, before, path)
    if len(after) == 1:
        return after
    floor = max(path.score for path in after.values()) - _FAR
    kept = [(state, path) for state, path in after.items() if path.score > floor]
    if len(kept) > BEAM:
        kept.sort(key=lambda entry: -entry[1].score)
    return dict(kept[:BEAM])


def _marks(tokens: tuple[Token, ...], ends: Ends) -> float:
    """Score of the marks of all words of a reading."""
    total, last = 0.0, len(tokens) - 1
    for place, token in enumerate(tokens):
        total += token.marks[LAST if ends[1] and place == last else FIRST if ends[0] and place == 0 else INSIDE]
    return total


def rivals(found: list[Segment], chosen: list[Chosen], place: int, scoring: Scoring) -> list[tuple[Stretch, float]]:
    """Every reading of a segment with its score where the neighbours stay as they were chosen."""
    segment, final = found[place], len(found) - 1
    following = scoring.tokens(chosen[place + 1].reading.text)[:1] if place < final else ()
    scored = []
    for reading in segment.readings:
        tokens, after = scoring.tokens(reading.text), chosen[place].before
        score = reading.log_probability + _marks(tokens, (place == 0, place == final))
        for token in (*tokens, *following):
            gained, after = scoring.worth(token, after)
            score += gained
        scored.append((reading, score))
    return scored
