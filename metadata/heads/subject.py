"""Trích yếu nội dung (NĐ 30/2020 PL I mục II.5): under the title (ô 5a), or under the number of a công văn (ô 5b).

In: a header and where title or number stand. Out: the lines of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.text import exact_key
from metadata.sheets.anchors import LOWER, UPPER, is_capitals, key, letters
from metadata.sheets.header import Header
from metadata.sheets.layout import Segment, Sheet, same_row

LONGEST = 9
"""A subject of more lines is running text (the field holds 500 characters, NĐ 30/2020 PL VI)."""
_TITLE_ROOM, _SHORTEST = 9, 12
"""Line heights between head and subject that an illegible title takes; letters of the shortest subject."""

_LEFT_OF_STAMP = re.compile(rf"^[{LOWER}]{{1,5}}\s[|Iil!'’\[\]{{}}]+(?=[{UPPER}][{LOWER}])")
_ABOUT = re.compile(r"^\W*v\W{0,2}\s?[/1l|i]?\s?v\b")
_BODY = re.compile(
    r"^\W*(can cu|kinh g.i|theo de nghi|xet de nghi|dieu 1\b|hom nay|kinh moi|tran trong|chuong i\b|phan i\b|i\.\s|1\.\s"
    r"|thuc hien (nghi|quyet|chi|cong|ke|thong|luat)|chu tich uy ban|hoi dong nhan dan (tinh|thanh)"
    r"|uy ban nhan dan (tinh|thanh pho|huyen|quan|xa|phuong|thi))"
)
_ABOUT_AFTER_SHREDS = re.compile(r"^(?=\S{0,2}[^\W\dA-Z]|\S{1,4}\s)[^,;“”\"]{2,14}\s(?=Về việc\b)")
_MEETING_MISREAD = frozenset({"hop", "hqp", "h0p", "hgp", "mop"})
OPENINGS = {
    "duyệt": "Phê duyệt", "chỉnh": "Điều chỉnh", "hành": "Ban hành", "lập": "Thành lập", "bố": "Công bố", "nhiệm": "Bổ nhiệm",
    "cường": "Tăng cường", "sung": "Bổ sung",
}  # fmt: skip
"""Last syllable of the openings of a trích yếu -> the opening; none of the syllables opens a subject by itself."""
_SPECK_BEFORE_CAPITAL = re.compile(rf"^[|Iil!'’\[\]{{}}]+(?=[{UPPER}][{LOWER}])")


def subject_of_title(sheet: Sheet, title: Segment) -> tuple[Segment, ...]:
    """Lines under a title (ô 5a): centred, close together, before the wider gap or the opening words of the text."""
    lines: list[Segment] = []
    pitch = 0.0
    last = title
    for row in _rows_below(sheet, title):
        step = row.middle - last.middle
        if step > (2.6 * max(title.height, row.height, sheet.line_height) if not lines else 1.45 * pitch):
            break
        if _BODY.match(row.key) or (lines and _is_loud(row) and not _is_loud(lines[0])):
            break
        if lines and not _is_balanced(sheet, row, lines):
            break
        if lines:
            pitch = step if len(lines) == 1 else min(pitch, step) if step > 0.7 * pitch else pitch
        else:
            pitch = max(step, 1.3 * sheet.line_height)
        lines.append(row)
        last = row
        if len(lines) == LONGEST:
            break
    return tuple(lines)


def subject_without_title(sheet: Sheet, *, below: float) -> tuple[Segment, ...]:
    """Lines of a subject whose title is not legible: the first centred line under the head and what follows."""
    width = sheet.right - sheet.left
    for segment in sheet.segments:
        if (
            not sheet.line_height < segment.middle - below < _TITLE_ROOM * sheet.line_height
            or len(letters(segment.text)) < _SHORTEST
        ):
            continue
        if _BODY.match(segment.key) or _is_loud(segment):
            break
        left, right = segment.box.x0 - sheet.left, sheet.right - segment.box.x1
        if abs(left - right) < 0.06 * width and min(left, right) > 0.02 * width:
            return (segment, *subject_of_title(sheet, segment))
    return ()


def subject_of_letter(header: Header, number: Segment | None) -> tuple[Segment, ...]:
    """Lines under the number (ô 5b) from "V/v" on, in the left column, while they stand close together."""
    column = [s for s in header.left_column() if number is None or s.middle > number.middle]
    starts = [index for index, s in enumerate(column) if _ABOUT.match(s.key)]
    if not starts:
        return ()
    lines = [column[starts[0]]]
    pitch = 0.0
    for segment in column[starts[0] + 1 :]:
        step = segment.middle - lines[-1].middle
        if same_row(segment, lines[-1]):
            continue
        if step > (2.2 * header.sheet.line_height if not pitch else 1.5 * pitch) or _BODY.match(segment.key):
            break
        # A red stamp of secrecy or urgency stands under the subject (ô 10) and is not part of it.
        if segment.ink is not lines[0].ink or is_capitals(segment.text, least=0.95):
            break
        pitch = min(pitch, step) if pitch else step
        lines.append(segment)
    return tuple(lines)


def subject_text(lines: Sequence[Segment], *, before: str = "") -> str:
    """Join the lines as printed, without the specks of rules and frames at their ends."""
    parts = [before, *(_clean(line.text) for line in lines)]
    return _settle_about(" ".join(part for part in parts if part)).strip(" |_~`'‘’\"*-–;:,")


def _clean(text: str) -> str:
    text = _SPECK_BEFORE_CAPITAL.sub("", re.sub(r"[|_~`\\]+", " ", text).strip())
    text = _LEFT_OF_STAMP.sub("", text)
    # Specks between words, and points in the middle of a sentence: a subject is one sentence (mục II.5).
    text = re.sub(r"(?<=\s)[.,'’‘„“”\u02c6^:;*°`\u00b4<>!?]+(?=\s)", "", text)
    text = re.sub(rf"(?<=[{LOWER}])[.:](?=\s[{LOWER}])", "", text)
    text = re.sub(r"^[^\w(“\"]+|[\s\-–'‘’`]+$", "", text)
    return " ".join(text.split())


def _settle_about(text: str) -> str:
    """Put "V/v" and "Về việc" right (mục II.5): what stands for the slash or the second v is only ever misread."""
    text = re.sub(r"^[Vv]\s?[/1l|I]\s?[vV]?\s+(?=\S)", "V/v ", text)
    # A stamp often covers the first letters of "Về việc …", and no subject begins with "việc".
    text = re.sub(r"^(?:[VNW]\S{0,2}\s)?(?:\S?[iíìỉl][ệêeéè]c|[ệê]c)\s", "Về việc ", text, count=1, flags=re.IGNORECASE)
    text = re.sub(r"^\S{0,14}[ẻẽèêềEe]\s(?=việc\b)", _about, text)
    return _without_shreds(text)


def _about(matched: re.Match[str]) -> str:
    """Capital V, or the small one where the paper has it."""
    return matched[0] if exact_key(matched[0].strip()) == exact_key("về") else "Về "


def _without_shreds(text: str) -> str:
    """Drop what a stamp left before the capital of "Về việc", and give its first syllable back to an opening cut by a stamp."""
    about = _ABOUT_AFTER_SHREDS.match(text)
    if about is not None:
        return text[about.end() :]
    first, _, rest = text.partition(" ")
    second, _, after = rest.partition(" ")
    if key(second) == "ve" and key(first) in _MEETING_MISREAD:
        return f"{'Họp' if first[0].isupper() else 'họp'} {rest}"
    whole = OPENINGS.get(first)
    if whole is not None:
        return f"{whole} {rest}"
    whole = OPENINGS.get(second)
    if whole is not None and exact_key(first) != exact_key(whole.split()[0]) and key(first).endswith(key(whole.split()[0])[-2:]):
        return f"{whole} {after}"
    return text


def _is_loud(row: Segment) -> bool:
    """A line of capitals, not a number in Roman figures that ended the line before."""
    return is_capitals(row.text, least=0.9) and len(letters(row.text)) > 6


def _rows_below(sheet: Sheet, title: Segment) -> list[Segment]:
    """Segments below the title that stand over its column, one a row."""
    rows: list[Segment] = []
    for segment in sheet.segments:
        if segment.middle <= title.middle + 0.5 * title.height or len(letters(segment.text)) < 2:
            continue
        if segment.box.x1 < title.box.x0 - 0.05 * sheet.page.width and segment.box.width < 0.3 * sheet.page.width:
            continue
        if not segment.box.x0 <= title.centre <= segment.box.x1 and abs(segment.centre - title.centre) > 0.12 * sheet.page.width:
            continue
        if rows and same_row(rows[-1], segment):
            rows[-1] = max(rows[-1], segment, key=lambda s: len(s.text))
            continue
        rows.append(segment)
    return rows


def _is_balanced(sheet: Sheet, row: Segment, lines: Sequence[Segment]) -> bool:
    """Centred lines leave the same margin on both sides; running text is indented on the left and full on the right."""
    left, right = row.box.x0 - sheet.left, sheet.right - row.box.x1
    width = sheet.right - sheet.left
    if abs(left - right) < 0.06 * width:
        return True
    return abs(row.centre - lines[0].centre) < 0.04 * width and row.box.width < 0.9 * width
