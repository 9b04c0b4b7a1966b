"""Paths of what the store holds: documents, pages, page pictures. Read only."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from search_api.access import OpenGate
from search_api.freshness import TAGGED, UNCHANGED, check_tag, names, version_of
from search_api.linking import links_of
from search_api.masking import Veil, note_reveal
from search_api.parameters import only
from search_api.problems import Problem
from search_api.refusals import asked_of
from search_api.shapes.documents import DocumentShape, document_shape
from search_api.shapes.pages import PageShape, page_shape

router = APIRouter(
    prefix="/v1",
    responses={404: {"model": Problem, "description": "It is not there, or it was stopped for secrecy."}},
)

Id = Annotated[str, Path(min_length=1, max_length=200)]

PLAIN = [Depends(only())]
"""Paths without any parameter."""


@router.get(
    "/documents/{document_id}",
    tags=["documents"],
    summary="One document with everything found on it",
    dependencies=[Depends(only("reveal")), TAGGED],
    responses=UNCHANGED,
)
def document(
    request: Request,
    response: Response,
    gate: OpenGate,
    document_id: Id,
    reveal: Annotated[bool, Query(description="Sensitive personal data in full; who asked is written into the log.")] = False,
) -> DocumentShape:
    """The fields of NĐ 30/2020 with the page and box that show each; what it names, who names it; people and numbers; doubts.

    Sensitive personal data (NĐ 356/2025/NĐ-CP Điều 4) are masked, unless `reveal` asks for them.
    """
    stored = gate.document(document_id)
    if reveal:
        note_reveal(request, document_id)
        response.headers["Cache-Control"] = "no-store"
    veil = Veil.NOTHING if reveal else Veil.SENSITIVE
    return document_shape(stored, links_of(gate, stored.document), veil=veil, messages=asked_of(request).messages)


@router.get(
    "/pages/{page_id}",
    tags=["pages"],
    summary="Words of a page and where they stand",
    dependencies=PLAIN,
    responses=UNCHANGED,
)
def page(request: Request, response: Response, gate: OpenGate, page_id: Id) -> PageShape:
    """Lines and words with boxes in pixels of the upright page, confidences, resolution and size."""
    found = gate.page(page_id)
    check_tag(request, response, gate.reader, version_of(found))
    return page_shape(found)


@router.get(
    "/pages/{page_id}/image",
    tags=["pages"],
    summary="Picture of a page",
    dependencies=PLAIN,
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}, 304: {"description": "The picture the caller has is still right."}},
)
def page_image(gate: OpenGate, page_id: Id, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The upright page as JPEG at a lower resolution: multiply boxes by picture width / page width."""
    picture = gate.page_image(page_id)
    tag = f'"{hashlib.sha256(picture).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if if_none_match is not None and _matches(if_none_match, tag):
        return Response(status_code=304, headers=headers)
    return Response(picture, media_type="image/jpeg", headers=headers)


def _matches(header: str, tag: str) -> bool:
    """Whether an `If-None-Match` header names our tag, or any."""
    return header.strip() == "*" or names(header, tag)
