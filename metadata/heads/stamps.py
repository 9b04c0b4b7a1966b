"""Print on a page that is not the document's own: the arrival stamp and the appearances of digital signatures.

In: a `Sheet`. Out: a `Sheet` without them. Their numbers and dates belong to the receiving body or to the copy (NĐ 30/2020
PL IV mục V; PL I ô 14) and must never become those of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from dossier.model import Box, Word
from metadata.sheets.anchors import key, likeness, locate
from metadata.sheets.layout import Segment, Sheet, arranged, segment_of

STAMP_MM = (50.0, 38.0)
"""Width and height of the arrival stamp with its frame: 50 x 35 mm (NĐ 30/2020 PL IV mục V)."""

_ARRIVAL_ROWS = (
    re.compile(r"^\W*(so|s6)\W{0,3}\s*(?!\w*/[a-z])[\w/.-]{1,8}\W*$"),
    re.compile(r"^\W*ngay\W{0,3}\s*[\dolit|]{1,2}\W{1,2}[\dolit|]{1,2}\W{1,2}\d{2,4}\W*$"),
    re.compile(r"^(?:.{0,9}\b)?chuy.n\s*[:;.]"),
    re.compile(r"^\W*so va ky hieu hs\b"),
    re.compile(r"^(?:.{0,9}\b)?ngay\s?[:;]\s*\S|^\W*ngay\W{0,3}$"),
)
_OVERLAY = re.compile(
    r"(thoi gian ky|^nguoi ky|^ky boi|ngay ky\s*:|^email\s*:|^co quan\s*:|\+07\s?[:.]?\s?00|\d{1,2}:\d{2}:\d{2}"
    r"|\b[\w.]+@[\w.]+\.\w+|^sao y\b|^sao luc\b|^trich sao\b|^saoy$)"
)
_UPPER_PART = 0.45
_TITLE_WORD, _LONGEST_TITLE = re.compile(r"^\W*Đ[ẾÊÉE]N\b"), 9
_ABOVE_TITLE = -0.25
"""In the form of the decree "ĐẾN" stands left of its rows, in others above them."""
_MOST_TAKEN = 3
_STAMP_WORDS, _STAMP_WORD = ("cong", "van", "den", "so", "ngay", "chuyen"), 75
"""Words of the arrival stamp (NĐ 30/2020 PL IV mục V), and how like (0-100) a word is that may be one."""


def own_print(sheet: Sheet) -> Sheet:
    """Take arrival stamps and signature appearances off a sheet."""
    kept = [segment for segment in sheet.segments if not is_overlay(sheet, segment)]
    for frame in arrival_frames(sheet):
        kept = [left for segment in kept for left in _outside(segment, frame)]
    return arranged(sheet.page, kept)


def is_overlay(sheet: Sheet, segment: Segment) -> bool:
    """Tell whether a segment is the text of a digital signature (NĐ 30/2020 PL I ô 14; NĐ 23/2025): signer, agency, time."""
    if _OVERLAY.search(segment.key):
        return True
    # The lines of one appearance stand close above each other in the upper right corner, outside the header.
    if sheet.high(segment) > 0.06 or sheet.across(segment.box.x0) < 0.5:
        return False
    return any(
        other is not segment
        and abs(other.middle - segment.middle) < 3 * sheet.line_height
        and sheet.across(other.box.x0) >= 0.5
        and _OVERLAY.search(other.key)
        for other in sheet.segments
    ) and not _is_state(segment)


def _is_state(segment: Segment) -> bool:
    return locate(segment.text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", least=70) is not None


def arrival_frames(sheet: Sheet) -> Iterator[Box]:
    """Find the frames of arrival stamps: at least two of their rows close together, off the header's own number line."""
    width, height = (side * sheet.page.dpi / 25.4 for side in STAMP_MM)
    titles = [segment for segment in sheet.segments if sheet.high(segment) < _UPPER_PART and is_stamp_title(segment)]
    rows = [segment for segment in sheet.segments if sheet.high(segment) < _UPPER_PART and _is_row(segment)]
    for title in titles:
        near = [
            row
            for row in rows
            if abs(row.box.x0 - title.box.x0) < width and _ABOVE_TITLE * height < row.middle - title.middle < height
        ]
        if near:
            yield _frame(sheet, [title, *near], width)
    if not titles:
        for first in rows:
            near = [row for row in rows if abs(row.box.x0 - first.box.x0) < 0.3 * width and 0 <= row.middle - first.middle < height]
            if len({_row_kind(row) for row in near}) >= 2:
                yield _frame(sheet, near, width)
                break


