"""Paths for people who search: the search page, all values of a filter."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from dossier.errors import BadQuery, Unavailable
from dossier.messages import Messages
from dossier.model import Reader
from dossier.text import has_marks, number_key
from indexer import Facet, Reading, find_numbers, readings_of
from search_api.access import Asker, Gate
from search_api.access.admission import Admitted
from search_api.access.scopes import Scope
from search_api.answering import answer
from search_api.asking import REPEATABLE, SINGLE, SearchParameters, question_of
from search_api.language import PARAMETER, messages_of
from search_api.masking import Veil
from search_api.parameters import only
from search_api.presentation import links_of, page
from search_api.problems import problem_of
from search_api.refusals import asked_of
from search_api.rooms import OpenRooms, Rooms
from search_api.routers.numbers import stored_if_given
from search_api.shapes.search import FacetCountShape, SearchShape
from search_api.views.facets_view import counted_facets
from search_api.views.links_view import heading_of
from search_api.views.search_view import Aside, search_view
from search_api.views.values_view import MOST_VALUES, values_view

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Parameters = Annotated[SearchParameters, Query()]

_MOST_READINGS, _MOST_NUMBERS = 8, 5
_LONGEST_NUMBER, _LONGEST_BEGINNING = 60, 100


@router.get("/", dependencies=[Depends(only(PARAMETER, *SINGLE, repeatable=REPEATABLE))])
def search_page(request: Request, rooms: OpenRooms, reader: Asker, identity: Admitted, parameters: Parameters) -> HTMLResponse:
    """The search page, also while there is no store; with a question its answer, with a wrong question the place of the mistake."""
    messages, link = messages_of(request), links_of(request)
    if not request.query_params.keys() - {PARAMETER}:
        view = search_view(parameters, None, messages=messages, link=link, holdings=_holdings(rooms, reader, messages))
        return page(request, "search.html", view=view)
    try:
        found = answer(rooms, parameters, reader=reader, facets=counted_facets(parameters), veil=Veil.NUMBERS)
        aside = Aside(
            readings=_readings(rooms, parameters, found, reader),
            exact=_exact_numbers(rooms, Gate(rooms.store(), reader), parameters, messages),
            may_export=Scope.EXPORT in identity.scopes,
        )
    except (BadQuery, Unavailable) as error:
        problem = problem_of(error, asked_of(request))
        view = search_view(parameters, None, messages=messages, link=link, problem=problem)
        return page(request, "search.html", status=problem.status, headers=problem.headers(), view=view)
    return page(request, "search.html", view=search_view(parameters, found, messages=messages, link=link, aside=aside))


@router.get("/gia-tri/{facet}", dependencies=[Depends(only(PARAMETER, "dau", *SINGLE, repeatable=REPEATABLE))])
def values_page(request: Request, rooms: OpenRooms, reader: Asker, facet: Facet, parameters: Parameters) -> HTMLResponse:
    """All values of one filter in an answer, or those one of whose words begins with `dau`."""
    beginning = request.query_params.get("dau", "").strip()[:_LONGEST_BEGINNING]
    question = question_of(parameters, (facet,), reader=reader)
    question = replace(question, limit=0, total_limit=1, facet_limit=MOST_VALUES + 1, facet_beginning=beginning)
    counts = rooms.index().search(question).facets[facet]
    shapes = [FacetCountShape(value=one.value, label=one.label, count=one.count) for one in counts]
    view = values_view(facet, parameters, shapes, beginning=beginning, messages=messages_of(request), link=links_of(request))
    return page(request, "values.html", view=view)


def _holdings(rooms: Rooms, reader: Reader, messages: Messages) -> str:
    """How much can be found, or why nothing can be yet; nothing for who sees only a part."""
    try:
        stats = rooms.index().stats()
    except Unavailable:
        return messages.text("web_problem.unavailable_detail")
    if not reader.sees_all:
        return ""
    return messages.text("web.holdings", documents=stats.documents, pages=stats.pages)


def _readings(rooms: Rooms, parameters: SearchParameters, found: SearchShape, reader: Reader) -> list[Reading]:
    """The marked forms of a single syllable typed without marks, when there are several."""
    if parameters.cursor or has_marks(parameters.q) or not found.items:
        return []
    readings = readings_of(rooms.index(), parameters.q, reader=reader)
    return list(readings[:_MOST_READINGS]) if len(readings) > 1 else []


def _exact_numbers(rooms: Rooms, gate: Gate, parameters: SearchParameters, messages: Messages) -> list[tuple[str, str]]:
    """Documents whose number is the one typed, id and heading; nothing when what was typed is no number."""
    typed = parameters.q.strip()
    if parameters.cursor or parameters.has_filters or len(typed) > _LONGEST_NUMBER or not any(letter.isdigit() for letter in typed):
        return []
    found = []
    for hit in find_numbers(rooms.index(), typed, reader=gate.reader, limit=_MOST_NUMBERS):
        stored = stored_if_given(gate, hit.document_id)
        if stored is not None and stored.document.number and number_key(stored.document.number) == number_key(typed):
            found.append((stored.document.id, heading_of(stored.document, messages)))
    return found
