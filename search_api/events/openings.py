"""Every day: documents whose day has come (hết hạn hạn chế tiếp cận) are announced, so that the feed and webhooks tell of them.

In: the store and today's date. Out: changes in the outbox. Searches need none of it: they compare the day themselves.
"""

from __future__ import annotations

import threading
from datetime import datetime

from dossier.errors import Unavailable
from search_api.rooms import Rooms

_LOOK_EVERY_S = 300.0


class OpeningStep:
    """A step of `search_api.working.Worker`."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def __call__(self, stopping: threading.Event) -> float:
        """Announce what opened since yesterday."""
        try:
            store = self._rooms.store()
        except Unavailable:  # nothing was digitised yet
            return _LOOK_EVERY_S
        store.access.announce_openings(int(datetime.now().astimezone().strftime("%Y%m%d")))
        return _LOOK_EVERY_S
