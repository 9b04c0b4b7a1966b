"""Personal data in answers: what is shown only in part, and a note in the log when somebody asks for the whole.

In: values with their class of personal data (NĐ 356/2025/NĐ-CP Điều 3, 4). Out: what may be shown. Who may ask for the whole is not
decided here; the picture of the page and its text are not masked.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fastapi import Request

from dossier.model import Document, Found, Mention, PersonalData, Record
from search_api.headers import trace_id

logger = logging.getLogger(__name__)

MASK = "•"
SHOWN_DIGITS = 3
"""Digits at the end that stay readable, enough to tell two people apart."""

_MOST_GROUPS = 5
"""Words over which a number may be printed."""

_BEFORE_THE_LAST = re.compile(rf"\d(?=(?:\D*\d){{{SHOWN_DIGITS}}})")
_NUMBER = re.compile(r"[A-ZĐ]{0,3}\d[\d .-]{4,}\d[A-Z]?")
_DIGITS = re.compile(r"(?<!<em>)\d[\d .-]{4,}\d")
_ISO_DAY = re.compile(r"\d{4}(?:-\d{2}){1,2}")


class Veil(StrEnum):
    """How much is hidden: nothing, sensitive data, or sensitive data and all numbers of people."""

    NOTHING = "nothing"
    SENSITIVE = "sensitive"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it may be shown; `masked` when a part of it is hidden."""

    found: Found
    masked: bool


def shown(found: Found, personal: PersonalData, veil: Veil) -> Shown:
    """A value behind a veil; its other readings are left out where it is hidden."""
    number = _is_number(found.value)
    hidden = {
        Veil.NOTHING: False,
        Veil.SENSITIVE: personal is PersonalData.SENSITIVE,
        Veil.NUMBERS: personal is PersonalData.SENSITIVE or (personal is not PersonalData.NONE and number),
    }[veil]
    if not hidden:
        return Shown(found, masked=False)
    return Shown(replace(found, value=_masked(found.value) if number else 5 * MASK, alternatives=()), masked=True)


def shown_mention(mention: Mention, veil: Veil) -> Shown:
    """A person or a number that the text names."""
    return shown(mention.found, mention.personal, veil)


def shown_field(record: Record, name: str, veil: Veil) -> Shown:
    """A field of a civil paper; one whose class is not known counts as sensitive, so that nothing is shown by mistake."""
    return shown(record.fields[name], record.personal.get(name, PersonalData.SENSITIVE), veil)


def hidden_numbers(document: Document, veil: Veil) -> frozenset[str]:
    """Numbers of people in a document that are hidden, by their digits: for lists, which show pieces of its text."""
    found = [(mention.found.value, shown_mention(mention, veil)) for mention in document.mentions]
    if document.record is not None:
        record = document.record
        found += [(value.value, shown_field(record, name, veil)) for name, value in record.fields.items()]
    return frozenset(_digits(value) for value, one in found if one.masked and _is_number(value))


def without_numbers(text: str, hidden: Collection[str]) -> str:
    """A snippet in which hidden numbers are masked, however they are printed in groups; not what was asked for (`<em>`)."""

    def masked(match: re.Match[str]) -> str:
        return _masked(match[0]) if _digits(match[0]) in hidden else match[0]

    return _DIGITS.sub(masked, text) if hidden else text


def masked_words(words: Sequence[str], hidden: Collection[str]) -> list[str]:
    """The words of a line with hidden numbers masked, also those printed as several words."""
    shown = list(words)
    for start in range(len(words)):
        for end in range(start + 1, min(start + _MOST_GROUPS, len(words)) + 1):
            if _digits("".join(words[start:end])) in hidden and all(_digits(word) for word in words[start:end]):
                shown[start:end] = _masked(" ".join(words[start:end])).split(" ")
    return shown


def note_reveal(request: Request, document_id: str) -> None:
    """Write down that somebody asked for personal data in full."""
    client = request.client.host if request.client else "unknown"
    logger.info("personal data of document %s shown in full to %s, trace %s", document_id, client, trace_id(request))


def _masked(number: str) -> str:
    """A number of which only the last digits can be read; what stands between them is kept."""
    return _BEFORE_THE_LAST.sub(MASK, number)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None and _ISO_DAY.fullmatch(value) is None
