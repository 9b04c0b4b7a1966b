"""Tesseract's table of words (TSV). In: the table as text and the sizes of the images. Out: lines, or words image by image.

Whatever is not what Tesseract writes raises `ValueError`: an engine that talks nonsense must not become a page of nonsense.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from dossier.model import Box, Line, Word, enclosing

_WORD_LEVEL = 5
_HEAD = ["level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height", "conf", "text"]
"""Columns of Tesseract's table, one row a page, block, paragraph, line and word."""


def lines_of(table: str, *, page: Box) -> tuple[Line, ...]:
    """Words of the table of one page, line by line.

    Raises:
        ValueError: when the table is not one that Tesseract writes.
    """
    lines = []
    for _, group in groupby(_word_rows(table), key=lambda row: row[1:5]):
        line = tuple(_word(row, page=page) for row in group)
        lines.append(Line(box=enclosing(word.box for word in line), words=line))
    return tuple(lines)


def words_of(table: str, *, images: Sequence[Box]) -> tuple[tuple[Word, ...], ...]:
    """Words of every image of a list, none for an image without any.

    Raises:
        ValueError: when the table is not one that Tesseract writes for so many images.
    """
    words: list[list[Word]] = [[] for _ in images]
    for row in _word_rows(table):
        number = int(row[1])
        if not 1 <= number <= len(images):
            raise ValueError(f"TSV: image {number} of {len(images)}")
        words[number - 1].append(_word(row, page=images[number - 1]))
    return tuple(map(tuple, words))


def _word_rows(table: str) -> list[list[str]]:
    head, *rows = [row.split("\t") for row in table.rstrip("\n").split("\n")]
    if head != _HEAD:
        raise ValueError("TSV: no head")
    for row in rows:
        if len(row) != len(_HEAD):
            raise ValueError(f"TSV: {len(row)} columns")
    return [row for row in rows if int(row[0]) == _WORD_LEVEL and _letters(row)]


def _word(row: Sequence[str], *, page: Box) -> Word:
    left, top, width, height = (int(cell) for cell in row[6:10])
    box = Box(left, top, min(left + width, page.x1), min(top + height, page.y1))
    confidence = float(row[10]) / 100
    if not -0.02 <= confidence <= 1.01:  # Tesseract says -1 where it has none; nan fails as well
        raise ValueError(f"TSV: confidence {row[10]}")
    return Word(text=_letters(row), box=box, confidence=min(max(confidence, 0.0), 1.0))


def _letters(row: Sequence[str]) -> str:
    """Text of a word, NFC, without control characters, which would break pages of text (form feed) and XML."""
    return unicodedata.normalize("NFC", "".join(letter for letter in row[11] if letter.isprintable())).strip()
