"""One type per state of knowledge: scan on disk, page read, document understood."""

from dossier.model.document import (
    SINGLE_FIELDS,
    ArchivalFacts,
    Document,
    Dossier,
    DossierStatus,
    Found,
    Priority,
    Secrecy,
    StoredFile,
    document_id,
    single_fields,
)
from dossier.model.geometry import Box, enclosing
from dossier.model.page import Cell, CellPlace, Ink, Line, Page, PageKind, PageState, Provenance, Table, Verdict, Word
from dossier.model.scan import PageScan, ScanFile, ScanFormat, page_id, page_number

__all__ = [
    "SINGLE_FIELDS",
    "ArchivalFacts",
    "Box",
    "Cell",
    "CellPlace",
    "Document",
    "Dossier",
    "DossierStatus",
    "Found",
    "Ink",
    "Line",
    "Page",
    "PageKind",
    "PageScan",
    "PageState",
    "Priority",
    "Provenance",
    "ScanFile",
    "ScanFormat",
    "Secrecy",
    "StoredFile",
    "Table",
    "Verdict",
    "Word",
    "document_id",
    "enclosing",
    "page_id",
    "page_number",
    "single_fields",
]
