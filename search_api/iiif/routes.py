"""Paths of the IIIF Presentation API 3.0 and Content Search API 2.0 and 1.0.

In: ids, words. Out: JSON-LD; every document and page comes through the gate.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from dossier.errors import NotFound
from search_api.access import Gate, OpenGate
from search_api.iiif.addresses import OpenAddresses
from search_api.iiif.answers import PRESENTATION, SEARCH, SEARCH_1, answer, json_answer
from search_api.iiif.canvases import frame_of, page_if_read, sheets_of
from search_api.iiif.finding import Spots, completions, spots_of
from search_api.iiif.manifest import collection_of, lines_of, manifest_of
from search_api.iiif.searching import IGNORED, Searched, search_answer, search_answer_1, terms_answer, terms_answer_1
from search_api.iiif.sharing import shared
from search_api.parameters import only
from search_api.problems import Problem
from search_api.rooms import OpenRooms, Rooms
from search_api.routers.records import PLAIN, Id

MOST_TERMS = 20

router = APIRouter(
    prefix="/iiif",
    tags=["iiif"],
    dependencies=[Depends(shared)],
    responses={404: {"model": Problem, "description": "It is not there, or it was stopped for secrecy."}},
)

Words = Annotated[str, Query(max_length=1000, description="Words in the query language.")]
Part = Annotated[int, Query(alias="page", ge=1, le=10_000, description="Which part of the matches; `next` of an answer leads on.")]
_SEARCHED = [Depends(only("q", "page", *IGNORED))]
_COMPLETED = [Depends(only("q", "min", *IGNORED))]


@router.get("/documents/{document_id}/manifest", summary="A document as a manifest", response_class=Response, dependencies=PLAIN)
def manifest(request: Request, gate: OpenGate, addresses: OpenAddresses, document_id: Id) -> Response:
    """A canvas for each page in the pixels of its words; fields, pictures, lines of text and search inside it."""
    stored = gate.document(document_id)
    facts = gate.heading(stored.dossier_id).known_facts
    value = manifest_of(stored.document, stored.dossier_id, facts, sheets_of(gate, stored.document), addresses)
    return json_answer(request, value, PRESENTATION)


@router.get("/dossiers/{dossier_id}/collection", summary="A dossier as a collection", response_class=Response, dependencies=PLAIN)
def collection(request: Request, gate: OpenGate, addresses: OpenAddresses, dossier_id: Id) -> Response:
    """The manifests of the documents of a dossier, in order."""
    dossier = gate.dossier(dossier_id)
    return json_answer(
        request, collection_of(dossier_id, dossier.name, dossier.known_facts, dossier.documents, addresses), PRESENTATION
    )


@router.get(
    "/documents/{document_id}/annotations/{page_id}",
    summary="Lines of a page as annotations",
    response_class=Response,
    dependencies=PLAIN,
)
def line_annotations(request: Request, gate: OpenGate, addresses: OpenAddresses, document_id: Id, page_id: Id) -> Response:
    """Every line read on a page, with its place on the canvas."""
    if page_id not in gate.document(document_id).document.page_ids:
        raise NotFound(what="page", id=page_id)
    page = page_if_read(gate, page_id)
    read = None if page is None else (page, frame_of(gate, page))
    return json_answer(request, lines_of(document_id, page_id, read, addresses), PRESENTATION)


@router.get(
    "/documents/{document_id}/text.txt",
    summary="What was read, as plain text",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
    dependencies=PLAIN,
)
def text(request: Request, gate: OpenGate, document_id: Id) -> Response:
    """One line of print a line, a form feed between pages."""
    pages = [page_if_read(gate, page_id) for page_id in gate.document(document_id).document.page_ids]
    body = "\f".join("" if page is None else f"{page.text}\n" for page in pages)
    return answer(request, body.encode(), "text/plain; charset=utf-8")


@router.get(
    "/documents/{document_id}/search", summary="Search in a document (2.0)", response_class=Response, dependencies=_SEARCHED
)
def search(
    request: Request, gate: OpenGate, rooms: OpenRooms, addresses: OpenAddresses, document_id: Id, q: Words = "", part: Part = 1
) -> Response:
    """Content Search API 2.0: a box on the canvas for every match."""
    spots = _spots(gate, rooms, document_id, q, part)
    return json_answer(request, search_answer(_searched(request, document_id, q, part), spots, addresses), SEARCH)


@router.get(
    "/documents/{document_id}/search1", summary="Search in a document (1.0)", response_class=Response, dependencies=_SEARCHED
)
def search_1(
    request: Request, gate: OpenGate, rooms: OpenRooms, addresses: OpenAddresses, document_id: Id, q: Words = "", part: Part = 1
) -> Response:
    """Content Search API 1.0, for viewers that do not know 2.0 yet."""
    spots = _spots(gate, rooms, document_id, q, part)
    return json_answer(request, search_answer_1(_searched(request, document_id, q, part), spots, addresses), SEARCH_1)


@router.get(
    "/documents/{document_id}/autocomplete", summary="Words of a document (2.0)", response_class=Response, dependencies=_COMPLETED
)
def autocomplete(
    request: Request,
    gate: OpenGate,
    addresses: OpenAddresses,
    document_id: Id,
    q: Annotated[str, Query(max_length=100)] = "",
    least: Annotated[int, Query(alias="min", ge=1)] = 1,
) -> Response:
    """Words of this document that begin like what was typed, and how often they stand in it."""
    found = completions(q, gate.document(document_id).document, gate, least=least, limit=MOST_TERMS)
    return json_answer(request, terms_answer(_searched(request, document_id, q), found, addresses), SEARCH)


@router.get(
    "/documents/{document_id}/autocomplete1", summary="Words of a document (1.0)", response_class=Response, dependencies=_COMPLETED
)
def autocomplete_1(
    request: Request,
    gate: OpenGate,
    addresses: OpenAddresses,
    document_id: Id,
    q: Annotated[str, Query(max_length=100)] = "",
    least: Annotated[int, Query(alias="min", ge=1)] = 1,
) -> Response:
    """The same for viewers that only know 1.0."""
    found = completions(q, gate.document(document_id).document, gate, least=least, limit=MOST_TERMS)
    return json_answer(request, terms_answer_1(_searched(request, document_id, q), found, addresses), SEARCH_1)


def _spots(gate: Gate, rooms: Rooms, document_id: str, words: str, part: int) -> Spots:
    document = gate.document(document_id).document
    if not words.strip():
        return Spots((), more=False)
    return spots_of(words, document, gate, rooms.index(), part=part)


def _searched(request: Request, document_id: str, words: str, part: int = 1) -> Searched:
    return Searched(document_id, words.strip(), part, [name for name in IGNORED if name in request.query_params])
