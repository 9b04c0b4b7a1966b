"""How answers of IIIF leave: JSON-LD with its context, a tag by content, nothing sent twice.

In: a value, the request. Out: a response.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

Json = dict[str, Any]

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
IMAGE = "http://iiif.io/api/image/3/context.json"
SEARCH = "http://iiif.io/api/search/2/context.json"
SEARCH_1 = "http://iiif.io/api/search/1/context.json"

_KEPT = "private, no-cache"
"""May be kept, has to be asked for again: what a reader may see can end any day."""


def json_answer(request: Request, value: Json, context: str, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as JSON, labelled as JSON-LD for those who accept that."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    media = "application/json"
    if "application/ld+json" in request.headers.get("accept", ""):
        media = f'application/ld+json;profile="{context}"'
    return answer(request, body, media, {"Vary": "Accept", **(headers or {})})


def answer(request: Request, body: bytes, media: str, headers: Mapping[str, str] | None = None, *, tag: str = "") -> Response:
    """A body with its tag, or 304 when the caller has it; `tag` when the content is known without making it."""
    tag = tag or tag_of(body)
    sent = {"ETag": tag, "Cache-Control": _KEPT, **(headers or {})}
    if has_already(request, tag):
        return Response(status_code=304, headers=sent)
    return Response(body, media_type=media, headers=sent)


def tag_of(*parts: bytes) -> str:
    """A tag that changes with the content."""
    return f'"{hashlib.sha256(b"|".join(parts)).hexdigest()[:32]}"'


def has_already(request: Request, tag: str) -> bool:
    """Whether an `If-None-Match` header names the tag; weak comparison (RFC 9110, 13.1.2)."""
    given = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return "*" in given or tag in given
