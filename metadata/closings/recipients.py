"""Nơi nhận (NĐ 30/2020 PL I mục II.9; ô 9b).

In: the sheet with the signature block. Out: the recipients, one text each, without list dash and final sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from metadata.sheets.anchors import key, letters, likeness
from metadata.sheets.layout import Segment, Sheet, same_row
from metadata.sheets.phrases import PHRASES
from metadata.sheets.spelling import respell

_DASH = re.compile(r"^\s*[-–—\u2212~•*+=·_]+\s*")
_FILED = re.compile(r"^\W*l[uo]u\b")
_AS_ABOVE = "nhutren"
_AS_ABOVE_ENDS = frozenset({"tren", "ren", "nen", "iren", "lren"})
_FILING = re.compile(r"^\W*\w{2,4}\s?[:;.]?\s*V[TIÍÌÏ1l](?=[,;])")
_ENDS = ";.,:"
_CONTACT = re.compile(r"(dien thoai|email|website|dia chi|fax)\W")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the list with the segments that print it."""

    text: str
    segments: tuple[Segment, ...]


def recipients_heading(sheet: Sheet) -> Segment | None:
    """The lowest "Nơi nhận:" in the left half."""
    found = [
        s
        for s in sheet.segments
        if sheet.across(s.box.x0) < 0.45 and len(letters(s.text)) < 24 and likeness(s.text[:10], "Nơi nhận:") >= 80
    ]
    return found[-1] if found else None


def recipients_of(sheet: Sheet, heading: Segment) -> tuple[Recipient, ...]:
    """Read the list under its heading down to "Lưu: …", which ends it (mục II.9.b)."""
    groups: list[list[Segment]] = []
    for segment in _column(sheet, heading):
        last = groups[-1][-1] if groups else heading
        if segment.middle - last.middle > 3.2 * sheet.line_height or _CONTACT.search(segment.key):
            break
        ended = bool(groups) and _is_filed(groups[-1]) and last.text.rstrip("'`_ ").endswith((".", ")"))
        begins = _DASH.match(segment.text) is not None
        if groups and _is_filed(groups[-1]) and (ended or begins or not _is_plain(segment)):
            break
        if begins or not groups or groups[-1][-1].text.rstrip(" '`_").endswith((";", ".", ":")):
            groups.append([segment])
        else:
            groups[-1].append(segment)
    if groups and not _is_filed(groups[-1]) and _FILING.match(groups[-1][0].text):
        groups[-1][0] = _with_filing_word(groups[-1][0])
    if groups and groups[0][0].middle - heading.middle < 2.5 * sheet.line_height and _says_as_above(groups[0][0]):
        groups[0] = [replace(groups[0][0], text="- Như trên;")]
    items = [Recipient(_text(group), tuple(group)) for group in groups]
    return tuple(item for item in items if len(letters(item.text)) >= 2)


def _says_as_above(segment: Segment) -> bool:
    """A smudged "Như trên" (mục II.9.b: the addressees named above come first)."""
    shown = letters(segment.text)
    return shown in _AS_ABOVE_ENDS or Levenshtein.distance(shown, _AS_ABOVE) <= 2


def _column(sheet: Sheet, heading: Segment) -> list[Segment]:
    """Segments under the heading that begin at its left edge, one a row."""
    slack = 0.04 * sheet.page.width
    rows: list[Segment] = []
    for segment in sheet.segments:
        if segment.middle <= heading.middle + 0.5 * heading.height or segment is heading:
            continue
        if not heading.box.x0 - slack <= segment.box.x0 <= heading.box.x0 + 2 * slack:
            continue
        if len(letters(segment.text)) < 2 or segment.confidence < 0.25:
            continue
        if rows and same_row(rows[-1], segment):
            rows[-1] = max(rows[-1], segment, key=lambda s: s.confidence * len(s.text))
            continue
        rows.append(segment)
    return rows


def _is_filed(group: Sequence[Segment]) -> bool:
    return _FILED.match(_DASH.sub("", group[0].text).lower().translate(str.maketrans("ưứừ", "uuu"))) is not None


def _with_filing_word(segment: Segment) -> Segment:
    """The list always ends with "Lưu: VT": a smudged word before VT in its last line is that word."""
    rest = _FILING.sub("", segment.text)
    return replace(segment, text=f"- Lưu: VT{rest}", key=key(f"- Lưu: VT{rest}"))


def _is_plain(segment: Segment) -> bool:
    """Print, not the scratches of a signature: mostly letters, read with some confidence."""
    solid = sum(letter.isalnum() or letter in " ,.;()-&/:" for letter in segment.text)
    return segment.confidence >= 0.6 and solid >= 0.9 * len(segment.text)


def _text(group: Sequence[Segment]) -> str:
    text = " ".join(_DASH.sub("", segment.text, count=1) if index == 0 else segment.text for index, segment in enumerate(group))
    text = re.sub(r"[|_~`\\<>„“”‘’'\"*]+", " ", text)
    text = respell(" ".join(text.split()).rstrip(_ENDS + " -"), PHRASES)
    text = re.sub(r"^Nh[ưu] Đi[ềêeè]u\s?(\d)", r"Như Điều \1", text)
    text = re.sub(r"\b[bB]/[€eoc©]\)", "b/c)", text)
    text = re.sub(r"\(b/c$", "(b/c)", text)
    text = re.sub(r"\(b[aăâắấ]c\)", "(b/c)", text)
    text = re.sub(r"\((?:để|đề|đế|đẻ) b/c\)", "(để b/c)", text)
    text = re.sub(r"^([^(]*\w\s)b/c\)", r"\1(b/c)", text)
    text = re.sub(r";(?=\s)", ",", text)  # every item stands on a line of its own, so that a semicolon within one is a comma
    # ô 12: the number of copies, "bản".
    text = re.sub(r"\((\d{1,3})[ÐĐđhHl6]\)$", r"(\1b)", text)
    # mục II.9.b: "Lưu: VT, …": the filing unit is always văn thư.
    return re.sub(r"^(L[ưu]u)\s?[:;.,]?\s*V[TIÍÌÏ1lí]\b", lambda m: f"Lưu{':' if ':' in m[0] or ';' in m[0] else ''} VT", text)
