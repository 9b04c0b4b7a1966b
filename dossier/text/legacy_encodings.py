"""Vietnamese text that was written in fonts from before Unicode: which encoding it is, and the same text in Unicode.

In: text as a file gives it ("Céng hßa x· héi chñ nghÜa") and the name of its font, if any. Out: the encoding and NFC text. Never
converts what is Vietnamese already: text that went through a table twice is as broken as text that never did.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from dossier.text.legacy_tables import TCVN3, VIQR, VISCII, VNI
from dossier.text.letters import has_marks
from dossier.text.syllables import is_syllable


class Encoding(StrEnum):
    """How text is encoded; `UNICODE` needs no table, only NFC (windows-1258 writes tones as combining characters)."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"
    VISCII = "viscii"
    VIQR = "viqr"


_TABLES = {Encoding.TCVN3: TCVN3, Encoding.VNI: VNI, Encoding.VISCII: VISCII, Encoding.VIQR: VIQR}
_LONGEST = {encoding: max(map(len, table)) for encoding, table in _TABLES.items()}
_FONTS = (
    (re.compile(r"(?i)^VNI"), Encoding.VNI),
    (re.compile(r"(?i)^\.?Vn"), Encoding.TCVN3),
    (re.compile(r"(?i)VISCII|^VI Times|^Vi(?:Times|Arial)"), Encoding.VISCII),
)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CAPITAL_FONT = re.compile(r"(?i)^\.?Vn[A-Z0-9_ ]*H(?:[- ,]|$)")
"""ABC fonts that draw small letters as capitals: .VnTimeH, .VnArialH, .VnTimeH-Bold."""
_WORD = re.compile(r"\S+")
_EDGES = "\"'“”‘’()[]{}<>«»…–—-_/\\*:;,.?!"
_SURER_BY = 0.15
"""How much larger the share of Vietnamese words must become before text without a telling font name is converted."""
_SOME = 0.03
_BEYOND_LATIN_1 = frozenset(letter for letter in VISCII.values() if ord(letter) > 0xFF)
_LIKELY = 0.75
"""Of Vietnamese text at least so many words of letters are syllables."""


def encoding_of_font(name: str) -> Encoding | None:
    """The encoding that a font's name tells (".VnTime", "ABCDEF+VNI-Times"), None when it tells nothing."""
    bare = _SUBSET.sub("", name)
    return next((encoding for pattern, encoding in _FONTS if pattern.search(bare)), None)


def draws_capitals(font: str) -> bool:
    """Whether a font of the ABC family shows small letters as capitals, so that only its name tells the case."""
    return _CAPITAL_FONT.search(_SUBSET.sub("", font)) is not None


def to_unicode(text: str, encoding: Encoding) -> str:
    """The text in Unicode, NFC; characters without a meaning in the encoding stay."""
    if encoding is Encoding.UNICODE:
        return unicodedata.normalize("NFC", text)
    table, longest = _TABLES[encoding], _LONGEST[encoding]
    shown = text if encoding is Encoding.VIQR else text.translate(_AS_CODES)
    out, place = [], 0
    while place < len(shown):
        width = next((n for n in range(longest, 0, -1) if shown[place : place + n] in table), 0)
        out.append(table[shown[place : place + width]] if width else shown[place])
        place += max(width, 1)
    decoded = unicodedata.normalize("NFC", "".join(out))
    return _HYPHENATED.sub(_with_horn, decoded) if encoding is Encoding.TCVN3 else decoded


