"""Paths for those who watch the server: is it alive, can it answer."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from dossier.errors import DossierError
from dossier.messages import Messages
from search_api.parameters import only
from search_api.problems import UNAVAILABLE, ParameterError, Problem
from search_api.refusals import asked_of, refuse
from search_api.rooms import OpenRooms, Rooms

router = APIRouter(prefix="/health", tags=["health"], dependencies=[Depends(only())])


class Live(BaseModel):
    """The process answers."""

    status: str = Field("live", examples=["live"])


class Ready(BaseModel):
    """Questions can be answered."""

    status: str = Field("ready", examples=["ready"])
    engine: str = Field(description="The search engine that answers.", examples=["embedded"])
    documents: int | None = Field(description="Documents that can be found; null where people sign in: nobody is asked to here.")
    pages: int | None


@router.get("/live", summary="Is the process alive")
def live() -> Live:
    """Answers as long as the process does; looks at nothing else."""
    return Live()


@router.get("/ready", summary="Can it answer questions", response_model=Ready, responses={503: {"model": Problem}})
def ready(request: Request, rooms: OpenRooms) -> Ready | Response:
    """The ledger opens and the search engine answers; else a problem that says which of them does not."""
    asked = asked_of(request)
    errors = [error for error in (_store(rooms, asked.messages), _index(rooms, asked.messages)) if error is not None]
    if errors:
        parts = ", ".join(asked.messages.text(f"web_ready.{error.parameter}") for error in errors)
        detail = asked.messages.text("web_ready.not_ready", parts=parts)
        return refuse(request, asked.problem(UNAVAILABLE, detail, errors=errors))
    stats = rooms.index().stats()
    if rooms.settings.api.access == "accounts":
        return Ready(engine=stats.engine, documents=None, pages=None)
    return Ready(engine=stats.engine, documents=stats.documents, pages=stats.pages)


def _store(rooms: Rooms, messages: Messages) -> ParameterError | None:
    try:
        rooms.store().counts()
    except DossierError:
        return _failed("store", messages)
    return None


def _index(rooms: Rooms, messages: Messages) -> ParameterError | None:
    try:
        health = rooms.index().health()
    except DossierError:
        return _failed("index", messages)
    return None if health.ready else _failed("index", messages)


def _failed(part: str, messages: Messages) -> ParameterError:
    return ParameterError(parameter=part, detail=messages.text("web_ready.failed"))
