"""What the pages mean: fields with evidence, documents, dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dossier.model.geometry import Box


@dataclass(frozen=True, slots=True)
class Found:
    """A value with its evidence, so that a person can check it against the paper.

    Attributes:
        value: as printed, NFC, lines joined by a space; dates are ISO (YYYY-MM-DD).
        page_id: the page that shows it. `box`: where on that page (upright pixels).
        confidence: 0-1. `source`: the rule that found it.
    """

    value: str
    page_id: str
    box: Box
    confidence: float
    source: str


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
        type_name: tên loại ("Công văn" is never printed, its evidence is the form). subject: trích yếu.
        signer_name, signer_position: người ký, chức vụ without TM./KT./TL. to_places: nơi nhận.
        secrecy, priority: độ mật, mức độ khẩn, values of `Secrecy` and `Priority`.
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
    secrecy: Found | None = None
    priority: Found | None = None

    @property
    def number(self) -> str | None:
        """Số, ký hiệu as one string ("15/QĐ-UBND"), or None without a number and notation."""
        parts = [found.value for found in (self.code_number, self.code_notation) if found is not None]
        return "/".join(parts) if parts else None


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
    "secrecy": "secrecy",
    "priority": "priority",
}
"""Our attribute -> the regulation's field name (NĐ 30/2020 PL VI); `to_places` -> toPlaces holds several values."""


def single_fields(document: Document) -> Iterator[tuple[str, Found | None]]:
    """The single-valued fields of a document under the regulation's names, in the order of the form."""
    for attribute, name in SINGLE_FIELDS.items():
        yield name, getattr(document, attribute)


def document_id(first_page_id: str) -> str:
    """Id of a document: that of its first page, in a name space of its own."""
    return f"d-{first_page_id}"


@dataclass(frozen=True, slots=True)
class ArchivalFacts:
    """What the archive says of a dossier (`ho-so.yaml`): the regulation's terms, all optional.

    Attributes:
        fonds: phông. catalogue: mục lục số. box: hộp số. file_number: hồ sơ số. title: tiêu đề.
        maintenance: thời hạn bảo quản. start_date, end_date: từ ngày, đến ngày (ISO). leaves: số tờ.
    """

    fonds: str | None = None
    catalogue: str | None = None
    box: str | None = None
    file_number: str | None = None
    title: str | None = None
    maintenance: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    leaves: int | None = None


class DossierStatus(StrEnum):
    """Whether every page of a dossier ended well: `PARTIAL` has something set aside or stopped."""

    WORKING = "working"
    COMPLETE = "complete"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A scan file as the dossier keeps it: its name in the batch, its content, its pages."""

    name: str
    sha256: str
    page_count: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """One hồ sơ (đơn vị bảo quản) with its files and the documents found in them."""

    id: str
    name: str
    facts: ArchivalFacts
    status: DossierStatus
    files: tuple[StoredFile, ...]
    documents: tuple[Document, ...]
