"""Pages as canvases: the space in which everything about a page has its place, in pixels of the words' page.

In: the ids of a document's pages, the gate. Out: canvases with their picture. The picture is smaller than the canvas; boxes of
words are in pixels of the canvas already, for pages that were turned and straightened too, because the picture was kept after that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.errors import NotFound
from dossier.model import Box, Document, Page
from search_api.access import Gate
from search_api.iiif.addresses import Addresses
from search_api.iiif.answers import Json
from search_api.iiif.image_routes import service
from search_api.iiif.labels import in_both
from search_api.iiif.picture import size_of
from search_api.iiif.wishes import Size

_A4 = Size(1240, 1754)
"""The canvas of a page of which nothing is known, when no page of its document is: A4 at 150 dpi."""

THUMBNAIL = 200
"""Longest side of a thumbnail."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a document; `picture` is the size of its picture, None when there is none to show."""

    page_id: str
    position: int
    size: Size
    picture: Size | None


def page_if_read(gate: Gate, page_id: str) -> Page | None:
    """The page, or None when it was set aside and so has no words."""
    try:
        return gate.page(page_id)
    except NotFound:
        return None


def sheets_of(gate: Gate, document: Document) -> list[Sheet]:
    """All pages of a document; one that was set aside keeps its place, in the size of another page."""
    pages = [page_if_read(gate, page_id) for page_id in document.page_ids]
    usual = next((Size(page.width, page.height) for page in pages if page is not None), _A4)
    sheets = []
    for position, (page_id, page) in enumerate(zip(document.page_ids, pages, strict=True), start=1):
        size = usual if page is None else Size(page.width, page.height)
        sheets.append(Sheet(page_id, position, size, _picture_size(gate, page_id)))
    return sheets


def canvas_of(document_id: str, sheet: Sheet, addresses: Addresses) -> Json:
    """A page as a canvas; its lines of text are named, not enclosed."""
    identifier = addresses.canvas(document_id, sheet.page_id)
    lines = addresses.document(document_id, "annotations", sheet.page_id)
    canvas: Json = {
        "id": identifier,
        "type": "Canvas",
        "label": in_both("iiif.page", number=sheet.position),
        "height": sheet.size.height,
        "width": sheet.size.width,
        "items": [{"id": f"{identifier}/pictures", "type": "AnnotationPage", "items": []}],
        "annotations": [{"id": lines, "type": "AnnotationPage", "label": in_both("iiif.lines", number=sheet.position)}],
    }
    if sheet.picture is not None:
        body = picture_of(sheet.page_id, sheet.picture, addresses)
        painting = {
            "id": f"{identifier}/picture",
            "type": "Annotation",
            "motivation": "painting",
            "body": body,
            "target": identifier,
        }
        canvas["items"][0]["items"].append(painting)
        canvas["thumbnail"] = [thumbnail_of(sheet.page_id, sheet.picture, addresses)]
    return canvas


def picture_of(page_id: str, size: Size, addresses: Addresses) -> Json:
    """The picture of a page with its service."""
    return _image(page_id, "max", size, addresses)


def thumbnail_of(page_id: str, size: Size, addresses: Addresses) -> Json:
    """A small picture of a page."""
    scale = min(1.0, THUMBNAIL / max(size.width, size.height))
    small = Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))
    return _image(page_id, f"{small.width},{small.height}", small, addresses)


def place(document_id: str, page_id: str, box: Box, addresses: Addresses) -> str:
    """A box of a page as a part of its canvas."""
    return f"{addresses.canvas(document_id, page_id)}#xywh={box.x0},{box.y0},{box.width},{box.height}"


def first_picture(sheets: Sequence[Sheet]) -> Sheet | None:
    """The first page that can be shown."""
    return next((sheet for sheet in sheets if sheet.picture is not None), None)


def _image(page_id: str, size: str, pixels: Size, addresses: Addresses) -> Json:
    image = addresses.image(page_id)
    return {
        "id": f"{image}/full/{size}/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "height": pixels.height,
        "width": pixels.width,
        "service": [service(image)],
    }


def _picture_size(gate: Gate, page_id: str) -> Size | None:
    try:
        return size_of(gate.page_image(page_id))
    except NotFound:
        return None
