"""Paths for people who read: the viewer, the dossier, the explanation of a problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from dossier.errors import NotFound, Unavailable
from dossier.messages import Messages
from dossier.model import Document, Page, Reader
from dossier.review import things_to_look_at
from indexer import likeness_of, similar_documents
from search_api.access import Gate, OpenGate
from search_api.language import PARAMETER, messages_of
from search_api.linking import documents_of, links_of
from search_api.masking import note_reveal
from search_api.parameters import only
from search_api.presentation import links_of as links_of_site
from search_api.presentation import page
from search_api.problems import KINDS, problem_of
from search_api.refusals import asked_of
from search_api.rooms import OpenRooms, Rooms
from search_api.routers.numbers import stored_if_given
from search_api.routers.similar import pages_to_compare
from search_api.views.access_view import access_line
from search_api.views.document_view import Opened, Surroundings, document_view
from search_api.views.dossier_view import dossier_view
from search_api.views.matches import Matching, find_in_document
from search_api.views.rows import Place
from store import StoredDocument

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_MOST_ALIKE = 5


@router.get("/van-ban/{document_id}", dependencies=[Depends(only(PARAMETER, "trang", "q", "truong", "lon", "hien"))])
def document_page(
    request: Request,
    rooms: OpenRooms,
    gate: OpenGate,
    document_id: str,
    trang: Annotated[int | None, Query(ge=1)] = None,
    q: str = "",
    truong: Annotated[str, Query(max_length=80)] = "",
    lon: bool = False,
    hien: bool = False,
) -> HTMLResponse:
    """The viewer, at page `trang`, else at the first page with a match; `hien` shows personal data in full, once."""
    stored = gate.document(document_id)
    matching = _matching(rooms, q, document_id, gate.reader)
    page_ids = stored.document.page_ids
    position = min(trang or next(iter(matching.pages), 1), len(page_ids))
    view = document_view(
        stored.document,
        _open_page(gate, page_ids, position),
        _surroundings(rooms, gate, stored, messages_of(request)),
        place=Place(position=position, query=q.strip(), field=truong, large=lon, revealed=hien),
        matching=matching,
        query_error=problem_of(matching.error, asked_of(request)).detail if matching.error else "",
        messages=messages_of(request),
        link=links_of_site(request),
    )
    if not hien:
        return page(request, "document.html", view=view)
    note_reveal(request, document_id)
    return page(request, "document.html", headers={"Cache-Control": "no-store"}, view=view)


@router.get("/ho-so/{dossier_id}", dependencies=[Depends(only(PARAMETER))])
def dossier_page(request: Request, gate: OpenGate, dossier_id: str) -> HTMLResponse:
    """A dossier: what to look at, facts, own list, required papers, documents, files."""
    dossier = gate.dossier(dossier_id)
    items = things_to_look_at(dossier, gate.links)
    states = gate.page_states(dossier)
    view = dossier_view(dossier, items, states, messages=messages_of(request), link=links_of_site(request))
    return page(request, "dossier.html", dossier=view)


@router.get("/problems/{slug}", dependencies=[Depends(only(PARAMETER))])
def problem_page(request: Request, slug: str) -> HTMLResponse:
    """What a kind of problem means; its `type` URI leads here."""
    if slug not in KINDS:
        raise NotFound(what="problem", id=slug)
    kind, messages = KINDS[slug], messages_of(request)
    return page(
        request,
        "problem_kind.html",
        title=messages.text(f"web_problem.{kind.key}"),
        explanation=messages.text(f"web_problem.{kind.key}_detail"),
        type=kind.type,
        http_status=int(kind.status),
    )


def _matching(rooms: Rooms, words: str, document_id: str, reader: Reader) -> Matching:
    if not words.strip():
        return Matching()
    return find_in_document(words, document_id, rooms.index, reader=reader)


def _open_page(gate: Gate, page_ids: Sequence[str], position: int) -> Opened:
    """The page, None when it was set aside, and whether there is a picture of it."""

    def read(number: int) -> Page | None:
        try:
            return gate.page(page_ids[number - 1])
        except NotFound:
            return None

    shown = read(position)
    if shown is None:
        return Opened(None, has_picture=False, read=read)
    try:
        gate.page_image(shown.id)
    except NotFound:
        return Opened(shown, has_picture=False, read=read)
    return Opened(shown, has_picture=True, read=read)


def _surroundings(rooms: Rooms, gate: Gate, stored: StoredDocument, messages: Messages) -> Surroundings:
    linked = links_of(gate, stored.document)
    return Surroundings(
        dossier=(stored.dossier_id, gate.dossier_name(stored.dossier_id)),
        linked=linked,
        known=documents_of(gate, linked.all_ids),
        alike=_alike(rooms, gate, stored.document),
        access=access_line(gate.store.access.of(stored.document.id), gate.reader, messages),
    )


def _alike(rooms: Rooms, gate: Gate, document: Document) -> list[Document]:
    """Documents like this one, likest first; none while the search engine is away."""
    try:
        likeness = likeness_of(document, pages_to_compare(gate, document))
        hits = similar_documents(rooms.index(), likeness, reader=gate.reader, limit=_MOST_ALIKE)
    except Unavailable:
        return []
    given = (stored_if_given(gate, hit.document_id) for hit in hits)
    return [one.document for one in given if one is not None]
