"""The path to documents that are like one document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from dossier.errors import Damaged, NotFound
from dossier.model import Document, Page
from indexer import likeness_of, similar_documents
from search_api.access import Gate, OpenGate
from search_api.freshness import TAGGED
from search_api.parameters import only
from search_api.problems import Problem
from search_api.rooms import OpenRooms
from search_api.routers.numbers import stored_if_given
from search_api.shapes.briefs import RankedListShape, ranked_shape

router = APIRouter(
    prefix="/v1",
    tags=["documents"],
    responses={
        404: {"model": Problem, "description": "It is not there, or not for the asker."},
        503: {"model": Problem, "description": "The store or the search engine is not there for now; see Retry-After."},
    },
)

_PAGES_READ = 4
"""Pages that are read of the document: what it is about stands at its beginning."""


@router.get("/documents/{document_id}/similar", summary="Documents like this one", dependencies=[Depends(only("limit")), TAGGED])
def similar(
    rooms: OpenRooms,
    gate: OpenGate,
    document_id: Annotated[str, Path(min_length=1, max_length=200)],
    limit: Annotated[int, Query(ge=1, le=50, description="Most documents.")] = 10,
) -> RankedListShape:
    """Documents that share the words that tell this one from all others, likest first; among those the asker may see."""
    document = gate.document(document_id).document
    likeness = likeness_of(document, pages_to_compare(gate, document))
    hits = similar_documents(rooms.index(), likeness, reader=gate.reader, limit=limit)
    items = [
        ranked_shape(stored.document, stored.dossier_id, score=hit.score)
        for hit in hits
        if (stored := stored_if_given(gate, hit.document_id)) is not None
    ]
    return RankedListShape(items=items)


def pages_to_compare(gate: Gate, document: Document) -> list[Page]:
    """The first pages of a document that can be read."""
    pages = []
    for page_id in document.page_ids[:_PAGES_READ]:
        try:
            pages.append(gate.page(page_id))
        except (NotFound, Damaged):  # a page that could not be read tells nothing
            continue
    return pages
