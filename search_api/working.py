"""Threads of the server that do what was ordered: exports, deliveries of webhooks.

In: a step that does one thing and says when to look again. Out: a thread that starts and ends with the server.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from dossier.errors import DossierError

logger = logging.getLogger(__name__)

Step = Callable[[threading.Event], float]
"""Does what waits, until told to stop; answers seconds until it wants to look again."""

_AFTER_ERROR_S = 10.0
_END_S = 15.0


class Worker:
    """One thread that repeats a step."""

    def __init__(self, name: str, step: Step) -> None:
        self._step = step
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Look now, something was ordered."""
        self._woken.set()

    def stop(self) -> None:
        """End after what is being done; what is not finished by then goes on with the next server."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(_END_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            wait_s = self._once()
            self._woken.wait(wait_s)

    def _once(self) -> float:
        try:
            return self._step(self._stopping)
        except DossierError as error:
            logger.warning("%s: %s", self._thread.name, error)
        except Exception:  # the door of this thread: one bad order must not end all later ones
            logger.exception("%s: error without a handler", self._thread.name)
        return _AFTER_ERROR_S
