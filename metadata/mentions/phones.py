"""Telephone numbers, of now and of before the changes of 2017 (area codes) and 2018 (mobile phones of 11 digits).

In: digits as dialled in the country, beginning with 0. Out: the rule they break, and today's form of an old number.
"""

from __future__ import annotations

import re

_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}")
_OLD_MOBILE = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
"""Kế hoạch chuyển đổi mã mạng of 2018."""
_FIXED = re.compile(r"02\d{9}|02[48]\d{8}")
_OLD_FIXED = re.compile(r"0[48][2-9]\d{7}|0[2-7]\d{1,2}[2-9]\d{5,6}")
_SERVICE = re.compile(r"1[89]00\d{4,6}|1(?:1[1-58]|0[5-9])")


def dialled(digits: str, *, plus: bool) -> str:
    """Digits as dialled in the country: "+84 912…" -> "0912…"."""
    if digits.startswith("84") and (plus or len(digits) == 11):
        return "0" + digits[2:].removeprefix("0")
    return digits


def is_mobile(digits: str) -> bool:
    """Whether digits are a mobile phone of now."""
    return _MOBILE.fullmatch(digits) is not None


def phone_fault(digits: str) -> str:
    """Why digits are no telephone number ("length", "prefix"), or ""."""
    if is_mobile(digits) or (digits[:4] in _OLD_MOBILE and len(digits) == 11):
        return ""
    if any(shape.fullmatch(digits) for shape in (_FIXED, _OLD_FIXED, _SERVICE)):
        return ""
    return "prefix" if 9 <= len(digits) <= 11 else "length"


def todays_number(digits: str) -> str | None:
    """The number that an old mobile number of 11 digits became in 2018, or None."""
    prefix = _OLD_MOBILE.get(digits[:4]) if len(digits) == 11 else None
    return prefix + digits[4:] if prefix else None
