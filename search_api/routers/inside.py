"""Search inside one document and on one page: which pages, which words, where they stand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from dossier.errors import NotFound
from dossier.model import Page
from indexer import Query as QueryTree
from indexer import highlight, interpret, matched_boxes, parse_query
from search_api.access import Gate, OpenGate
from search_api.asking import naming
from search_api.freshness import TAGGED, UNCHANGED, check_tag, version_of
from search_api.masking import Veil, hidden_numbers, without_numbers
from search_api.parameters import only
from search_api.problems import Problem
from search_api.rooms import OpenRooms
from search_api.shapes.inside import WordsShape, box_shapes, words_shape
from search_api.shapes.pages import PageMatchShape, PagesShape, page_entry
from search_api.telling import SNIPPETS

router = APIRouter(
    prefix="/v1",
    responses={
        400: {"model": Problem, "description": "The query is wrong at a position, or a parameter is unknown."},
        404: {"model": Problem, "description": "It is not there, or not for the asker."},
    },
)

Id = Annotated[str, Path(min_length=1, max_length=200)]
Words = Annotated[str, Query(description="Words to look for, in the language of `/v1/search`; without them all is listed.")]

_MOST_PAGES = 1_000
"""Pages of one document that can match; no paper of an office is longer."""


@router.get(
    "/documents/{document_id}/pages",
    tags=["documents"],
    summary="The pages of a document, or those with certain words",
    dependencies=[Depends(only("q")), TAGGED],
    responses=UNCHANGED,
)
def document_pages(rooms: OpenRooms, gate: OpenGate, document_id: Id, q: Words = "") -> PagesShape:
    """All pages in order; a page that could not be read is listed as not available, never left out.

    With `q` only the pages on which a match stands, in order, with snippets and boxes. Words typed without marks count side by side
    first; where that finds nothing in the document, anywhere on a page.
    """
    document = gate.document(document_id).document
    if not q.strip():
        items = [page_entry(position, page_id, _if_read(gate, page_id)) for position, page_id in enumerate(document.page_ids, 1)]
        return PagesShape(document=document_id, items=items)
    with naming("q"):
        query = parse_query(q)
    wide, scores = _matching(rooms, gate, query, document_id)
    hidden = hidden_numbers(document, Veil.SENSITIVE)
    items = []
    for position, page_id in enumerate(document.page_ids, 1):
        page = _if_read(gate, page_id) if page_id in scores else None
        if page is not None:
            snippets = [without_numbers(one.html(), hidden) for one in highlight(page.text, query, wide=wide, count=SNIPPETS)]
            boxes = box_shapes(matched_boxes(page, query, wide=wide))
            match = PageMatchShape(score=scores[page_id], snippets=snippets, boxes=boxes)
            items.append(page_entry(position, page_id, page).model_copy(update={"match": match}))
    return PagesShape(document=document_id, items=items, query=q, interpreted=interpret(query, wide=wide), wide=wide)


@router.get(
    "/pages/{page_id}/words",
    tags=["pages"],
    summary="Words of a page in reading order, with matches marked",
    dependencies=[Depends(only("q"))],
    responses=UNCHANGED,
)
def page_words(request: Request, response: Response, gate: OpenGate, page_id: Id, q: Words = "") -> WordsShape:
    """Every word with its box, and the boxes of what matches `q`: side by side, or anywhere when that marks nothing."""
    page = gate.page(page_id)
    check_tag(request, response, gate.reader, version_of(page))
    if not q.strip():
        return words_shape(page, "", None, "", wide=False)
    with naming("q"):
        query = parse_query(q)
    wide = not matched_boxes(page, query, wide=False)
    return words_shape(page, q, query, interpret(query, wide=wide), wide=wide)


def _matching(rooms: OpenRooms, gate: Gate, query: QueryTree, document_id: str) -> tuple[bool, dict[str, float]]:
    """Whether the words were read as "anywhere", and the score of each page with a match."""
    for wide in (False, True):
        found = rooms.index().search_pages(query, [document_id], reader=gate.reader, wide=wide, per_document=_MOST_PAGES)
        if document_id in found and found[document_id].hits:
            return wide, {hit.page_id: hit.score for hit in found[document_id].hits}
    return True, {}


def _if_read(gate: Gate, page_id: str) -> Page | None:
    """The page, or None when it was set aside and so has no words."""
    try:
        return gate.page(page_id)
    except NotFound:
        return None
