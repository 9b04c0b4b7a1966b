"""The OpenAPI description as the server really behaves, with an example of everything that is sent and answered.

In: the application, the examples beside this file (real answers, shortened). Out: its description, made once. What every operation
shares is added here: refusals are `application/problem+json`, how callers show who they are, headers of tagged answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dossier.messages import Messages
from search_api.access.scopes import OPEN_PATHS
from search_api.access.sessions import SESSION_COOKIE
from search_api.problems import KINDS, MEDIA_TYPE, Asked, ParameterError

Json = dict[str, Any]

_EVERYWHERE = {
    "400": "A parameter is unknown, or the words cannot be understood.",
    "500": "Unforeseen; the log has the trace id.",
    "503": "The store or the search engine is not there for now; see Retry-After.",
}
"""Refusals that any path can answer."""

_ADMITTED = {
    "401": "Nobody is signed in and no key was sent, or it has ended.",
    "403": "The caller has not the right to do this.",
    "429": "Too many requests; see Retry-After.",
}
"""Refusals of paths that ask who calls."""

_SECURITY_SCHEMES: Json = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key (`sohoa keys`); a server without accounts asks for none.",
    },
    "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE, "description": "A person who signed in with a browser."},
}

_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def describe_with_problems(app: FastAPI) -> Callable[[], Json]:
    """What to put in place of `app.openapi`."""

    def describe() -> Json:
        if app.openapi_schema is None:
            description = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            description["components"]["securitySchemes"] = _SECURITY_SCHEMES
            for path, operations in description["paths"].items():
                for method, operation in operations.items():
                    _complete(path, operation)
                    _exemplify(operation, examples().get(f"{method.upper()} {path}", {}))
            app.openapi_schema = description
        return app.openapi_schema

    return describe


@cache
def examples() -> dict[str, Json]:
    """All examples: "GET /v1/search" -> path, query, body and answer."""
    found: dict[str, Json] = {}
    for file in sorted(files("search_api").joinpath("examples").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".json"):
            found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def _complete(path: str, operation: Json) -> None:
    """Add what the operation shares with all others."""
    admits = path not in OPEN_PATHS
    operation["security"] = [{"key": []}, {"session": []}] if admits else []
    responses = operation["responses"]
    for status, text in (_EVERYWHERE | (_ADMITTED if admits else {})).items():
        responses.setdefault(status, {"description": text})
    for status, answer in responses.items():
        if int(status) >= 400:
            # FastAPI files every described answer under `application/json`; every refusal has the one shape.
            shown = {kind: {"value": value} for kind, value in _problems(int(status), path).items()}
            answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": shown}}
    operation["responses"] = {status: responses[status] for status in sorted(responses)}


def _problems(status: int, path: str) -> Json:
    """One problem of each kind with this status, in English."""
    asked = Asked(Messages("en"), path, _TRACE)
    wrong = {422: "limit", 400: "q"}.get(status)
    errors = [ParameterError(parameter=wrong, detail=asked.messages.text("web_check.other"))] if wrong else []
    shown = {kind.slug: asked.problem(kind, errors=errors) for kind in KINDS.values() if kind.status == status}
    return {slug: problem.model_dump(mode="json", exclude_none=True) for slug, problem in shown.items()}


def _exemplify(operation: Json, example: Json) -> None:
    """Put an example where its parts belong."""
    for parameter in operation.get("parameters", []):
        given = example.get(parameter["in"], {})
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    if "body" in example:
        next(iter(operation["requestBody"]["content"].values()))["example"] = example["body"]
    for status, answer in operation["responses"].items():
        if int(status) < 300 and "answer" in example:
            content = answer.setdefault("content", {})
            media = example.get("media") or next(iter(content), "application/json")
            content.setdefault(media, {})["example"] = example["answer"]
