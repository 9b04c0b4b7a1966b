"""Ngôn ngữ of a document (NĐ 30/2020 PL VI, TT 05/2025/TT-BNV code table 01-11).

In: the sheets of a document. Out: the table's word for its language, or for the two that it is written in.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from dossier.model import Found, enclosing
from metadata.sheets.layout import Segment, Sheet

LANGUAGES: dict[str, str] = {
    "Việt": "01", "Anh": "02", "Pháp": "03", "Nga": "04", "Trung": "05", "Việt-Anh": "06", "Việt-Nga": "07", "Việt-Pháp": "08",
    "Hán Nôm": "09", "Việt-Trung": "10", "Khác": "11",
}  # fmt: skip
"""Name -> code of TT 05/2025/TT-BNV."""

SECOND_LANGUAGE = 0.2
"""A second language counts when it takes this share of the letters: a cited title or a name in English does not."""

_LEAST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE_ONLY = frozenset("ăâđêôơư") | {"\u0309", "\u0323"}
_ENGLISH = frozenset({
    "the", "of", "and", "for", "with", "shall", "this", "that", "by", "is", "are", "was", "be", "been", "as", "from", "which", "or",
    "under", "it", "its", "has", "have", "not", "at", "all", "any", "will", "between", "agreement", "party", "government",
    "ministry", "department", "article", "decision", "date", "number", "name",
})  # fmt: skip
_FRENCH = frozenset({
    "le", "les", "des", "du", "et", "une", "est", "dans", "pour", "par", "sur", "aux", "cette", "ce", "qui", "que", "avec", "sont",
    "ou", "ne", "pas", "son", "ses", "leur", "leurs", "être", "été", "à", "ministère", "gouvernement", "article", "décret",
    "arrêté",
})  # fmt: skip


def language_of(sheets: Sequence[Sheet]) -> Found | None:
    """The language of most letters, joined with a second one that takes its share; None with too few words to tell."""
    weights: Counter[str] = Counter()
    evidence: dict[str, tuple[Sheet, list[Segment]]] = {}
    for sheet, segment, language in _judged(sheets):
        weights[language] += len(segment.text)
        shown = evidence.setdefault(language, (sheet, []))
        if shown[0] is sheet:
            shown[1].append(segment)
    if not weights:
        return None
    whole = weights.total()
    ranked = [language for language, weight in weights.most_common() if weight >= SECOND_LANGUAGE * whole]
    first = ranked[0]
    pair = next((f"Việt-{other}" for other in ranked if "Việt" in ranked and f"Việt-{other}" in LANGUAGES), None)
    share = sum(weights[language] for language in (pair.split("-") if pair else [first])) / whole
    sheet, segments = evidence[first]
    box = enclosing(segment.box for segment in segments)
    # Many words tell a language together, so that it does not matter when some of them were misread.
    sure = round(share * (1 - 1 / (1 + sum(len(segment.words) for segment in segments))), 3)
    return Found(pair or first, sheet.page.id, box, sure, "tt05.language.words")


def _judged(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Segment, str]]:
    for sheet in sheets:
        for segment in sheet.segments:
            language = line_language(segment.text)
            if language is not None:
                yield sheet, segment, language


def line_language(text: str) -> str | None:
    """The language of one line, or None where it does not tell (numbers, names, capitals without marks)."""
    words = _WORD.findall(text.lower())
    if len(words) < _LEAST_WORDS:
        return None
    script = Counter(_script(word[0]) for word in words)
    for name, language in (("CYRILLIC", "Nga"), ("CJK", "Trung")):
        if script[name] > 0.5 * len(words):
            return language
    vietnamese = sum(_is_vietnamese(word) for word in words)
    if vietnamese >= 0.2 * len(words):
        return "Việt"
    counts = {"Anh": sum(word in _ENGLISH for word in words), "Pháp": sum(word in _FRENCH for word in words)}
    language = max(counts, key=lambda name: counts[name])
    return language if counts[language] >= max(1, 0.12 * len(words)) and vietnamese <= 1 else None


def _script(letter: str) -> str:
    return "LATIN" if letter < "\u0370" else unicodedata.name(letter, "").partition(" ")[0]


def _is_vietnamese(word: str) -> bool:
    """Letters that no other of these languages prints; a word such as "la" or "to" proves nothing."""
    return not word.isascii() and not _VIETNAMESE_ONLY.isdisjoint(_split(word))


def _split(word: str) -> set[str]:
    """The letters and the tones of a word: ạ and ả are Vietnamese, á and à are French too."""
    return set(word) | {mark for letter in word if not letter.isascii() for mark in unicodedata.normalize("NFD", letter)[1:]}
