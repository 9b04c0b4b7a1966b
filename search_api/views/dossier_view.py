"""The page of a dossier (hồ sơ).

In: a stored dossier, what to look at in it, states of its pages. Out: values for `dossier.html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from archive import ListForm, ListFormat
from dossier.messages import Messages
from dossier.model import ArchivalFacts, Completeness, Document, Dossier, Found, PageState, StoredFile
from dossier.review import Item
from search_api.presentation import Links, written_date
from search_api.views.review_view import GroupView, Whereabouts, review_view

_DAYS = frozenset({"start_date", "end_date"})


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact of the archive, and what the cover of the dossier says of it; `differs` when the two are not the same."""

    label: str
    value: str
    cover: str
    href: str | None
    differs: bool


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
    extra: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper that the dossier's own list names, or that its type needs."""

    name: str
    href: str | None
    there: bool


@dataclass(frozen=True, slots=True)
class CompletenessView:
    """Required papers of one dossier type."""

    name: str
    papers: list[PaperView]
    missing: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """A page of a file that belongs to no document, or could not be read."""

    number: int
    href: str | None


@dataclass(frozen=True, slots=True)
class FileView:
    """A scan file with its separator sheets and pages set aside."""

    name: str
    sha256: str
    page_count: int
    separators: list[SheetView]
    set_aside: list[int]


@dataclass(frozen=True, slots=True)
class DownloadView:
    """A list to download in several formats."""

    title: str
    formats: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything `dossier.html` shows."""

    title: str
    status: str
    facts: list[FactView]
    has_cover: bool
    review: list[GroupView]
    review_count: int
    listing: list[PaperView]
    listing_missing: int
    completeness: list[CompletenessView]
    downloads: list[DownloadView]
    documents: list[DocumentRow]
    files: list[FileView]


def dossier_view(
    dossier: Dossier,
    items: Sequence[Item],
    states: Mapping[str, Mapping[str, PageState]],
    *,
    messages: Messages,
    link: Links,
) -> DossierView:
    """The page of a dossier. `states`: SHA-256 of a file -> page ids -> what became of them."""
    where = Whereabouts(dossier, link)
    listing = [
        PaperView(
            " – ".join(part for part in (row.ordinal, _text(row.number), _text(row.subject)) if part),
            where.document(row.document_id) if row.document_id else where.page(row.number or row.subject),
            row.document_id is not None,
        )
        for row in dossier.findings.listing
    ]
    return DossierView(
        title=dossier.known_facts.title or dossier.name,
        status=dossier.status.value,
        facts=_facts(dossier.facts, dossier.findings.cover, where, messages),
        has_cover=bool(dossier.findings.cover),
        review=review_view(dossier, items, where, messages),
        review_count=len(items),
        listing=listing,
        listing_missing=sum(not paper.there for paper in listing),
        completeness=[_completeness(each) for each in dossier.findings.completeness],
        downloads=[_download(dossier.id, form, messages) for form in (ListForm.DOCUMENTS, ListForm.DOSSIERS)],
        documents=[_row(document, extra=document.id in dossier.findings.extra) for document in dossier.documents],
        files=[_file(file, states.get(file.sha256, {})) for file in dossier.files],
    )


def _facts(facts: ArchivalFacts, cover: Mapping[str, Found], where: Whereabouts, messages: Messages) -> list[FactView]:
    """Facts that either side knows, in the order of the form."""
    views = []
    for name, value in asdict(facts).items():
        found = cover.get(name)
        if value is None and found is None:
            continue
        said, read = ("" if value is None else _written(name, str(value))), (_written(name, found.value) if found else "")
        differs = bool(said and read) and said.casefold() != read.casefold()
        views.append(FactView(messages.text(f"web_archive.{name}"), said, read, where.page(found), differs))
    return views


def _written(name: str, value: str) -> str:
    return written_date(value) if name in _DAYS else value


def _completeness(found: Completeness) -> CompletenessView:
    names = found.paper_names
    papers = [PaperView(names.get(paper, paper), None, there=True) for paper in found.present]
    papers += [PaperView(names.get(paper, paper), None, there=False) for paper in found.missing]
    return CompletenessView(found.name or found.pack, papers, len(found.missing))


def _download(dossier_id: str, form: ListForm, messages: Messages) -> DownloadView:
    addresses = [(kind.value.upper(), f"/v1/dossiers/{dossier_id}/lists/{form.value}.{kind.value}") for kind in ListFormat]
    return DownloadView(messages.text(f"web.list_{form.value}"), addresses)


def _file(file: StoredFile, states: Mapping[str, PageState]) -> FileView:
    numbers = {page_id: int(page_id.rpartition("-")[2]) for page_id in states}
    return FileView(
        file.name,
        file.sha256,
        file.page_count,
        [
            SheetView(numbers[page_id], f"/v1/pages/{page_id}/image")
            for page_id, state in states.items()
            if state is PageState.SEPARATOR
        ],
        [numbers[page_id] for page_id, state in states.items() if state is PageState.SET_ASIDE],
    )


def _row(document: Document, *, extra: bool) -> DocumentRow:
    record = document.record
    return DocumentRow(
        id=document.id,
        number=document.number or "",
        date=written_date(_text(document.issued_date)),
        type=_text(document.type_name) or (record.name if record else ""),
        subject=_text(document.subject),
        agency=_text(document.organ_name),
        page_count=len(document.page_ids),
        extra=extra,
    )


def _text(found: Found | None) -> str:
    return found.value if found is not None else ""
