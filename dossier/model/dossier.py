"""A dossier (hồ sơ): what the archive says of it, its files, its documents, and how the two agree."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum

from dossier.model.document import Document
from dossier.model.found import Found


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
class ListedPaper:
    """A row of the dossier's own mục lục văn bản (NĐ 30/2020 PL V) and the document found for it, None when it is missing."""

    ordinal: str
    number: Found | None = None
    issued_date: Found | None = None
    subject: Found | None = None
    organ_name: Found | None = None
    leaf: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """Required papers of a dossier type (thành phần hồ sơ): those found and those missing, by the pack's paper ids.

    `name` is what staff call the dossier type, `paper_names` what they call the papers.
    """

    pack: str
    present: tuple[str, ...]
    missing: tuple[str, ...]
    name: str = ""
    paper_names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the papers of a dossier say of the dossier itself.

    Attributes:
        cover: what its cover page (bìa hồ sơ) says, by the attribute names of `ArchivalFacts`.
        listing: its own list of documents. extra: ids of documents that the list does not name.
        completeness: required papers found and missing, by dossier type.
        front: ids of documents that are cover or list of papers: they are about the dossier, not papers of it.
    """

    cover: dict[str, Found] = field(default_factory=dict)
    listing: tuple[ListedPaper, ...] = ()
    extra: tuple[str, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    front: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One hồ sơ (đơn vị bảo quản) with its files, the documents found in them and what they say of the whole."""

    id: str
    name: str
    facts: ArchivalFacts
    status: DossierStatus
    files: tuple[StoredFile, ...]
    documents: tuple[Document, ...]
    findings: Findings = field(default_factory=Findings)

    @property
    def known_facts(self) -> ArchivalFacts:
        """What is known of the dossier: what the archive says, and where that is silent what its cover says."""
        said = {name: value for name, value in asdict(self.facts).items() if value is not None}
        read: dict[str, str | int] = {name: found.value for name, found in self.findings.cover.items() if name not in said}
        if "leaves" in read:
            read["leaves"] = int(read["leaves"])
        return ArchivalFacts(**{**read, **said})
