"""A value found on paper with its evidence, and doubts about values."""

from __future__ import annotations

from dataclasses import dataclass

from dossier.model.geometry import Box


@dataclass(frozen=True, slots=True)
class Found:
    """A value with its evidence, so that a person can check it against the paper.

    Attributes:
        value: as printed, NFC, lines joined by a space; dates are ISO (YYYY-MM-DD).
        page_id: the page that shows it. `box`: where on that page (upright pixels).
        confidence: 0-1, the share of such values that are right. `source`: the rule that found it.
        alternatives: other readings that a person may choose instead, best first.
    """

    value: str
    page_id: str
    box: Box
    confidence: float
    source: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a document that a person should look at.

    Attributes:
        field: the regulation's name of the field in doubt ("issuedDate"), or "boundary".
        code: what is wrong, a key of the message catalogue ("number_year_mismatch").
        facts: what the message needs, by name.
    """

    field: str
    code: str
    facts: dict[str, str]
