"""What every answer carries, and the last door an error meets: security headers, a trace id, a 500 without inner details.

In: an ASGI application. Out: the same application, wrapped. Plain ASGI, because Starlette's own catch-all stands outside of
all other middleware and would send its 500 without these headers.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: pages load scripts, pictures and style sheets of this server, and nothing else at all."""

SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

TRACE_HEADER = "X-Trace-Id"
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

TRACE: ContextVar[str] = ContextVar("trace", default="")
"""The trace id of the request that is being answered, for logs of parts that know no request."""

ErrorAnswer = Callable[[Request], Response]


class Envelope:
    """Middleware around the whole application; `answer_error` makes the 500 of an error nobody foresaw."""

    def __init__(self, app: ASGIApp, answer_error: ErrorAnswer) -> None:
        self.app = app
        self.answer_error = answer_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; only HTTP is ours."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.trace_id = trace = _trace_id(request)
        TRACE.set(trace)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers[TRACE_HEADER] = trace
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)  # pictures for viewers of other origins say otherwise themselves
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:  # the door: what nobody foresaw becomes a 500; the log keeps the trace
            # The path only: a query string holds names of people.
            logger.exception("error without a handler, trace %s, %s %s", trace, request.method, request.url.path)
            if started:
                raise
            await self.answer_error(request)(scope, receive, send_with_headers)


def trace_id(request: Request) -> str:
    """The id that ties an answer to the log of the server."""
    return str(request.state.trace_id)


def _trace_id(request: Request) -> str:
    given = _TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))
    return given.group(1) if given else uuid.uuid4().hex