def _frame(sheet: Sheet, rows: Sequence[Segment], width: float) -> Box:
    """The frame around its rows: as wide as the widest row that is not joined to the document's text."""
    left = min(row.box.x0 for row in rows)
    margin = 0.04 * width
    ends = [row.box.x1 for row in rows if row.box.x1 < left + width]
    right = max([left + 0.6 * width, *(end + margin for end in ends)])
    top = max(0, int(min(row.box.y0 for row in rows) - 3 * sheet.line_height))
    return Box(max(0, int(left - 4 * margin)), top, int(right), int(max(row.box.y1 for row in rows) + margin))


def is_stamp_title(segment: Segment) -> bool:
    """Tell whether a line is the title of an arrival stamp: "ĐẾN", "CÔNG VĂN ĐẾN", "VĂN BẢN ĐẾN"."""
    head = key(segment.text)[:16]
    if _TITLE_WORD.match(segment.text) and len(segment.text) < _LONGEST_TITLE:
        return True
    if likeness(segment.text, "CÔNG VĂN ĐẾN") >= 70 or likeness(segment.text, "VĂN BẢN ĐẾN") >= 75:
        return True
    return bool(re.match(r"^\W*(cong\s?va|van\s?ban)", head)) and segment.text[:6].upper() == segment.text[:6]


def _is_row(segment: Segment) -> bool:
    return _row_kind(segment) is not None


def _row_kind(segment: Segment) -> int | None:
    for number, pattern in enumerate(_ARRIVAL_ROWS):
        if pattern.search(segment.key):
            return number
    return None


def _outside(segment: Segment, frame: Box) -> Iterator[Segment]:
    """The part of a segment that is not in the frame: words are in it when most of their width is."""
    if not frame.y0 <= segment.middle <= frame.y1 or segment.box.x0 > frame.x1:
        yield segment
        return
    outside = [word.box.centre[0] > frame.x1 or word.box.x1 < frame.x0 for word in segment.words]
    for place in _taken_by_mistake(segment, outside, frame):
        outside[place] = True
    kept = [word for word, free in zip(segment.words, outside, strict=True) if free]
    if len(kept) == len(segment.words):
        yield segment
    elif kept:
        yield segment_of(kept, segment.ink)


def _taken_by_mistake(segment: Segment, outside: Sequence[bool], frame: Box) -> tuple[int, ...]:
    """The frame is as wide as the widest stamp: a sentence that runs into it goes on to the left up to its capital."""
    first = next((place for place, free in enumerate(outside) if free and segment.words[place].box.x0 > frame.x0), 0)
    if not first or not segment.words[first].text[0].islower():
        return ()
    for place in reversed(range(max(0, first - _MOST_TAKEN), first)):
        if _may_be_of_stamp(segment.words[place]):
            return ()
        if segment.words[place].text[0].isupper():
            return tuple(range(place, first))
    return ()


def _may_be_of_stamp(word: Word) -> bool:
    """Capitals, figures and the stamp's own words; shreds without a vowel are no syllable of a text."""
    bare = key(word.text).strip(" .,;:|_-'")
    if word.text.isupper() or any(letter.isdigit() for letter in bare) or not re.search("[aeiouy]", bare):
        return True
    return bare.startswith("congv") or any(fuzz.ratio(bare, own) >= _STAMP_WORD for own in _STAMP_WORDS)
