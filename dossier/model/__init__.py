"""One type per state of knowledge: scan on disk, page read, document understood."""

from dossier.model.access import OPERATOR, Access, AccessLevel, Reader
from dossier.model.document import SINGLE_FIELDS, Document, Priority, Secrecy, document_id, single_fields
from dossier.model.dossier import ArchivalFacts, Completeness, Dossier, DossierStatus, Findings, ListedPaper, StoredFile
from dossier.model.found import Doubt, Found
from dossier.model.geometry import Box, enclosing
from dossier.model.mentions import Mention, MentionKind, PersonalData, Reference, ReferenceKind, Unit
from dossier.model.page import (
    Barcode,
    Cell,
    CellPlace,
    Ink,
    Line,
    Page,
    PageKind,
    PageState,
    Provenance,
    Symbology,
    Table,
    Verdict,
    Word,
)
from dossier.model.papers import Annex, Arrival, Boundary, DigitalSignature, Issuer, Record
from dossier.model.scan import PageScan, ScanFile, ScanFormat, page_id, page_number

__all__ = [
    "OPERATOR",
    "SINGLE_FIELDS",
    "Access",
    "AccessLevel",
    "Annex",
    "ArchivalFacts",
    "Arrival",
    "Barcode",
    "Boundary",
    "Box",
    "Cell",
    "CellPlace",
    "Completeness",
    "DigitalSignature",
    "Document",
    "Dossier",
    "DossierStatus",
    "Doubt",
    "Findings",
    "Found",
    "Ink",
    "Issuer",
    "Line",
    "ListedPaper",
    "Mention",
    "MentionKind",
    "Page",
    "PageKind",
    "PageScan",
    "PageState",
    "PersonalData",
    "Priority",
    "Provenance",
    "Reader",
    "Record",
    "Reference",
    "ReferenceKind",
    "ScanFile",
    "ScanFormat",
    "Secrecy",
    "StoredFile",
    "Symbology",
    "Table",
    "Unit",
    "Verdict",
    "Word",
    "document_id",
    "enclosing",
    "page_id",
    "page_number",
    "single_fields",
]
