"""Paths of the search: by address, as JSON, and saved under a name."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from indexer import GRAMMAR, interpret, parse_query
from search_api.access import Asker
from search_api.answering import answer
from search_api.asking import REPEATABLE, SINGLE, SearchOrder, SearchParameters, question_of
from search_api.freshness import TAGGED, UNCHANGED
from search_api.parameters import only
from search_api.problems import CONFLICT, Problem, Refusal
from search_api.rooms import OpenRooms
from search_api.shapes.saved import SavedOrder, SavedResultsShape, SavedSearchesShape, SavedSearchShape, saved_shape
from search_api.shapes.search import SearchShape

router = APIRouter(
    prefix="/v1",
    tags=["search"],
    responses={
        400: {"model": Problem, "description": "The query is wrong at a position, or a parameter is unknown."},
        503: {"model": Problem, "description": "The store or the search engine is not there for now; see Retry-After."},
    },
)

SavedId = Annotated[str, Path(min_length=1, max_length=40, description="Id of a saved search.")]
PLAIN = Depends(only())
_NOT_HIS: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "The asker has no saved search with this id."}}


@router.get(
    "/search", summary="Find documents", dependencies=[Depends(only(*SINGLE, repeatable=REPEATABLE)), TAGGED], responses=UNCHANGED
)
def search(rooms: OpenRooms, reader: Asker, parameters: Annotated[SearchParameters, Query()]) -> SearchShape:
    """Documents that hold all the words, with the pages, snippets and boxes that say why.

    Filters may be repeated: several values of one filter mean "any of them", different filters all hold. Unknown parameters are
    refused, never ignored.
    """
    return answer(rooms, parameters, reader=reader)


@router.post("/searches", summary="Find documents, asked as JSON", dependencies=[PLAIN])
def search_by_order(rooms: OpenRooms, reader: Asker, order: SearchOrder) -> SearchShape:
    """The same as `GET /v1/search` for questions too long for an address.

    Thousands of values of a filter, up to 1,000 documents in one answer. `next` goes into `cursor` of the next order, the rest
    unchanged.
    """
    return answer(rooms, order, reader=reader, linked=False)


@router.post(
    "/saved-searches",
    summary="Save a search",
    status_code=201,
    dependencies=[PLAIN],
    responses={409: {"model": Problem, "description": "The asker has a search of this name already."}},
)
def save_search(rooms: OpenRooms, reader: Asker, response: Response, order: SavedOrder) -> SavedSearchShape:
    """Keep a question under a name, with the version of the query language. Only who saved it sees it."""
    question = question_of(order.search, reader=reader)
    made = rooms.store().saved_searches.add(
        reader.name,
        order.name,
        question=json.dumps(order.search.asked_for(), ensure_ascii=False),
        grammar=GRAMMAR,
        interpreted=interpret(question.query, wide=bool(order.search.wide)),
    )
    if made is None:
        raise Refusal(CONFLICT, "systems.name_taken", parameter="name", name=order.name)
    response.headers["Location"] = f"/v1/saved-searches/{made.id}"
    return saved_shape(made)


@router.get("/saved-searches", summary="One's own saved searches", dependencies=[PLAIN])
def saved_searches(rooms: OpenRooms, reader: Asker) -> SavedSearchesShape:
    """All searches that the asker saved, oldest first."""
    return SavedSearchesShape(items=[saved_shape(one) for one in rooms.store().saved_searches.of_owner(reader.name)])


@router.get("/saved-searches/{saved_id}", summary="One saved search", dependencies=[PLAIN], responses=_NOT_HIS)
def saved_search(rooms: OpenRooms, reader: Asker, saved_id: SavedId) -> SavedSearchShape:
    """A search that the asker saved."""
    return saved_shape(rooms.store().saved_searches.one(reader.name, saved_id))


@router.delete(
    "/saved-searches/{saved_id}",
    summary="Forget a saved search",
    status_code=204,
    response_class=Response,
    dependencies=[PLAIN],
    responses=_NOT_HIS,
)
def forget_saved_search(rooms: OpenRooms, reader: Asker, saved_id: SavedId) -> None:
    """Forget a search that the asker saved."""
    rooms.store().saved_searches.remove(reader.name, saved_id)


@router.get(
    "/saved-searches/{saved_id}/results",
    summary="Run a saved search",
    dependencies=[Depends(only("limit", "cursor")), TAGGED],
    responses=_NOT_HIS | UNCHANGED,
)
def saved_results(
    rooms: OpenRooms,
    reader: Asker,
    saved_id: SavedId,
    limit: Annotated[int | None, Query(ge=1, le=1000, description="Documents in one answer, instead of the saved number.")] = None,
    cursor: Annotated[str, Query(max_length=8000, description="`next` of the answer before.")] = "",
) -> SavedResultsShape:
    """What the search finds now.

    `same_meaning` is false when the query language changed since it was saved and reads the words in another way now: compare
    `interpreted_when_saved` with `interpreted`.
    """
    saved = rooms.store().saved_searches.one(reader.name, saved_id)
    given = json.loads(saved.question) | ({"limit": limit} if limit else {}) | {"cursor": cursor}
    order = SearchOrder.model_validate(given)
    now = interpret(parse_query(order.q), wide=bool(order.wide))
    found = answer(rooms, order, reader=reader, linked=False)
    return SavedResultsShape(
        saved=saved_shape(saved),
        same_meaning=saved.grammar == GRAMMAR or now == saved.interpreted,
        interpreted_when_saved=saved.interpreted,
        results=found,
    )
