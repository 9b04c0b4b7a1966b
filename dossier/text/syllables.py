"""Which strings of letters can be a Vietnamese syllable: tells a word broken at a line end from two syllables.

In: letters. Out: yes or no.
"""

from __future__ import annotations

import re
import unicodedata

from dossier.text.letters import exact_key, fold

_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây"
    "|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|im|in|inh|ip|it|iu|iêc|iêm|iên|iêng|iêp|iêt|iêu"
    "|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oe|oem|oen|oeo|oet|oăc|oăm|oăn|oăng|oăt|oc|oi|om|on|ong|ooc|oong"
    "|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uc|ui|um|un|ung|up|ut|uê|uêch|uênh|uơ|uy|uya|uych|uynh|uyt|uyn"
    "|uyp|uyu|uyên|uyêt|uân|uât|uâng|uây|uôc|uôi|uôm|uôn|uông|uôt|ư|ưa|ưc|ưi|ưng|ưt|ưu|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu"
    "|y|yêm|yên|yêng|yêt|yêu"
)
_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{_RIMES})|gi|gin|giêng")
_BARE = re.compile(f"(?:{_ONSETS})?(?:{'|'.join(dict.fromkeys(map(fold, _RIMES.split('|'))))})|gi|gin|gieng")
_TONES = re.compile("[\u0300\u0309\u0303\u0301\u0323]")


def is_syllable(letters: str) -> bool:
    """Whether `letters` can be one Vietnamese syllable, in any case and with any tone."""
    bare = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", exact_key(letters))))
    return _SYLLABLE.fullmatch(bare) is not None


def is_bare_syllable(letters: str) -> bool:
    """Whether small letters without marks can be a syllable whose marks were left out ("duong")."""
    return _BARE.fullmatch(letters) is not None
