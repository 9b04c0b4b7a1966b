"""What a data pack says, as values: papers with anchors and fields, required papers, retention, access.

In: nothing. Out: frozen values made by `metadata.packs.loading`. Phrases are kept as written; the engine compares folded text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier.model import PersonalData


class AnchorPlace(StrEnum):
    """Where a phrase that betrays a paper has to stand.

    `TITLE` tên giấy tờ, in capitals in the upper part of the first page; `HEAD` anywhere in that part; `ANYWHERE` on any page.
    """

    TITLE = "title"
    HEAD = "head"
    ANYWHERE = "anywhere"


class Where(StrEnum):
    """Where a value stands: after its label (also in the cell beside), below it, in its column, or anywhere (by pattern)."""

    LINE = "line"
    BELOW = "below"
    COLUMN = "column"
    TEXT = "text"


class Kind(StrEnum):
    """What a value is; each has a reader in `metadata.packs.values`."""

    TEXT = "text"
    PERSON = "person"
    ADDRESS = "address"
    DATE = "date"
    YEAR = "year"
    NUMBER = "number"
    MONEY = "money"
    AREA = "area"
    CODE = "code"
    IDENTITY = "identity"
    TAX_CODE = "tax_code"
    SOCIAL_INSURANCE = "social_insurance"
    PASSPORT = "passport"
    PHONE = "phone"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A phrase of a paper and what it says for it (weight 0-1; below 0 it speaks against it)."""

    text: str
    weight: float
    at: AnchorPlace


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: from a line with one of `start` to the next line with one of `end` (empty: to the end)."""

    start: tuple[str, ...]
    end: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field of a paper is found.

    Attributes:
        name, label: its name in records, and what staff call it.
        after: labels as printed, the usual one first, older spellings after it.
        section: name of the part of the paper in which it stands, None for all of it.
        until: phrases that end the value beside the paper's other labels.
        pattern: what the value looks like, on folded text (lower case, no marks); its first group, if any, is the value.
        choices: the values it can have, as printed.
        lines: over how many lines of print the value may run.
        repeat: it may stand several times: `name`, `name.2`, `name.3` …
    """

    name: str
    label: str
    after: tuple[str, ...] = ()
    where: Where = Where.LINE
    section: str | None = None
    until: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    lines: int = 2
    repeat: bool = False
    personal: PersonalData = PersonalData.NONE


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """A kind of paper: how it is recognised and what stands on it. `type_name`: tên loại in the archive's catalogue."""

    id: str
    name: str
    type_name: str
    anchors: tuple[Anchor, ...]
    fields: tuple[FieldRule, ...]
    sections: dict[str, Section]

    def field(self, name: str) -> FieldRule | None:
        """The rule of a field of a record ("child.2" is ruled by "child")."""
        stem = name.partition(".")[0]
        return next((rule for rule in self.fields if rule.name == stem), None)


@dataclass(frozen=True, slots=True)
class Requirement:
    """Thành phần hồ sơ: papers that have to be there, each as alternatives, once the paper `when` is (None: always)."""

    papers: tuple[tuple[str, ...], ...]
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """Thời hạn lưu trữ with its source; `checked` only where the text of the source was read, not a digest of it."""

    term: str
    source: str
    checked: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """One dossier type.

    Attributes:
        name, name_en: loại hồ sơ in Vietnamese and English.
        access: chế độ sử dụng (TT 05/2025/TT-BNV): 01 công khai, 02 có điều kiện, 03 mật.
        drawing_dpi: least resolution of its maps and drawings, None where it has none.
        checklist: field of a record that names, one by one, the papers that were handed in.
    """

    id: str
    name: str
    name_en: str
    retention: Retention
    access: str
    papers: tuple[Paper, ...]
    required: tuple[Requirement, ...] = ()
    checklist: str | None = None
    drawing_dpi: int | None = None

    def paper(self, paper_id: str) -> Paper | None:
        """The paper of that id."""
        return next((paper for paper in self.papers if paper.id == paper_id), None)
