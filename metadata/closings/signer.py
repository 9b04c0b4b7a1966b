"""Quyền hạn, chức vụ, họ tên of the signer (NĐ 30/2020 Điều 13 and PL I mục II.7; ô 7a and 7b).

In: the sheet with the signature block. Out: position without its authority mark, and the name without academic titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from metadata.closings.recipients import recipients_heading
from metadata.closings.signer_names import lone_name, signer_name
from metadata.closings.signing_words import POSITIONS
from metadata.heads.agency import begins_as_agency
from metadata.sheets.anchors import is_capitals, key, letters, starts_with
from metadata.sheets.layout import Segment, Sheet, spaced_capitals
from metadata.sheets.spelling import respell

AUTHORITY = re.compile(
    r"^\W*(?P<mark>(?:tm|kt|k1|tl|tuq|tu0|t/m|k/t|q)(?=\s?[.,:;/])|(?:[tk]/[mtl]|tm|kt|tl|tuq)(?=\s\w\w))\s?[.,:;/]?\s*(?P<rest>.*)$"
)
"""TM. (collective), KT. (deputy for head), TL. (by order), TUQ. (sub-authorised), Q. (acting): NĐ 30/2020 Điều 13; papers of
the Party print T/M, K/T, T/L without a point."""

DEPUTIES = {"BỘ TRƯỞNG": "THỨ TRƯỞNG"}
"""Deputies that are not called PHÓ … : KT. names the head, the deputy's own title stands below it (mục II.7.a)."""

_CENTRED = 0.05
_FRAGMENTS = {
    letters(position)[start:]: position
    for position, rest in (("CHỦ TỊCH", 4), ("GIÁM ĐỐC", 3))
    for start in range(1, len(letters(position)) - rest + 1)
}
_ENDINGS = {"tich": "CHỦ TỊCH", "doc": "GIÁM ĐỐC"}
_FRAGMENTS |= {"chu": "CHỦ TỊCH", "giam": "GIÁM ĐỐC"}
"""What a seal leaves of the commonest positions ("ĐỐC", "HỦ TỊCH"); only these end so, and a deputy's own line follows KT."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The signature block: each part with the segments that print it; a part that is not legible is None.

    `lines` are those of authority and position as printed.
    """

    lines: tuple[Segment, ...]
    position: str | None
    position_segments: tuple[Segment, ...]
    position_strength: float
    name: str | None
    name_segments: tuple[Segment, ...]
    name_strength: float
    name_others: tuple[str, ...] = ()


def signer_of(sheet: Sheet, *, below: float) -> Signer | None:
    """Read the signature block of a page: the right-hand one where there are several (specimens, joint papers)."""
    blocks = list(signature_blocks(sheet, below=below))
    if not blocks:
        return _name_alone(sheet)
    return signer_in(sheet, max(blocks, key=lambda lines: (_worth(lines), lines[0].centre)))


def _name_alone(sheet: Sheet) -> Signer | None:
    """The name where the seal left nothing of the position: a full name to the right of and below "Nơi nhận:"."""
    heading = recipients_heading(sheet)
    if heading is None:
        return None
    name = lone_name(sheet, heading, is_position=lambda text: _listed_position(text) is not None)
    return Signer((), None, (), 0.0, name.text, (name.row,), name.likeness, name.others) if name else None


def signer_in(sheet: Sheet, block: Sequence[Segment]) -> Signer:
    """Read one signature block and the name under it."""
    position, position_lines, strength = _position(block)
    name = signer_name(sheet, block[-1], is_position=lambda text: _listed_position(text) is not None)
    return Signer(
        tuple(block),
        position,
        position_lines,
        strength,
        name.text if name else None,
        (name.row,) if name else (),
        name.likeness if name else 0.0,
        name.others if name else (),
    )


def signature_blocks(sheet: Sheet, *, below: float, left_too: bool = False) -> Iterator[list[Segment]]:
    """Stacks of lines of authority and position in the right half (joint papers: in both), top line first."""
    taken: set[int] = set()
    edge = 0.0 if left_too else 0.45 * sheet.page.width
    segments = [s for s in spaced_capitals(sheet) if s.middle > below and s.centre > edge and not _issues(sheet, s)]
    for index, segment in enumerate(segments):
        if index in taken or not _is_title_line(segment):
            continue
        block = [segment]
        for later, other in enumerate(segments[index + 1 :], index + 1):
            close = 0 < other.middle - block[-1].middle < 2.6 * max(sheet.line_height, segment.height)
            beside = abs(other.centre - segment.centre) < 0.12 * sheet.page.width
            if close and beside and (_is_title_line(other) or _goes_on(block[-1], other)):
                block.append(other)
                taken.add(later)
        yield block


