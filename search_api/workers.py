"""The threads of one server. In: its rooms. Out: threads that begin and end with it."""

from __future__ import annotations

from typing import cast

from fastapi import Request

from search_api.events.delivering import DeliveryStep
from search_api.events.openings import OpeningStep
from search_api.exports.running import ExportStep
from search_api.rooms import Rooms
from search_api.working import Worker

_DELIVERERS = 2
"""Receivers that are slow hold up one thread each."""


class Workers:
    """All threads of one server."""

    def __init__(self, rooms: Rooms) -> None:
        self._workers = [Worker("exports", ExportStep(rooms))]
        self._workers += [Worker("openings", OpeningStep(rooms))]
        self._workers += [Worker(f"deliveries-{number}", DeliveryStep(rooms)) for number in range(1, _DELIVERERS + 1)]

    def start(self) -> None:
        """Begin."""
        for worker in self._workers:
            worker.start()

    def wake(self) -> None:
        """Something was ordered."""
        for worker in self._workers:
            worker.wake()

    def stop(self) -> None:
        """End with the server."""
        for worker in self._workers:
            worker.stop()


def workers_of(request: Request) -> Workers:
    """The threads of the server that serves this request."""
    return cast(Workers, request.app.state.workers)
