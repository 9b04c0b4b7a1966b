"""The OpenAPI description as the server really behaves: refusals are `application/problem+json`.

In: the application. Out: its description, made once. FastAPI files every described answer under `application/json`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from search_api.problems import MEDIA_TYPE


def describe_with_problems(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """What to put in place of `app.openapi`."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            description = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            for operations in description["paths"].values():
                for operation in operations.values():
                    _relabel(operation["responses"])
            app.openapi_schema = description
        return app.openapi_schema

    return describe


def _relabel(responses: dict[str, Any]) -> None:
    """Every refusal has the one shape, whatever kind of answer the path gives when all is well."""
    for status, answer in responses.items():
        if int(status) >= 400:
            answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
