"""Who saw what, written down after each answer, and the headers that tell a caller how much he may still ask.

In: an ASGI application whose routes know their caller. Out: the same application; rows of `store.visits`. Rows are written together
about once a second, so that a page costs no wait for the disk; a server killed in between loses that second. Looks at personal data
in full are written before the answer goes out.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dossier.errors import DossierError
from search_api.access.limits import Allowance
from store import Store, Visit

logger = logging.getLogger(__name__)

_EVERY_S = 1.0
_MOST_WAITING = 20_000


class Recorder:
    """Visits that wait to be written, and the thread that writes them."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._lock = threading.Lock()
        self._waiting: list[Visit] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, visit: Visit) -> None:
        """Write a visit down soon."""
        with self._lock:
            if len(self._waiting) >= _MOST_WAITING:
                logger.error(
                    "visit not written down, the ledger has been away too long: %s %s %s", visit.who, visit.what, visit.item
                )
                return
            self._waiting.append(visit)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="visits", daemon=True)
                self._thread.start()

    def write_now(self, visit: Visit) -> None:
        """Write a visit down before anything is answered.

        Raises:
            Unavailable: the ledger is away; then nothing may be shown.
        """
        self._open_store().visits.add([visit])

    def close(self) -> None:
        """Write what waits, and stop."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._flush()

    def _run(self) -> None:
        while not self._stop.wait(_EVERY_S):
            self._flush()

    def _flush(self) -> None:
        with self._lock:
            taken, self._waiting = self._waiting, []
        if not taken:
            return
        try:
            self._open_store().visits.add(taken)
        except DossierError as error:
            logger.warning("%d visits wait for the ledger: %s", len(taken), error)
            with self._lock:
                self._waiting = [*taken, *self._waiting]


class Recording:
    """Middleware: headers of the rate limit on every answer, a visit for every answer that showed something."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; only HTTP is ours."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                state = scope.get("state", {})
                allowance: Allowance | None = state.get("allowance")
                if allowance is not None:
                    MutableHeaders(scope=message).update(allowance.headers())
                visit: Visit | None = state.get("visit")
                if visit is not None and message["status"] < 400:
                    scope["app"].state.recorder.note(visit)
            await send(message)

        await self.app(scope, receive, send_noting)
