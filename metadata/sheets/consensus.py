"""Lets a page correct itself: a subject is repeated in the text below it, and the two are seldom misread alike.

In: a sheet and lines of it. Out: the same lines with single words respelt where the rest of the page reads them otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dossier.model import Word
from dossier.text import exact_key
from metadata.sheets.anchors import key
from metadata.sheets.layout import Segment, Sheet, arranged, segment_of

_ENDS = ".,;:()\"“”'’|_"


def consensus(sheet: Sheet, lines: Sequence[Segment]) -> tuple[Segment, ...]:
    """Respell words of `lines` that differ only in marks from surer readings in the same surroundings elsewhere on the page."""
    if not lines:
        return ()
    elsewhere = _readings([segment for segment in sheet.segments if segment not in lines])
    words = [word for line in lines for word in line.words]
    respelt = iter(
        _respelt(word, elsewhere, words[i - 1] if i else None, words[i + 1] if i + 1 < len(words) else None)
        for i, word in enumerate(words)
    )
    return tuple(segment_of([next(respelt) for _ in line.words], line.ink) for line in lines)


def respelt_head(sheet: Sheet, *, end: float) -> Sheet:
    """The sheet with the lines above `end` (pixels) respelt: the text names the agency and the place of the head again."""
    head = [segment for segment in sheet.segments if segment.middle <= end]
    return arranged(sheet.page, [*consensus(sheet, head), *sheet.segments[len(head) :]])


def _bare(word: Word) -> str:
    return word.text.strip(_ENDS)


Surroundings = dict[tuple[str, str, str], list[Word]]


def _readings(segments: Sequence[Segment]) -> Surroundings:
    """Words of a page by (side, neighbour, own letters)."""
    seen: Surroundings = defaultdict(list)
    words = [word for segment in segments for word in segment.words]
    keys = [key(_bare(word)) for word in words]
    for index, word in enumerate(words):
        if index:
            seen["after", keys[index - 1], keys[index]].append(word)
        if index + 1 < len(words):
            seen["before", keys[index + 1], keys[index]].append(word)
    return seen


def _respelt(word: Word, elsewhere: Surroundings, before: Word | None, after: Word | None) -> Word:
    """The surest spelling of a word: its own reading and those elsewhere vote with their confidence."""
    own = _bare(word)
    if len(own) < 2 or any(letter.isdigit() for letter in own):
        return word
    witnesses: dict[int, Word] = {}
    if before is not None:
        witnesses |= {id(seen): seen for seen in elsewhere.get(("after", key(_bare(before)), key(own)), ())}
    if after is not None:
        witnesses |= {id(seen): seen for seen in elsewhere.get(("before", key(_bare(after)), key(own)), ())}
    votes: dict[str, float] = defaultdict(float)
    votes[exact_key(own)] += word.confidence
    for seen in witnesses.values():
        votes[exact_key(_bare(seen))] += seen.confidence
    best = max(votes, key=lambda spelling: votes[spelling])
    if best == exact_key(own):
        return word
    shown = next(_bare(seen) for seen in witnesses.values() if exact_key(_bare(seen)) == best).lower()
    cased = shown.upper() if own.isupper() else shown.capitalize() if own[0].isupper() else shown
    return replace(word, text=word.text.replace(own, cased, 1))
