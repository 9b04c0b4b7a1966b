"""Red stamps of the head that say how fast a document travels (NĐ 30/2020 PL I mục III.2, ô 10b), and how stamps are compared.

In: a `Sheet`. Out: the mức độ khẩn with its place, or None.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from dossier.model import Found, Ink, Priority
from metadata.sheets.anchors import is_capitals, key
from metadata.sheets.layout import Sheet, found

STAMP_ZONE = 0.45
"""Urgency marks and doubtful red ones stand above this share of the page's height (ô 10 and around it)."""

OTHER_STAMPS = ("hoatoc", "thuongkhan", "khan", "den", "congvanden", "so", "ngay", "chuyen", "vanthu", "saoy")
"""Letters of stamps that are no mark of secrecy."""

_PRIORITY_KEYS = (
    ("hoatochengio", Priority.IMMEDIATE),
    ("hoatoc", Priority.IMMEDIATE),
    ("thuongkhan", Priority.VERY_URGENT),
    ("khan", Priority.URGENT),
)
_GLYPHS = str.maketrans(
    {"4": "a", "@": "a", "0": "o", "1": "i", "7": "t", "!": "i", "|": "", "6": "o", "8": "a", "ø": "o", "€": "e", "©": "o"}
)


def mark_letters(text: str) -> str:
    """Letters of a stamp, with digits and signs that stand for letters put back and its frame taken off."""
    return re.sub(r"[^a-z]", "", key(text).translate(_GLYPHS))


def priority_mark(sheet: Sheet) -> Found | None:
    """The urgency mark in the upper part of a first page, or None."""
    for segment in sheet.segments:
        shown = mark_letters(segment.text)
        if sheet.high(segment) > STAMP_ZONE or len(shown) > 16:
            continue
        for wanted, priority in _PRIORITY_KEYS:
            alike = fuzz.ratio(shown, wanted)
            red = segment.ink is Ink.RED
            if (red and alike >= 65) or (is_capitals(segment.text) and alike >= (80 if len(wanted) > 4 else 100)):
                return found(sheet, priority.value, [segment], strength=alike / 100, source="nd30.o10b.stamp")
    return None
