"""Titles of papers: of administrative documents (NĐ 30/2020 Điều 7; ô 5a) and of papers that people and parties write.

In: the sheet of a page. Out: whether a title stands where a paper begins.
"""

from __future__ import annotations

import re

from metadata.heads.document_types import DOCUMENT_TYPES, OFFICIAL_LETTER
from metadata.sheets.anchors import is_capitals, key
from metadata.sheets.layout import Sheet

_CIVIL_TITLES = (
    "don", "giay", "to khai", "ban khai", "ban cam ket", "ban tuong trinh", "ban kiem diem", "so yeu ly lich", "ly lich", "phieu",
    "trich luc", "di chuc", "hop dong", "phu luc hop dong", "bang tot nghiep", "chung chi", "hoc ba", "van ban", "loi chung",
    "bao cao", "thu moi", "giay moi", "bia ho so", "ho so", "muc luc", "luat", "nghi dinh", "thong tu",
)  # fmt: skip
_NAMES = tuple(sorted({key(kind.name) for kind in DOCUMENT_TYPES if kind is not OFFICIAL_LETTER} | set(_CIVIL_TITLES)))
_NAME_LETTERS = frozenset(name.replace(" ", "") for name in _NAMES)
"""Titles of papers, folded; a typewriter spaces their letters out."""
_TITLE_ZONE = 0.4
_FIRST_ARTICLE = re.compile(r"^\W*dieu\s?[1i]\b")


def has_title(sheet: Sheet) -> bool:
    """A short line in capitals in the middle, above the text, that begins with the name of a kind of paper.

    "QUYẾT ĐỊNH:" before "Điều 1" is no title: it parts the grounds of a decision from its articles, also on its second page.
    """
    for segment, below in zip(sheet.segments, (*sheet.segments[1:], None), strict=False):
        if sheet.high(segment) > _TITLE_ZONE:
            return False
        if segment.box.width > 0.75 * (sheet.right - sheet.left) and not is_capitals(segment.text):
            return False  # running text begins
        middle = abs(segment.centre - 0.5 * sheet.page.width) < 0.14 * sheet.page.width
        decides = segment.text.endswith(":") or (below is not None and _FIRST_ARTICLE.match(below.key))
        if middle and not decides and is_capitals(segment.text, least=0.85) and _names_a_paper(segment.key):
            return True
    return False


def _names_a_paper(shown: str) -> bool:
    text = shown.strip(" .:-_\"'")
    if all(len(word) <= 2 for word in text.split()):
        return text.replace(" ", "") in _NAME_LETTERS
    return any(text.startswith(name) and (len(text) == len(name) or text[len(name)] in " ,:(") for name in _NAMES)
