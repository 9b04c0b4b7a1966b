"""Fixed wording of administrative papers and how to find it again after OCR.

In: text as read. Out: `key`, a folded copy of the same length, and fuzzy places of known phrases in it. All comparing is
done on keys: case, tones and marks are what a scan loses first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from dossier.text import fold

STATE_NAMES: tuple[str, ...] = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "VIỆT NAM DÂN CHỦ CỘNG HÒA",
    "CỘNG HÒA MIỀN NAM VIỆT NAM",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
)
"""Quốc hiệu (NĐ 30/2020 PL I, ô 1) since 1976, in the North 1945-1976, in the South 1969-1976; Party papers bear the last."""

UNION_NAMES: tuple[str, ...] = ("ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH")
"""What papers of the youth union bear in the place of the state's name; at the left it is part of an agency's name."""

UNION_LIKENESS = 88
"""Least likeness of these: "THÀNH PHỐ HỒ CHÍ MINH" ends alike."""

MOTTOS: tuple[str, ...] = (
    "Độc lập - Tự do - Hạnh phúc",
    "Độc lập - Dân chủ - Hòa bình - Trung lập",
)
"""Tiêu ngữ (NĐ 30/2020 PL I, ô 1) of the same states."""

ANCHOR_LIKENESS = 78
"""Least likeness (0-100) of a long anchor: a third of the letters may be wrong only in the longest ones."""

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LOWER = f"a-z{_MARKED}"
UPPER = f"A-Z{_MARKED.upper()}"
"""Letters for character classes of patterns: small and capital ones alternate in Unicode, so that no range holds only one kind."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Fold `text` (lower case, no marks, đ -> d) so that position i stays position i, also where folding changes lengths."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(fold(letter)[:1] or " " for letter in text)


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """Key of `text` without anything but letters and digits, so that spaced-out capitals compare too."""
    return _NOT_LETTERS.sub("", key(text))


def likeness(text: str, phrase: str) -> float:
    """How alike (0-100) two texts are when only their letters count."""
    return fuzz.ratio(letters(text), letters(phrase))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a text (character positions) a phrase was found and how alike (0-100) it is."""

    start: int
    end: int
    likeness: float


def locate(text: str, phrase: str, *, least: float = ANCHOR_LIKENESS) -> Place | None:
    """Find `phrase` somewhere in `text`, or None when nothing in it is at least that alike."""
    shown, wanted = key(text), key(phrase)
    if len(shown) < 0.7 * len(wanted):
        return None
    found = fuzz.partial_ratio_alignment(wanted, shown, score_cutoff=least)
    if found is None or len(shown) < len(wanted) * least / 100:
        return None
    return Place(found.dest_start, found.dest_end, found.score)


def starts_with(text: str, phrase: str, *, least: float = 80) -> bool:
    """Tell whether the first letters of `text` are `phrase`."""
    wanted = letters(phrase)
    shown = letters(text)[: len(wanted)]
    return len(shown) >= len(wanted) - 1 and fuzz.ratio(shown, wanted) >= least


def after_letters(text: str, count: int) -> int:
    """Position in `text` after its first `count` letters or digits."""
    for position, letter in enumerate(key(text)):
        if letter.isalnum():
            count -= 1
            if count == 0:
                return position + 1
    return len(text)


def is_capitals(text: str, *, least: float = 0.7) -> bool:
    """Tell whether most letters of `text` are capitals (and there are at least two letters)."""
    cased = [letter for letter in text if letter.isalpha()]
    return len(cased) >= 2 and sum(letter.isupper() for letter in cased) >= least * len(cased)
