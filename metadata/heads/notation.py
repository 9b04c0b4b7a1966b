"""Puts a ký hiệu right from what it must be made of (NĐ 30/2020 PL I mục II.3: abbreviation of the type - of the agency).

In: the notation as read, the printed type, the issuing agency. Out: the notation where only look-alike letters changed.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from metadata.heads.document_types import DOCUMENT_TYPES, DocumentType
from metadata.sheets.anchors import key

_SMALL_WORDS = frozenset({"và", "của", "về", "cho", "các", "thuộc"})
_PEOPLES = (("ủy ban nhân dân", ("UBND", "UB")), ("hội đồng nhân dân", ("HĐND",)))


def settled_notation(notation: str, *, kind: DocumentType | None, organ_name: str | None) -> str:
    """Repair the first part by the printed type and the part after "-" by the agency's initials."""
    pieces = _pieces(notation, organ_name)
    position = 2 if re.fullmatch(r"(?:19|20)\d\d", pieces[0]) and len(pieces) > 2 else 0
    if kind is not None and kind.abbreviations and len(pieces) > position + 1:
        pieces[position] = _nearest(pieces[position], kind.abbreviations) or _cut_short(pieces[position], kind) or pieces[position]
    elif kind is None and len(pieces) > 1:
        known = tuple(a for k in DOCUMENT_TYPES for a in k.abbreviations)
        pieces[position] = pieces[position] if pieces[position] in known else _unaccented(pieces[position], known)
    if organ_name is not None:
        shorts = agency_abbreviations(organ_name)
        for index in range(0, len(pieces), 2):
            if index != position or not (kind and kind.abbreviations):
                pieces[index] = _nearest(pieces[index], shorts) or pieces[index]
    return "".join(pieces)


def _cut_short(part: str, kind: DocumentType) -> str | None:
    """The printed type's abbreviation when a letter of it was lost ("H" of KH); not when the part is another type's."""
    if any(part in other.abbreviations for other in DOCUMENT_TYPES):
        return None
    return next((a for a in kind.abbreviations if len(part) == len(a) - 1 and Levenshtein.distance(key(part), key(a)) == 1), None)


def _pieces(notation: str, organ_name: str | None) -> list[str]:
    """Parts and the joints between them; a space inside the agency's initials is the engine's."""
    pieces = re.split(r"(\s?[-/]+\s?|\s)", notation)
    shorts = [key(short) for short in agency_abbreviations(organ_name)] if organ_name else []
    if len(pieces) >= 3 and pieces[-2] == " " and (whole := _nearly(key(pieces[-3] + pieces[-1]), shorts)):
        pieces[-3:] = [whole.upper() if whole != key(pieces[-3] + pieces[-1]) else pieces[-3] + pieces[-1]]
    elif len(pieces) >= 3 and pieces[-2] == " " and len(pieces) > 3:
        pieces[-2:] = []
    return pieces


def _nearly(part: str, shorts: list[str]) -> str | None:
    return next((short for short in shorts if Levenshtein.distance(part, short) <= 1), None)


def _unaccented(part: str, known: tuple[str, ...]) -> str:
    same = {candidate for candidate in known if key(candidate) == key(part) and candidate != candidate.lower()}
    return same.pop() if len(same) == 1 else part


def _nearest(part: str, candidates: tuple[str, ...]) -> str | None:
    """The candidate that a part is, but for one misread letter (for the case and marks of any number of letters)."""
    if part in candidates:
        return part
    # One printed Đ is often read as two ("QĐÐ").
    folded = {key(part), re.sub(r"d{2,}", "d", key(part))}
    for candidate in candidates:
        if key(candidate) in folded:
            return candidate
    for candidate in candidates:
        if len(candidate) >= 2 and len(part) == len(candidate) and Levenshtein.distance(key(part), key(candidate)) <= 1:
            return candidate
        if len(candidate) >= 4 and key(part)[:-1] == key(candidate) and part[-1] in "IJl1":
            return candidate
    return None


def agency_abbreviations(organ_name: str) -> tuple[str, ...]:
    """Usual abbreviations of an agency: initials of its syllables with and without "và"; UBND and HĐND for the people's bodies."""
    lowered = organ_name.lower().replace("uỷ", "ủy")
    for name, shorts in _PEOPLES:
        if name in lowered and lowered.startswith(name):
            return shorts
    words = [word for word in re.split(r"[\s,\-–]+", organ_name) if word]
    named_after = _own_words(words)
    short = "".join(word[0].upper() for word in named_after if word.lower() not in _SMALL_WORDS)
    full = "".join(word[0].upper() for word in named_after)
    return tuple(dict.fromkeys(name for name in (short, full) if len(name) >= 3))


def _own_words(words: list[str]) -> list[str]:
    """Words of the name up to the place it serves ("… TỈNH CÀ MAU")."""
    for index, word in enumerate(words):
        if index >= 2 and word.lower() in {"tỉnh", "huyện", "quận", "xã", "phường"}:
            return words[:index]
    return words
