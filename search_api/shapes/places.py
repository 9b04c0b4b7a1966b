"""Shapes of places and links that several answers share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from dossier.model import Box

Corners = Annotated[
    tuple[int, int, int, int],
    Field(description="[x0, y0, x1, y1] in pixels of the upright page, origin top left, x1/y1 exclusive."),
]


def corners(box: Box) -> tuple[int, int, int, int]:
    """A box as the four numbers of the JSON."""
    return (box.x0, box.y0, box.x1, box.y1)


class DocumentLinks(BaseModel):
    """Where to go from a document (văn bản)."""

    self: str = Field(description="The document with its fields.")
    pages: str = Field(description="Its pages.")
    dossier: str = Field(description="The dossier (hồ sơ) it lies in.")
    viewer: str = Field(description="A page for people.")


class PageLinks(BaseModel):
    """Where to go from a page."""

    self: str = Field(description="Words and boxes of the page.")
    image: str = Field(description="Picture of the upright page; scale boxes by its width over the page's width.")


def document_links(document_id: str, dossier_id: str, *, viewer: str | None = None) -> DocumentLinks:
    """The links of a document; `viewer` opens it at a certain page."""
    return DocumentLinks(
        self=f"/v1/documents/{document_id}",
        pages=f"/v1/documents/{document_id}/pages",
        dossier=f"/v1/dossiers/{dossier_id}",
        viewer=viewer or f"/van-ban/{document_id}",
    )


def page_links(page_id: str) -> PageLinks:
    """The links of a page."""
    return PageLinks(self=f"/v1/pages/{page_id}", image=f"/v1/pages/{page_id}/image")
