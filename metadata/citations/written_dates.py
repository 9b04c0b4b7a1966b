"""Dates as running text writes them, in day, month or year precision, with what only reading can have done put right.

In: text and its key. Out: ISO dates ("2014-10-29", "2014-10", "2014") with their places. Lunar years by name (năm Giáp Thìn) are
told by `lunar_years`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dossier.text import written_days

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that papers of an office speak of; others are numbers."""

_GAP = r"[ .…_]{0,8}"
_DAY = r"[\doil]{1,2}"
_YEAR = r"(?:19|20)[\doil]{2}"
_WORDED = re.compile(
    rf"(?:\bng[a-z]y{_GAP})?(?<![\d/.])(?P<day>{_DAY}){_GAP}th[a-z]{{1,2}}g{_GAP}(?P<month>{_DAY}),?{_GAP}n[a-z]m{_GAP}(?P<year>{_YEAR})(?!\w)"
)
_SLASHED = rf"(?P<day>{_DAY}) ?(?P<joint>[/.\-]) ?(?P<month>{_DAY}) ?(?P=joint) ?"
_NUMERIC = re.compile(rf"(?:\bng[a-z]y {{0,2}})?(?<![\w/.\-]){_SLASHED}(?P<year>{_YEAR})(?![\w/\-])")
_SHORT_YEAR = re.compile(rf"\bng[a-z]y {{0,2}}{_SLASHED}(?P<year>\d\d)(?![\w/\-])")
_MONTH = re.compile(rf"\bth[a-z]{{1,2}}g{_GAP}(?P<month>{_DAY})(?: ?[/\-] ?|,?{_GAP}n[a-z]m{_GAP})(?P<year>{_YEAR})(?![\w/])")
_ONLY_YEAR = re.compile(rf"\bn[a-z]m{_GAP}(?P<year>{_YEAR})(?: ?[-–] ?(?P<last>{_YEAR}))?(?![\w/])")
_FIRST_OF_RANGE = re.compile(
    r"\b(?:ng[a-z]y |tu )(?P<day>\d{1,2})(?: ?[/.\-] ?(?P<month>\d{1,2}))? ?(?:-|–|den(?: het)?) ?(?:ng[a-z]y )?$"
)
_STROKES = str.maketrans({"o": "0", "i": "1", "l": "1"})

_STEMS = ("giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy")
_BRANCHES = ("ty", "suu", "dan", "mao", "thin", "ty", "ngo", "mui", "than", "dau", "tuat", "hoi")
_BRANCH = "|".join(sorted(set(_BRANCHES)))
_STEM = "|".join(_STEMS)
_LUNAR = re.compile(
    rf"\b(?:nam|xuan|tet(?: nguyen dan)?) (?P<stem>{_STEM}) (?P<branch>{_BRANCH})\b(?:,? \(?(?:nam )?(?P<year>{_YEAR})(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date from `start` to `end`: `iso` as printed, `real` when the calendar has it; `repaired` when letters stood for digits."""

    start: int
    end: int
    iso: str
    real: bool
    repaired: bool


def date_at(key: str, position: int) -> DateInText | None:
    """The date that begins exactly at `position` of a key, the most precise reading of it."""
    for pattern in (_WORDED, _NUMERIC, _SHORT_YEAR, _MONTH, _ONLY_YEAR):
        if matched := pattern.match(key, position):
            return _of(matched)
    return None


def dates_in(key: str) -> Iterator[DateInText]:
    """All dates of a key in order of place; of a range ("từ ngày 01 đến ngày 15 tháng 3 năm 2020") both ends."""
    found: list[DateInText] = []
    for pattern in (_WORDED, _NUMERIC, _SHORT_YEAR, _MONTH, _ONLY_YEAR):
        for matched in pattern.finditer(key):
            if any(date.start < matched.end() and matched.start() < date.end for date in found):
                continue
            date = _of(matched)
            if pattern is _ONLY_YEAR and matched["last"]:
                date = replace(date, end=matched.end("year"))
            found.append(date)
            if pattern in (_WORDED, _NUMERIC) and (
                first := _FIRST_OF_RANGE.search(key, max(0, matched.start() - 40), matched.start())
            ):
                found.append(_first_of(first, date))
            if pattern is _ONLY_YEAR and matched["last"]:
                found.append(
                    DateInText(matched.start("last"), matched.end("last"), matched["last"].translate(_STROKES), True, False)
                )
    return iter(sorted(found, key=lambda date: date.start))


def _of(matched: re.Match[str]) -> DateInText:
    groups = matched.groupdict()
    printed = "".join(groups.get(part) or "" for part in ("day", "month", "year"))
    parts = [(groups.get(part) or "").translate(_STROKES) for part in ("year", "month", "day")]
    if len(parts[0]) == 2:
        # Papers with two digits for the year are those of the twentieth century and its turn.
        parts[0] = ("19" if int(parts[0]) > 30 else "20") + parts[0]
    return _dated(matched.start(), matched.end(), parts, repaired=not printed.isdigit())


def _first_of(matched: re.Match[str], last: DateInText) -> DateInText:
    year, month, _ = last.iso.split("-")
    return _dated(
        matched.start(),
        matched.end("month") if matched["month"] else matched.end("day"),
        [year, matched["month"] or month, matched["day"]],
        repaired=False,
    )


def _dated(start: int, end: int, parts: list[str], *, repaired: bool) -> DateInText:
    iso = "-".join([parts[0], *(part.zfill(2) for part in parts[1:] if part)])
    return DateInText(start, end, iso, written_days(iso) is not None and "00" not in iso.split("-")[1:], repaired)


@dataclass(frozen=True, slots=True)
class LunarYear:
    """A year by its name of the sexagenary cycle: the Western years that bear it within `FIRST_YEAR` and today's archives."""

    start: int
    end: int
    years: tuple[int, ...]


def lunar_name_years(stem: str, branch: str) -> tuple[int, ...]:
    """Years from `FIRST_YEAR` to 2060 with a name (can, chi, without marks); none for a pair that the cycle has not."""
    # Tý and Tỵ are one word without marks; the parity of the stem tells them apart.
    return tuple(
        year for year in range(FIRST_YEAR, 2061) if _STEMS[(year - 4) % 10] == stem and _BRANCHES[(year - 4) % 12] == branch
    )


def lunar_years(key: str) -> Iterator[LunarYear]:
    """Lunar years named in a key; a Western year beside the name decides which one, or that it is none."""
    for matched in _LUNAR.finditer(key):
        years = lunar_name_years(matched["stem"], matched["branch"])
        if matched["year"]:
            years = tuple(year for year in years if year == int(matched["year"].translate(_STROKES)))
        yield LunarYear(matched.start("stem"), matched.end("branch"), years)
