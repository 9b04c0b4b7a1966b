"""Dossiers at rest and the ledger: what came in, what became of it."""

from store.access import AccessDecision, Accesses
from store.catalogue import Catalogue, DocumentRow
from store.ledger import Ledger
from store.links import Links
from store.opening import Store, open_store
from store.records import (
    Change,
    Counts,
    DossierCounts,
    DossierRecord,
    FileRecord,
    FileState,
    PageRecord,
    Reason,
    ReleaseRecord,
    StoredDocument,
)
from store.releases import Releases
from store.shelf import Shelf

__all__ = [
    "AccessDecision",
    "Accesses",
    "Catalogue",
    "Change",
    "Counts",
    "DocumentRow",
    "DossierCounts",
    "DossierRecord",
    "FileRecord",
    "FileState",
    "Ledger",
    "Links",
    "PageRecord",
    "Reason",
    "ReleaseRecord",
    "Releases",
    "Shelf",
    "Store",
    "StoredDocument",
    "open_store",
]
