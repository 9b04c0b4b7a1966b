"""How problems leave: `application/problem+json` for programs, a page for people; wired into the application once.

In: exceptions that routes and the framework raise. Out: responses.
"""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dossier.errors import DossierError, NotAdmitted
from dossier.messages import Messages
from search_api.headers import trace_id
from search_api.language import accepted_language, page_language
from search_api.parameters import UnknownParameters
from search_api.presentation import page
from search_api.problems import (
    INTERNAL,
    MEDIA_TYPE,
    UNKNOWN_PARAMETER,
    Asked,
    ParameterError,
    Problem,
    Refusal,
    headers_of,
    problem_of,
    problem_of_checks,
    problem_of_status,
)
from search_api.rooms import default_language

logger = logging.getLogger(__name__)

SIGN_IN = "/dang-nhap"
_MACHINE_PATHS = ("/v1/", "/health/", "/iiif/", "/oai")


def install(app: FastAPI) -> None:
    """Answer every error of routes and framework as a problem."""

    @app.exception_handler(DossierError)
    def of_ours(request: Request, error: DossierError) -> Response:
        problem = problem_of(error, asked_of(request))
        if problem.status >= 500:
            logger.error("trace %s: %s", trace_id(request), error)
        if isinstance(error, NotAdmitted) and request.method == "GET" and _wants_page(request):
            return RedirectResponse(sign_in_path(request), status_code=303)
        answer = refuse(request, problem)
        answer.headers.update(headers_of(error))
        return answer

    @app.exception_handler(HTTPException)
    def of_framework(request: Request, error: HTTPException) -> Response:
        answer = refuse(request, problem_of_status(error.status_code, asked_of(request)))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    def of_checks(request: Request, error: RequestValidationError) -> Response:
        return refuse(request, problem_of_checks(error.errors(), asked_of(request)))

    @app.exception_handler(Refusal)
    def of_doors(request: Request, error: Refusal) -> Response:
        return refuse(request, error.problem(asked_of(request)))

    @app.exception_handler(UnknownParameters)
    def of_unknown(request: Request, error: UnknownParameters) -> Response:
        return refuse(request, _unknown(error, asked_of(request)))


def sign_in_path(request: Request) -> str:
    """Where a person signs in to come back to this page."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{SIGN_IN}?{urlencode({'tiep': request.url.path + query})}"


def refuse(request: Request, problem: Problem) -> Response:
    """Send a problem in the form the asker can use."""
    if _wants_page(request):
        return page(request, "problem.html", status=problem.status, headers=problem.headers(), problem=problem)
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers() | {"Vary": "Accept-Language"},
    )


def refuse_unforeseen(request: Request) -> Response:
    """The 500 of an error nobody foresaw: an apology and the trace id, nothing else."""
    return refuse(request, asked_of(request).problem(INTERNAL))


def _unknown(error: UnknownParameters, asked: Asked) -> Problem:
    errors = [
        ParameterError(parameter=name, detail=asked.messages.text(f"web_check.{key}", parameter=name))
        for key, names in (("unknown", error.unknown), ("repeated", error.repeated))
        for name in names
    ]
    return asked.problem(UNKNOWN_PARAMETER, errors[0].detail if len(errors) == 1 else None, errors=errors)


def asked_of(request: Request) -> Asked:
    """What a problem needs to know about this request."""
    default = default_language(request)
    if _wants_page(request):
        language = page_language(request, default)
    else:
        language = accepted_language(request.headers.get("accept-language", ""), default)
    return Asked(messages=Messages(language), path=request.url.path, trace_id=trace_id(request))


def _wants_page(request: Request) -> bool:
    if request.url.path.startswith(_MACHINE_PATHS):
        return False
    return "text/html" in request.headers.get("accept", "")
