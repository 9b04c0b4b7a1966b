"""Is a page blank? In: the cleaned page and what the engine read on this side of it. Out: a verdict, or None.

Faint print must never count as blank and show-through must never count as print, so ink alone does not decide: a page is blank when
there is little ink *and* the engine found no word it believes in, after `ocr.show_through` took away what shows from the back.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from dossier.model import Line, PageKind, Verdict
from ocr.cleaning.components import measured
from ocr.intake.rendering import Pixels
from ocr.show_through import SideReading

_DARK = 128
_MARGIN_MM = 8.0
"""Scan borders and staples lie in this margin."""
_WORK_DPI = 150
_SPECK_MM = 0.6
_HOLE_MM, _HOLE_SOLID, _HOLE_FROM_EDGE_MM = (4.0, 8.5), (0.68, 0.9), 20.0
"""A punch hole (ISO 838: 6 mm, its middle 12 mm from the edge): sides, share of its box that is dark (a disc: 0.785), place."""
_MOST_INK_MM2 = 60.0
"""Dark area of a page with about one line of print of size 14; less is dirt."""
_BELIEVED = 0.6
_BELIEVED_SHARE = 0.4
"""Of faint print nearly every word is believed, of show-through a few by chance (mirrored letters look like others)."""


def judge_blank(grey: Pixels, side: SideReading, *, dpi: int) -> Verdict | None:
    """A verdict when the page carries neither believable words nor ink worth a look."""
    words, believed = _words(side.lines)
    if believed >= max(2.0, _BELIEVED_SHARE * words):
        return None
    ink = ink_area(grey, dpi=dpi)
    if ink >= _MOST_INK_MM2:
        return None
    evidence = {
        "ink_mm2": round(ink, 1),
        "words": float(words),
        "believed_words": float(believed),
        "shown_through_lines": float(side.dropped),
        "letters": round(side.letters, 1),
        "mirrored_letters": round(side.mirrored_letters, 1),
    }
    return Verdict(PageKind.BLANK, round(1.0 - 0.5 * ink / _MOST_INK_MM2 - 0.1 * min(1, believed), 2), evidence)


def _words(lines: Sequence[Line]) -> tuple[int, int]:
    """How many words were read, and how many of them are believed."""
    words = [word for line in lines for word in line.words]
    believed = [word for word in words if word.confidence >= _BELIEVED and sum(letter.isalnum() for letter in word.text) >= 2]
    return len(words), len(believed)


def ink_area(grey: Pixels, *, dpi: int) -> float:
    """Dark area inside the margins in square millimetres, without specks, punch holes and what the scan's border lets in."""
    margin = round(_MARGIN_MM / 25.4 * dpi)
    inner = grey[margin:-margin, margin:-margin]
    if inner.size == 0:
        return 0.0
    scale = min(1.0, _WORK_DPI / dpi)
    small = cv2.resize(inner, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else inner
    millimetre = scale * dpi / 25.4
    dark = (small < _DARK).astype(np.uint8)
    _, stats = measured(dark)
    left, top, wide, high, area = stats[1:].T
    sides = np.maximum(wide, high)
    border = (left == 0) | (top == 0) | (left + wide == dark.shape[1]) | (top + high == dark.shape[0])
    least, most = (limit * millimetre for limit in _HOLE_MM)
    solid = area / np.maximum(wide * high, 1)
    shape = (np.minimum(wide, high) >= least) & (sides <= most) & (solid >= _HOLE_SOLID[0]) & (solid <= _HOLE_SOLID[1])
    reach = _HOLE_FROM_EDGE_MM * millimetre
    beside = np.minimum(np.minimum(left, dark.shape[1] - left - wide), np.minimum(top, dark.shape[0] - top - high)) <= reach
    counted = (sides >= _SPECK_MM * millimetre) & ~border & ~(shape & beside)
    return float(area[counted].sum()) / millimetre**2
