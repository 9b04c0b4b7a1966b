"""Shapes of what a document has beside its fields: arrival, signatures, joint issuers, annexes, record, what it names.

In: values of `dossier.model` and the document that they belong to. Names of the regulations in its style, our own with underscores.
"""

from __future__ import annotations

from dataclasses import fields

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from dossier.model import (
    Annex,
    Arrival,
    DigitalSignature,
    Document,
    Issuer,
    Mention,
    MentionKind,
    PersonalData,
    Record,
    Reference,
    ReferenceKind,
)
from search_api.masking import Veil, shown_field, shown_mention
from search_api.shapes.evidence import EvidenceShape, evidence, evidence_if, veiled_evidence


class _RegulationNames(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class ArrivalShape(_RegulationNames):
    """Dấu đến: stamp of the receiving office (NĐ 30/2020 PL IV)."""

    organ_name: EvidenceShape | None
    number: EvidenceShape | None
    date: EvidenceShape | None


class DigitalSignatureShape(BaseModel):
    """What a digital signature shows on the page."""

    signer: EvidenceShape | None
    signed_at: EvidenceShape | None


class IssuerShape(_RegulationNames):
    """A further agency of a joint document (văn bản liên tịch)."""

    organ_name: EvidenceShape | None
    parent_organ_name: EvidenceShape | None
    code_number: EvidenceShape | None
    code_notation: EvidenceShape | None
    signer_name: EvidenceShape | None
    signer_position: EvidenceShape | None
    signer_authority: EvidenceShape | None


class AnnexShape(BaseModel):
    """Phụ lục: pages after the signature."""

    title: EvidenceShape | None
    pages: list[int] = Field(description="Positions of its pages in the document, from 1.")


class BoundaryShape(BaseModel):
    """Why a document is taken to begin where it does."""

    confidence: float
    evidence: list[str] = Field(description='Codes: "separator", "state_name" ...')


class UnitShape(BaseModel):
    """Today's unit for a name as printed."""

    field: str = Field(description="The field whose printed name it stands for.")
    id: str
    system: str = Field(description="Whose code `id` is.")
    name: str = Field(description="Its name today.")
    valid_from: str | None = Field(description="First day on which the printed name was valid; null where open.")
    valid_to: str | None
    certain: bool = Field(description="False where the printed unit was split between several.")


class RecordFieldShape(BaseModel):
    """A field of a civil paper."""

    label: str = Field(description="What staff call it.")
    personal: PersonalData = Field(description="Class of personal data.")
    evidence: EvidenceShape


class RecordShape(BaseModel):
    """A paper known by a data pack (giấy khai sinh, giấy chứng nhận quyền sử dụng đất ...)."""

    pack: str
    paper: str
    name: str = Field(description="What staff call the paper.")
    confidence: float
    fields: dict[str, RecordFieldShape]


class ReferenceShape(BaseModel):
    """Another document named in the text."""

    kind: ReferenceKind = Field(description="`basis`: căn cứ; `cited`: named in the text.")
    type_name: str | None = Field(alias="typeName")
    number: str | None
    issued_date: str | None = Field(alias="issuedDate")
    organ_name: str | None = Field(alias="organName")
    title: str | None
    evidence: EvidenceShape
    documents: list[str] = Field(description="Ids of documents of this archive that it may be; empty when it is not here.")

    model_config = ConfigDict(populate_by_name=True)


class MentionShape(BaseModel):
    """A person or a number in the text."""

    kind: MentionKind
    valid: bool = Field(description="It obeys the rules of its kind.")
    personal: PersonalData = Field(description="Class of personal data.")
    evidence: EvidenceShape


def arrival_shape(arrival: Arrival, document: Document) -> ArrivalShape:
    """The arrival stamp."""
    return ArrivalShape(**_evidences(arrival, document))


def signature_shape(signature: DigitalSignature, document: Document) -> DigitalSignatureShape:
    """A digital signature."""
    return DigitalSignatureShape(**_evidences(signature, document))


def issuer_shape(issuer: Issuer, document: Document) -> IssuerShape:
    """A joint issuer."""
    return IssuerShape(**_evidences(issuer, document))


def annex_shape(annex: Annex, document: Document) -> AnnexShape:
    """An annex."""
    pages = [document.page_ids.index(page_id) + 1 for page_id in annex.page_ids if page_id in document.page_ids]
    return AnnexShape(title=evidence_if(annex.title, document), pages=pages)


def record_shape(record: Record, document: Document, veil: Veil) -> RecordShape:
    """A civil paper, personal data behind the veil."""
    values = {
        name: RecordFieldShape(
            label=record.labels.get(name, name),
            personal=record.personal.get(name, PersonalData.SENSITIVE),
            evidence=veiled_evidence(shown_field(record, name, veil), document),
        )
        for name in record.fields
    }
    return RecordShape(
        pack=record.pack,
        paper=record.paper,
        name=record.name or record.paper,
        confidence=round(record.confidence, 3),
        fields=values,
    )


def reference_shape(reference: Reference, document: Document, ids: tuple[str, ...]) -> ReferenceShape:
    """A document that the text names; `ids`: which of the archive it may be."""
    return ReferenceShape(
        kind=reference.kind,
        type_name=reference.type_name,
        number=reference.number,
        issued_date=reference.issued_date,
        organ_name=reference.organ_name,
        title=reference.title,
        evidence=evidence(reference.found, document),
        documents=list(ids),
    )


def mention_shape(mention: Mention, document: Document, veil: Veil) -> MentionShape:
    """A person or a number, behind the veil."""
    found = veiled_evidence(shown_mention(mention, veil), document)
    return MentionShape(kind=mention.kind, valid=mention.valid, personal=mention.personal, evidence=found)


def _evidences(part: Arrival | DigitalSignature | Issuer, document: Document) -> dict[str, EvidenceShape | None]:
    return {each.name: evidence_if(getattr(part, each.name), document) for each in fields(part)}
