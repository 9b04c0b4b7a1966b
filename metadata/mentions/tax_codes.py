"""Mã số thuế: ten digits of which the last checks the others, or these with a branch number of three.

In: digits. Out: the rule they break. Since 01/07/2025 people bear their số định danh as tax code (Luật Quản lý thuế Điều 35.7).
"""

from __future__ import annotations

import re

from metadata.mentions.identity import citizen_id_fault

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_check_digit(nine: str) -> str | None:
    """The tenth digit that belongs to nine; None for nine digits that are never given out."""
    left = 10 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nine, strict=True)) % 11
    return str(left) if left < 10 else None


def tax_code_fault(digits: str) -> str:
    """Why digits are no tax code ("length", "check_digit" or a fault of a số định danh), or ""."""
    if len(digits) == 12:
        return citizen_id_fault(digits)
    if not re.fullmatch(r"\d{10}(?:\d{3})?", digits):
        return "length"
    return "" if tax_check_digit(digits[:9]) == digits[9] else "check_digit"


def tax_code_value(digits: str) -> str:
    """A tax code as it is written: the branch behind a hyphen."""
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else digits
