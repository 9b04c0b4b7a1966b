"""Paths by number and by citation: documents by any part of their number, what a document names, and who names it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from dossier.errors import Damaged, NotFound
from indexer import find_numbers
from search_api.access import Gate, OpenGate
from search_api.freshness import TAGGED
from search_api.parameters import only
from search_api.problems import Problem
from search_api.rooms import OpenRooms
from search_api.shapes.briefs import (
    BriefShape,
    CitedByShape,
    CitesShape,
    RankedListShape,
    brief_shape,
    cited_shape,
    ranked_shape,
)
from store import StoredDocument

router = APIRouter(
    prefix="/v1", responses={503: {"model": Problem, "description": "The store or the search engine is not there for now."}}
)

Id = Annotated[str, Path(min_length=1, max_length=200)]
Limit = Annotated[int, Query(ge=1, le=100, description="Most documents.")]

MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "It is not there, or not for the asker."}}


@router.get("/numbers", tags=["search"], summary="Documents by number", dependencies=[Depends(only("number", "limit")), TAGGED])
def numbers(
    rooms: OpenRooms,
    gate: OpenGate,
    number: Annotated[
        str, Query(max_length=200, description="Số, ký hiệu or a part of it, in any order.", examples=["2723 qd ubnd", "2723/2014"])
    ] = "",
    limit: Limit = 20,
) -> RankedListShape:
    """The very number first, then numbers with all its parts, then beginnings, then misread ones (O for 0, l for 1).

    Marks, slashes, case and leading zeros do not matter; a year beside the number goes before other years.
    """
    hits = find_numbers(rooms.index(), number, reader=gate.reader, limit=limit)
    items = [
        ranked_shape(stored.document, stored.dossier_id, score=hit.score)
        for hit in hits
        if (stored := stored_if_given(gate, hit.document_id)) is not None
    ]
    return RankedListShape(items=items)


@router.get(
    "/documents/{document_id}/cites",
    tags=["documents"],
    summary="What a document names",
    dependencies=[Depends(only()), TAGGED],
    responses=MISSING,
)
def cites(gate: OpenGate, document_id: Id) -> CitesShape:
    """The documents that it names (căn cứ, viện dẫn), each with those of the archive that it may mean."""
    document = gate.document(document_id).document
    named = gate.links.named_by(document_id)
    items = [cited_shape(one, _briefs(gate, named.get(place, ()))) for place, one in enumerate(document.references)]
    return CitesShape(document=document_id, items=items)


@router.get(
    "/documents/{document_id}/cited-by",
    tags=["documents"],
    summary="Who names a document",
    dependencies=[Depends(only("limit")), TAGGED],
    responses=MISSING,
)
def cited_by(gate: OpenGate, document_id: Id, limit: Limit = 20) -> CitedByShape:
    """Documents of the archive that name it, newest first."""
    gate.document(document_id)
    briefs = _briefs(gate, gate.links.naming(document_id))
    briefs.sort(key=lambda brief: brief.issued_date or "", reverse=True)
    return CitedByShape(document=document_id, total=len(briefs), items=briefs[:limit])


def _briefs(gate: Gate, ids: tuple[str, ...]) -> list[BriefShape]:
    found = (stored_if_given(gate, document_id) for document_id in ids)
    return [brief_shape(stored.document, stored.dossier_id) for stored in found if stored is not None]


def stored_if_given(gate: Gate, document_id: str) -> StoredDocument | None:
    """A document, None when the store does not give it out (any more), whatever the index says."""
    try:
        return gate.document(document_id)
    except (NotFound, Damaged):
        return None
