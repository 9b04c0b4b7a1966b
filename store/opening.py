"""Opening a store: the files and the ledger together, and reading from them without caring where a thing lies.

In: the store's settings. Out: a `Store`. Only doors open one.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from dossier.errors import Damaged, NotFound, Unavailable
from dossier.model import Dossier, DossierStatus, Page, PageState, StoredFile
from dossier.settings import StoreSettings
from store.access import Accesses
from store.accounts import Accounts
from store.api_keys import ApiKeys
from store.atomic import sweep
from store.catalogue import Catalogue
from store.counting import count_all, count_dossier
from store.database import Database
from store.exports import Exports
from store.feed import Feed
from store.jobs import open_jobs
from store.ledger import Ledger
from store.links import Links
from store.page_owners import PageOwners
from store.records import Counts, DossierCounts, FileRecord, FileState, StoredDocument
from store.releases import Releases
from store.saved import SavedSearches
from store.schema import SCHEMA_VERSION
from store.shelf import Shelf
from store.signing import signing_key
from store.visits import Visits
from store.webhooks import Webhooks

logger = logging.getLogger(__name__)


_PAGES_NOTED_SINCE = 4
"""Version of the ledger that knows the documents of each page."""


class Store:
    """At rest: `shelf` (files), `ledger` (dossiers, files, pages), `catalogue` (documents, outbox), `links` and `releases`."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.shelf = Shelf(folder)
        self.ledger = Ledger(database)
        self.catalogue = Catalogue(database)
        self.links = Links(database)
        self.releases = Releases(database)
        self.access = Accesses(database)
        self.page_owners = PageOwners(database)
        self.accounts = Accounts(database)
        self.api_keys = ApiKeys(database)
        self.visits = Visits(database)
        self.feed = Feed(database)
        self.exports = Exports(database, folder)
        self.webhooks = Webhooks(database)
        self.saved_searches = SavedSearches(database)
        self._database = database

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back."""
        self._database.close()

    def signing_key(self) -> bytes:
        """The key with which the server signs what it hands out and takes back."""
        return signing_key(self.folder)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who digitises into this store; a killed holder frees it, and its half-written files are swept.

        Raises:
            Unavailable: when another process is at it.
        """
        with (self.folder / "writing.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Unavailable(what="store", detail="problem.store_busy") from error
            sweep(self.folder / "dossiers")
            shutil.rmtree(self.shelf.desk, ignore_errors=True)
            yield

    def retry_set_aside(self, dossier_id: str) -> int:
        """Let the pages that were set aside be read anew, when a person asks for it; answers how many.

        What was kept of them (the picture of a page without text) goes first, or it would be taken for their reading.
        """
        for file in self.ledger.files(dossier_id):
            for page in self.ledger.pages(file.id):
                if page.state is PageState.SET_ASIDE:
                    self.shelf.purge_page(dossier_id, page.id)
        return self.ledger.retry_set_aside(dossier_id)

    # reading

    def page(self, page_id: str) -> Page:
        """A page that was read; also one that is blank or was set aside for having no text.

        Raises:
            NotFound: when there is none, nothing was kept of it, or it was stopped for secrecy.
        """
        return self.shelf.page(self._dossier_of_page(page_id), page_id)

    def page_image(self, page_id: str) -> bytes:
        """The upright image of a page, JPEG.

        Raises:
            NotFound: as `page`.
        """
        return self.shelf.page_image(self._dossier_of_page(page_id), page_id)

    def document(self, document_id: str) -> StoredDocument:
        """A document.

        Raises:
            NotFound: when there is none or it was stopped for secrecy.
        """
        row = self.catalogue.row(document_id)
        return StoredDocument(self.shelf.document(row.dossier_id, document_id), row.dossier_id, row.version)

    def dossier(self, dossier_id: str) -> Dossier:
        """A dossier with its files and documents; a file that is secret from first to last page is not named.

        Raises:
            NotFound: when there is none.
        """
        record = self.ledger.dossier(dossier_id)
        files = [file for file in self.ledger.files(dossier_id) if self._is_shown(file)]
        return Dossier(
            id=record.id,
            name=record.name,
            facts=record.facts,
            status=self._status(dossier_id),
            files=tuple(StoredFile(file.name, file.sha256, file.page_count or 0) for file in files),
            documents=tuple(self.shelf.document(dossier_id, row.id) for row in self.catalogue.rows(dossier_id)),
            findings=self.shelf.findings(dossier_id),
        )

    def heading(self, dossier_id: str) -> Dossier:
        """A dossier without its files and documents, but with what its papers say of it: its cover may state the fonds.

        Raises:
            NotFound: when there is none.
        """
        record = self.ledger.dossier(dossier_id)
        findings = self.shelf.findings(dossier_id)
        return Dossier(record.id, record.name, record.facts, self._status(dossier_id), files=(), documents=(), findings=findings)

    def document_pages(self, document_id: str) -> list[Page]:
        """The pages of a document of which something was kept, in order; one whose file is damaged is logged and left out.

        Raises:
            NotFound: as `document`.
        """
        stored = self.document(document_id)
        kept = (page_id for page_id in stored.document.page_ids if self.shelf.has_page(stored.dossier_id, page_id))
        return [page for page_id in kept if (page := self._readable(stored.dossier_id, page_id)) is not None]

    def _readable(self, dossier_id: str, page_id: str) -> Page | None:
        try:
            return self.shelf.page(dossier_id, page_id)
        except Damaged as error:
            logger.error("page %s of dossier %s is damaged in the store: %s", page_id, dossier_id, error)
            return None

    def counts(self) -> Counts:
        """All numbers of the ledger."""
        return count_all(self._database)

    def open_jobs(self) -> dict[str, int]:
        """How much work waits that other systems ordered, by kind."""
        return open_jobs(self._database)

    def dossier_counts(self, dossier_id: str) -> DossierCounts:
        """The numbers of one dossier."""
        return count_dossier(self._database, dossier_id)

    def _status(self, dossier_id: str) -> DossierStatus:
        counts = self.dossier_counts(dossier_id)
        if counts.pages[PageState.PENDING]:
            return DossierStatus.WORKING
        whole = not (counts.files_set_aside or counts.pages[PageState.SET_ASIDE] or counts.pages[PageState.STOPPED])
        return DossierStatus.COMPLETE if whole else DossierStatus.PARTIAL

    def _is_shown(self, file: FileRecord) -> bool:
        if file.state in (FileState.SET_ASIDE, FileState.REPLACED):
            return False
        states = {page.state for page in self.ledger.pages(file.id)}
        return states != {PageState.STOPPED}

    def _dossier_of_page(self, page_id: str) -> str:
        dossier_id, state = self.ledger.where_is(page_id)
        if state is PageState.STOPPED:
            raise NotFound(what="page", id=page_id)
        return dossier_id


def open_store(settings: StoreSettings, *, create: bool = False) -> Store:
    """Open the store of the settings.

    Args:
        settings: folder and ledger URL.
        create: make it when it is not there.

    Raises:
        NotFound: when it is not there and `create` is False.
        BadSettings, Unavailable: when the ledger cannot be opened.
    """
    folder = settings.folder.resolve()
    if not create and not folder.is_dir():
        raise NotFound(what="store", id=str(folder))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # personal data
    database = Database(settings.ledger_url or f"sqlite:///{folder / 'ledger.sqlite'}")
    try:
        before = database.create()
        store = Store(folder, database)
        if before is not None and before < min(SCHEMA_VERSION, _PAGES_NOTED_SINCE):
            store.page_owners.adopt(store.shelf)
    except BaseException:
        database.close()
        raise
    return store
