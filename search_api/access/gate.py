"""What of the store a reader may see: routes and views ask here, never the store itself.

In: the rooms and a reader. Out: documents, pages and dossiers, or `NotFound` just as if they were not there. What a reader gets of
a dossier is made of the documents that he may see and of nothing else, so that it tells nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends

from dossier.errors import NotFound
from dossier.model import Dossier, Page, PageState, Reader
from search_api.access.asker import Asker
from search_api.access.visible_dossier import dossier_of, without_series_doubts
from search_api.access.visible_links import VisibleLinks
from search_api.rooms import OpenRooms
from store import DocumentRow, Store, StoredDocument


class Gate:
    """The store as one reader sees it, for the time of one request."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self.store = store
        self.reader = reader
        self.links = VisibleLinks(store.links, self.visible)
        self._known: dict[str, bool] = {}

    def visible(self, document_ids: Iterable[str]) -> frozenset[str]:
        """Those of these documents that he may see, as far as they are there."""
        wanted = frozenset(document_ids)
        if self.reader.sees_all:
            return wanted
        new = wanted - self._known.keys()
        if new:
            self._known |= {one: self.reader.may_see(access) for one, access in self.store.access.of_many(new).items()}
        return frozenset(one for one in wanted if self._known[one])

    def may_see_document(self, document_id: str) -> bool:
        """Whether he may see a document, if it is there."""
        return document_id in self.visible((document_id,))

    def document(self, document_id: str) -> StoredDocument:
        """A document; without doubts that come from comparing it with others, unless he sees all of them.

        Raises:
            NotFound: when there is none that he may see.
        """
        if not self.may_see_document(document_id):
            raise NotFound(what="document", id=document_id)
        stored = self.store.document(document_id)
        return stored if self.reader.sees_all else without_series_doubts(stored)

    def page(self, page_id: str) -> Page:
        """A page; he sees one that belongs to a document that he sees.

        Raises:
            NotFound: when there is none that he may see.
        """
        self._check_page(page_id)
        return self.store.page(page_id)

    def page_image(self, page_id: str) -> bytes:
        """The upright picture of a page, JPEG.

        Raises:
            NotFound: as `page`.
        """
        self._check_page(page_id)
        return self.store.page_image(page_id)

    def may_see_page(self, page_id: str) -> bool:
        """Whether he may see a page, if it is there."""
        return self.reader.sees_all or bool(self.visible(self.store.page_owners.documents_of(page_id)))

    def dossier(self, dossier_id: str) -> Dossier:
        """A dossier with the files and documents that he may see.

        Raises:
            NotFound: when there is none with a document that he may see.
        """
        if self.reader.sees_all:
            return self.store.dossier(dossier_id)
        return dossier_of(self.store, dossier_id, self._rows(dossier_id))

    def documents_of(self, dossier_id: str) -> list[DocumentRow]:
        """The documents of a dossier that he may see, in order.

        Raises:
            NotFound: as `dossier`.
        """
        if self.reader.sees_all:
            self.store.ledger.dossier(dossier_id)
            return self.store.catalogue.rows(dossier_id)
        return self._rows(dossier_id)

    def heading(self, dossier_id: str) -> Dossier:
        """A dossier without its files and documents.

        Raises:
            NotFound: as `dossier`.
        """
        if self.reader.sees_all:
            return self.store.heading(dossier_id)
        return dossier_of(self.store, dossier_id, self._rows(dossier_id), whole=False)

    def dossier_name(self, dossier_id: str) -> str:
        """What a dossier is called.

        Raises:
            NotFound: as `dossier`.
        """
        if not self.reader.sees_all:
            self._rows(dossier_id)
        record = self.store.ledger.dossier(dossier_id)
        return record.facts.title or record.name

    def page_states(self, dossier: Dossier) -> dict[str, dict[str, PageState]]:
        """What became of the pages of a dossier that he was given: SHA-256 of a file -> page ids -> states."""
        seen = None if self.reader.sees_all else {page_id for document in dossier.documents for page_id in document.page_ids}
        pages = {file.sha256: self.store.ledger.pages(file.id) for file in self.store.ledger.files(dossier.id)}
        return {
            sha256: {page.id: page.state for page in found if seen is None or page.id in seen} for sha256, found in pages.items()
        }

    def _rows(self, dossier_id: str) -> list[DocumentRow]:
        rows = self.store.catalogue.rows(dossier_id)
        seen = self.visible(row.id for row in rows)
        if not seen:
            raise NotFound(what="dossier", id=dossier_id)
        return [row for row in rows if row.id in seen]

    def _check_page(self, page_id: str) -> None:
        if not self.may_see_page(page_id):
            raise NotFound(what="page", id=page_id)


def _gate(rooms: OpenRooms, reader: Asker) -> Gate:
    return Gate(rooms.store(), reader)


OpenGate = Annotated[Gate, Depends(_gate)]
