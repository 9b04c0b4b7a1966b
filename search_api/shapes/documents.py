"""The shape of a document (văn bản) with everything that is known of it. In: a stored document and its links."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from dossier.messages import Messages
from dossier.model import Document, Found, single_fields
from dossier.review import Item, doubt_sentence, sentence
from search_api.linking import Linked
from search_api.masking import Veil
from search_api.shapes.evidence import EvidenceShape, evidence, evidence_if
from search_api.shapes.parts import (
    AnnexShape,
    ArrivalShape,
    BoundaryShape,
    DigitalSignatureShape,
    IssuerShape,
    MentionShape,
    RecordShape,
    ReferenceShape,
    UnitShape,
    annex_shape,
    arrival_shape,
    issuer_shape,
    mention_shape,
    record_shape,
    reference_shape,
    signature_shape,
)
from search_api.shapes.places import DocumentLinks, document_links
from store import StoredDocument


class DoubtShape(BaseModel):
    """Something about the document that a person should look at."""

    field: str = Field(description='The field in doubt, or "boundary".')
    code: str
    facts: dict[str, str]
    sentence: str = Field(description="The doubt in the caller's language.")


class SamePaperShape(BaseModel):
    """Another document that may be the same paper."""

    id: str
    code: str = Field(description="`same_number`: number, agency and day are the same; `same_text`: it may be a second scan.")
    sentence: str


class DocumentShape(BaseModel):
    """One văn bản with the fields of NĐ 30/2020, phụ lục VI, and what else was found on its pages."""

    id: str
    dossier: str = Field(description="Id of the dossier (hồ sơ) it lies in.")
    version: int = Field(description="Grows with every change of the document.")
    number: str | None = Field(description="Số, ký hiệu in one string.", examples=["15/QĐ-UBND"])
    fields: dict[str, EvidenceShape | None] = Field(
        description="Fields under the regulation's names (organName, codeNumber, codeNotation, issuedDate, typeName, subject, "
        "...); null when the paper does not show the field."
    )
    to_places: list[EvidenceShape] = Field(alias="toPlaces", description="Nơi nhận.")
    page_amount: int | None = Field(alias="pageAmount", description="Pages with print.")
    arrival: ArrivalShape | None
    digital_signatures: list[DigitalSignatureShape]
    co_issuers: list[IssuerShape] = Field(description="The other agencies of a joint document.")
    annexes: list[AnnexShape]
    units: list[UnitShape] = Field(description="Today's units of its places and agencies.")
    record: RecordShape | None = Field(description="Fields of a civil paper, when a data pack knows it.")
    references: list[ReferenceShape] = Field(description="Documents that it names.")
    named_by: list[str] = Field(description="Ids of documents of this archive that name it.")
    same_paper: list[SamePaperShape] = Field(description="Documents that may be the same paper twice.")
    mentions: list[MentionShape] = Field(description="People and numbers that it names; sensitive ones masked unless revealed.")
    boundary: BoundaryShape | None
    doubts: list[DoubtShape]
    page_ids: list[str] = Field(description="Its pages in order.")
    links: DocumentLinks

    model_config = ConfigDict(populate_by_name=True)


class DocumentEntryShape(BaseModel):
    """A document in the list of a dossier."""

    id: str
    number: str | None
    type_name: str | None = Field(alias="typeName")
    issued_date: str | None = Field(alias="issuedDate")
    organ_name: str | None = Field(alias="organName")
    subject: str | None
    page_count: int
    doubt_count: int = Field(description="How much of it a person should look at.")
    links: DocumentLinks

    model_config = ConfigDict(populate_by_name=True)


def document_shape(stored: StoredDocument, linked: Linked, *, veil: Veil, messages: Messages) -> DocumentShape:
    """A document as the API answers it."""
    document = stored.document
    boundary = document.boundary
    return DocumentShape(
        id=document.id,
        dossier=stored.dossier_id,
        version=stored.version,
        number=document.number,
        fields={name: evidence_if(found, document) for name, found in single_fields(document)},
        to_places=[evidence(found, document) for found in document.to_places],
        page_amount=document.page_amount,
        arrival=arrival_shape(document.arrival, document) if document.arrival else None,
        digital_signatures=[signature_shape(each, document) for each in document.digital_signatures],
        co_issuers=[issuer_shape(each, document) for each in document.co_issuers],
        annexes=[annex_shape(each, document) for each in document.annexes],
        units=[UnitShape(**{name: getattr(each, name) for name in UnitShape.model_fields}) for each in document.units],
        record=record_shape(document.record, document, veil) if document.record else None,
        references=[reference_shape(each, document, linked.named.get(place, ())) for place, each in enumerate(document.references)],
        named_by=list(linked.naming),
        same_paper=[_same_paper(pair, messages) for pair in linked.pairs],
        mentions=[mention_shape(each, document, veil) for each in document.mentions],
        boundary=BoundaryShape(confidence=round(boundary.confidence, 3), evidence=list(boundary.evidence)) if boundary else None,
        doubts=[
            DoubtShape(field=each.field, code=each.code, facts=each.facts, sentence=doubt_sentence(each, messages))
            for each in document.doubts
        ],
        page_ids=list(document.page_ids),
        links=document_links(document.id, stored.dossier_id),
    )


def document_entry(document: Document, dossier_id: str) -> DocumentEntryShape:
    """A document in the list of its dossier."""
    return DocumentEntryShape(
        id=document.id,
        number=document.number,
        type_name=_value(document.type_name),
        issued_date=_value(document.issued_date),
        organ_name=_value(document.organ_name),
        subject=_value(document.subject),
        page_count=len(document.page_ids),
        doubt_count=len(document.doubts),
        links=document_links(document.id, dossier_id),
    )


def _same_paper(pair: Item, messages: Messages) -> SamePaperShape:
    return SamePaperShape(id=pair.other_id, code=pair.code, sentence=sentence(pair, messages))


def _value(found: Found | None) -> str | None:
    return found.value if found is not None else None
