"""Rows of the ledger as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dossier.model import ArchivalFacts, Document, PageState, ScanFormat


class FileState(StrEnum):
    """What became of a file.

    Counted, opened (its pages are in the ledger), set aside whole, the same content as another file, or replaced: it could not
    be opened and other content lies under its name now (quét lại).
    """

    COUNTED = "counted"
    OPEN = "open"
    SET_ASIDE = "set_aside"
    DUPLICATE = "duplicate"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was set aside: a code of the message catalogue (`error.<code>`) and its facts."""

    code: str
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DossierRecord:
    """A dossier as it came in: `batch` is the path of its batch folder, `name` that of its own folder."""

    id: str
    batch: str
    name: str
    facts: ArchivalFacts
    assembled: bool


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it came in; `page_count` is None until it was opened, and stays None when it could not be."""

    id: str
    dossier_id: str
    name: str
    sha256: str
    size_bytes: int
    state: FileState
    format: ScanFormat | None
    page_count: int | None
    reason: Reason | None
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page and its one state."""

    id: str
    file_id: str
    number: int
    state: PageState
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A page that was let go after it had been stopped; `waived`: its own mark is known to be none."""

    dossier_id: str
    document_id: str
    page_id: str
    waived: bool
    released_at: str
    released_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with where it belongs and its version (the position of its last change)."""

    document: Document
    dossier_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the outbox: `action` is put or delete."""

    seq: int
    document_id: str
    action: str


@dataclass(frozen=True, slots=True)
class DossierCounts:
    """The row of a dossier in the final table; pages of each state add up to `pages_expected`."""

    dossier_id: str
    name: str
    files: int
    files_set_aside: int
    files_duplicate: int
    pages_expected: int
    pages: Mapping[PageState, int]
    documents: int
    documents_stopped: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All numbers of the ledger. `adds_up`: the pages that files brought in are just as many as the pages that have a state."""

    dossiers: int
    files: Mapping[FileState, int]
    pages_expected: int
    pages: Mapping[PageState, int]
    documents: int
    documents_stopped: int
    adds_up: bool
