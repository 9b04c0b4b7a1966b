"""Dates as Vietnamese papers write them, and the span of days a written date stands for.

In: text ("ngày 25 tháng 5 năm 1980", "25/5/1980", "5/1980", "1980", ISO). Out: days as integers YYYYMMDD.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import NamedTuple

from dossier.text.letters import normalise

# Any vowel stands for the marked one: reading loses marks, and digits on both sides leave no doubt.
_WORDED = re.compile(r"(?:(?i:ng\wy)\s+)?(?<!\d)(\d{1,2})\s+(?i:th\wng)\s+(\d{1,2})\s*,?\s+(?i:n\wm)\s+(\d{4})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.\-])(\d{1,2})([/.\-])(\d{1,2})(?:\2|\s+(?i:n\wm)\s+)(\d{4})(?![\d/\-])")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-])?(\d{4})")

FIRST_YEAR, LAST_YEAR = 1000, 2999


class Days(NamedTuple):
    """A span of days, both inclusive, as YYYYMMDD: one day, a month or a year."""

    first: int
    last: int


class WrittenDate(NamedTuple):
    """A full date found in text, with the characters it covers."""

    day: int
    start: int
    end: int

    @property
    def token(self) -> str:
        """The token that finds this date however it is written: "d19800525"."""
        return f"d{self.day:08d}"


def _days(year: int, month: int, day: int) -> Days | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 0 <= month <= 12:
        return None
    if month == 0:
        return Days(year * 10_000 + 101, year * 10_000 + 1231) if day == 0 else None
    length = calendar.monthrange(year, month)[1]
    head = year * 10_000 + month * 100
    if day == 0:
        return Days(head + 1, head + length)
    return Days(head + day, head + day) if day <= length else None


def written_days(text: str) -> Days | None:
    """The days that a date of day, month or year precision stands for; None when it is no date.

    Takes ISO order ("1980-05-25", "1980-05"), day first ("25/5/1980", "5/1980", "00/05/1980": day unknown) and a year.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif (match := _DAY_FIRST.fullmatch(text)) or (match := _WORDED.fullmatch(normalise(text))):
        day, month, year = match.groups()
    else:
        return None
    return _days(int(year), int(month or 0), int(day or 0))


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Full dates in NFC text, in either way of writing, in order of place."""
    found = [
        *((match.start(), match.end(), match[3], match[2], match[1]) for match in _WORDED.finditer(text)),
        *((match.start(), match.end(), match[4], match[3], match[1]) for match in _NUMERIC.finditer(text)),
    ]
    for start, end, year, month, day in sorted(found):
        days = _days(int(year), int(month), int(day))
        if days is not None and days.first == days.last:
            yield WrittenDate(days.first, start, end)
