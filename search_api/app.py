"""The search API and the pages as one ASGI application.

In: settings. Out: the application. `uvicorn search_api.app:build --factory` starts it with the settings of the environment.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from dossier.settings import Settings, load_settings
from search_api import freshness, masking, refusals
from search_api.access import admitted
from search_api.access.limits import Buckets
from search_api.access.recording import Recorder, Recording
from search_api.description import describe_with_problems
from search_api.headers import Envelope
from search_api.iiif import Viewers, image_router, presentation_router
from search_api.measuring import Counting, prepare_slow_log
from search_api.oai import router as oai_router
from search_api.problems import Problem
from search_api.rooms import Rooms
from search_api.routers import (
    changes,
    dossiers,
    exports,
    health,
    inside,
    metrics,
    numbers,
    own_pages,
    pages,
    records,
    search,
    search_pages,
    signing_in,
    similar,
    suggest,
)
from search_api.standing import Standing
from search_api.workers import Workers

DESCRIPTION = """
Search in digitised Vietnamese dossiers (hồ sơ), and read what was found: documents (văn bản) with the fields of NĐ 30/2020 and
their evidence on paper, pages with words and boxes, pictures of pages.

Every error is a problem as RFC 9457 describes it (`application/problem+json`), its sentences in the language of
`Accept-Language` (Vietnamese or English). Unknown query parameters are refused. Boxes are `[x0, y0, x1, y1]` in pixels of the
upright page. What is marked as a state secret is never given out. Sensitive personal data are masked unless `reveal` asks for them.
"""

TAGS = [
    {"name": "search", "description": "Words and filters to documents."},
    {"name": "documents", "description": "Văn bản with fields and evidence."},
    {"name": "pages", "description": "Words, boxes and pictures of pages."},
    {"name": "dossiers", "description": "Hồ sơ with files and documents."},
    {"name": "iiif", "description": "Pictures, manifests and search inside documents for IIIF viewers."},
    {"name": "exports", "description": "Whole results as files, made in the background."},
    {"name": "events", "description": "What happened to documents: a feed, and webhooks that tell of it."},
    {"name": "oai", "description": "Records for harvesters: OAI-PMH 2.0."},
    {"name": "health", "description": "Is the server alive, can it answer."},
]


def build() -> FastAPI:
    """The application with the settings of the environment; for `uvicorn --factory`."""
    _keep_reveals()
    prepare_slow_log()
    return create_app(load_settings())


def create_app(settings: Settings) -> FastAPI:
    """The application with these settings."""
    app = FastAPI(
        title="sohoa",
        summary="Search in digitised Vietnamese dossiers.",
        description=DESCRIPTION,
        version=_version(),
        openapi_url="/v1/openapi.json",
        # The ready-made documentation pages load scripts from outside; an office without internet would see nothing.
        docs_url=None,
        redoc_url=None,
        openapi_tags=TAGS,
        lifespan=_lifespan,
        # 422 is described as the problem that is really sent, not as FastAPI's own shape.
        # Before every route, whoever writes it: who asks, and may he.
        dependencies=[Depends(admitted)],
        responses={422: {"model": Problem, "description": "A parameter has a value that cannot be used."}},
    )
    app.state.rooms = Rooms(settings)
    app.state.workers = Workers(app.state.rooms)
    app.state.buckets = Buckets()
    app.state.recorder = Recorder(app.state.rooms.store)
    app.state.rooms.measures.registry.register(Standing(app.state.rooms))
    refusals.install(app)
    freshness.install(app)
    app.add_middleware(Viewers, origins=settings.sharing.viewer_origins)
    app.add_middleware(Recording)
    app.add_middleware(Counting, measures=app.state.rooms.measures)
    app.add_middleware(Envelope, answer_error=refusals.refuse_unforeseen)
    for router in (
        search.router,
        records.router,
        inside.router,
        suggest.router,
        numbers.router,
        similar.router,
        exports.router,
        changes.router,
        dossiers.router,
        health.router,
        metrics.router,
        search_pages.router,
        own_pages.router,
        pages.router,
        signing_in.router,
        image_router,
        presentation_router,
        oai_router,
    ):
        app.include_router(router)
    app.openapi = describe_with_problems(app)  # type: ignore[method-assign]  # FastAPI's own way to change it
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app


def _keep_reveals() -> None:
    """Send what this program logs to standard error, and let notes of who saw personal data through at any level of the server."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger(masking.__name__).setLevel(logging.INFO)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Begin and end the threads with the server; close store and index, which open on the first request that needs them."""
    app.state.workers.start()
    try:
        yield
    finally:
        app.state.workers.stop()
        app.state.recorder.close()
        app.state.rooms.close()


def _version() -> str:
    try:
        return version("sohoa")
    except PackageNotFoundError:  # run from a folder that was not installed
        return "0"
