"""Dossiers at rest and the ledger: what came in, what became of it."""

from store.access import AccessDecision, Accesses
from store.accounts import LEAST_PASSWORD, LOCKED_MINUTES, MOST_FAILURES, Account, Accounts, Role
from store.api_keys import ApiKey, ApiKeys
from store.catalogue import Catalogue, DocumentRow
from store.exports import ExportJob, Exports, ExportState
from store.feed import Event, EventKind, Feed
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
from store.saved import SavedSearch, SavedSearches
from store.shelf import Shelf
from store.visits import Visit, Visits
from store.webhooks import Delivery, Webhook, Webhooks, WebhookState

__all__ = [
    "LEAST_PASSWORD",
    "LOCKED_MINUTES",
    "MOST_FAILURES",
    "AccessDecision",
    "Accesses",
    "Account",
    "Accounts",
    "ApiKey",
    "ApiKeys",
    "Catalogue",
    "Change",
    "Counts",
    "Delivery",
    "DocumentRow",
    "DossierCounts",
    "DossierRecord",
    "Event",
    "EventKind",
    "ExportJob",
    "ExportState",
    "Exports",
    "Feed",
    "FileRecord",
    "FileState",
    "Ledger",
    "Links",
    "PageRecord",
    "Reason",
    "ReleaseRecord",
    "Releases",
    "Role",
    "SavedSearch",
    "SavedSearches",
    "Shelf",
    "Store",
    "StoredDocument",
    "Visit",
    "Visits",
    "Webhook",
    "WebhookState",
    "Webhooks",
    "open_store",
]
