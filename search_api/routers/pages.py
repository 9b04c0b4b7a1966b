"""Paths for people: the search page, the viewer, the dossier, the explanation of a problem."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from dossier.errors import BadQuery, NotFound, Unavailable
from dossier.messages import Messages
from dossier.model import Reader
from dossier.review import things_to_look_at
from search_api.access import Asker, Gate, OpenGate
from search_api.answering import answer
from search_api.asking import REPEATABLE, SINGLE, SearchParameters
from search_api.language import PARAMETER, page_language
from search_api.linking import documents_of, links_of
from search_api.masking import Veil, note_reveal
from search_api.parameters import only
from search_api.presentation import links_of as links_of_site
from search_api.presentation import page
from search_api.problems import KINDS, problem_of
from search_api.refusals import asked_of
from search_api.rooms import OpenRooms, Rooms, default_language
from search_api.views.document_view import Opened, Surroundings, document_view
from search_api.views.dossier_view import dossier_view
from search_api.views.matches import Matching, find_in_document
from search_api.views.rows import Place
from search_api.views.search_view import TICKED, search_view

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/", dependencies=[Depends(only(PARAMETER, *SINGLE, repeatable=REPEATABLE))])
def search_page(
    request: Request, rooms: OpenRooms, reader: Asker, parameters: Annotated[SearchParameters, Query()]
) -> HTMLResponse:
    """The search page; with a question its answer, with a wrong question the place of the mistake."""
    messages = _messages(request)
    link = links_of_site(request)
    if not request.query_params.keys() - {PARAMETER}:
        view = search_view(parameters, None, messages=messages, link=link, holdings=_holdings(rooms, reader, messages))
        return page(request, "search.html", view=view)
    try:
        found = answer(rooms, parameters, reader=reader, facets=TICKED, veil=Veil.NUMBERS)
    except (BadQuery, Unavailable) as error:
        problem = problem_of(error, asked_of(request))
        view = search_view(parameters, None, messages=messages, link=link, problem=problem)
        return page(request, "search.html", status=problem.status, headers=problem.headers(), view=view)
    return page(request, "search.html", view=search_view(parameters, found, messages=messages, link=link))


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
    linked = links_of(gate, stored.document)
    view = document_view(
        stored.document,
        _open_page(gate, page_ids[position - 1]),
        Surroundings((stored.dossier_id, gate.dossier_name(stored.dossier_id)), linked, documents_of(gate, linked.all_ids)),
        place=Place(position=position, query=q.strip(), field=truong, large=lon, revealed=hien),
        matching=matching,
        query_error=problem_of(matching.error, asked_of(request)).detail if matching.error else "",
        messages=_messages(request),
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
    view = dossier_view(dossier, items, states, messages=_messages(request), link=links_of_site(request))
    return page(request, "dossier.html", dossier=view)


@router.get("/problems/{slug}", dependencies=[Depends(only(PARAMETER))])
def problem_page(request: Request, slug: str) -> HTMLResponse:
    """What a kind of problem means; its `type` URI leads here."""
    if slug not in KINDS:
        raise NotFound(what="problem", id=slug)
    kind, messages = KINDS[slug], _messages(request)
    return page(
        request,
        "problem_kind.html",
        title=messages.text(f"web_problem.{kind.key}"),
        explanation=messages.text(f"web_problem.{kind.key}_detail"),
        type=kind.type,
        http_status=int(kind.status),
    )


def _messages(request: Request) -> Messages:
    return Messages(page_language(request, default_language(request)))


def _holdings(rooms: Rooms, reader: Reader, messages: Messages) -> str:
    """How much can be found, or why nothing can be yet; nothing for who sees only a part."""
    try:
        stats = rooms.index().stats()
    except Unavailable:
        return messages.text("web_problem.unavailable_detail")
    if not reader.sees_all:
        return ""
    return messages.text("web.holdings", documents=stats.documents, pages=stats.pages)


def _matching(rooms: Rooms, words: str, document_id: str, reader: Reader) -> Matching:
    if not words.strip():
        return Matching()
    return find_in_document(words, document_id, rooms.index, reader=reader)


def _open_page(gate: Gate, page_id: str) -> Opened:
    """The page, None when it was set aside, and whether there is a picture of it."""
    try:
        shown = gate.page(page_id)
    except NotFound:
        return Opened(None, has_picture=False)
    try:
        gate.page_image(page_id)
    except NotFound:
        return Opened(shown, has_picture=False)
    return Opened(shown, has_picture=True)
