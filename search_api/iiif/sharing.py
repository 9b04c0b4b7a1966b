"""Viewers of other origins may read IIIF (CORS): who may, and what their browsers have to be told.

In: requests under `/iiif/`. Out: the same answers with the headers of the Fetch standard. A browser never shows
a page of another origin what came with a log-in cookie, so a viewer elsewhere sees what somebody without a log-in sees, or what the
key in its `Authorization` header may. On a server where everybody may see everything (no log-in set up) only origins that the
settings name are let in: any page that is open in the same browser could read the archive otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.access import Asker

PREFIX = "/iiif/"
_EVERYBODY = "*"
_SHARED = "iiif_shared"


def shared(request: Request, reader: Asker) -> None:
    """Dependency of every IIIF route: answers to this reader may be read by viewers of any origin, unless he sees everything."""
    request.scope[_SHARED] = not reader.sees_all


class Viewers:
    """Middleware that answers preflights and adds the headers; `origins` are always let in, `*` lets in all."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await self._answer_preflight(headers.get("origin", ""), send)
            return

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._open(scope, _origin_of(headers), MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_shared)

    def _open(self, scope: Scope, origin: str, headers: MutableHeaders) -> None:
        headers.add_vary_header("Origin")
        if scope.get(_SHARED) or _EVERYBODY in self.origins:
            allowed = _EVERYBODY
        elif origin in self.origins:
            allowed = origin
        else:
            return
        headers["Access-Control-Allow-Origin"] = allowed
        headers["Access-Control-Expose-Headers"] = "Link, ETag, X-Trace-Id"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"

    @staticmethod
    async def _answer_preflight(origin: str, send: Send) -> None:
        """What may be asked is the same for all; whether the answer may be read is decided when it is made."""
        headers = MutableHeaders()
        headers["Access-Control-Allow-Origin"] = origin or _EVERYBODY
        headers["Access-Control-Allow-Methods"] = "GET"
        headers["Access-Control-Allow-Headers"] = "Authorization, Accept, Accept-Language, If-None-Match, X-API-Key"
        headers["Access-Control-Max-Age"] = "600"
        headers["Vary"] = "Origin"
        await send({"type": "http.response.start", "status": 204, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b""})


def _origin_of(headers: Headers) -> str:
    """Where the asking page is from; pictures that it only shows come without `Origin`."""
    if "origin" in headers:
        return headers["origin"]
    page = urlsplit(headers.get("referer", ""))
    return f"{page.scheme}://{page.netloc}"
