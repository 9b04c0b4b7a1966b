"""Paths of dossiers (hồ sơ): what is known of one, what to look at in it, its lists to download. Read only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from archive import Compiler, ListForm, ListFormat
from dossier.review import things_to_look_at
from search_api.access import OpenGate
from search_api.lists import MEDIA_TYPES, download_header, list_file
from search_api.parameters import only
from search_api.problems import Problem
from search_api.refusals import asked_of
from search_api.routers.records import PLAIN, Id
from search_api.shapes.dossiers import DossierShape, ReviewShape, dossier_shape, review_shape

router = APIRouter(prefix="/v1/dossiers", tags=["dossiers"], responses={404: {"model": Problem, "description": "It is not there."}})


@router.get("/{dossier_id}", summary="One dossier with its files and documents", dependencies=PLAIN)
def dossier(gate: OpenGate, dossier_id: Id) -> DossierShape:
    """What the archive and the dossier's own papers say of it, the scan files it came from, the documents found in them."""
    return dossier_shape(gate.dossier(dossier_id))


@router.get("/{dossier_id}/review", summary="What a person should look at, worst first", dependencies=PLAIN)
def review(request: Request, response: Response, gate: OpenGate, dossier_id: Id) -> ReviewShape:
    """Papers that are missing or not listed, papers that are there twice, and every doubt about a field; worst first."""
    items = things_to_look_at(gate.dossier(dossier_id), gate.links)
    response.headers["Vary"] = "Accept-Language"
    return review_shape(dossier_id, items, asked_of(request).messages)


@router.get(
    "/{dossier_id}/lists/{form}.{kind}",
    summary="A list of the dossier as a file",
    response_class=Response,
    dependencies=[Depends(only("agency", "place", "compiler"))],
    responses={200: {"content": {media: {} for media in MEDIA_TYPES.values()}}},
)
def list_of_papers(
    gate: OpenGate,
    dossier_id: Id,
    form: ListForm,
    kind: ListFormat,
    agency: Annotated[str, Query(max_length=200, description="Cơ quan lập, in the head of the list.")] = "",
    place: Annotated[str, Query(max_length=200, description="Địa danh, before the day.")] = "",
    compiler: Annotated[str, Query(max_length=200, description="Người lập.")] = "",
) -> Response:
    """The lists of NĐ 30/2020 PL V: `documents` mục lục văn bản, `dossiers` mục lục hồ sơ; as XLSX, PDF, CSV or JSON."""
    found = gate.dossier(dossier_id)
    body = list_file(found, form, kind, Compiler(agency, place, datetime.now().astimezone().date(), compiler))
    headers = {"Content-Disposition": download_header(found, form, kind)}
    return Response(body, media_type=MEDIA_TYPES[kind], headers=headers)
