"""Tables of the encodings that Vietnamese was written in before Unicode.

In: nothing. Out: for each encoding the characters that stand in a file (as Latin-1 shows them) and the letters they mean, NFC.
Sources: TCVN 5712:1993 (VN2, the ABC fonts), RFC 1456 (VISCII and VIQR), the code chart of VNI-Windows.
"""

from __future__ import annotations

import unicodedata

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"


def _codes(rows: dict[int, str]) -> dict[str, str]:
    """Rows of consecutive codes; a full stop leaves a code as it is."""
    return {chr(first + place): letter for first, row in rows.items() for place, letter in enumerate(row) if letter != "."}


TCVN3 = _codes(
    {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ" + "".join((_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT)),
        0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò",
        0xE0: "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
    }
)
"""TCVN 5712 (ABC): one character a letter. The fonts hold small letters only beside the seven of A1-A7; those whose name ends in H
draw the small ones as capitals. B0-B4 are combining tones."""

VISCII = _codes(
    {
        0x02: "Ẳ..ẴẪ",
        0x14: "Ỷ....Ỹ....Ỵ",
        0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ",
        0xA0: "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
        0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư",
        0xE0: "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
    }
)
"""VISCII: one character a letter, six capitals among the control characters."""

_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONES = {"ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "á": _ACUTE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "é": _ACUTE, "ë": _DOT}


def _composed(letter: str, *marks: str) -> str:
    return unicodedata.normalize("NFC", letter + "".join(marks))


def _vni() -> dict[str, str]:
    small = dict(_VNI_SINGLE)
    small |= {base + mark: _composed(letter, tone) for base, letter in _VNI_BASES.items() for mark, tone in _VNI_TONES.items()}
    small |= {base + mark: _composed(base, _CIRCUMFLEX, tone) for base in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()}
    small |= {"a" + mark: _composed("a", _BREVE, tone) for mark, tone in _VNI_BREVE.items()}
    capital = {code.upper(): letter.upper() for code, letter in small.items()}
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items() if len(code) == 2}
    return small | mixed | capital


_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
VNI = _vni()
"""VNI-Windows: a base and a mark, both in the case of the letter; some letters are one character."""


def _viqr() -> dict[str, str]:
    tones = {"": "", "`": _GRAVE, "?": _HOOK, "~": _TILDE, "'": _ACUTE, ".": _DOT}
    vowels = {vowel: vowel for vowel in "aeiouy"}
    vowels |= {"a(": "ă", "a^": "â", "e^": "ê", "o^": "ô", "o+": "ơ", "u+": "ư", "o*": "ơ", "u*": "ư"}
    small = {code + tone: _composed(vowel, mark) for code, vowel in vowels.items() for tone, mark in tones.items()}
    small |= {"dd": "đ"}
    small = {code: letter for code, letter in small.items() if len(code) > 1}
    return small | {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()} | {"DD": "Đ"}


VIQR = _viqr()
"""VIQR (RFC 1456): letters with punctuation for marks, as in mail of the 1990s."""