def _issues(sheet: Sheet, segment: Segment) -> bool:
    """The centred line under the title that names who decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN …"); signatures stand on the right."""
    return abs(segment.centre - sheet.centre) < _CENTRED * sheet.page.width and _names_position_and_agency(segment.text)


def _is_title_line(segment: Segment) -> bool:
    if len(segment.text) > 60 or not is_capitals(segment.text, least=0.6):
        return False
    marked = AUTHORITY.match(segment.key)
    if marked is not None and len(letters(marked["rest"])) >= 4:
        return True
    if _listed_position(segment.text) is not None or starts_with(segment.text, "ĐẠI DIỆN", least=88):
        return True
    return _names_position_and_agency(segment.text)


def _names_position_and_agency(text: str) -> bool:
    """Heads of joint and normative papers name their body on one line ("CHỦ TỊCH QUỐC HỘI", "BỘ TRƯỞNG BỘ NỘI VỤ")."""
    words = text.split()
    return any(" ".join(words[:count]) in POSITIONS and begins_as_agency(" ".join(words[count:])) for count in (2, 3, 4))


def _goes_on(before: Segment, segment: Segment) -> bool:
    """The second line of a long position: capitals right below an authority line ("TM. ỦY BAN NHÂN DÂN" / "TỈNH …").

    Signers of joint papers name their agency under their position (mục II.7.b: "GIÁM ĐỐC" / "SỞ TÀI CHÍNH").
    """
    if _listed_position(before.text) is not None and is_capitals(segment.text, least=0.9) and begins_as_agency(segment.text):
        return True
    return AUTHORITY.match(before.key) is not None and is_capitals(segment.text, least=0.9) and len(letters(segment.text)) >= 6


def _listed_position(text: str) -> str | None:
    """The listed position that a line is, or ends with behind specks; the longest that fits."""
    shown = letters(text)
    best: tuple[float, str] | None = None
    for position in POSITIONS:
        wanted = letters(position)
        if not len(wanted) - 2 <= len(shown):
            continue
        whole = fuzz.ratio(shown, wanted)
        if whole >= 82 and (best is None or whole > best[0]):
            best = (whole, position)
    if best is not None:
        return best[1]
    if shown in _FRAGMENTS:
        return _FRAGMENTS[shown]
    for ending, position in _ENDINGS.items():
        if shown.endswith(ending) and len(shown) <= len(letters(position)) + 1:
            return position
    tails = [p for p in POSITIONS if len(p) > 7 and shown.endswith(letters(p)) and len(shown) <= len(letters(p)) + 6]
    return max(tails, key=len) if tails else None


def _worth(lines: Sequence[Segment]) -> float:
    marked = sum(AUTHORITY.match(line.key) is not None for line in lines)
    return min(2, len(lines)) + marked


def _position(block: Sequence[Segment]) -> tuple[str | None, tuple[Segment, ...], float]:
    """The last line without an authority mark; under KT. a smudged one is the deputy of the head that KT. names."""
    marks = [AUTHORITY.match(line.key) for line in block]
    deputised = next((line for line, mark in zip(block, marks, strict=True) if mark and mark["mark"][0] == "k"), None)
    own = [line for line, mark in zip(block, marks, strict=True) if mark is None and _is_title_line(line)]
    if deputised is not None:
        head = _without_mark(deputised)
        deputy = DEPUTIES.get(head, f"PHÓ {head}")
        if not own:
            # Điều 13.2: KT. is signed by the deputy; the line itself could not be read.
            return (deputy, (deputised,), 0.4) if head in POSITIONS else (None, (), 0.0)
        listed = _listed_position(own[-1].text)
        if listed == head and deputy in POSITIONS:
            return deputy, (own[-1],), 0.7
        return _spelt(own[-1]), (own[-1],), 0.95
    if own:
        return _spelt(own[-1]), (own[-1],), 0.95
    named = next((line for line, mark in zip(block, marks, strict=True) if mark and mark["mark"] not in {"tm", "t/m"}), None)
    if named is not None and key(named.text).lstrip("\"' .-").startswith("q"):
        return _without_mark(named), (named,), 0.9
    return None, (), 0.0


def _without_mark(line: Segment) -> str:
    marked = AUTHORITY.match(line.key)
    rest = line.text[marked.start("rest") :] if marked else line.text
    return _listed_position(rest) or respell(rest.strip(" .,;:"))


def _spelt(line: Segment) -> str:
    """A listed position in its right spelling; the tone placement of print is the same in all of them."""
    return _listed_position(line.text) or respell(line.text.strip(" .,;:-'`"))
