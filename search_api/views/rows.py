"""Rows of the viewer: a value with its place on paper, what is in doubt about it, other readings, the unit of today.

In: what was found. Out: `FieldView`s that a template shows and whose boxes the picture bears.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossier.messages import Messages
from dossier.model import Box, Document, Found
from dossier.review import doubt_sentence
from dossier.text import fold
from search_api.masking import Shown, Veil
from search_api.presentation import written_date

UNSURE = 0.75
"""Fields found with less confidence than this ask to be compared with the paper."""

_SAID_BY_ROW = "low_confidence"
"""The doubt that the row itself tells by its confidence."""


_AGENCIES = "organ"
"""The system of codes whose units are agencies."""


@dataclass(frozen=True, slots=True)
class Place:
    """What of the document is looked at."""

    position: int
    query: str = ""
    field: str = ""
    large: bool = False
    revealed: bool = False

    @property
    def veil(self) -> Veil:
        """How much of personal data is hidden."""
        return Veil.NOTHING if self.revealed else Veil.NUMBERS


@dataclass(frozen=True, slots=True)
class FieldView:
    """A value of the form; `href` opens the page that shows it with its box drawn."""

    name: str
    label: str
    value: str | None
    page: int | None
    href: str | None
    confidence: float
    unsure: bool
    chosen: bool
    masked: bool = False
    wrong: bool = False
    doubts: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    page_id: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes rows for one document at one place. `at` makes the address of a page with a field chosen."""

    document: Document
    place: Place
    messages: Messages
    at: Callable[[int, str, str], str]

    def row(self, name: str, label: str, found: Found | None, *, value: str | None = None) -> FieldView:
        """A value, or the absence of one; `value` instead of what was found, for people."""
        if found is None:
            return FieldView(name, label, None, None, None, 0.0, unsure=False, chosen=False, doubts=self.doubts(name))
        page = self.document.page_ids.index(found.page_id) + 1 if found.page_id in self.document.page_ids else None
        shown = (
            value
            if value is not None
            else written_date(found.value)
            if name.lower().endswith(("date", "signed_at"))
            else found.value
        )
        return FieldView(
            name=name,
            label=label,
            value=shown,
            page=page,
            href=self.at(page, name, "giay") if page else None,
            confidence=found.confidence,
            unsure=found.confidence < UNSURE,
            chosen=name == self.place.field and page == self.place.position,
            doubts=self.doubts(name),
            alternatives=tuple(written_date(other) for other in found.alternatives),
            today=self._today(name, found),
            page_id=found.page_id,
            box=found.box,
        )

    def veiled(self, name: str, label: str, shown: Shown, *, wrong: bool = False) -> FieldView:
        """A value that may be hidden; `wrong`: it does not obey the rules of its kind."""
        row = self.row(name, label, shown.found, value=written_date(shown.found.value))
        return FieldView(
            **{each: getattr(row, each) for each in FieldView.__slots__ if each not in ("masked", "wrong")},
            masked=shown.masked,
            wrong=wrong,
        )

    def doubts(self, name: str) -> tuple[str, ...]:
        """What is in doubt about a field, in words."""
        about = (doubt for doubt in self.document.doubts if doubt.field == name and doubt.code != _SAID_BY_ROW)
        return tuple(dict.fromkeys(doubt_sentence(doubt, self.messages) for doubt in about))

    def _today(self, name: str, found: Found) -> tuple[str, ...]:
        """Names of today, the agency's rather than its place's, where they are not the printed one."""
        units = [unit for unit in self.document.units if unit.field == name]
        chosen = [unit for unit in units if unit.system == _AGENCIES] or units
        return tuple(
            self.messages.text("web.unit_today" if unit.certain else "web.unit_perhaps", name=unit.name)
            for unit in chosen
            if fold(unit.name) != fold(found.value)
        )
