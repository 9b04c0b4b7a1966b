"""The path of the search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from search_api.access import Asker
from search_api.answering import answer
from search_api.asking import REPEATABLE, SINGLE, SearchParameters
from search_api.parameters import only
from search_api.problems import Problem
from search_api.rooms import OpenRooms
from search_api.shapes.search import SearchShape

router = APIRouter(prefix="/v1", tags=["search"])


@router.get(
    "/search",
    summary="Find documents",
    dependencies=[Depends(only(*SINGLE, repeatable=REPEATABLE))],
    responses={
        400: {"model": Problem, "description": "The query is wrong at a position, or a parameter is unknown."},
        503: {"model": Problem, "description": "The store or the search engine is not there for now; see Retry-After."},
    },
)
def search(rooms: OpenRooms, reader: Asker, parameters: Annotated[SearchParameters, Query()]) -> SearchShape:
    """Documents that hold all the words, with the pages, snippets and boxes that say why.

    Filters may be repeated: several values of one filter mean "any of them", different filters all hold. Unknown parameters are
    refused, never ignored.
    """
    return answer(rooms, parameters, reader=reader)
