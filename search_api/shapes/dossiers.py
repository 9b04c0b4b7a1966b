"""Shapes of a dossier (hồ sơ): what the archive and its own papers say of it, its files, its documents, what to look at.

In: a stored dossier, the list of what to look at.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from dossier.messages import Messages
from dossier.model import ArchivalFacts, Dossier, DossierStatus, Found, ListedPaper
from dossier.review import Item, sentence
from search_api.shapes.documents import DocumentEntryShape, document_entry
from search_api.shapes.places import Corners, corners


class FileShape(BaseModel):
    """A scan file of a dossier."""

    name: str
    sha256: str
    page_count: int


class DossierEvidenceShape(BaseModel):
    """A value that a paper of the dossier says of the dossier."""

    value: str
    page_id: str
    box: Corners
    confidence: float


class ListedPaperShape(BaseModel):
    """A row of the dossier's own list of documents (mục lục văn bản)."""

    ordinal: str
    number: DossierEvidenceShape | None
    issued_date: DossierEvidenceShape | None = Field(alias="issuedDate")
    subject: DossierEvidenceShape | None
    organ_name: DossierEvidenceShape | None = Field(alias="organName")
    leaf: str | None
    document: str | None = Field(description="Id of the document found for it; null when it is missing.")

    model_config = ConfigDict(populate_by_name=True)


class RequiredPaperShape(BaseModel):
    """A paper that a dossier of this type needs."""

    id: str
    name: str


class CompletenessShape(BaseModel):
    """Thành phần hồ sơ: required papers found and missing, by dossier type."""

    pack: str
    name: str
    present: list[RequiredPaperShape]
    missing: list[RequiredPaperShape]


class FindingsShape(BaseModel):
    """What the papers of a dossier say of the dossier itself."""

    cover: dict[str, DossierEvidenceShape] = Field(description="What its cover says, by the names of `facts`.")
    listing: list[ListedPaperShape] = Field(description="Its own list of documents, each with the document found for it.")
    extra: list[str] = Field(description="Ids of documents that its list does not name.")
    completeness: list[CompletenessShape]


class DossierShape(BaseModel):
    """One hồ sơ: what the archive says of it, its files, its documents."""

    id: str
    name: str
    status: DossierStatus = Field(description="`partial`: something in it was set aside or stopped.")
    facts: ArchivalFacts = Field(description="Archival facts of `ho-so.yaml`: phông, mục lục, hộp, hồ sơ số, tiêu đề, ...")
    findings: FindingsShape
    files: list[FileShape]
    documents: list[DocumentEntryShape]


class ReviewItemShape(BaseModel):
    """One thing to look at."""

    document: str | None = Field(description="Id of the document; null when it is about the dossier itself.")
    page_id: str | None = Field(description="The page to open.")
    field: str | None = Field(description='The field in doubt, "boundary", or null.')
    code: str
    facts: dict[str, str]
    other_document: str | None = Field(description="The other document, when two may be the same paper.")
    weight: float = Field(description="How much it weighs in the order.")
    sentence: str = Field(description="What it is, in the caller's language.")
    viewer: str | None = Field(description="A page for people.")


class ReviewShape(BaseModel):
    """What a person should look at in a dossier, worst first."""

    dossier: str
    items: list[ReviewItemShape]


def dossier_shape(dossier: Dossier) -> DossierShape:
    """A dossier as the API answers it."""
    return DossierShape(
        id=dossier.id,
        name=dossier.name,
        status=dossier.status,
        facts=dossier.facts,
        findings=_findings(dossier),
        files=[FileShape(name=one.name, sha256=one.sha256, page_count=one.page_count) for one in dossier.files],
        documents=[document_entry(document, dossier.id) for document in dossier.documents],
    )


def review_shape(dossier_id: str, items: Sequence[Item], messages: Messages) -> ReviewShape:
    """What to look at, as the API answers it."""
    shapes = [
        ReviewItemShape(
            document=item.document_id or None,
            page_id=item.page_id or None,
            field=item.field or None,
            code=item.code,
            facts=dict(item.facts),
            other_document=item.other_id or None,
            weight=item.weight,
            sentence=sentence(item, messages),
            viewer=f"/van-ban/{item.document_id}" if item.document_id else None,
        )
        for item in items
    ]
    return ReviewShape(dossier=dossier_id, items=shapes)


def _findings(dossier: Dossier) -> FindingsShape:
    findings = dossier.findings
    return FindingsShape(
        cover={name: _said(found) for name, found in findings.cover.items()},
        listing=[_listed(row) for row in findings.listing],
        extra=list(findings.extra),
        completeness=[
            CompletenessShape(
                pack=each.pack,
                name=each.name or each.pack,
                present=[RequiredPaperShape(id=paper, name=each.paper_names.get(paper, paper)) for paper in each.present],
                missing=[RequiredPaperShape(id=paper, name=each.paper_names.get(paper, paper)) for paper in each.missing],
            )
            for each in findings.completeness
        ],
    )


def _listed(row: ListedPaper) -> ListedPaperShape:
    return ListedPaperShape(
        ordinal=row.ordinal,
        number=_said_if(row.number),
        issued_date=_said_if(row.issued_date),
        subject=_said_if(row.subject),
        organ_name=_said_if(row.organ_name),
        leaf=row.leaf,
        document=row.document_id,
    )


def _said_if(found: Found | None) -> DossierEvidenceShape | None:
    return None if found is None else _said(found)


def _said(found: Found) -> DossierEvidenceShape:
    return DossierEvidenceShape(
        value=found.value, page_id=found.page_id, box=corners(found.box), confidence=round(found.confidence, 3)
    )
