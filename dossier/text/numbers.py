"""Numbers and symbols of documents (số, ký hiệu) in one form: "Số: 05/2020/NĐ–CP" and "5/2020/nd-cp" are the same.

In: a number as printed or typed. Out: its key. Số and ký hiệu are joined by "/" in papers of the state, by "-" in those of
the Party ("22-NQ/TU") and by a space in old ones ("45 QĐ/UB"); the key does not tell them apart: who searches may not know.
"""

from __future__ import annotations

import re

from dossier.text.letters import fold

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_JOINT = re.compile(r"^(?:(\d+[a-z]?)-(?=[a-z])|(\d+)(?=[a-z]{2,5}[/-]))")
_SHAPE = re.compile(r"\d+[a-z]{0,2}(?:[/-][a-z0-9&]+)+")


def number_key(text: str) -> str:
    """The form in which two numbers are compared: folded, one kind of dash, no spaces, no leading zeros, one kind of joint."""
    key = re.sub(r"^\s*so\s*:?\s*(?=\d)", "", fold(text).translate(_DASHES))
    return _JOINT.sub(r"\1\2/", _LEADING_ZEROS.sub("", re.sub(r"\s+", "", key)))


def looks_like_number(text: str) -> bool:
    """Whether `text` has the shape of a document number with its symbol ("2723/QĐ-UBND")."""
    return _SHAPE.fullmatch(number_key(text)) is not None and any(letter.isalpha() for letter in text)
