"""Bìa hồ sơ: the cover of a dossier and what it says (TCVN 9251:2012).

In: the sheet of a page. Out: whether it is a cover, and its fields by the attribute names of `ArchivalFacts`. Labels stand before
their values, above them, or in another corner of the page, as offices print or fill in their covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dossier.model import Found
from dossier.text import written_days
from metadata.sheets.anchors import is_capitals
from metadata.sheets.layout import Segment, Sheet, found, same_row

_TITLES = frozenset({"ho so", "bia ho so", "ho so luu tru", "ho so tai lieu", "don vi bao quan", "ho so so"})
_TITLE_ZONE = 0.6
_LEAST_LABELS = 3
_STRENGTH = 0.9
_GAP = r"\s*(?:\W{0,3}\s*so)?\s*[:.]*\s*"

_LABELS: dict[str, re.Pattern[str]] = {
    "catalogue": re.compile(rf"^\W*(?:muc luc(?: ho so)?(?= so\b|\s*:)|ml so){_GAP}"),
    "fonds": re.compile(r"^\W*(?:ten |ma )?phong(?:\s*luu tru)?(?: so)?\s*(?:[:.]+|\.{2,}|(?<=so)\s)\s*"),
    "box": re.compile(r"^\W*(?:hop|cap)(?: so|\s*:)\s*[:.]*\s*"),
    "file_number": re.compile(
        r"^\W*(?:so(?: va|,)? ky hieu (?:ho so|hs)|(?:ho so|dvbq|don vi bao quan) so|so ho so|so(?=\s*:))\s*[:.]*\s*"
    ),
    "title": re.compile(r"^\W*(?:tieu de|ten)(?: ho so)?\s*:\s*"),
    "maintenance": re.compile(r"^\W*thoi han (?:bao quan|luu tru)(?: ho so)?\s*[:.]*\s*"),
    "start_date": re.compile(r"^\W*(?:(?:tu|bat dau) (?:ngay|nam)|thoi gian bat dau|bat dau|ngay bat dau)\s*[:.]*\s*"),
    "end_date": re.compile(r"^\W*(?:(?:den|ket thuc) (?:ngay|nam)|thoi gian ket thuc|ket thuc|ngay ket thuc)\s*[:.]*\s*"),
    "leaves": re.compile(r"^\W*(?:gom(?: co)?|so to|tong so to|so luong to)\s*[:.]*\s*"),
}
_BARE_ROOM = re.compile(r"\W*phòng\s*:", re.IGNORECASE)
"""A department, unless "tên" or "số" says that a fonds was misread."""
_INNER = re.compile(r"\bden (?:ngay|nam)\b")
_TELLING = frozenset({"catalogue", "fonds", "file_number", "maintenance"})
_RETENTION = re.compile(r"(vinh vien|lau dai|tam thoi|\d{1,3} nam|den khi [a-z ]+)")
_DATE = re.compile(r"(?:\d{1,2}\s?[/.\-]\s?){0,2}\d{4}|\d{1,2} thang \d{1,2}(?: nam|,)? \d{4}")
_NUMBER = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label, and its value where it was found: character positions in the segment that prints it."""

    attribute: str
    label: Segment
    value: Segment | None
    start: int
    end: int


def is_cover(sheet: Sheet) -> bool:
    """Tell whether a page is the cover of a dossier: its title, and three labels, one of which only a cover has."""
    if _title(sheet) is None:
        return False
    named = {attribute for segment in sheet.segments for attribute, _ in _labels(segment)}
    return len(named) >= _LEAST_LABELS and bool(named & _TELLING)


def cover_of(sheet: Sheet) -> dict[str, Found]:
    """The fields of a cover; what is not on it or cannot be understood is left out."""
    fields: dict[str, Found] = {}
    entries = list(_entries(sheet))
    for entry in entries:
        value = _value(sheet, entry) if entry.attribute != "title" else _labelled_title(sheet, entry, entries)
        if value is not None:
            fields.setdefault(entry.attribute, value)
    if "title" not in fields:
        title = _printed_title(sheet, entries)
        fields |= {"title": title} if title else {}
    return fields


def _title(sheet: Sheet) -> Segment | None:
    shown = (s for s in sheet.segments if sheet.high(s) < _TITLE_ZONE and is_capitals(s.text, least=0.85))
    return next((s for s in shown if s.key.strip(" .:-_'\"") in _TITLES), None)


