"""Geometry of a page that was read: short runs of print that belong together.

In: a `Page`, whose lines may run across two columns. Out: a `Sheet` of `Segment`s, split where the gap between two words is
wide, sorted from top to bottom. All rules judge segments, never the engine's lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from statistics import median

from dossier.model import Box, Found, Ink, Line, Page, Word, enclosing
from metadata.sheets.anchors import key

COLUMN_GAP = 1.3
"""A gap of so many letter heights is no space between two words of one line (a justified line stays under 1)."""

SPACED_GAP = 3.0
"""Widest gap, in letter heights, between the words of a title in spaced-out capitals (typewriter)."""

_EDGE_NOISE = "|[]{}_~`'‘’“”\"\\/^*=<>«»¦!„,.;:°"
_DASHES = "-–—\u2212•+"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words on one line with no wide gap between.

    Attributes:
        text, key: the words with single spaces, and their fold of the same length.
        middle: vertical middle of most words, in pixels; a stray mark that belongs to a seal does not move it.
        height: height of most words, in pixels.
    """

    words: tuple[Word, ...]
    ink: Ink
    box: Box
    text: str
    key: str
    middle: float
    height: float

    @property
    def confidence(self) -> float:
        """Mean of the words' confidences weighed by their length, 0-1."""
        return Line(self.box, self.words).confidence

    @property
    def centre(self) -> float:
        """Horizontal centre in pixels."""
        return self.box.centre[0]

    def word_at(self, position: int) -> int:
        """Index of the word that covers the character at `position` of `text`."""
        end = 0
        for index, word in enumerate(self.words):
            end += len(word.text) + 1
            if position < end:
                return index
        return len(self.words) - 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the rules see it: its segments from top to bottom and the extent of its print.

    Attributes:
        left, right: edges of the text block in pixels (where most long lines begin and end).
        line_height: height of a usual word in pixels.
    """

    page: Page
    segments: tuple[Segment, ...]
    left: float
    right: float
    line_height: float

    def high(self, segment: Segment) -> float:
        """Vertical middle of a segment as a share of the page's height."""
        return segment.middle / self.page.height

    def across(self, x: float) -> float:
        """Horizontal place as a share of the page's width."""
        return x / self.page.width

    @property
    def centre(self) -> float:
        """Horizontal centre of the text block in pixels."""
        return (self.left + self.right) / 2


def segment_of(words: Sequence[Word], ink: Ink) -> Segment:
    """Make a segment of words on one line."""
    text = " ".join(word.text for word in words)
    solid = [word for word in words if any(letter.isalnum() for letter in word.text)] or list(words)
    return Segment(
        words=tuple(words),
        ink=ink,
        box=enclosing(word.box for word in words),
        text=text,
        key=key(text),
        middle=median(word.box.centre[1] for word in solid),
        height=float(median(word.box.height for word in solid)),
    )


def _is_noise(word: Word, *, first: bool) -> bool:
    if any(letter.isalnum() for letter in word.text):
        return False
    return not (first and word.text.strip(_EDGE_NOISE) and all(letter in _DASHES for letter in word.text.strip(_EDGE_NOISE)))


def _trim(words: list[Word]) -> list[Word]:
    """Drop rules and specks read as punctuation at both ends; a list dash in front stays."""
    while words and _is_noise(words[0], first=len(words) > 1):
        words = words[1:]
    while words and _is_noise(words[-1], first=False):
        words = words[:-1]
    return words


def split_at_gaps(line: Line, *, gap: float = COLUMN_GAP) -> tuple[Segment, ...]:
    """Split a line wherever two words stand further apart than `gap` letter heights."""
    if not line.words:
        return ()
    words = sorted(line.words, key=lambda word: word.box.x0)
    limit = gap * median(word.box.height for word in words)
    runs: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.box.x0 - before.box.x1 > limit:
            runs.append([])
        runs[-1].append(word)
    trimmed = (_trim(run) for run in runs)
    return tuple(segment_of(run, line.ink) for run in trimmed if run)


def split_before(segment: Segment, index: int) -> tuple[Segment, ...]:
    """Split a segment before its word number `index`; one side may be empty and is then left out."""
    parts = (_trim(list(segment.words[:index])), _trim(list(segment.words[index:])))
    return tuple(segment_of(part, segment.ink) for part in parts if part)


def sheet_of(page: Page) -> Sheet:
    """Lay a page out as segments from top to bottom."""
    segments = [segment for line in page.lines for segment in split_at_gaps(line)]
    return arranged(page, segments)


def arranged(page: Page, segments: Iterable[Segment]) -> Sheet:
    """Sort segments from top to bottom and measure the text block."""
    ordered = tuple(sorted(segments, key=lambda segment: (segment.middle, segment.box.x0)))
    long = [segment for segment in ordered if segment.box.width > 0.5 * page.width]
    heights = [segment.height for segment in ordered if len(segment.text) > 3]
    return Sheet(
        page=page,
        segments=ordered,
        left=median(segment.box.x0 for segment in long) if long else 0.15 * page.width,
        right=median(segment.box.x1 for segment in long) if long else 0.92 * page.width,
        line_height=median(heights) if heights else 0.012 * page.height,
    )


def spaced_capitals(sheet: Sheet) -> tuple[Segment, ...]:
    """Neighbours on one row joined again where both are capitals no further apart than spaced-out print sets them."""
    joined: list[Segment] = []
    for segment in sorted(sheet.segments, key=lambda s: (round(s.middle / max(1.0, sheet.line_height)), s.box.x0)):
        before = joined[-1] if joined else None
        if (
            before is not None
            and same_row(before, segment)
            and 0 <= segment.box.x0 - before.box.x1 < SPACED_GAP * max(before.height, segment.height)
            and before.text.isupper()
            and segment.text.isupper()
        ):
            joined[-1] = segment_of([*before.words, *segment.words], segment.ink)
        else:
            joined.append(segment)
    return tuple(sorted(joined, key=lambda s: (s.middle, s.box.x0)))


def same_row(one: Segment, other: Segment) -> bool:
    """Tell whether two segments stand on one line of print."""
    return abs(one.middle - other.middle) < 0.6 * max(one.height, other.height)


def found(
    sheet: Sheet, value: str, segments: Sequence[Segment], *, strength: float, source: str, alternatives: tuple[str, ...] = ()
) -> Found:
    """Make a value with its evidence: how sure the rule is times how likely it is that all of these words were read right."""
    read = prod(word.confidence for segment in segments for word in segment.words)
    box = enclosing(segment.box for segment in segments)
    others = tuple(dict.fromkeys(other for other in alternatives if other != value))
    return Found(value, sheet.page.id, box, round(min(1.0, max(0.0, strength * read)), 3), source, others)
