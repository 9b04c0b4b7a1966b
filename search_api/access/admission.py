"""The door of every route: who asks, may he do this, has he asked too often; noted for the log of visits.

In: a request. Out: an `Identity`, or an error. The application hangs it before all its routes, so that a route that forgets about
access still lets nobody in who has not shown who he is.
"""

from __future__ import annotations

import ipaddress
from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request

from dossier.errors import NotAdmitted, NotAllowed, TooMany
from search_api.access.identity import NOBODY_IN, Identity, identify
from search_api.access.limits import Buckets
from search_api.access.recording import Recorder
from search_api.access.scopes import OPEN_PATHS, Scope, scope_of
from search_api.headers import trace_id
from search_api.rooms import Rooms, rooms_of
from store import Visit

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_REVEALING = frozenset({"reveal", "hien"})
_FALSE = frozenset({"", "0", "false", "no", "off", "f", "n"})


def admitted(request: Request) -> Identity:
    """Who asks, once he may.

    Raises:
        NotAdmitted: nobody knows him. NotAllowed: it is not his to do. TooMany: he has to wait. Unavailable: the store is away.
    """
    rooms, path = rooms_of(request), route_of(request)
    _check_host(request, rooms)
    if path in OPEN_PATHS:
        return NOBODY_IN
    identity = _known(request, rooms)
    if request.method not in _SAFE and identity.by_cookie:
        check_origin(request)
    require(identity, scope_of(path))
    if asks_in_full(request):
        require(identity, Scope.REVEAL)
    if rooms.settings.api.access == "accounts":
        _count(request, rooms, identity)
        _note(request, identity, path)
    request.state.identity = identity  # for the head of pages
    return identity


Admitted = Annotated[Identity, Depends(admitted)]


def require(identity: Identity, scope: Scope) -> None:
    """Refuse who lacks a right.

    Raises:
        NotAllowed: naming the right.
    """
    if scope not in identity.scopes:
        raise NotAllowed(right=scope.value)


def check_origin(request: Request) -> None:
    """Refuse what a page of another site sends with the browser of somebody who is signed in here.

    Raises:
        NotAllowed: it was not a page of this server.
    """
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
    if foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed(right="origin")


def limit_attempts(request: Request, *, failed: bool) -> None:
    """Slow down who guesses passwords or keys: an address that failed too often has to wait.

    Raises:
        TooMany: naming the seconds.
    """
    rooms = rooms_of(request)
    allowance = buckets_of(request).take(f"guess {address_of(request)}", rooms.settings.api.sign_ins_per_minute, int(failed))
    if not allowance.passes:
        raise TooMany(seconds=max(allowance.wait_s, 1))


def route_of(request: Request) -> str:
    """The path of the route that answers, with the names of its parameters."""
    return str(getattr(request.scope.get("route"), "path", request.url.path))


def address_of(request: Request) -> str:
    """Where the request comes from."""
    return request.client.host if request.client else ""


def asks_in_full(request: Request) -> bool:
    """Whether the query asks for sensitive personal data in full."""
    return any(request.query_params[name].lower() not in _FALSE for name in _REVEALING & request.query_params.keys())


def buckets_of(request: Request) -> Buckets:
    """The buckets of this application."""
    return cast(Buckets, request.app.state.buckets)


def recorder_of(request: Request) -> Recorder:
    """The recorder of this application."""
    return cast(Recorder, request.app.state.recorder)


def _known(request: Request, rooms: Rooms) -> Identity:
    if request.headers.get("authorization") and rooms.settings.api.access == "accounts":
        limit_attempts(request, failed=False)
    try:
        return identify(request, rooms)
    except NotAdmitted:
        if request.headers.get("authorization"):
            limit_attempts(request, failed=True)
        raise


def _check_host(request: Request, rooms: Rooms) -> None:
    """A server without accounts answers to addresses only: a foreign site that points its name at this machine gets nothing."""
    api = rooms.settings.api
    if api.access == "accounts" or api.open_to_network:
        return
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return
    try:
        ipaddress.ip_address(host)
    except ValueError as error:
        raise NotAllowed(right="host") from error


def _count(request: Request, rooms: Rooms, identity: Identity) -> None:
    a_minute = identity.rate or rooms.settings.api.requests_per_minute
    if not a_minute:
        return
    allowance = buckets_of(request).take(identity.name, a_minute)
    request.state.allowance = allowance
    if not allowance.passes:
        raise TooMany(seconds=max(allowance.wait_s, 1))


def _note(request: Request, identity: Identity, path: str) -> None:
    """Leave for the log what is looked at, if it is one thing; words of questions name people and are not kept."""
    item = " ".join(str(value) for value in request.path_params.values())
    if not item:
        return
    visit = Visit.made(
        identity.name, f"{request.method} {path}"[:120], item[:200], address=address_of(request), trace=trace_id(request)
    )
    if asks_in_full(request):
        recorder_of(request).write_now(visit)
    else:
        request.state.visit = visit
