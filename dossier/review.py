"""What a person should look at in a dossier, worst first (cần xem lại): one order for the command line, the API and the pages.

In: a dossier with its documents and findings, and the links between documents. Out: `Item`s, and their sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from dossier.messages import Messages
from dossier.model import Document, Dossier, Doubt

WEIGHTS: Mapping[str, float] = {
    "no_head": 6.0, "boundary_unsure": 5.0, "paper_missing": 5.0, "required_missing": 5.0,
    "boundary_inside": 4.0, "number_year_mismatch": 4.0, "number_twice": 4.0, "date_in_future": 4.0, "same_number": 4.0,
    "arrival_before_issue": 3.0, "agency_not_in_notation": 3.0, "number_out_of_order": 3.0, "same_text": 3.0, "paper_extra": 3.0,
    "place_not_in_province": 2.0, "missing_field": 2.0, "low_confidence": 1.0,
}  # fmt: skip
"""How much each finding weighs in the order of the list: what misplaces a document first, what a glance settles last."""

_OTHER = 2.0
"""Weight of a doubt stored by another version of this program."""

_OF_LINKS = frozenset({"paper_missing", "required_missing", "paper_extra", "same_number", "same_text"})
"""Findings with a sentence under `review.`; the others are doubts, with theirs under `doubt.`."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


class PaperLinks(Protocol):
    """The links between the documents of a store."""

    def same_as(self, document_id: str) -> tuple[str, ...]:
        """Other documents with the same number, symbol, agency and day, by id."""
        ...

    def rescans(self, document_id: str) -> tuple[tuple[str, float], ...]:
        """Other documents so alike that they may be scans of one paper: id and likeness (0-1)."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at.

    Attributes:
        document_id: "" where it is about the dossier itself. page_id: the page to open, "" where there is none.
        field: the regulation's name of the field, "boundary", or "" where it is about no field.
        code: what it is, a key of `WEIGHTS`. facts: what its sentence needs. other_id: the other document of a pair.
    """

    document_id: str
    page_id: str
    field: str
    code: str
    facts: Mapping[str, str]
    other_id: str = ""

    @property
    def weight(self) -> float:
        """How much it weighs in the order."""
        return WEIGHTS.get(self.code, _OTHER)


def things_to_look_at(dossier: Dossier, links: PaperLinks) -> tuple[Item, ...]:
    """Everything to look at: the dossier itself, then its documents with the most to settle first; of equals the earlier one."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for document in dossier.documents:
        found = [*_extra(dossier, document), *items_of(document, links)]
        if found:
            groups[document.id] = _heaviest_first(found)
    ordered = sorted(groups.values(), key=lambda items: -sum(item.weight for item in items))
    return (*_heaviest_first(_of_dossier(dossier)), *(item for items in ordered for item in items))


def items_of(document: Document, links: PaperLinks) -> Iterator[Item]:
    """What to look at in one document: papers it is a copy of, then its doubts as they stand."""
    yield from pairs_of(document, links)
    for doubt in document.doubts:
        yield Item(document.id, document.page_ids[0], doubt.field, doubt.code, doubt.facts)


def pairs_of(document: Document, links: PaperLinks) -> Iterator[Item]:
    """Other documents that may be the same paper: by number (NĐ 30/2020 PL VI Phần I mục III), or by text."""
    first = document.page_ids[0]
    same = links.same_as(document.id)
    for other in same:
        yield Item(document.id, first, "codeNumber", "same_number", {"id": other}, other)
    for other, likeness in links.rescans(document.id):
        if other not in same:
            yield Item(document.id, first, "", "same_text", {"id": other, "likeness": f"{100 * likeness:.0f}"}, other)


def sentence(item: Item, messages: Messages, *, other: str = "") -> str:
    """The item in words; `other`: what to call the other document of a pair instead of by its id."""
    if item.code in _OF_LINKS:
        return messages.text(f"review.{item.code}", **{**item.facts, **({"id": other} if other else {})})
    return doubt_sentence(Doubt(item.field, item.code, dict(item.facts)), messages)


def doubt_sentence(doubt: Doubt, messages: Messages) -> str:
    """A doubt in words: days as Vietnamese papers write them, the field by the name that staff see."""
    facts = {name: _day_first(value) for name, value in doubt.facts.items()}
    return messages.text(f"doubt.{doubt.code}", **{**facts, "field": messages.text(f"field.{doubt.field}")})


def _of_dossier(dossier: Dossier) -> Iterator[Item]:
    """Papers that the dossier's own list (mục lục văn bản) or its type (thành phần hồ sơ) asks for and that are not there."""
    for row in dossier.findings.listing:
        if row.document_id is None:
            number, subject = (found.value if found else "" for found in (row.number, row.subject))
            page = row.number or row.subject
            facts = {"ordinal": row.ordinal, "number": number, "subject": subject}
            yield Item("", page.page_id if page else "", "", "paper_missing", facts)
    for completeness in dossier.findings.completeness:
        for paper in completeness.missing:
            yield Item("", "", "", "required_missing", {"paper": completeness.paper_names.get(paper, paper)})


def _extra(dossier: Dossier, document: Document) -> Iterator[Item]:
    if document.id in dossier.findings.extra:
        yield Item(document.id, document.page_ids[0], "", "paper_extra", {})


def _heaviest_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: -item.weight)


def _day_first(text: str) -> str:
    return "/".join(reversed(text.split("-"))) if _ISO_DAY.fullmatch(text) else text
