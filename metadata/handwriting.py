"""Bút tích: notes written by hand on a document, not its signature (TT 05/2025/TT-BNV PL, field autograph).

In: the sheets of a document with everything on them. Out: where notes are, as far as words and geometry can tell, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Box, Found, Ink, PageKind
from metadata.layout import Segment, Sheet, found
from metadata.signer import signature_blocks

PRESENT = "Có bút tích"
WHOLE_PAGE = "Trang viết tay"

_UNREAD = 0.5
"""Pen is read with less confidence than this by an engine that was trained on print."""

_LEAST = 2
"""So many scraps outside the print are no dirt."""


def autograph_of(sheets: Sequence[Sheet]) -> Found | None:
    """A page known to be written by hand, or else scraps in the margins that no print explains."""
    for sheet in sheets:
        verdict = next((v for v in sheet.page.verdicts if v.kind is PageKind.HANDWRITTEN), None)
        if verdict is not None:
            whole = Box(0, 0, sheet.page.width, sheet.page.height)
            return Found(WHOLE_PAGE, sheet.page.id, whole, round(verdict.confidence, 3), "tt05.autograph.page")
    for sheet in sheets:
        scraps = [segment for segment in sheet.segments if _is_scrap(sheet, segment)]
        if len(scraps) >= _LEAST:
            note = found(sheet, PRESENT, scraps, strength=1.0, source="tt05.autograph.margin")
            return Found(note.value, note.page_id, note.box, 0.5, note.source)
    return None


def _is_scrap(sheet: Sheet, segment: Segment) -> bool:
    """Hardly read, in no stamp's ink, in the margins or over the head: where nothing is printed."""
    if segment.confidence >= _UNREAD or segment.ink is Ink.RED or segment.height < 0.6 * sheet.line_height:
        return False
    if sum(letter.isalpha() for letter in segment.text) < 2:
        return False
    edge = 0.02 * sheet.page.width
    beside = segment.box.x1 < sheet.left - edge or segment.box.x0 > sheet.right + edge
    over = sheet.high(segment) < 0.05
    return (beside or over) and not _signs(sheet, segment)


def _signs(sheet: Sheet, segment: Segment) -> bool:
    """The room of a signature: right of the middle, below a position."""
    return segment.centre > 0.4 * sheet.page.width and any(
        0 < segment.middle - block[-1].middle < 14 * sheet.line_height for block in signature_blocks(sheet, below=0.0)
    )
