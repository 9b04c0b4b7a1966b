"""Địa danh và thời gian ban hành (NĐ 30/2020 PL I mục II.4; ô 4).

In: a text line, or a header. Out: the place as printed and the date in ISO form, of the precision that can be read.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from metadata.sheets.anchors import key
from metadata.sheets.header import Header
from metadata.sheets.layout import Segment

_MONTHS = 12
FIRST_YEAR, LAST_YEAR = 1945, 2100
"""Years a document of the state can bear; others are misread."""

_READINGS = {
    "o": "0", "q": "09", "d": "0", "c": "0", "l": "1", "i": "1", "|": "1", "!": "1", "j": "1", "t": "1", "í": "1", "z": "2",
    "s": "5", "b": "6", "g": "069", "a": "4", "?": "7", "{": "1", "[": "1", "]": "1", "}": "1", "¿": "2",
}  # fmt: skip
"""Letters that stand where a digit must be -> digits they are mistaken for."""

_LONG = re.compile(
    r"\b(?P<ngay>ng[aeou]{0,2}[yvijg]|[nh]gay|nsay|nqay)[.:,]?\s*(?P<day>[^\s,]{0,6}(?:\s\d)?)\s*[,.]?\s*"
    r"th[aeo][nm][gqe][.:,]?\s*(?P<month>[^\s,]{0,3}(?:\s\d)?)\s*[,.]?\s*n[aăo][mn]\W{0,2}\s*(?P<year>[\dolit|sbg ]{4,6})"
)
_SHORT = re.compile(r"(?:ngay\s*)?(?P<day>\d{1,2})\s?[/.\-]\s?(?P<month>\d{1,2})\s?[/.\-]\s?(?P<year>(?:19|20)\d\d)\W*$")


_MONTH_ONLY = re.compile(
    r"(?:^|,)\W*th[aeo][nm][gqe][.:,]?\s*(?P<month>[\doli|]{1,2})\s*[,.]?\s*n[aăo][mn]\W{0,2}\s*(?P<year>[\dolit|sbg]{4})\W*$"
)
_LIKE_FIGURES = {"4": "1", "7": "12", "5": "3", "6": "0", "8": "30", "9": "0", ")": "17", "(": "1", "/": "17", "\\": "1", "}": "1"}
"""Signs that stand where a day is written by pen -> figures that are written like them, for proposals only."""
_MOST_PROPOSED = 4
_PASSED = re.compile(r"\bthong qua\b|\bky hop\b|\bco hieu luc\b")
"""Words before a date in the last lines of a law, which stand high on a short page."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date line.

    Attributes:
        place: địa danh; None when not printed.
        date: ISO, of day, month or year precision ("2014-10" where the day is not legible); None when not even a year can be read.
        alternatives: other days that the figures may stand for, likeliest first.
        start: position of the date in the text.
    """

    place: str | None
    date: str | None
    alternatives: tuple[str, ...] = ()
    start: int = 0


def parse_date_line(text: str) -> DateLine | None:
    """Read "Hà Nội, ngày 05 tháng 01 năm 2020" with common misreadings, or None when the text is no date line."""
    folded = key(text)
    matched = _LONG.search(folded) or _by_words(folded) or _MONTH_ONLY.search(folded)
    if matched is None:
        short = _SHORT.search(folded)
        if short is None or not re.fullmatch(r"\W*(?:[^\d:;]{2,40},)?\s*", folded[: short.start()]):
            return None
        matched = short
    start = matched.start("ngay") if "ngay" in matched.re.groupindex else matched.start()
    date, *others = _dates(matched.groupdict().get("day"), matched["month"], matched["year"]) or (None,)
    return DateLine(_place(text[:start]), date, tuple(other for other in others if other is not None), start)


def _by_words(folded: str) -> re.Match[str] | None:
    """Put right the words "ngày", "tháng", "năm" where they are almost there, then look again."""
    words = folded.split(" ")
    changed = []
    for word in words:
        for wanted in ("ngay", "thang", "nam"):
            near = fuzz.ratio(word.strip(".,;:"), wanted) >= 75 and len(word) == len(wanted)
            if near and not any(letter.isdigit() for letter in word):
                word = wanted
        changed.append(word)
    return _LONG.search(" ".join(changed))


def _dates(day: str | None, month: str, year: str) -> tuple[str, ...]:
    """Readings of a date, the likeliest first; a day or month that is not legible is left off, then days of its looks follow."""
    years = [number for number in _numbers(year) if FIRST_YEAR <= number <= LAST_YEAR]
    # A figure written by hand into a gap that the press had filled ("tháng 3 3").
    months = [number for slot in (month, *month.split()) for number in _numbers(slot) if 1 <= number <= _MONTHS]
    if not years or not months:
        return tuple(str(number) for number in years[:1])
    whole = [iso for y, m, d in itertools.product(years, months, _numbers(day or "")) if (iso := _iso(y, m, d))]
    if whole:
        return tuple(dict.fromkeys(whole))[: 1 + _MOST_PROPOSED]
    alike = [iso for number in _like(day or "") if (iso := _iso(years[0], months[0], number))]
    return (f"{years[0]}-{months[0]:02}", *tuple(dict.fromkeys(alike))[:_MOST_PROPOSED])


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _like(text: str) -> list[int]:
    """Numbers of two figures that are written like the signs of a slot."""
    signs = re.sub(r"[\s.,:;'`*\"_-]", "", text)
    options = [(sign if sign.isdigit() else "") + _LIKE_FIGURES.get(sign, _READINGS.get(sign, "")) for sign in signs]
    if len(options) != len("00") or not all(options):
        return []
    return [int("".join(figures)) for figures in itertools.product(*options)]


def _numbers(text: str) -> list[int]:
    """All numbers a smudged slot can stand for, the likeliest first."""
    compact = re.sub(r"[\s.,:;'`*\"_-]|^[/\u2044]|[/\u2044]$", "", text)
    options = ["".join(letter) if letter.isdigit() else _READINGS.get(letter, "") for letter in compact]
    # Without one digit only the strokes of 1 and 11 ("tháng I", "tháng II") are believed.
    if not (any(letter.isdigit() for letter in compact) or set(compact) in ({"i"}, {"l"})) or not all(options) or len(options) > 4:
        return []
    return [int("".join(digits)) for digits in itertools.product(*options)]


def _place(text: str) -> str | None:
    """Địa danh: what stands before the comma, without the specks around it."""
    place = text.strip(" ,.;:'`\"-_|~*").removesuffix(",").strip()
    place = re.sub(r"^(?:\W+\s|[^\w\s]+)", "", place)
    return place if sum(letter.isalpha() for letter in place) >= 2 and len(place) <= 60 else None


def date_line(header: Header) -> tuple[Segment, DateLine] | None:
    """Find the date line of a head: in the right column first, then (older layouts) in the left one."""
    above = header.top - header.sheet.line_height
    for column in (header.right_column(), header.left_column()):
        for segment in column:
            parsed = parse_date_line(segment.text) if segment.middle > above else None
            if parsed is not None and _is_printed_as_line(segment, parsed):
                return segment, parsed
    return None


def _is_printed_as_line(segment: Segment, parsed: DateLine) -> bool:
    """A date in running text ("… ngày 5 tháng 3 năm 2020 của Chính phủ") has words after the year or no place before it."""
    tail = re.split(r"n[aăo][mn]\W{0,2}\s*[\dolit|sbg ]{4,6}|\d{4}\W*$", segment.key, maxsplit=1)
    after = re.sub(r"[^a-z]", "", tail[1]) if len(tail) > 1 else ""
    if parsed.place is not None and _PASSED.search(key(parsed.place)):
        return False
    return len(after) <= 3 and (parsed.place is None or _is_name(parsed.place))


def _is_name(place: str) -> bool:
    """A short name; "kỳ họp thứ 5 thông qua ngày …" is running text."""
    words = place.split()
    return len(words) <= 6 and 2 * sum(word[0].isupper() for word in words) >= len(words)
