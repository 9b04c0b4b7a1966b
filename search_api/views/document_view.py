"""The viewer: one page of a document, its picture with boxes, fields with evidence, text with the matches marked.

In: a stored document, the page read, a question. Out: values for `document.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dossier.messages import Messages
from dossier.model import Box, Document, Found, Page, single_fields
from search_api.presentation import Links, written_date
from search_api.views.matches import Matching, is_marked

DOUBTFUL = 0.6
"""Words read with less confidence than this are underlined; a choice for the eye, not a measured bound."""

UNSURE = 0.75
"""Fields found with less confidence than this ask to be compared with the paper."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box of the overlay, in pixels of the upright page."""

    x: int
    y: int
    width: int
    height: int
    text: str = ""
    field: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class WordView:
    """A word of the text beside the picture."""

    text: str
    matched: bool
    unsure: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """The page shown."""

    id: str
    width: int
    height: int
    blank: bool
    confidence: float
    has_picture: bool
    lines: list[list[WordView]]
    match_boxes: list[Rectangle]
    field_boxes: list[Rectangle]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the form; `href` opens the page that shows it with its box drawn."""

    name: str
    label: str
    value: str | None
    page: int | None
    href: str | None
    confidence: float
    unsure: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of this document with matches."""

    page: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What of the document is looked at."""

    position: int
    query: str = ""
    field: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything `document.html` shows."""

    document_id: str
    dossier_id: str
    dossier_name: str
    heading: str
    type: str
    position: int
    page_count: int
    large: bool
    resize: str
    query: str
    query_error: str
    hit_pages: list[HitPage]
    previous: str | None
    next: str | None
    page: PageView | None
    fields: list[FieldView]


def heading_of(document: Document, messages: Messages) -> str:
    """Number and subject, as much of them as is known."""
    parts = (document.number, document.subject and document.subject.value)
    return " – ".join(part for part in parts if part) or messages.text("web.document_without_name")


def document_view(
    document: Document,
    page: Page | None,
    *,
    place: Place,
    matching: Matching,
    dossier: tuple[str, str],
    has_picture: bool,
    query_error: str,
    messages: Messages,
    link: Links,
) -> DocumentView:
    """The viewer at one page; `page` is None when that page was set aside. `dossier`: its id and name."""
    path = f"/van-ban/{document.id}"
    count = len(document.page_ids)

    def at(position: int, field: str = "", fragment: str = "") -> str:
        return link(path, [("trang", position), ("q", place.query), ("truong", field), ("lon", 1 if place.large else "")], fragment)

    other_size = [("trang", place.position), ("q", place.query), ("truong", place.field), ("lon", "" if place.large else 1)]

    fields = _fields(document, place, messages, at)
    return DocumentView(
        document_id=document.id,
        dossier_id=dossier[0],
        dossier_name=dossier[1],
        heading=heading_of(document, messages),
        type=document.type_name.value if document.type_name else "",
        position=place.position,
        page_count=count,
        large=place.large,
        resize=link(path, other_size),
        query=place.query,
        query_error=query_error,
        hit_pages=[HitPage(number, at(number), number == place.position) for number in matching.pages],
        previous=at(place.position - 1) if place.position > 1 else None,
        next=at(place.position + 1) if place.position < count else None,
        page=_page(page, document, place, matching, has_picture=has_picture) if page else None,
        fields=fields,
    )


def _found_fields(document: Document) -> Iterator[tuple[str, Found | None]]:
    """Every field of the form in its order; several recipients are several rows."""
    yield from single_fields(document)
    for place in document.to_places:
        yield "toPlaces", place


def _fields(document: Document, place: Place, messages: Messages, at: Callable[[int, str, str], str]) -> list[FieldView]:
    rows = []
    for name, found in _found_fields(document):
        page = document.page_ids.index(found.page_id) + 1 if found and found.page_id in document.page_ids else None
        value = None if found is None else written_date(found.value) if name == "issuedDate" else found.value
        rows.append(
            FieldView(
                name=name,
                label=messages.text(f"web_field.{name}"),
                value=value,
                page=page,
                href=at(page, name, "giay") if page else None,
                confidence=found.confidence if found else 0.0,
                unsure=found is not None and found.confidence < UNSURE,
                chosen=found is not None and name == place.field and page == place.position,
            )
        )
    return rows


def _page(page: Page, document: Document, place: Place, matching: Matching, *, has_picture: bool) -> PageView:
    matches = matching.boxes(page)
    return PageView(
        id=page.id,
        width=page.width,
        height=page.height,
        blank=page.blank,
        confidence=page.confidence,
        has_picture=has_picture,
        lines=[
            [WordView(word.text, is_marked(word, matches), word.confidence < DOUBTFUL) for word in line.words]
            for line in page.lines
        ],
        match_boxes=[_rectangle(match.box, text=match.text) for match in matches],
        field_boxes=[
            _rectangle(found.box, field=name, chosen=name == place.field)
            for name, found in _found_fields(document)
            if found is not None and found.page_id == page.id
        ],
    )


def _rectangle(box: Box, *, text: str = "", field: str = "", chosen: bool = False) -> Rectangle:
    return Rectangle(box.x0, box.y0, box.width, box.height, text, field, chosen)
