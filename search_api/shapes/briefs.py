"""Shapes of a document in a few words, for lists that are not answers to a search."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from dossier.model import Document, Found, Reference
from search_api.shapes.places import DocumentLinks, document_links


class BriefShape(BaseModel):
    """A document in a few words; fields are null when the paper does not show them."""

    id: str
    number: str | None = Field(description="Số, ký hiệu.", examples=["15/QĐ-UBND"])
    type_name: str | None = Field(alias="typeName")
    record: str | None = Field(description="What staff call it, when it is a civil paper known by a data pack.")
    issued_date: str | None = Field(alias="issuedDate", description="ISO date.")
    organ_name: str | None = Field(alias="organName")
    subject: str | None
    links: DocumentLinks

    model_config = ConfigDict(populate_by_name=True)


class RankedShape(BriefShape):
    """A document with its rank."""

    score: float = Field(description="Higher is better; comparable within one answer only.")


class RankedListShape(BaseModel):
    """Documents, best first."""

    items: list[RankedShape]


class CitedShape(BaseModel):
    """One document that a document names, and which documents of the archive that may be."""

    text: str = Field(description="As printed.")
    kind: str = Field(description="What it is named for.", examples=["basis"])
    type_name: str | None = Field(alias="typeName")
    number: str | None
    issued_date: str | None = Field(alias="issuedDate")
    documents: list[BriefShape] = Field(description="Several when they cannot be told apart, none when the archive has none.")

    model_config = ConfigDict(populate_by_name=True)


class CitesShape(BaseModel):
    """What a document names, in the order in which it names them."""

    document: str
    items: list[CitedShape]


class CitedByShape(BaseModel):
    """Documents that name a document, newest first."""

    document: str
    total: int = Field(description="How many there are; `items` holds the first of them.")
    items: list[BriefShape]


def _facts(document: Document, dossier_id: str) -> dict[str, object]:
    return {
        "id": document.id,
        "number": document.number,
        "type_name": _value(document.type_name),
        "record": document.record.name or None if document.record else None,
        "issued_date": _value(document.issued_date),
        "organ_name": _value(document.organ_name),
        "subject": _value(document.subject),
        "links": document_links(document.id, dossier_id),
    }


def brief_shape(document: Document, dossier_id: str) -> BriefShape:
    """A document in a few words."""
    return BriefShape.model_validate(_facts(document, dossier_id))


def ranked_shape(document: Document, dossier_id: str, *, score: float) -> RankedShape:
    """A document in a few words with its rank."""
    return RankedShape.model_validate(_facts(document, dossier_id) | {"score": score})


def cited_shape(reference: Reference, documents: list[BriefShape]) -> CitedShape:
    """One reference with the documents it may mean."""
    return CitedShape(
        text=reference.found.value,
        kind=reference.kind.value,
        type_name=reference.type_name or None,
        number=reference.number or None,
        issued_date=reference.issued_date or None,
        documents=documents,
    )


def _value(found: Found | None) -> str | None:
    return found.value if found is not None else None
