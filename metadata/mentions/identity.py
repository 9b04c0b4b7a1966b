"""Numbers of identity papers: số định danh/CCCD, CMND, passport, social insurance.

In: digits, or a running text's digit runs with the label before them. Out: `Spot`s with the rule that a number breaks. Rules: Luật
Căn cước 26/2023/QH15 Điều 12 and NĐ 137/2015 Điều 13 (province of registration, century and sex, year of birth, six digits).
"""

from __future__ import annotations

import datetime as dt
import re

from dossier.model import MentionKind
from metadata.mentions.spots import Spot

_CODES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037
038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079
080 082 083 084 086 087 089 091 092 093 094 095 096
"""
PROVINCE_CODES = frozenset(_CODES.split())
"""The 63 codes of the provinces of before July 2025: numbers keep them for ever."""

_OLDEST = 1900
_PASSPORT = re.compile(r"(?<!\w)[A-Z][A-Z0-9]?\d{6,8}(?!\w)")
_PASSPORT_LABEL = re.compile(r"\b(?:ho\schieu|passport)\b[^\n\d]{0,30}$")


def citizen_birth_year(digits: str) -> int | None:
    """Year of birth in a số định danh: 0/1 are the 20th century, 2/3 the 21st, and so on."""
    return _OLDEST + 100 * (int(digits[3]) // 2) + int(digits[4:6]) if re.fullmatch(r"\d{12}", digits) else None


def citizen_id_fault(digits: str, *, birth_year: int | None = None, today: dt.date | None = None) -> str:
    """Why digits are no số định danh ("length", "province", "century", "birth_year"), or "" when they may be one."""
    year = citizen_birth_year(digits)
    if year is None:
        return "length"
    if digits[:3] not in PROVINCE_CODES:
        return "province"
    if year > (today or dt.datetime.now(tz=dt.UTC).date()).year:
        return "century"
    return "birth_year" if birth_year is not None and birth_year != year else ""


def old_card_fault(digits: str) -> str:
    """Why digits are no CMND ("length", "province"): 9 digits, or 12 on the cards of 2012 to 2015."""
    if len(digits) == 12:
        return citizen_id_fault(digits)
    return "" if re.fullmatch(r"\d{9}", digits) else "length"


def social_insurance_fault(digits: str) -> str:
    """Why digits are no mã số BHXH ("length"): 10 digits."""
    return "" if re.fullmatch(r"\d{10}", digits) else "length"


def passports_in(text: str, key: str) -> list[Spot]:
    """Passport numbers; a letter and digits are one only behind the word "hộ chiếu". Vietnamese ones: a letter, 7 or 8 digits."""
    spots = []
    for matched in _PASSPORT.finditer(text):
        if _PASSPORT_LABEL.search(key, max(0, matched.start() - 60), matched.start()):
            sure = 0.95 if re.fullmatch(r"[A-Z]\d{7,8}", matched.group()) else 0.8
            spots.append(Spot(MentionKind.PASSPORT, *matched.span(), matched.group(), "", sure, "label"))
    return spots
