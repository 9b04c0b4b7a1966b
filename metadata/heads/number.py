"""Số và ký hiệu of a document (NĐ 30/2020 Điều 15 and PL I mục II.3; ô 3).

In: a text line, or a header. Out: number and notation apart, as printed but with what only OCR can have done put right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from metadata.sheets.anchors import key
from metadata.sheets.header import Header
from metadata.sheets.layout import Segment, same_row, segment_of

_LOOKALIKES = str.maketrans({
    "O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "!": "1", "J": "1",
    "Z": "2", "z": "2", "S": "5", "s": "5", "b": "6", "G": "6", "B": "8", "g": "9", "q": "9",
})  # fmt: skip

_NUMBER_LINE = re.compile(
    r"^[\W_]{0,4}(?:(?:bo luat|luat|phap lenh|nghi quyet|sac lenh|lenh)\s{1,2})?s[o06]\s{0,2}[:;.,'`]{0,2}\s*"
    r"(?P<number>[^/\s]{0,6}?(?:\s?\d{1,4})?[a-z]?)\s{0,3}"
    r"(?:/\s?(?P<year>(?:19|20)\d\d))?\s{0,2}(?P<joint>[/\-]|(?<=\d)\s(?=[a-z]{2,5}[-/])|(?<=\d)(?=[a-z]{2,4}-[a-z]))\s{0,2}"
    r"(?P<notation>[a-z&0-9.]+(?:\s?[-/.,]{1,2}\s?[a-z&0-9]+)*(?:\s[a-z]{1,4}(?=\W*$))?)"
)
_FIRST = re.compile(r"[-_|.' ~`]*[SsBLNP]")
"""A number line begins with "Số", laws with their type ("Luật số: 33/2024/QH15")."""

_STROKE_IN_NUMBER = re.compile(r"^(\W{0,4}S\w\W{0,4}\d{1,3})\s?/\s?(\d{1,3}\s?/\s?[A-ZĐ])")
"""A stroke between figures that no year follows is none: it belongs to a figure that was written by hand."""
_NUMBER = re.compile(r"\d{1,6}[a-zđA-ZĐ]?")


@dataclass(frozen=True, slots=True)
class Number:
    """Số (with the year of normative documents, "30/2020") and ký hiệu; the number is None where it could not be read.

    `joint` stands between them: "/" (PL I mục II.3), "-" in papers of the Party and its youth ("22-NQ/TU"), " " in old ones.
    """

    number: str | None
    notation: str
    joint: str = "/"

    def __str__(self) -> str:
        return f"{self.number}{self.joint}{self.notation}" if self.number else self.notation


def parse_number(text: str) -> Number | None:
    """Read a line that begins with "Số:", or None when it is no number line."""
    text = text.replace("–", "-").replace("—", "-").replace("\u2212", "-")
    text = _STROKE_IN_NUMBER.sub(r"\1\2", text)
    matched = _NUMBER_LINE.match(key(text))
    if matched is None:
        return None
    notation = _notation(text[matched.start("notation") : matched.end("notation")])
    if notation is None:
        return None
    number = _digits(text[matched.start("number") : matched.end("number")])
    if number and matched["year"]:
        number = f"{number}/{matched['year']}"
    return Number(number, notation, _joint(matched["joint"], notation))


def _joint(read: str, notation: str) -> str:
    """A dash joins only what has a stroke further on ("22-NQ/TU"): in papers of the state a stroke was read as one."""
    if read == " ":
        return read
    return "-" if read == "-" and "/" in notation else "/"


def _digits(text: str) -> str | None:
    compact = re.sub(r"[\s.,:;'`]", "", text)
    if not any(letter.isdigit() for letter in compact):
        return None
    if _NUMBER.fullmatch(compact):
        return compact
    repaired = compact.translate(_LOOKALIKES)
    return repaired if re.fullmatch(r"\d{1,6}", repaired) else None


def _notation(text: str) -> str | None:
    """Ký hiệu: capitals, parts joined by "-" (PL I mục II.3); spaces stay where the paper has them on both sides."""
    text = re.sub(r"(?<=\S)-\s(?=\S)|(?<=\S)\s-(?=\S)", "-", text.strip(" .,;:"))
    text = re.sub(r"\s?([/.])\s?", r"\1", text).replace("Ð", "Đ")
    cased = [letter for letter in text if letter.isalpha()]
    if len(cased) < 2 or sum(letter.isupper() for letter in cased) < 0.5 * len(cased):
        return None
    return text


def number_line(header: Header) -> tuple[Segment, Number] | None:
    """Find the number line of a head: the first one in the left column; below a centred quốc hiệu anywhere."""
    above = header.top - 2 * header.sheet.line_height
    column = header.left_column()
    candidates = [
        (segment, number)
        for segment in [*column, *_rejoined(column)]
        if segment.middle > above and _FIRST.match(segment.text) and (number := parse_number(segment.text))
    ]
    return candidates[0] if candidates else None


def _rejoined(column: tuple[Segment, ...]) -> list[Segment]:
    """Join "Số:" with what follows the room for a number that was written by hand: the gap is as wide as one between columns."""
    joined = []
    for segment in column:
        if not re.match(r"[\W_]*s[o06]\b", segment.key):
            continue
        row = sorted((s for s in column if same_row(s, segment) and s.box.x0 >= segment.box.x0), key=lambda s: s.box.x0)
        if len(row) > 1:
            joined.append(segment_of([word for part in row for word in part.words], segment.ink))
    return joined