def from_unicode(text: str, encoding: Encoding) -> str:
    """The text as a file in this encoding shows it; capitals that ABC fonts lack are written small."""
    if encoding is Encoding.UNICODE:
        return text
    codes = _codes_of(encoding)
    return "".join(codes.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def vietnamese_share(text: str) -> float:
    """Share of the words of letters in `text` that can be Vietnamese syllables, 0-1; 0 without such words."""
    words = [word for match in _WORD.finditer(text) if _is_wordlike(word := match.group().strip(_EDGES))]
    return sum(_is_vietnamese(word) for word in words) / len(words) if words else 0.0


def marked_share(text: str) -> float:
    """Share of the words of letters that carry a mark; of Vietnamese text more than half do."""
    words = [word for match in _WORD.finditer(text) if _is_wordlike(word := match.group().strip(_EDGES))]
    return sum(has_marks(word) for word in words) / len(words) if words else 0.0


def detect(text: str, *, font: str = "") -> Encoding:
    """The encoding of `text`: the font's name decides unless the text itself is Vietnamese already, then statistics do."""
    if _holds_vietnamese_letters(text):
        return Encoding.UNICODE
    before = vietnamese_share(unicodedata.normalize("NFC", text))
    named = encoding_of_font(font)
    if named is not None:
        return named if vietnamese_share(to_unicode(text, named)) >= before and _is_changed(text, named) else Encoding.UNICODE
    if before >= _LIKELY and marked_share(text) >= 0.3:
        return Encoding.UNICODE
    shares = {encoding: vietnamese_share(to_unicode(text, encoding)) for encoding in _TABLES}
    best = max(shares, key=shares.__getitem__)
    enough = shares[best] >= max(_LIKELY, before + _SURER_BY) and marked_share(to_unicode(text, best)) >= 0.3
    return best if enough else Encoding.UNICODE


def over_converted(text: str) -> bool:
    """Whether Unicode text went through a table of VNI or TCVN3 although it needed none: "Thơng tư cĩ hiệu lực", "cụng tỏc".

    Counts common syllables against what the tables make of them.
    """
    words = [match.group().strip(_EDGES).lower() for match in _WORD.finditer(unicodedata.normalize("NFC", text))]
    healthy, damaged = sum(word in _COMMON for word in words), sum(word in _damaged_forms() for word in words)
    return damaged >= 3 and damaged > 0.3 * healthy


def _holds_vietnamese_letters(text: str) -> bool:
    """Whether there are letters that only Unicode has; the old encodings show as Latin-1."""
    letters = [letter for letter in unicodedata.normalize("NFC", text) if letter.isalpha()]
    return sum(letter in _BEYOND_LATIN_1 for letter in letters) > _SOME * len(letters)


def _is_changed(text: str, encoding: Encoding) -> bool:
    return to_unicode(text, encoding) != unicodedata.normalize("NFC", text)


def _is_wordlike(word: str) -> bool:
    """Words that tell the language: not numbers, codes (12/QĐ-UBND) or abbreviations in capitals."""
    return (
        len(word) >= 2
        and not any(letter.isdigit() or letter in "/@.-" for letter in word)
        and not (word.isascii() and word.isupper() and not is_syllable(word))
    )


@lru_cache(maxsize=20_000)
def _is_vietnamese(word: str) -> bool:
    """A syllable written as people write: all small, all capital, or with a capital first."""
    return is_syllable(word) and (word.islower() or word.isupper() or word[1:].islower())


@lru_cache(maxsize=8)
def _codes_of(encoding: Encoding) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, letter in sorted(_TABLES[encoding].items(), key=lambda entry: (len(entry[0]), entry[0].swapcase())):
        if not unicodedata.combining(letter):
            codes.setdefault(letter, code)
    if encoding is Encoding.TCVN3:
        small = {letter: codes[letter.lower()] for letter in map(str.upper, list(codes)) if letter.lower() in codes}
        codes = codes | {letter: code for letter, code in small.items() if letter not in _ABC_CAPITALS}
    return codes


def _as_codes() -> dict[int, str]:
    """Characters that stand for a byte: windows-1252 for 80-9F, the private area where symbol fonts are put (F000-F0FF)."""
    found = {0xF000 + code: chr(code) for code in range(0x100)}
    for code in range(0x80, 0xA0):
        try:
            found[ord(bytes([code]).decode("cp1252"))] = chr(code)
        except UnicodeDecodeError:
            continue
    return found


_ABC_CAPITALS = frozenset("ĂÂÊÔƠƯĐ")
_AS_CODES = _as_codes()
_HYPHENATED = re.compile(r"[^\W\d_]*(?:-[^\W\d_]*)+")
"""ABC puts ư on the code of the soft hyphen, which programs that write or read PDF turn into a hyphen: "n-íc" is "nước"."""


def _with_horn(match: re.Match[str]) -> str:
    """The ư back in its place where that makes a syllable of what else is none."""
    whole = match.group()
    filled = whole.replace("-", "ư")
    return filled if whole != "-" and is_syllable(filled) else whole


_COMMON_SYLLABLES = """
có công không thông đó các tác cáo quý hóa nông sông trách bố bộ số đồng hội tổ chức phòng dòng đông chính pháp khoán đóng
tính tình hình mình trình quyết nghị thì nhì kì kỳ khó ngõ rõ gói nói đòi lòng còn toàn hoàn khoản thuế khoa trong hôm nay
xã hòa án cá nhà là và nghìn tài tháng này trên ông bà vào trò giáo dân
"""
_COMMON = frozenset(_COMMON_SYLLABLES.split())
"""Syllables that stand on nearly every administrative page; most hold a letter that Latin-1 has as well."""


@lru_cache(maxsize=1)
def _damaged_forms() -> frozenset[str]:
    """What the tables make of the common syllables, without what is itself common or has lost nothing."""
    found = {to_unicode(word, encoding) for word in _COMMON for encoding in (Encoding.VNI, Encoding.TCVN3)}
    return frozenset(word for word in found - _COMMON - _REAL if word.islower())


_REAL = frozenset({"trị", "tồn", "hồn", "đúng", "núi", "cỏ", "dũng", "lũng"})
"""Real syllables among the damaged forms that are frequent enough to mislead."""
