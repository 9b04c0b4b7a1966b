"""Bút tích: notes written by hand on a document, not its signature (TT 05/2025/TT-BNV PL, field autograph).

In: the sheets of a document with everything on them. Out: where notes are, as far as words and geometry can tell, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.model import Box, Found, Ink, PageKind, enclosing
from dossier.text.syllables import is_syllable
from metadata.sheets.layout import Segment, Sheet

WHOLE_PAGE = "Trang viết tay"

_SURE = 0.6
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 2
"""So many lines outside the print are no dirt."""

_LEFT_MARGIN, _RIGHT_MARGIN = 0.17, 0.1
"""Widest margins (PL I mục I: 35 and 20 mm of 210) as shares of the page's width: an indented list leaves more free."""

_BELOW_HEAD = 0.25
"""Stamps and marks of signatures stand over this share of the page's height, beside the head."""


def autograph_of(sheets: Sequence[Sheet]) -> Found | None:
    """A page known to be written by hand, or else lines of words in the margins, where nothing is printed."""
    for sheet in sheets:
        verdict = next((v for v in sheet.page.verdicts if v.kind is PageKind.HANDWRITTEN), None)
        if verdict is not None:
            whole = Box(0, 0, sheet.page.width, sheet.page.height)
            return Found(WHOLE_PAGE, sheet.page.id, whole, round(verdict.confidence, 3), "tt05.autograph.page")
    for sheet in sheets:
        notes = _marginal(sheet)
        if len(notes) >= _LEAST:
            box = enclosing(segment.box for segment in notes)
            return Found(" ".join(note.text for note in notes), sheet.page.id, box, _SURE, "tt05.autograph.margin")
    return None


def _marginal(sheet: Sheet) -> list[Segment]:
    """Words left or right of all long lines of the page, in black: seals reach out of the text, but they are red."""
    long = [s for s in sheet.segments if s.box.width > 0.4 * sheet.page.width]
    if len(long) < _LEAST:
        return []
    edge, wide = 0.005 * sheet.page.width, sheet.page.width
    left = min(_LEFT_MARGIN * wide, *(s.box.x0 - edge for s in long))
    right = max((1 - _RIGHT_MARGIN) * wide, *(s.box.x1 + edge for s in long))
    return [
        segment
        for segment in sheet.segments
        if (segment.box.x1 < left or segment.box.x0 > right)
        and sheet.high(segment) > _BELOW_HEAD
        and segment.ink is not Ink.RED
        and segment.height > 0.6 * sheet.line_height
        and _is_writing(segment)
    ]


def _is_writing(segment: Segment) -> bool:
    """Letters of at least one syllable: dirt and holes are read as signs and single letters."""
    return any(is_syllable(word) and len(word) > 1 for word in _WORD.findall(segment.text.lower()))
