"""What a text speaks of: other documents, people, numbers, places of today."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier.model.found import Found


class ReferenceKind(StrEnum):
    """Why a document names another: legal basis (căn cứ), or cited in the text."""

    BASIS = "basis"
    CITED = "cited"


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document named in the text ("Quyết định số 2723/QĐ-UBND ngày 29/10/2014").

    Attributes:
        found: the words as printed, with their place.
        type_name: tên loại of the named document. number: its number and notation, normalised ("2723/QĐ-UBND").
        issued_date: ISO, of day, month or year precision. organ_name: who issued it. title: its name ("Luật Lưu trữ").
    """

    found: Found
    kind: ReferenceKind
    type_name: str | None = None
    number: str | None = None
    issued_date: str | None = None
    organ_name: str | None = None
    title: str | None = None


class MentionKind(StrEnum):
    """Kinds of people and numbers that a text may name."""

    PERSON = "person"
    CITIZEN_ID = "citizen_id"
    OLD_IDENTITY_CARD = "old_identity_card"
    PASSPORT = "passport"
    TAX_CODE = "tax_code"
    SOCIAL_INSURANCE = "social_insurance"
    PHONE = "phone"
    MONEY = "money"
    DATE = "date"


class PersonalData(StrEnum):
    """Class of personal data (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP Điều 3-4): none, cơ bản, nhạy cảm."""

    NONE = "none"
    BASIC = "basic"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or a number in the text.

    Attributes:
        found: its value is normalised (digits without spaces, ISO dates, whole names as printed).
        valid: it obeys the rules of its kind (length, province and century digits, check digit).
    """

    kind: MentionKind
    found: Found
    valid: bool
    personal: PersonalData


@dataclass(frozen=True, slots=True)
class Unit:
    """Today's unit (place or agency) for a name as printed.

    Attributes:
        field: the field whose printed name it stands for ("issuedPlace", "organName").
        id: code in `system` ("gso", "organ"). name: its name today.
        valid_from, valid_to: ISO days between which the printed name was valid; None where open.
        certain: False when the printed unit was split between several of today's.
    """

    field: str
    id: str
    system: str
    name: str
    valid_from: str | None
    valid_to: str | None
    certain: bool = True
