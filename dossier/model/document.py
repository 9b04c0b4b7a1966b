"""What the pages mean: a document (văn bản) with the fields that the regulations ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dossier.model.found import Doubt, Found
from dossier.model.mentions import Mention, Reference, Unit
from dossier.model.papers import Annex, Arrival, Boundary, DigitalSignature, Issuer, Record


class Secrecy(StrEnum):
    """Độ mật: levels of state secrets (Luật Bảo vệ bí mật nhà nước), value as printed in the archives' field tables."""

    CONFIDENTIAL = "Mật"
    SECRET = "Tối mật"
    TOP_SECRET = "Tuyệt mật"


class Priority(StrEnum):
    """Mức độ khẩn (NĐ 30/2020, PL I, ô 10b)."""

    URGENT = "Khẩn"
    VERY_URGENT = "Thượng khẩn"
    IMMEDIATE = "Hỏa tốc"


@dataclass(frozen=True, slots=True)
class Document:
    """One văn bản in a stack of pages with the fields of NĐ 30/2020 PL VI; a field that is not on the paper is None.

    Attributes:
        id: content id, from its first page.
        page_ids: its pages in order, annexes and blank backs included.
        organ_name: cơ quan ban hành. parent_organ_name: cơ quan chủ quản.
        code_number, code_notation: số and ký hiệu. issued_place, issued_date: địa danh, ngày ban hành (ISO).
        number_joint: what is printed between số and ký hiệu.
        type_name: tên loại ("Công văn" is never printed, its evidence is the form). subject: trích yếu.
        signer_name, signer_position: người ký, chức vụ without TM./KT./TL. to_places: nơi nhận.
        signer_authority: thể thức ký (TM., KT., TL., TUQ., Q.).
        secrecy, priority: độ mật, mức độ khẩn, values of `Secrecy` and `Priority`.
        language: ngôn ngữ. page_amount: số trang with print. mode: bản gốc, bản chính, sao y, sao lục, trích sao.
        autograph: bút tích, handwritten notes on the paper (not the signature). arrival: dấu đến.
        co_issuers: the other agencies of a joint document. annexes: phụ lục. boundary: why it begins where it does.
        references: documents it names. mentions: people and numbers it names. units: today's units of its places and agencies.
        record: what a data pack made of it. doubts: what a person should look at.
    """

    id: str
    page_ids: tuple[str, ...]
    organ_name: Found | None = None
    parent_organ_name: Found | None = None
    code_number: Found | None = None
    code_notation: Found | None = None
    issued_place: Found | None = None
    issued_date: Found | None = None
    type_name: Found | None = None
    subject: Found | None = None
    signer_name: Found | None = None
    signer_position: Found | None = None
    to_places: tuple[Found, ...] = ()
    signer_authority: Found | None = None
    secrecy: Found | None = None
    priority: Found | None = None
    language: Found | None = None
    page_amount: int | None = None
    mode: Found | None = None
    autograph: Found | None = None
    arrival: Arrival | None = None
    digital_signatures: tuple[DigitalSignature, ...] = ()
    co_issuers: tuple[Issuer, ...] = ()
    annexes: tuple[Annex, ...] = ()
    boundary: Boundary | None = None
    references: tuple[Reference, ...] = ()
    mentions: tuple[Mention, ...] = ()
    units: tuple[Unit, ...] = ()
    record: Record | None = None
    doubts: tuple[Doubt, ...] = ()
    number_joint: str = "/"

    @property
    def number(self) -> str | None:
        """Số, ký hiệu as one string ("15/QĐ-UBND", "22-NQ/TU"), or None without a number and notation."""
        parts = [found.value for found in (self.code_number, self.code_notation) if found is not None]
        return self.number_joint.join(parts) if parts else None


SINGLE_FIELDS: dict[str, str] = {
    "organ_name": "organName",
    "parent_organ_name": "parentOrganName",
    "code_number": "codeNumber",
    "code_notation": "codeNotation",
    "issued_place": "issuedPlace",
    "issued_date": "issuedDate",
    "type_name": "typeName",
    "subject": "subject",
    "signer_name": "signerName",
    "signer_position": "signerPosition",
    "signer_authority": "signerAuthority",
    "secrecy": "secrecy",
    "priority": "priority",
    "language": "language",
    "mode": "mode",
    "autograph": "autograph",
}
"""Our attribute -> the regulation's field name (NĐ 30/2020 PL VI); `to_places` -> toPlaces holds several values."""


def single_fields(document: Document) -> Iterator[tuple[str, Found | None]]:
    """The single-valued fields of a document under the regulation's names, in the order of the form."""
    for attribute, name in SINGLE_FIELDS.items():
        yield name, getattr(document, attribute)


def document_id(first_page_id: str) -> str:
    """Id of a document: that of its first page, in a name space of its own."""
    return f"d-{first_page_id}"
