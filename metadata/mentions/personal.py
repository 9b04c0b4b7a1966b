"""The class of personal data of a mention (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP Điều 3 and 4).

In: a spot and the text around it. Out: none, basic, or sensitive: what stands on the image of an identity card, in papers on
health or crime, or beside such words in its paragraph.
"""

from __future__ import annotations

import re

from dossier.model import MentionKind, PersonalData
from metadata.mentions.spots import Spot

_CARD = re.compile(
    r"(?:^|\n)\W*(?:the\s)?(?:can\scuoc(?:\scong\sdan)?|giay\schung\sminh\snhan\sdan|(?:citizen\s)?identity\scard)\W*(?=\n|$|/)"
)
_SENSITIVE_PAPER = re.compile(
    r"\b(?:benh\san|giay\sra\svien|giay\schung\snhan\snghi\sviec|ly\slich\stu\sphap|ket\sluan\sgiam\sdinh\sphap\sy|xac\snhan\skhuyet\stat|ban\san\shinh\ssu"
    r"|kham\ssuc\skhoe)\b"
)
_SENSITIVE_WORDS = re.compile(
    r"\b(?:hiv|tam\sthan|khuyet\stat|nghien\sma\stuy|bi\scao|bi\scan|an\stich|tien\san|benh\snhan|chan\sdoan|dan\stoc\s?:|ton\sgiao\s?:|van\stay)\b"
)
_BIRTH = re.compile(r"\bsinh(?:\s(?:ngay|nam)[^\n;]{0,20})?[\s:,]{0,3}$|\bns\.?:?\s?$")
_TITLE_LENGTH = 500
_NOT_PERSONAL = frozenset({MentionKind.MONEY})


class PersonalClasses:
    """Classes of the mentions of one text; what holds for the whole paper is looked up once."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._card = _CARD.search(key) is not None
        self._sensitive_paper = _SENSITIVE_PAPER.search(key, 0, _TITLE_LENGTH) is not None

    def of(self, spot: Spot) -> PersonalData:
        """The class of one mention."""
        if spot.kind in _NOT_PERSONAL or (spot.kind is MentionKind.TAX_CODE and "-" in spot.value):
            return PersonalData.NONE
        if spot.kind is MentionKind.DATE and not _BIRTH.search(self._key, max(0, spot.start - 40), spot.start):
            return PersonalData.NONE
        if self._card or self._sensitive_paper or _SENSITIVE_WORDS.search(self._paragraph(spot)):
            return PersonalData.SENSITIVE
        return PersonalData.BASIC

    def _paragraph(self, spot: Spot) -> str:
        end = self._key.find("\n", spot.end)
        return self._key[self._key.rfind("\n", 0, spot.start) + 1 : end if end >= 0 else len(self._key)]