def _labels(segment: Segment) -> Iterator[tuple[str, int]]:
    """Labels at the start of a segment, and "đến ngày" inside of it, each with where its value begins."""
    for attribute, pattern in _LABELS.items():
        matched = pattern.match(segment.key)
        if matched and not (attribute == "fonds" and _BARE_ROOM.match(segment.text)):
            yield attribute, matched.end()
            break
    inner = _INNER.search(segment.key)
    if inner is not None and inner.start():
        yield "end_date", inner.end()


def _entries(sheet: Sheet) -> Iterator[_Entry]:
    for segment in sheet.segments:
        labels = list(_labels(segment))
        for number, (attribute, start) in enumerate(labels):
            inner = _INNER.search(segment.key)
            end = inner.start() if inner and number + 1 < len(labels) else len(segment.text)
            if segment.text[start:end].strip(" .:_…-"):
                yield _Entry(attribute, segment, segment, start, end)
            else:
                beside = _beside(sheet, segment)
                yield _Entry(attribute, segment, beside, 0, len(beside.text) if beside else 0)


def _beside(sheet: Sheet, label: Segment) -> Segment | None:
    """The value right of its label, or the one below it."""
    others = [s for s in sheet.segments if s is not label and not any(True for _ in _labels(s))]
    right = [s for s in others if same_row(s, label) and s.box.x0 >= label.box.x1]
    if right:
        return min(right, key=lambda s: s.box.x0)
    below = [s for s in others if 0 < s.middle - label.middle < 4 * label.height and label.box.x0 - 2 * label.height < s.centre]
    return min((s for s in below if s.box.x0 < label.box.x1 + 2 * label.height), key=lambda s: s.middle, default=None)


def _value(sheet: Sheet, entry: _Entry) -> Found | None:
    if entry.value is None:
        return None
    text = entry.value.text[entry.start : entry.end]
    folded = entry.value.key[entry.start : entry.end]
    shown = _understood(entry.attribute, text, folded)
    source = f"tcvn9251.{entry.attribute}"
    return found(sheet, shown, [entry.value], strength=_STRENGTH, source=source) if shown else None


def _understood(attribute: str, text: str, folded: str) -> str | None:
    if attribute in {"start_date", "end_date"}:
        matched = _DATE.search(folded)
        return _iso(folded[matched.start() : matched.end()]) if matched else None
    if attribute == "leaves":
        counted = _NUMBER.search(folded)
        return counted[0] if counted else None
    if attribute == "maintenance":
        kept = _RETENTION.search(folded)
        return text[kept.start() : kept.end()] if kept else None
    return text.strip(" .:_…;,-") or None


def _iso(text: str) -> str | None:
    """Day, month or year of a date as it is printed, in ISO form."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    days = written_days("/".join(str(part) for part in parts))
    if days is None:
        return None
    year, month, day = days.first // 10_000, days.first // 100 % 100, days.first % 100
    return {3: f"{year:04}-{month:02}-{day:02}", 2: f"{year:04}-{month:02}", 1: f"{year:04}"}.get(len(parts))


def _labelled_title(sheet: Sheet, entry: _Entry, entries: list[_Entry]) -> Found | None:
    """A title behind its label, over more lines down to the next label."""
    if entry.value is None:
        return None
    below = [other.label.middle for other in entries if other.label.middle > entry.label.middle]
    end = min(below, default=sheet.page.height)
    more = [s for s in sheet.segments if entry.value.middle < s.middle < end - 0.5 * s.height]
    return _joined(sheet, [entry.value, *more], entry.start)


def _printed_title(sheet: Sheet, entries: list[_Entry]) -> Found | None:
    """A title without a label: the lines between the word "HỒ SƠ" and the next label."""
    heading = _title(sheet)
    if heading is None:
        return None
    below = [entry.label.middle for entry in entries if entry.label.middle > heading.middle + heading.height]
    numbered = [s.middle for s in sheet.segments if s.middle > heading.middle and re.match(r"^\W*so\s*:", s.key)]
    start = max([heading.middle, *(top for top in numbered if top < heading.middle + 5 * heading.height)])
    end = min((top for top in below if top > start), default=0.0)
    lines = [s for s in sheet.segments if start + 0.5 * s.height < s.middle < end - 0.5 * s.height]
    return _joined(sheet, lines, 0) if lines else None


def _joined(sheet: Sheet, lines: list[Segment], start: int) -> Found | None:
    text = " ".join([lines[0].text[start:], *(line.text for line in lines[1:])]).strip(" .:_…;,-")
    return found(sheet, text, lines, strength=_STRENGTH, source="tcvn9251.title") if text else None
