"""The viewer: one page of a document, its picture with boxes, everything known of the document with its place on paper.

In: a stored document with its links, the page read, a question. Out: values for `document.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dossier.messages import Messages
from dossier.model import Document, Page, single_fields
from dossier.review import doubt_sentence
from search_api.linking import Linked
from search_api.masking import hidden_numbers
from search_api.presentation import Links
from search_api.views.inside_view import InsideView, inside_view
from search_api.views.links_view import LinksView, Target, heading_of, links_view, target_of
from search_api.views.matches import Matching
from search_api.views.page_view import PageView, page_view
from search_api.views.rows import FieldView, Place, Rows
from search_api.views.sections import AnnexView, Section, annexes_of, sections_of

_EXPECTED = frozenset(
    {"organName", "codeNumber", "codeNotation", "issuedPlace", "issuedDate", "typeName", "subject", "signerName", "signerPosition"}
)
"""Main components of a document (NĐ 30/2020 Điều 8 khoản 2), whose absence is worth a row."""

_UNLABELLED = ("boundary",)
"""Fields of doubts that have no row: their sentences stand above the page."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a document.

    Attributes:
        dossier: id and name. linked: its links; `known`: the documents that they lead to. alike: documents like it.
        access: who may see it, in words.
    """

    dossier: tuple[str, str]
    linked: Linked
    known: Mapping[str, Document]
    alike: Sequence[Document] = ()
    access: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The page that is open: None when it was set aside; whether there is a picture of it; how others of its pages are read."""

    page: Page | None
    has_picture: bool
    read: Callable[[int], Page | None]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything `document.html` shows."""

    document_id: str
    dossier_id: str
    dossier_name: str
    heading: str
    type: str
    place: Place
    page_count: int
    resize: str
    query_error: str
    inside: InsideView
    previous: str | None
    next: str | None
    page: PageView | None
    fields: list[FieldView]
    sections: list[Section]
    annexes: list[AnnexView]
    links: LinksView
    notices: list[str]
    hides: bool
    alike: list[Target]
    access: str
    manifest: str


def document_view(
    document: Document,
    opened: Opened,
    around: Surroundings,
    *,
    place: Place,
    matching: Matching,
    query_error: str,
    messages: Messages,
    link: Links,
) -> DocumentView:
    """The viewer at one page."""
    path = f"/van-ban/{document.id}"
    count = len(document.page_ids)

    def at(position: int, field: str = "", fragment: str = "") -> str:
        return link(path, [("trang", position), ("q", place.query), ("truong", field), ("lon", 1 if place.large else "")], fragment)

    other_size = [("trang", place.position), ("q", place.query), ("truong", place.field), ("lon", "" if place.large else 1)]
    rows = Rows(document, place, messages, at)
    fields = _fields(rows)
    sections = sections_of(rows)
    hidden = hidden_numbers(document, place.veil)
    links = links_view(rows, around.linked, around.known, link)
    shown = [*fields, *(row for section in sections for row in section.rows), *links.rows, *_annex_titles(rows)]
    return DocumentView(
        document_id=document.id,
        dossier_id=around.dossier[0],
        dossier_name=around.dossier[1],
        heading=heading_of(document, messages),
        type=document.type_name.value if document.type_name else "",
        place=place,
        page_count=count,
        resize=link(path, other_size),
        query_error=query_error,
        inside=inside_view(
            matching, opened.read, position=place.position, at=lambda number: at(number, fragment="giay"), hidden=hidden
        ),
        previous=at(place.position - 1) if place.position > 1 else None,
        next=at(place.position + 1) if place.position < count else None,
        page=page_view(opened.page, shown, matching, hidden, has_picture=opened.has_picture, messages=messages)
        if opened.page
        else None,
        fields=fields,
        sections=sections,
        annexes=annexes_of(rows),
        links=links,
        notices=[doubt_sentence(doubt, messages) for doubt in document.doubts if doubt.field in _UNLABELLED],
        hides=any(row.masked for row in shown),
        alike=[target_of(one, messages, link) for one in around.alike],
        access=around.access,
        manifest=f"/iiif/documents/{document.id}/manifest",
    )


def _fields(rows: Rows) -> list[FieldView]:
    """The fields of the form in its order; several recipients are several rows.

    A field that is not there is shown where one would look for it on paper: not on a civil paper, which has a form of its own.
    """
    label = rows.messages.text
    made = [
        rows.row(name, label(f"web_field.{name}"), found)
        for name, found in single_fields(rows.document)
        if found is not None or (name in _EXPECTED and rows.document.record is None) or rows.doubts(name)
    ]
    return made + [rows.row("toPlaces", label("web_field.toPlaces"), found) for found in rows.document.to_places]


def _annex_titles(rows: Rows) -> list[FieldView]:
    return [rows.row("annex", "", annex.title) for annex in rows.document.annexes if annex.title]
