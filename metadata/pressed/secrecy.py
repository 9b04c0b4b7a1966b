"""Dấu chỉ độ mật (NĐ 30/2020 PL I mục III.2, ô 10a; Luật Bảo vệ bí mật nhà nước 117/2025/QH15).

In: a `Page`. Out: the mark with its place, or None. For secrecy a doubt stops the page: a mark is any line that stands alone
and reads as MẬT, TỐI MẬT or TUYỆT MẬT, however degraded; the same words inside running text are no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from dossier.model import Box, Found, Ink, Line, Page, PageKind, Secrecy, Word
from metadata.heads.marks import OTHER_STAMPS, STAMP_ZONE, mark_letters
from metadata.sheets.anchors import is_capitals
from metadata.sheets.header import first_page_head, header_of
from metadata.sheets.layout import Segment, Sheet, found, same_row, segment_of, sheet_of, split_at_gaps

_SECRECY_KEYS = (("tuyetmat", Secrecy.TOP_SECRET), ("toimat", Secrecy.SECRET), ("mat", Secrecy.CONFIDENTIAL))
_ERRORS = {"tuyetmat": 2, "toimat": 1}
"""Misread letters that still stop a line in black; MẬT is too short for any, unless a frame or red ink stands by it."""

_LEVEL_LINE = re.compile(r"\b(?:muc )?do (?:bao )?mat\s*[:.]\s*(?P<level>tuyet\s?mat|toi\s?mat|mat)\b")
_CUT_WORD = re.compile(r"\b(bi|bao|co|giu|(chi|muc|dong dau) (muc )?do|dong dau( chi)?)$")
_FRAME = re.compile(r"[\[\](){}|]")
_PLACE_TOP = 0.1
_UNREAD = 0.6
"""Below this confidence of the engine a short red print counts as not read."""
_OTHER_LIKENESS = 75
"""A stamp that reads so much like one that is no mark is that."""
_FINE_GAP = 0.7
"""Gap, in letter heights, at which a word in capitals stands apart from words in small letters."""


def secrecy_mark(page: Page) -> Found | None:
    """Tell whether a page bears a mark of state secrecy; when in doubt it does.

    Returns:
        The highest mark, its value one of `Secrecy`, or None.
    """
    return secrecy_of(sheet_of(replace(page, lines=page.lines + page.overlays)))  # a mark may be an annotation


def secrecy_of(sheet: Sheet) -> Found | None:
    """The same for a page that was laid out already, with everything printed on it."""
    best: Found | None = None
    for segment, source, level in _secrecy_candidates(sheet):
        strength = {
            "nd30.o10a.stamp": 0.95,
            "nd30.o10a.alone": 0.9,
            "nd30.o10a.level-line": 0.9,
            "nd30.o10a.unread-stamp": 0.3,
            "nd30.o10a.unread-frame": 0.3,
        }.get(source, 0.6)
        mark = found(sheet, level.value, [segment], strength=strength, source=source)
        if best is None or _rank(mark) < _rank(best):
            best = mark
    return best


def _rank(mark: Found) -> int:
    return [level.value for _, level in _SECRECY_KEYS].index(mark.value)


def _secrecy_candidates(sheet: Sheet) -> Iterator[tuple[Segment, str, Secrecy]]:
    for index, segment in enumerate(sheet.segments):
        written = _LEVEL_LINE.search(segment.key)
        if written is not None and len(segment.text) < 60:
            yield segment, "nd30.o10a.level-line", _level_of(written["level"])
        if not _ends_a_phrase(sheet.segments[:index], segment):
            yield from _marks_in(sheet, segment)
    unread = _unread_stamp(sheet)
    if unread is not None and first_page_head(sheet):
        yield unread, "nd30.o10a.unread-stamp", Secrecy.CONFIDENTIAL
    for segment in _unread_frames(sheet):
        yield segment, "nd30.o10a.unread-frame", Secrecy.CONFIDENTIAL
    for segment in _apart_in_running_lines(sheet.page):
        level = _plain_level(segment)
        if level is not None:
            yield segment, "nd30.o10a.apart", level


def _marks_in(sheet: Sheet, segment: Segment) -> Iterator[tuple[Segment, str, Secrecy]]:
    level = _red_level(sheet, segment) if segment.ink is Ink.RED else _stamp_level(sheet, segment)
    if level is not None:
        yield segment, "nd30.o10a.stamp", level
    level = _plain_level(segment)
    if level is not None:
        yield segment, "nd30.o10a.alone", level
    elif _nearly_mark(sheet, segment):
        yield segment, "nd30.o10a.nearly", Secrecy.CONFIDENTIAL


def _level_of(text: str) -> Secrecy:
    compact = re.sub(r"\s", "", text)
    return next(level for word, level in _SECRECY_KEYS if word == compact)


def _plain_level(segment: Segment) -> Secrecy | None:
    """A line of capitals that is a mark and nothing else, in any ink and anywhere on the page."""
    shown = mark_letters(segment.text)
    if not 3 <= len(shown) <= 11 or not is_capitals(segment.text, least=0.6):
        return None
    for word, level in _SECRECY_KEYS[:2]:
        if Levenshtein.distance(shown, word) <= _ERRORS[word]:
            return level
    framed = len(shown) <= 5 and re.sub(r"^[il]|[il]$", "", shown) == "mat" and re.search(r"[\[\]|lIi(){}]", segment.text)
    if shown == "mat" or framed:
        return None if _is_certainly_other(segment) else Secrecy.CONFIDENTIAL
    return None


def _is_certainly_other(segment: Segment) -> bool:
    """MẶT (as in MẶT TRẬN) read clearly and in black is another word."""
    word = "".join(w.text for w in segment.words).upper()
    return segment.ink is Ink.BLACK and "Ặ" in word and segment.confidence >= 0.85


def _red_level(sheet: Sheet, segment: Segment) -> Secrecy | None:
    """A short red line: in the zone of ô 10 a reading that is nearer to a secrecy mark than to any other stamp counts."""
    shown = mark_letters(segment.text)
    if not 2 <= len(shown) <= 12:
        return None
    alike = {word: fuzz.ratio(shown, word) for word, _ in _SECRECY_KEYS}
    others = max(fuzz.ratio(shown, word) for word in OTHER_STAMPS)
    word, likeness = max(alike.items(), key=lambda pair: pair[1])
    in_zone = sheet.high(segment) < STAMP_ZONE and len(shown) >= 3
    enough = {"mat": 66, "toimat": 66, "tuyetmat": 62}[word] if in_zone else {"mat": 100, "toimat": 80, "tuyetmat": 72}[word]
    return _level_of(word) if likeness >= enough and likeness > others else None


def _stamp_level(sheet: Sheet, segment: Segment) -> Secrecy | None:
    """A line alone in the place of ô 10a, in black (a copy, a grey scan): more damage is allowed when a frame was read with it."""
    if not _in_stamp_place(sheet, segment) or segment.text.islower() or _in_list(sheet, segment):
        return None
    shown = mark_letters(segment.text)
    if shown == "mat" and segment.text.strip("|[](){}IilJ '.,:;")[:1] == "M":
        return None if _is_certainly_other(segment) else Secrecy.CONFIDENTIAL
    framed = _FRAME.search(segment.text) is not None
    bare = re.sub(r"^[ilj]|[ilj]$", "", shown)
    if framed and len(bare) in (2, 3, 4) and fuzz.ratio(bare, "mat") >= 66 and bare[0] in "mnwh":
        return Secrecy.CONFIDENTIAL
    if _mixed(segment.text):
        # Stray glyphs around a mark only make a line longer: a shorter one ("QUYẾT") is another word.
        for word, level in _SECRECY_KEYS[:2]:
            if len(word) - 1 <= len(shown) <= len(word) + 5 and _errors_within(shown, word) <= _ERRORS[word]:
                return level
    return None


def _in_list(sheet: Sheet, segment: Segment) -> bool:
    """A cell of a list that names papers and their levels (mục lục văn bản): small letters there are no stamp."""
    tables = (table for table in sheet.page.tables if table.rows > 2 and table.columns > 2)
    centre, text = segment.centre, segment.text
    inside = any(t.box.x0 <= centre <= t.box.x1 and t.box.y0 <= segment.middle <= t.box.y1 for t in tables)
    return inside and not text.isupper()


def _errors_within(shown: str, word: str) -> int:
    """Fewest errors of `word` in any stretch of `shown` as long as the word."""
    starts = range(max(1, len(shown) - len(word) + 1))
    return min(Levenshtein.distance(shown[start : start + len(word)], word) for start in starts)


def _nearly_mark(sheet: Sheet, segment: Segment) -> bool:
    """MẬT with one wrong letter, in black and without a frame: a mark only in ô 10a itself, where nothing else is printed."""
    shown = mark_letters(segment.text)
    if not 3 <= len(shown) <= 4 or not segment.text.isupper() or Levenshtein.distance(shown, "mat") != 1:
        return False
    header = header_of(sheet)
    if not header.top or _is_certainly_other(segment):
        return False
    lines = [s.middle for s in sheet.segments if s.middle > header.bottom and s.box.width > 0.5 * sheet.page.width]
    text_begins = min(lines, default=STAMP_ZONE * sheet.page.height)
    in_cell = header.bottom < segment.middle < text_begins and segment.centre < 0.45 * sheet.page.width
    return in_cell and not any(same_row(segment, other) for other in sheet.segments if other is not segment)


def _mixed(text: str) -> bool:
    """Enough capitals for a stamp that was read badly."""
    return sum(letter.isupper() for letter in text) >= 3


def _in_stamp_place(sheet: Sheet, segment: Segment) -> bool:
    """Ô 10a and around it: left half, under the number, above the text."""
    return _PLACE_TOP < sheet.high(segment) < STAMP_ZONE and segment.centre < 0.55 * sheet.page.width


def _unread_stamp(sheet: Sheet) -> Segment | None:
    """A red print of the size of a secrecy stamp, alone in its place on a first page, of which no word could be read."""
    millimetre = sheet.page.dpi / 25.4
    red = [s for s in sheet.segments if s.ink is Ink.RED and sheet.high(s) < STAMP_ZONE and len(mark_letters(s.text)) >= 2]
    for segment in red:
        size = segment.box.width / millimetre, segment.box.height / millimetre
        if not (_in_stamp_place(sheet, segment) and 12 <= size[0] <= 50 and 5 <= size[1] <= 16):
            continue
        shown = mark_letters(segment.text)
        other = max(fuzz.ratio(shown, word) for word in OTHER_STAMPS)
        near = [s for s in red if s is not segment and abs(s.middle - segment.middle) < 25 * millimetre]
        if segment.confidence < _UNREAD and other < 65 and len(shown) <= 9 and not near:
            return segment
    return None


def _unread_frames(sheet: Sheet) -> Iterator[Segment]:
    """Framed stamps of the size of a mark in which none was read, but for those that say something else (KHẨN, SAO Y)."""
    for verdict in sheet.page.verdicts:
        if verdict.kind is not PageKind.UNREAD_STAMP:
            continue
        box = Box(*(int(verdict.evidence[side]) for side in ("x0", "y0", "x1", "y1")))
        inside = [s for s in sheet.segments if box.x0 <= s.centre <= box.x1 and box.y0 <= s.middle <= box.y1]
        if not any(fuzz.ratio(mark_letters(s.text), word) >= _OTHER_LIKENESS for s in inside for word in OTHER_STAMPS):
            yield segment_of([Word("", box, 0.0)], Ink.BLACK)


def _ends_a_phrase(before: Sequence[Segment], segment: Segment) -> bool:
    """The last line of "… BẢO VỆ BÍ / MẬT": the line above ends in the middle of the word."""
    close = [
        s
        for s in before
        if 0 < segment.middle - s.middle < 3 * segment.height and s.box.x0 <= segment.box.x1 and segment.box.x0 <= s.box.x1
    ]
    return bool(close) and segment.ink is Ink.BLACK and _CUT_WORD.search(close[-1].key.rstrip(" .,;:-")) is not None


def _leading_capitals(line: Line) -> list[Word]:
    """The one or two words in capitals with which a line of small letters begins ("TỐI MẬT Kính gửi: …")."""
    leading = list(takewhile(lambda word: word.text.isupper(), line.words))
    return leading if len(leading) <= 2 else []


def _apart_in_running_lines(page: Page) -> Iterator[Segment]:
    """Words in capitals that a fine gap parts from words in small letters: a stamp over or beside a line of text."""
    for line in page.lines:
        if is_capitals(line.text, least=0.6) or not any("M" in word.text for word in line.words):
            continue
        pieces = split_at_gaps(line, gap=_FINE_GAP)
        if first_words := _leading_capitals(line):
            yield segment_of(first_words, line.ink)
        if len(pieces) > 1:
            befores = [" ".join(piece.key for piece in pieces[:position]) for position in range(len(pieces))]
            ends = [line.ink is Ink.BLACK and _CUT_WORD.search(before) is not None for before in befores]
            yield from (piece for piece, end in zip(pieces, ends, strict=True) if not end and len(piece.words) <= 3)
        if line.ink is Ink.RED:
            yield from (segment_of([word], line.ink) for word in line.words)
