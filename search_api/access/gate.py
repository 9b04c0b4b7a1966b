"""What of the store a reader may see: routes and views ask here, never the store itself.

In: the rooms and a reader. Out: documents, pages and dossiers, or `NotFound` just as if they were not there.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from dossier.model import Page, Reader
from search_api.access.asker import Asker
from search_api.rooms import OpenRooms
from store import Store, StoredDocument


class Gate:
    """The store as one reader sees it."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self.store = store
        self.reader = reader

    def document(self, document_id: str) -> StoredDocument:
        """A document.

        Raises:
            NotFound: when there is none that he may see.
        """
        return self.store.document(document_id)

    def page(self, page_id: str) -> Page:
        """A page.

        Raises:
            NotFound: when there is none that he may see.
        """
        return self.store.page(page_id)

    def page_image(self, page_id: str) -> bytes:
        """The upright picture of a page, JPEG.

        Raises:
            NotFound: as `page`.
        """
        return self.store.page_image(page_id)


def _gate(rooms: OpenRooms, reader: Asker) -> Gate:
    return Gate(rooms.store(), reader)


OpenGate = Annotated[Gate, Depends(_gate)]
