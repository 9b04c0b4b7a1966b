"""Bản chính or a copy: sao y, sao lục, trích sao (NĐ 30/2020 Điều 3, 25 and 26, PL I Phần II; ô 14; PL III mẫu 3.1).

In: the sheets of a document with everything printed on them, and its signature. Out: the mode with its evidence, and where the
block of the copying agency begins: its number, date and signer are never those of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Found
from metadata.closings.signer import signature_blocks
from metadata.pressed.digital_signatures import overlaid
from metadata.sheets.anchors import is_capitals, letters
from metadata.sheets.layout import Segment, Sheet, arranged, found

MAIN_COPY = "Bản chính"
FORMS = {"saoy": "Sao y", "sy": "Sao y", "saoluc": "Sao lục", "sl": "Sao lục", "trichsao": "Trích sao", "trs": "Trích sao"}
COPY = "Bản sao"
"""A copy that does not say of which form (certified copies of civil papers)."""

_STAMP = re.compile(
    r"^\W*(?:(?P<form>sao\s?y|sao\s?luc|trich\s?sao|ban\s?sao)(?:\s(?:tu\s)?ban)?(?:\s(?:chinh|goc))?"
    r"|chung thuc ban sao.{0,30})\W*$"
)
_OVERLAID = re.compile(r"^\W*(?P<form>sao\s?y|sao\s?luc|trich\s?sao)\b")
_NUMBER = re.compile(r"^\W*s[o06]\W{0,3}\s*\w{0,6}\s?/\s?(?P<form>sy|sl|trs)\s?-")


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What says that a document is a copy; on sheet number `sheet` the copying agency's block begins at `block_top` pixels."""

    mode: Found
    sheet: int
    block_top: float | None


def copy_mark_of(sheets: Sequence[Sheet]) -> CopyMark | None:
    """The first mark of a copy: that of a digital signature (ô 14), a stamp, or the block with a number of its own (mẫu 3.1)."""
    for number, sheet in enumerate(sheets):
        for segment in overlaid(sheet).segments:
            signed = _OVERLAID.match(segment.key)
            if signed is not None:
                return CopyMark(found(sheet, _form(signed["form"]), [segment], strength=0.97, source="nd30.o14.copy"), number, None)
        for segment in sheet.segments:
            stamped = _STAMP.match(segment.key)
            if stamped is not None and is_capitals(segment.text, least=0.8):
                mode = found(sheet, _form(stamped["form"]), [segment], strength=0.93, source="nd30.d25.copy")
                return CopyMark(mode, number, _block_top(sheet, segment))
            numbered = _NUMBER.match(segment.key)
            if numbered is not None:
                mode = found(sheet, _form(numbered["form"]), [segment], strength=0.88, source="nd30.pl3.copy-number")
                return CopyMark(mode, number, _top_of_block(sheet, segment))
    return None


def _form(matched: str | None) -> str:
    return FORMS.get((matched or "").replace(" ", ""), COPY)


def _block_top(sheet: Sheet, mark: Segment) -> float | None:
    """The height of the copying agency's block: from its own head, or from a stamp below the document's own signature."""
    numbered = next((segment for segment in sheet.segments if _NUMBER.match(segment.key)), None)
    if numbered is not None:
        return _top_of_block(sheet, numbered)
    signed_above = any(block[-1].middle < mark.middle for block in signature_blocks(sheet, below=0.0))
    return mark.middle - 0.6 * sheet.line_height if signed_above else None


def _top_of_block(sheet: Sheet, number: Segment) -> float:
    """Height of the first line of the agency's name that stands over the copy's number."""
    top = number
    above = [s for s in sheet.segments if s.middle < number.middle and s.centre < 0.5 * sheet.page.width]
    for segment in reversed(above):
        if top.middle - segment.middle > 3.2 * sheet.line_height or not is_capitals(segment.text, least=0.85):
            break
        top = segment
    return top.middle - 0.6 * sheet.line_height


def mode_of(mark: CopyMark | None, signed: Found | None) -> Found | None:
    """The form of copy; a paper with a signature and without such a mark is taken for a bản chính (Điều 3 khoản 8)."""
    if mark is not None:
        return mark.mode
    if signed is None:
        return None
    return Found(MAIN_COPY, signed.page_id, signed.box, round(0.7 * signed.confidence, 3), "nd30.d3.signed")


def without_copy_block(sheets: Sequence[Sheet], mark: CopyMark | None) -> list[Sheet]:
    """The document's own sheets: what stands under the head of the copying agency is left out, and its later sheets too."""
    if mark is None or mark.block_top is None:
        return list(sheets)
    whole = sheets[mark.sheet]
    above = [segment for segment in whole.segments if segment.middle < mark.block_top]
    own = list(sheets[: mark.sheet])
    if own and not any(letters(segment.text).strip("0123456789") for segment in above):  # a page number at most
        return own
    return [*own, arranged(whole.page, above)]
