"""Dấu "ĐẾN" of the receiving office (NĐ 30/2020 PL IV mục V): agency, number, day of arrival.

In: a `Sheet` with everything printed on it. Out: `Arrival`, or None without such a stamp. `metadata.heads.stamps` finds the
frames and takes them off the document's own print.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from dossier.model import Arrival, Box, Found
from metadata.heads.stamps import STAMP_MM, arrival_frames, is_stamp_title
from metadata.sheets.anchors import is_capitals, letters
from metadata.sheets.layout import Segment, Sheet, found, same_row, segment_of
from metadata.sheets.spelling import respell

_NUMBER = re.compile(r"\bs[o06]\W{0,3}\s*(?P<number>\d[\w/.-]{0,10})")
_DAY = re.compile(r"\bn\w{0,2}y\W{0,3}\s*(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d\d)\b")
_SPOKEN = re.compile(r"\bngay\W{0,3}\s*(?P<day>\d{1,2})\s*thang\s*(?P<month>\d{1,2})\s*nam\s*(?P<year>\d{4})\b")
_BARE = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})(?!\d)")
"""A date without its label, which the stamp's own frame or the pen often covers."""
_ROW = re.compile(r"^\W*(?:s[o06]\W*(?:\d|$)|ngay\b|chuy.n\b)")
_CENTURY_TURNS = 45
"""Years of two figures from here on are those of the last century: papers of the state begin in 1945."""


def arrival_of(sheet: Sheet) -> Arrival | None:
    """Read the first arrival stamp of a page."""
    for frame in arrival_frames(sheet):
        rows = _inside(sheet, frame)
        if not rows:
            continue
        arrival = Arrival(_organ(sheet, rows), _number(sheet, rows), _day(sheet, rows))
        if arrival.organ_name or arrival.number or arrival.date:
            return arrival
    return None


def _inside(sheet: Sheet, frame: Box) -> list[Segment]:
    """The print in the frame, which is as wide as the form of the decree: of lines that run out of it only the words in it.

    A stamp may be read twice, in its colour and in grey; of two readings of one place the surer one counts.
    """
    right = max(frame.x1, frame.x0 + STAMP_MM[0] * sheet.page.dpi / 25.4)
    rows: list[Segment] = []
    for segment in sheet.segments:
        if not frame.y0 <= segment.middle <= frame.y1 or segment.box.x0 > frame.x1:
            continue
        words = [word for word in segment.words if frame.x0 <= word.box.centre[0] <= right]
        if not words:
            continue
        row = segment_of(words, segment.ink)
        twin = next((n for n, other in enumerate(rows) if row.ink is not other.ink and same_row(row, other)), None)
        if twin is None:
            rows.append(row)
        elif row.confidence > rows[twin].confidence:
            rows[twin] = row
    return rows


def _number(sheet: Sheet, rows: Sequence[Segment]) -> Found | None:
    for row in rows:
        matched = _NUMBER.search(row.key)
        if matched is not None:
            value = row.text[matched.start("number") : matched.end("number")].strip(".-/ ")
            return found(sheet, value, [row], strength=0.85, source="nd30.pl4.v.number")
    return None


def _day(sheet: Sheet, rows: Sequence[Segment]) -> Found | None:
    """The first date with a label, else the first one at all."""
    for patterns, strength in (((_DAY, _SPOKEN), 0.85), ((_BARE,), 0.7)):
        for row in rows:
            matched = next(filter(None, (pattern.search(row.key) for pattern in patterns)), None)
            iso = _iso(matched) if matched else None
            if iso is not None:
                return found(sheet, iso, [row], strength=strength, source="nd30.pl4.v.date")
    return None


def _iso(matched: re.Match[str]) -> str | None:
    year = int(matched["year"])
    if year < 100:
        year += 1900 if year >= _CENTURY_TURNS else 2000
    try:
        return dt.date(year, int(matched["month"]), int(matched["day"])).isoformat()
    except ValueError:
        return None


def _organ(sheet: Sheet, rows: Sequence[Segment]) -> Found | None:
    """The name over the stamp's title, in capitals."""
    names = []
    for row in rows:
        if is_stamp_title(row) or _NUMBER.search(row.key) or _ROW.match(row.key):
            break
        if is_capitals(row.text, least=0.8) and len(letters(row.text)) >= 4:
            names.append(row)
    if not names:
        return None
    name = respell(" ".join(row.text.strip(" |_-.,;:[]()") for row in names))
    return found(sheet, name, names, strength=0.8, source="nd30.pl4.v.organ")
