"""Where everything of IIIF is found: the absolute URIs that manifests, annotations and services name each other by.

In: the request. Out: URIs. Behind a proxy `SOHOA_SHARING__PUBLIC_URL` says how others reach this server.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Request

from search_api.rooms import rooms_of


@dataclass(frozen=True, slots=True)
class Addresses:
    """URIs under one base, which has no slash at its end."""

    base: str

    def to(self, *parts: str, **query: str) -> str:
        """A path of this server."""
        path = "/".join(quote(part, safe="") for part in parts)
        return f"{self.base}/{path}" + (f"?{urlencode(query)}" if query else "")

    def image(self, page_id: str) -> str:
        """The image service of a page."""
        return self.to("iiif", "image", page_id)

    def document(self, document_id: str, *more: str, **query: str) -> str:
        """The manifest of a document and what belongs to it."""
        return self.to("iiif", "documents", document_id, *more, **query)

    def manifest(self, document_id: str) -> str:
        """The manifest of a document."""
        return self.document(document_id, "manifest")

    def canvas(self, document_id: str, page_id: str) -> str:
        """The canvas of a page."""
        return self.document(document_id, "canvas", page_id)

    def collection(self, dossier_id: str) -> str:
        """The collection of a dossier."""
        return self.to("iiif", "dossiers", dossier_id, "collection")


def _addresses(request: Request) -> Addresses:
    public = rooms_of(request).settings.sharing.public_url
    return Addresses((public or str(request.base_url)).rstrip("/"))


OpenAddresses = Annotated[Addresses, Depends(_addresses)]
