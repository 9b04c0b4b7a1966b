"""The page of a dossier (hồ sơ). In: a stored dossier. Out: values for `dossier.html`."""

from __future__ import annotations

from dataclasses import dataclass

from dossier.messages import Messages
from dossier.model import ArchivalFacts, Document, Dossier, Found, StoredFile
from search_api.presentation import written_date


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact of the archive with its label."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list of the dossier; empty text where the paper shows nothing."""

    id: str
    number: str
    date: str
    type: str
    subject: str
    agency: str
    page_count: int


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything `dossier.html` shows."""

    title: str
    status: str
    facts: list[FactView]
    documents: list[DocumentRow]
    files: tuple[StoredFile, ...]


def dossier_view(dossier: Dossier, messages: Messages) -> DossierView:
    """The page of a dossier."""
    return DossierView(
        title=dossier.facts.title or dossier.name,
        status=dossier.status.value,
        facts=_facts(dossier.facts, messages),
        documents=[_row(document) for document in dossier.documents],
        files=dossier.files,
    )


def _facts(facts: ArchivalFacts, messages: Messages) -> list[FactView]:
    dates = " – ".join(written_date(date) for date in (facts.start_date, facts.end_date) if date)
    known = {
        "fonds": facts.fonds,
        "catalogue": facts.catalogue,
        "box": facts.box,
        "file_number": facts.file_number,
        "maintenance": facts.maintenance,
        "dates": dates,
        "leaves": str(facts.leaves) if facts.leaves is not None else None,
    }
    return [FactView(messages.text(f"web_archive.{name}"), value) for name, value in known.items() if value]


def _row(document: Document) -> DocumentRow:
    return DocumentRow(
        id=document.id,
        number=document.number or "",
        date=written_date(_text(document.issued_date)),
        type=_text(document.type_name),
        subject=_text(document.subject),
        agency=_text(document.organ_name),
        page_count=len(document.page_ids),
    )


def _text(found: Found | None) -> str:
    return found.value if found is not None else ""
