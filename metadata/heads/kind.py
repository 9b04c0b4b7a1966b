"""Tên loại văn bản (NĐ 30/2020 Điều 7; ô 5a), with the notation as second witness.

In: a header and the notation. Out: the type, the segment that prints it (None for a công văn), how sure the rule is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from metadata.heads.document_types import DOCUMENT_TYPES, OFFICIAL_LETTER, DocumentType, type_of_abbreviation
from metadata.sheets.anchors import after_letters, is_capitals, key, letters
from metadata.sheets.header import Header
from metadata.sheets.layout import Segment, spaced_capitals

TITLE_ZONE = 0.62
"""Titles stand above this share of the page's height."""

_PRINTED = tuple((kind, letters(kind.name)) for kind in DOCUMENT_TYPES if kind is not OFFICIAL_LETTER)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type with its evidence.

    Attributes:
        title: the segment that prints the name; None for a công văn or where only the notation tells it.
        rest: what stands on the title's line after the name ("BIÊN BẢN họp …").
        strength: 0-1, how much the rule is worth before the engine's doubt.
        source: the rule.
        other: what the notation says where the title says something else.
    """

    type: DocumentType
    title: Segment | None
    rest: str
    strength: float
    source: str
    other: DocumentType | None = None


def kind_of(header: Header, *, below: float, notation: str | None) -> Kind | None:
    """Tell the type of a first page from its title, or from its notation and form."""
    by_notation = type_of_notation(notation) if notation else None
    printed = _printed(header, below)
    if printed is not None:
        agrees = by_notation is not None and by_notation.name == printed.type.name
        other = None if agrees or by_notation is None else by_notation
        return replace(printed, strength=1.0 if agrees else printed.strength, other=other)
    if by_notation is not None and by_notation.name != "Thông tư":
        return Kind(by_notation, _smudged_title(header, below), "", 0.7, "nd30.pl3.abbreviation")
    if _is_letter(header, below, notation):
        return Kind(OFFICIAL_LETTER, None, "", 0.9, "nd30.o5b.form")
    return None


def type_of_notation(notation: str) -> DocumentType | None:
    """The type named by a notation: "QĐ-UBND", "2020/NĐ-CP", "TB/TW", "45 QĐ/UB"; None when it names none (công văn)."""
    first = re.split(r"[-/. ]", re.sub(r"^(?:19|20)\d\d/", "", notation.strip()))[0]
    exact = type_of_abbreviation(first)
    if exact is not None:
        return exact
    folded = key(first)
    same = [k for k in DOCUMENT_TYPES for a in k.abbreviations if key(a) == folded and len(a) >= 2]
    return same[0] if same and folded not in {"tt", "hd", "da"} else None


def _printed(header: Header, below: float) -> Kind | None:
    best: tuple[float, Segment, DocumentType, str] | None = None
    for segment in spaced_capitals(header.sheet):
        if segment.middle <= below or header.sheet.high(segment) > TITLE_ZONE:
            continue
        if not _is_centred(header, segment) or not is_capitals(segment.text[:24], least=0.6):
            continue
        named = _named(segment)
        if named is None or (segment.text.rstrip().endswith(":") and best is not None):
            continue
        score, kind, rest = named
        if best is None:
            best = (score, segment, kind, rest)
            break
    if best is None:
        return None
    score, segment, kind, rest = best
    return Kind(
        kind, segment, rest, min(1.0, score / 100) * (0.8 if segment.text.rstrip().endswith(":") else 0.95), "nd30.o5a.title"
    )


def _named(segment: Segment) -> tuple[float, DocumentType, str] | None:
    """The type whose name is (or begins) this line; the name alone needs less likeness than a beginning."""
    shown = letters(segment.text)
    whole = max(((fuzz.ratio(shown, name), kind) for kind, name in _PRINTED), key=lambda pair: pair[0])
    if whole[0] >= (80 if len(shown) >= 7 else 86):
        return whole[0], whole[1], ""
    for kind, name in sorted(_PRINTED, key=lambda pair: -len(pair[1])):
        if len(name) >= 6 and shown.startswith(name):
            position = after_letters(segment.text, len(name))
            return 90.0, kind, segment.text[position:].strip(" :-–")
    return None


def _is_centred(header: Header, segment: Segment) -> bool:
    sheet = header.sheet
    return abs(segment.centre - sheet.centre) < 0.13 * sheet.page.width and segment.box.width < 0.8 * (sheet.right - sheet.left)


def _smudged_title(header: Header, below: float) -> Segment | None:
    """A short centred line of capitals right under the head: the title that the stamp or the scan made illegible."""
    for segment in header.sheet.segments:
        if segment.middle > below and header.sheet.high(segment) < 0.4 and _is_centred(header, segment):
            short = segment.box.width < 0.3 * header.sheet.page.width
            if short and is_capitals(segment.text, least=0.5) and len(letters(segment.text)) >= 4:
                return segment
    return None


def _is_letter(header: Header, below: float, notation: str | None) -> bool:
    """The form of a công văn: subject under the number (V/v), or an address (Kính gửi) with a notation that names no type."""
    column = [s for s in header.left_column() if s.middle > below - 2 * header.sheet.line_height]
    if any(re.match(r"\W*v\s?[/1l|i]\s?v\b", s.key) for s in column):
        return True
    return notation is not None and any(
        re.match(r"\W*kinh g[uư]i\b", s.key) for s in header.sheet.segments if header.sheet.high(s) < 0.5
    )
