"""ETags of answers that come out of store and index, and 304 without asking either of them.

In: a request, the asker, how far store and index are. Out: a weak tag on the answer, or `NotModified` before the route runs. A tag
names the question, the reader's rights, the day, the language, the version of the store and how far each index has followed it.
"""

from __future__ import annotations

import hashlib
import threading
import time
from typing import Any
from weakref import WeakKeyDictionary

from fastapi import Depends, FastAPI, Request, Response

from dossier.codec import encode
from dossier.errors import Unavailable
from dossier.model import Page, Reader
from search_api.access import Asker
from search_api.cursors import reader_mark
from search_api.refusals import asked_of
from search_api.rooms import OpenRooms, Rooms

REVALIDATE = "private, no-cache"
"""Keep it, for this asker only, and ask again with its tag before showing it."""


_KNOWN_S = 1.0
_known: WeakKeyDictionary[Rooms, tuple[float, str]] = WeakKeyDictionary()
_lock = threading.Lock()


class NotModified(Exception):
    """What the caller has is still right."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers
        super().__init__(headers)


def tagged(request: Request, response: Response, rooms: OpenRooms, reader: Asker) -> None:
    """Give the answer a tag.

    Raises:
        NotModified: when the caller named it in `If-None-Match`.
    """
    if request.query_params.get("reveal", "") not in ("", "false", "0"):
        return  # every reveal is written down, and none is kept
    check_tag(request, response, reader, f"{rooms.store().feed.version()} {_generation(rooms)}")


def check_tag(request: Request, response: Response, reader: Reader, version: str) -> None:
    """Give an answer the tag of its question, its asker and the version of what it is made of.

    Raises:
        NotModified: when the caller named it in `If-None-Match`.
    """
    language = asked_of(request).messages.language
    pairs = sorted(request.query_params.multi_items())
    parts = (request.url.path, pairs, reader_mark(reader), reader.today, language, version)
    tag = f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": REVALIDATE, "Vary": "Accept-Language, Authorization, Cookie"}
    if names(request.headers.get("if-none-match", ""), tag):
        raise NotModified(headers)
    response.headers.update(headers)


def _generation(rooms: Rooms) -> str:
    """The generation of the index that answers; looked up once a second at most, for engines that are asked over the network.

    A tag that is a second behind costs one answer too many after a swap, never a stale one for longer.
    """
    with _lock:
        known_until, generation = _known.get(rooms, (0.0, ""))
    if time.monotonic() < known_until:
        return generation
    try:
        generation = rooms.index().stats().generation
    except Unavailable:  # documents are shown without it
        return ""
    with _lock:
        _known[rooms] = (time.monotonic() + _KNOWN_S, generation)
    return generation


def version_of(page: Page) -> str:
    """The version of a page: it can be read again without any change of its document."""
    return hashlib.sha256(encode(page)).hexdigest()


TAGGED = Depends(tagged)

UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "What the caller named in If-None-Match is still right."}}
"""What tagged paths can answer, for the description."""


def install(app: FastAPI) -> None:
    """Answer `NotModified` as a 304."""

    @app.exception_handler(NotModified)
    def of_tags(_: Request, error: NotModified) -> Response:
        return Response(status_code=304, headers=error.headers)


def names(header: str, tag: str) -> bool:
    """Whether an `If-None-Match` header names a tag; weak comparison (RFC 9110, 13.1.2). `*` is not an answer we gave."""
    wanted = tag.removeprefix("W/")
    return wanted in (part.strip().removeprefix("W/") for part in header.split(","))
