"""What a document says of itself: its annexes repeat number and date ("Kèm theo Quyết định số 241/QĐ-UBND ngày 17/02/2025").

In: the fields of a head and the sheets behind it. Out: number and date, put right or with another reading where the two differ (NĐ
30/2020 PL I mục III.1.c). Numbers of the head are often written by hand, those of annexes are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.model import Found
from metadata.citations.written_dates import date_at
from metadata.sheets.anchors import key
from metadata.sheets.layout import Segment, Sheet, found

_ZONE = 0.35
"""The line stands above this share of the page's height, under the title of the annex."""
_TIED = re.compile(
    r"\bkem theo (?:\w+ ){1,4}?so\s?:?\s?(?P<number>\d{1,5})?\s?[/-]\s?"
    r"(?P<notation>[a-z0-9&-]{2,20})(?:,? (?P<date>ngay))?"
)
_FULL = len("2025-02-17")


@dataclass(frozen=True, slots=True)
class OwnMention:
    """Number and date (ISO) of the document as another place of it says, with the lines that say it."""

    sheet: Sheet
    lines: tuple[Segment, ...]
    number: str | None
    notation: str
    date: str | None


def own_mentions(sheets: Sequence[Sheet]) -> Iterator[OwnMention]:
    """The lines at the top of annexes that tie them to their document."""
    for sheet in sheets:
        top = [segment for segment in sheet.segments if sheet.high(segment) < _ZONE]
        for place, segment in enumerate(top):
            if "kem theo" not in segment.key:
                continue
            lines = tuple(top[place : place + 2])
            text = " ".join(line.key for line in lines)
            matched = _TIED.search(text)
            if matched is not None:
                date = date_at(text, matched.start("date")) if matched["date"] else None
                iso = date.iso if date is not None and date.real else None
                yield OwnMention(sheet, lines, matched["number"], matched["notation"], iso)


def settled_number(number: Found | None, notation: Found | None, mentions: Sequence[OwnMention]) -> Found | None:
    """The number as read, confirmed, filled in, or with the annex's reading beside it."""
    if notation is None:
        return number
    for mention in mentions:
        if mention.number is None or key(notation.value) != mention.notation.strip("-"):
            continue
        said = found(mention.sheet, mention.number, mention.lines[:1], strength=0.95, source="nd30.iii1.annex.number")
        return _agreed(number, said)
    return number


def settled_date(date: Found | None, mentions: Sequence[OwnMention]) -> Found | None:
    """The date as read, confirmed, made whole, or with the annex's reading beside it."""
    for mention in mentions:
        if mention.date is None:
            continue
        said = found(mention.sheet, mention.date, mention.lines, strength=0.95, source="nd30.iii1.annex.date")
        if date is None or (len(date.value) < _FULL and said.value.startswith(date.value)):
            return said
        return _agreed(date, said)
    return date


def _agreed(own: Found | None, said: Found) -> Found:
    """Two readings of one value: alike they confirm each other, else the surer one stands and the other is proposed."""
    if own is None:
        return said
    p, q = own.confidence, said.confidence
    if own.value.lstrip("0") == said.value.lstrip("0"):
        return replace(own, confidence=round(1 - (1 - p) * (1 - q), 3))
    first, second = (own, said) if p >= q else (said, own)
    high, low = max(p, q) * (1 - min(p, q)), min(p, q) * (1 - max(p, q))
    sure = round(high / (high + low), 3) if high + low else 0.5
    source = f"{first.source}.disputed"
    return replace(first, confidence=sure, source=source, alternatives=tuple(dict.fromkeys((second.value, *first.alternatives))))
