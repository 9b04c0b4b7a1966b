"""Shapes of what the store holds: dossier, document with evidence, page with words. In: values of `dossier.model`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from dossier.model import ArchivalFacts, Document, Dossier, DossierStatus, Found, Line, Page, single_fields
from search_api.shapes.places import Corners, DocumentLinks, PageLinks, corners, document_links, page_links


class EvidenceShape(BaseModel):
    """A field's value with the place on paper that shows it."""

    value: str = Field(description="As printed (NFC); dates are ISO (YYYY-MM-DD).")
    page_id: str = Field(description="The page that shows it.")
    page: int | None = Field(description="Position of that page in the document, from 1.")
    box: Corners
    confidence: float = Field(description="0-1.")
    source: str = Field(description="The rule that found it.")


class DocumentShape(BaseModel):
    """One văn bản with the fields of NĐ 30/2020, phụ lục VI."""

    id: str
    dossier: str = Field(description="Id of the dossier (hồ sơ) it lies in.")
    version: int = Field(description="Grows with every change of the document.")
    number: str | None = Field(description="Số, ký hiệu in one string.", examples=["15/QĐ-UBND"])
    fields: dict[str, EvidenceShape | None] = Field(
        description="Fields under the regulation's names (organName, codeNumber, codeNotation, issuedDate, typeName, subject, "
        "...); null when the paper does not show the field."
    )
    to_places: list[EvidenceShape] = Field(alias="toPlaces", description="Nơi nhận.")
    page_ids: list[str] = Field(description="Its pages in order.")
    links: DocumentLinks

    model_config = ConfigDict(populate_by_name=True)


class PageEntryShape(BaseModel):
    """A page in the list of a document's pages."""

    id: str
    page: int = Field(description="Position in the document, from 1.")
    available: bool = Field(description="False when the page was set aside: then it has neither words nor picture.")
    blank: bool | None = Field(description="Known to carry no text; null when not available.")
    width: int | None
    height: int | None
    confidence: float | None
    links: PageLinks | None


class PagesShape(BaseModel):
    """All pages of a document."""

    document: str
    items: list[PageEntryShape]


class WordShape(BaseModel):
    """A word where it stands."""

    text: str
    box: Corners
    confidence: float


class LineShape(BaseModel):
    """A line of print."""

    text: str
    box: Corners
    confidence: float
    ink: str
    words: list[WordShape]


class PageShape(BaseModel):
    """A page that was read: everything on it, where it stands, how sure the engine was."""

    id: str
    number: int = Field(description="Number of the page in its scan file, from 1.")
    width: int = Field(description="Width of the upright page in pixels; boxes count in these.")
    height: int
    dpi: int
    rotation_deg: int = Field(description="Clockwise turn that made the scan upright.")
    skew_deg: float
    blank: bool
    confidence: float
    issues: list[str] = Field(description="Codes of what a person should know about this page.")
    engine: str = Field(description="Reader and its version.")
    lines: list[LineShape]
    links: PageLinks


class FileShape(BaseModel):
    """A scan file of a dossier."""

    name: str
    sha256: str
    page_count: int


class DocumentEntryShape(BaseModel):
    """A document in the list of a dossier."""

    id: str
    number: str | None
    type_name: str | None = Field(alias="typeName")
    issued_date: str | None = Field(alias="issuedDate")
    organ_name: str | None = Field(alias="organName")
    subject: str | None
    page_count: int
    links: DocumentLinks

    model_config = ConfigDict(populate_by_name=True)


class DossierShape(BaseModel):
    """One hồ sơ: what the archive says of it, its files, its documents."""

    id: str
    name: str
    status: DossierStatus = Field(description="`partial`: something in it was set aside or stopped.")
    facts: ArchivalFacts = Field(description="Archival facts of `ho-so.yaml`: phông, mục lục, hộp, hồ sơ số, tiêu đề, ...")
    files: list[FileShape]
    documents: list[DocumentEntryShape]


def document_shape(document: Document, *, dossier_id: str, version: int) -> DocumentShape:
    """A document as the API answers it."""
    return DocumentShape(
        id=document.id,
        dossier=dossier_id,
        version=version,
        number=document.number,
        fields={name: found and _evidence(found, document) for name, found in single_fields(document)},
        to_places=[_evidence(found, document) for found in document.to_places],
        page_ids=list(document.page_ids),
        links=document_links(document.id, dossier_id),
    )


def page_entry(position: int, page_id: str, page: Page | None) -> PageEntryShape:
    """A page of a document; `page` is None when it was set aside."""
    return PageEntryShape(
        id=page_id,
        page=position,
        available=page is not None,
        blank=page and page.blank,
        width=page and page.width,
        height=page and page.height,
        confidence=page and round(page.confidence, 3),
        links=page_links(page_id) if page else None,
    )


def page_shape(page: Page) -> PageShape:
    """A page as the API answers it."""
    return PageShape(
        id=page.id,
        number=page.number,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        rotation_deg=page.rotation_deg,
        skew_deg=page.skew_deg,
        blank=page.blank,
        confidence=round(page.confidence, 3),
        issues=list(page.issues),
        engine=f"{page.provenance.engine} {page.provenance.engine_version}",
        lines=[_line(line) for line in page.lines],
        links=page_links(page.id),
    )


def dossier_shape(dossier: Dossier) -> DossierShape:
    """A dossier as the API answers it."""
    return DossierShape(
        id=dossier.id,
        name=dossier.name,
        status=dossier.status,
        facts=dossier.facts,
        files=[FileShape(name=one.name, sha256=one.sha256, page_count=one.page_count) for one in dossier.files],
        documents=[_entry(document, dossier.id) for document in dossier.documents],
    )


def _evidence(found: Found, document: Document) -> EvidenceShape:
    return EvidenceShape(
        value=found.value,
        page_id=found.page_id,
        page=document.page_ids.index(found.page_id) + 1 if found.page_id in document.page_ids else None,
        box=corners(found.box),
        confidence=found.confidence,
        source=found.source,
    )


def _line(line: Line) -> LineShape:
    return LineShape(
        text=line.text,
        box=corners(line.box),
        confidence=round(line.confidence, 3),
        ink=line.ink,
        words=[WordShape(text=word.text, box=corners(word.box), confidence=word.confidence) for word in line.words],
    )


def _entry(document: Document, dossier_id: str) -> DocumentEntryShape:
    return DocumentEntryShape(
        id=document.id,
        number=document.number,
        type_name=document.type_name and document.type_name.value,
        issued_date=document.issued_date and document.issued_date.value,
        organ_name=document.organ_name and document.organ_name.value,
        subject=document.subject and document.subject.value,
        page_count=len(document.page_ids),
        links=document_links(document.id, dossier_id),
    )
