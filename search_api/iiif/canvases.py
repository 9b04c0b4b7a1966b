"""Pages as canvases: the space in which everything about a page has its place.

In: the ids of a document's pages, the gate. Out: canvases with their picture. A canvas has the size of the kept picture: viewers
that draw boxes in pixels of the picture, whatever the canvas says, are right too. The picture was kept after the page was turned
and straightened, so boxes of words only have to be scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

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
class Frame:
    """How a page lies on its canvas: its size in pixels of its words, and that of its picture, None when there is none to show."""

    paper: Size
    picture: Size | None

    @property
    def size(self) -> Size:
        """The canvas."""
        return self.picture or self.paper

    def fit(self, box: Box) -> Box:
        """A box of the page on the canvas, not smaller than it was."""
        across, down = self.size.width / self.paper.width, self.size.height / self.paper.height
        right, bottom = min(ceil(box.x1 * across), self.size.width), min(ceil(box.y1 * down), self.size.height)
        return Box(min(floor(box.x0 * across), right), min(floor(box.y0 * down), bottom), right, bottom)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a document, from 1."""

    page_id: str
    position: int
    frame: Frame


def page_if_read(gate: Gate, page_id: str) -> Page | None:
    """The page, or None when it was set aside and so has no words."""
    try:
        return gate.page(page_id)
    except NotFound:
        return None


def frame_of(gate: Gate, page: Page) -> Frame:
    """How a page lies on its canvas."""
    return Frame(Size(page.width, page.height), _picture_size(gate, page.id))


def sheets_of(gate: Gate, document: Document) -> list[Sheet]:
    """All pages of a document; one that was set aside keeps its place, in the size of another page."""
    pages = [page_if_read(gate, page_id) for page_id in document.page_ids]
    frames = [None if page is None else frame_of(gate, page) for page in pages]
    usual = next((frame.size for frame in frames if frame is not None), _A4)
    return [
        Sheet(page_id, position, frame or Frame(usual, _picture_size(gate, page_id)))
        for position, (page_id, frame) in enumerate(zip(document.page_ids, frames, strict=True), start=1)
    ]


def canvas_of(document_id: str, sheet: Sheet, addresses: Addresses) -> Json:
    """A page as a canvas; its lines of text are named, not enclosed."""
    identifier = addresses.canvas(document_id, sheet.page_id)
    lines = addresses.document(document_id, "annotations", sheet.page_id)
    canvas: Json = {
        "id": identifier,
        "type": "Canvas",
        "label": in_both("iiif.page", number=sheet.position),
        "height": sheet.frame.size.height,
        "width": sheet.frame.size.width,
        "items": [{"id": f"{identifier}/pictures", "type": "AnnotationPage", "items": []}],
        "annotations": [{"id": lines, "type": "AnnotationPage", "label": in_both("iiif.lines", number=sheet.position)}],
    }
    if sheet.frame.picture is not None:
        body = picture_of(sheet.page_id, sheet.frame.picture, addresses)
        painting = {
            "id": f"{identifier}/picture",
            "type": "Annotation",
            "motivation": "painting",
            "body": body,
            "target": identifier,
        }
        canvas["items"][0]["items"].append(painting)
        canvas["thumbnail"] = [thumbnail_of(sheet.page_id, sheet.frame.picture, addresses)]
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
    """A box on a canvas as an address."""
    return f"{addresses.canvas(document_id, page_id)}#xywh={box.x0},{box.y0},{box.width},{box.height}"


def first_picture(sheets: Sequence[Sheet]) -> Sheet | None:
    """The first page that can be shown."""
    return next((sheet for sheet in sheets if sheet.frame.picture is not None), None)


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
