"""Numbers for Prometheus: for who has the right to administer, which the door of all routes checks."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from search_api.parameters import only
from search_api.rooms import rooms_of

router = APIRouter(tags=["health"], dependencies=[Depends(only())])


@router.get("/metrics", summary="Numbers for Prometheus", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request) -> Response:
    """Requests, questions to the index, and what archive and index hold, in Prometheus' text format."""
    return Response(rooms_of(request).measures.text(), media_type=CONTENT_TYPE_LATEST)
