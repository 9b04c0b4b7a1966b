"""Parts of a document beside its fields: where it begins, annexes, joint issuers, arrival stamp, digital signatures, its record."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier.model.found import Found
from dossier.model.mentions import PersonalData


@dataclass(frozen=True, slots=True)
class Boundary:
    """How sure (0-1) it is that a document begins at its first page, and the evidence, by code ("separator", "state_name")."""

    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Phụ lục: pages of a document after its signature, with the title printed on the first of them."""

    page_ids: tuple[str, ...]
    title: Found | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """A further agency of a joint document (văn bản liên tịch) with its own signature block."""

    organ_name: Found | None = None
    parent_organ_name: Found | None = None
    code_number: Found | None = None
    code_notation: Found | None = None
    signer_name: Found | None = None
    signer_position: Found | None = None
    signer_authority: Found | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The stamp "ĐẾN" of the receiving office (NĐ 30/2020 PL IV mục V); its number and date are not those of the document."""

    organ_name: Found | None = None
    number: Found | None = None
    date: Found | None = None


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """Words that a digital signature shows on the page (NĐ 30/2020 PL I Phần II mục I.3): who signed and when (ISO 8601)."""

    signer: Found | None = None
    signed_at: Found | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A paper known by a data pack (birth certificate, land-use certificate …).

    Attributes:
        pack: id of the pack ("ho-tich"). paper: id of the paper in it ("giay-khai-sinh").
        confidence: 0-1 that it is this paper.
        fields: values by the pack's field names.
        name: what staff call the paper. labels: what they call its fields. personal: class of personal data of each field.
    """

    pack: str
    paper: str
    confidence: float
    fields: dict[str, Found] = field(default_factory=dict)
    name: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    personal: dict[str, PersonalData] = field(default_factory=dict)
