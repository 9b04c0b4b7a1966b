"""What the work tells whoever watches it; only doors show it to people."""

from __future__ import annotations

from typing import Protocol

from flows.page_worker import PageOutcome


class Listener(Protocol):
    """Hears of progress. Called from several threads."""

    def pages_waiting(self, count: int) -> None:
        """So many pages will be read."""

    def page_done(self, outcome: PageOutcome) -> None:
        """A page has its state."""


class Silence:
    """Hears nothing."""

    def pages_waiting(self, count: int) -> None:
        """See `Listener`."""

    def page_done(self, outcome: PageOutcome) -> None:
        """See `Listener`."""
