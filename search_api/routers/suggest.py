"""Paths for somebody who is typing: completions, and what may have been meant."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from indexer import better_spelling, readings_of
from search_api.access import Asker
from search_api.parameters import only
from search_api.problems import Problem
from search_api.rooms import OpenRooms
from search_api.shapes.suggest import ReadingShape, SpellingShape, SuggestionShape, SuggestionsShape

router = APIRouter(
    prefix="/v1",
    tags=["search"],
    responses={
        400: {"model": Problem, "description": "A parameter is unknown or came twice."},
        503: {"model": Problem, "description": "The store or the search engine is not there for now; see Retry-After."},
    },
)

Typed = Annotated[str, Query(max_length=500, description="What was typed so far.", examples=["quyet d"])]
Asked = Annotated[str, Query(max_length=500, description="The question.", examples=["quyet dinh"])]
Limit = Annotated[int, Query(ge=1, le=50, description="Most suggestions.")]


@router.get("/suggest", summary="Complete what is being typed", dependencies=[Depends(only("prefix", "limit"))])
def suggest(rooms: OpenRooms, reader: Asker, prefix: Typed = "", limit: Limit = 10) -> SuggestionsShape:
    """Words, phrases, numbers, agencies, signers, titles that continue the last words typed, compared without marks.

    Counts and suggestions come only from documents that the asker may see.
    """
    found = rooms.index().suggest(prefix, reader=reader, limit=limit)
    items = [SuggestionShape(kind=one.kind, text=one.text, count=one.count, start=one.start) for one in found]
    return SuggestionsShape(prefix=prefix, items=items)


@router.get("/spelling", summary="What a question may have been meant to be", dependencies=[Depends(only("q"))])
def spelling(rooms: OpenRooms, reader: Asker, q: Asked = "") -> SpellingShape:
    """The question with its marks, Telex and VNI keystrokes decoded, slips corrected; and the readings of a single syllable."""
    index = rooms.index()
    readings = [ReadingShape(text=one.text, count=one.count) for one in readings_of(index, q, reader=reader)]
    return SpellingShape(query=q, did_you_mean=better_spelling(index, q, reader=reader), readings=readings)
