"""Paths for what a person keeps: saved questions, lists exported from results."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from indexer import GRAMMAR, interpret
from search_api.access import Asker
from search_api.asking import REPEATABLE, SINGLE, SearchOrder, SearchParameters, question_of
from search_api.exports.orders import ExportKind, ExportOrder
from search_api.forms import Form
from search_api.language import PARAMETER, messages_of, page_language
from search_api.parameters import only
from search_api.presentation import links_of, page
from search_api.problems import CONFLICT, Refusal
from search_api.rooms import OpenRooms, default_language
from search_api.routers.exports import order_export
from search_api.views.own_view import exports_view, saved_view

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Parameters = Annotated[SearchParameters, Query()]
PLAIN = Depends(only(PARAMETER))
QUESTION = Depends(only(PARAMETER, *SINGLE, repeatable=REPEATABLE))

_LONGEST_NAME = 200


@router.get("/cau-da-luu", dependencies=[PLAIN])
def saved_page(request: Request, rooms: OpenRooms, reader: Asker) -> HTMLResponse:
    """The questions that he saved."""
    view = saved_view(rooms.store().saved_searches.of_owner(reader.name), messages=messages_of(request), link=links_of(request))
    return page(request, "saved.html", searches=view)


@router.post("/cau-da-luu", dependencies=[QUESTION])
def save(request: Request, rooms: OpenRooms, reader: Asker, parameters: Parameters, form: Form) -> Response:
    """Keep a question under a name, its words when it was given none."""
    question = question_of(parameters, (), reader=reader)
    words = interpret(question.query, wide=bool(parameters.wide))
    name = (form.get("ten", "").strip() or parameters.q.strip() or words)[:_LONGEST_NAME]
    kept = json.dumps(parameters.asked_for(), ensure_ascii=False)
    if rooms.store().saved_searches.add(reader.name, name, question=kept, grammar=GRAMMAR, interpreted=words) is None:
        raise Refusal(CONFLICT, "systems.name_taken", parameter="ten", name=name)
    return RedirectResponse(links_of(request)("/cau-da-luu"), status_code=303)


@router.post("/cau-da-luu/{saved_id}/xoa", dependencies=[PLAIN])
def forget(
    request: Request, rooms: OpenRooms, reader: Asker, saved_id: Annotated[str, Path(min_length=1, max_length=40)]
) -> Response:
    """Forget a question."""
    rooms.store().saved_searches.remove(reader.name, saved_id)
    return RedirectResponse(links_of(request)("/cau-da-luu"), status_code=303)


@router.get("/xuat-ket-qua", dependencies=[PLAIN])
def exports_page(request: Request, rooms: OpenRooms, reader: Asker) -> HTMLResponse:
    """The lists that he ordered; the page asks again by itself until they are there."""
    view = exports_view(rooms.store().exports.of_owner(reader.name), messages=messages_of(request))
    return page(request, "exports.html", jobs=view, waiting=any(job.waiting for job in view))


@router.post("/xuat-ket-qua", dependencies=[QUESTION])
def export(request: Request, rooms: OpenRooms, reader: Asker, parameters: Parameters, form: Form) -> Response:
    """Order everything that a question finds as a workbook, or as CSV."""
    kind = ExportKind.CSV if form.get("dang") == ExportKind.CSV.value else ExportKind.XLSX
    search = SearchOrder.model_validate({name: value for name, value in parameters.asked_for().items() if name != "facets"})
    language = page_language(request, default_language(request))
    titles = ExportOrder(search=search, kind=kind, titles="en" if language == "en" else "vi")
    order_export(request, Response(), rooms, reader, titles)
    return RedirectResponse(links_of(request)("/xuat-ket-qua"), status_code=303)
