"""Marks of digital signatures (hình thức chữ ký số: "Ký bởi:", "Thời gian ký:") apart from the text of the page.

In: lines of the page, and the lines that annotations draw over it. Out: the lines of the page without the marks, and the marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from dossier.model import Box, Line, Word, enclosing
from dossier.text import fold
from dossier.text.syllables import is_syllable

_ANCHORS = re.compile(
    r"^(?:ky boi\b|nguoi ky:|(?:thoi gian|ngay|gio) ky:|signature (?:not verified|valid)|digitally signed|signed by:|date: \d{4}\.)"
)
"""Beginnings of lines that stand in marks of signatures; folded."""
_MOMENT = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4},? \d{1,2}:\d{2}:\d{2}|[+-]\d{2}:?00\b|^\d{1,2}:\d{2}:\d{2}")
"""The second of signing, or its time zone: nobody prints these on paper."""
_COMPANIONS = re.compile(r"^(?:co quan|to chuc|don vi|email|ly do|dia diem|chuc vu|sao y|reason|location|cn=|o=|ou=)\b|@\S+\.\S+$")
_NEAR = 1.6
"""Lines of one mark lie at most so many of their heights apart, and begin at most so many apart."""
_MOST_LINES = 8
_ALIKE = 60


def part_marks(lines: Sequence[Line], overlay: Sequence[Line] = ()) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a page without marks of digital signatures, and the marks.

    Args:
        lines: what was read on the page.
        overlay: what annotations draw over it, known letter by letter: words that were read there and are theirs give way to it.
    """
    own = _without_known(lines, overlay) if overlay else list(lines)
    marks = _recognised(own)
    return tuple(line for line in own if line not in marks), (*overlay, *marks)


def _without_known(lines: Sequence[Line], overlay: Sequence[Line]) -> list[Line]:
    kept = []
    for line in lines:
        words = tuple(word for word in line.words if not _is_known(word, line, overlay))
        if len(words) == len(line.words):
            kept.append(line)
        elif any(letter.isalnum() for word in words for letter in word.text):
            kept.append(replace(line, words=words, box=enclosing(word.box for word in words)))
    return kept


def _is_known(word: Word, line: Line, overlay: Sequence[Line]) -> bool:
    """Whether a word that was read is one of the overlay: there, and alike; what is no syllable there is its print, misread."""
    x, y = word.box.centre
    for mark in overlay:
        slack = mark.box.height // 2
        if mark.box.x0 - slack <= x <= mark.box.x1 + slack and mark.box.y0 - slack // 2 <= y <= mark.box.y1 + slack // 2:
            text = fold(word.text)
            near = max((fuzz.ratio(text, fold(other.text)) for other in mark.words), default=0.0)
            whole = fuzz.ratio(fold(line.text), fold(mark.text))
            return near >= _ALIKE or whole >= _ALIKE or not is_syllable(text.strip(".,:;"))
    return False


def _recognised(lines: Sequence[Line]) -> list[Line]:
    """Lines of marks that are part of the picture or of the page's own text: an anchor and what stands with it."""
    texts = {index: fold(line.text).strip() for index, line in enumerate(lines)}
    anchors = [index for index, text in texts.items() if _ANCHORS.search(text) or _MOMENT.search(text)]
    found: set[int] = set()
    for anchor in anchors:
        block = _block(anchor, lines)
        told = [index for index in block if index in anchors or _COMPANIONS.search(texts[index])]
        if not any(_MOMENT.search(texts[index]) for index in block) and len(told) < 2:
            continue  # "Người ký: ..." alone may stand in a form
        rows = [lines[index].box.y0 for index in told]
        found.update(index for index in block if min(rows) <= lines[index].box.y0 <= max(rows))
    return [lines[index] for index in sorted(found)]


def _block(anchor: int, lines: Sequence[Line]) -> set[int]:
    """Lines that stand close above and below one another with the anchor, with about the same left edge."""
    block = {anchor}
    grown = True
    while grown and len(block) < _MOST_LINES:
        grown = False
        for index, line in enumerate(lines):
            if index not in block and any(_stand_together(line.box, lines[other].box) for other in block):
                block.add(index)
                grown = True
    return block


def _stand_together(one: Box, other: Box) -> bool:
    height = min(one.height, other.height)
    if height == 0 or max(one.height, other.height) > 2 * height:
        return False
    gap = max(one.y0, other.y0) - min(one.y1, other.y1)
    return gap <= _NEAR * height and abs(one.x0 - other.x0) <= _NEAR * height * 2
