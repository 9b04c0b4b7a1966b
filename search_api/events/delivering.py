"""Tells receivers of events: in order for each, again and again until they say yes, given up after a day.

In: hooks of the ledger that have something to hear. Out: requests, and notes of every attempt. The position of a hook moves when
the receiver took a message, so a killed server repeats at most that one.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import httpx

from dossier.errors import Unavailable
from search_api.access.scopes import Scope
from search_api.events.messages import Message, is_allowed, message_of
from search_api.events.told import told
from search_api.owners import reader_named
from search_api.rooms import Rooms
from store import Delivery, Store, Webhook

_IDLE_S = 1.0
_TIMEOUT_S = 10.0
_EVENTS_AT_ONCE = 100
_LONGEST_WAIT_S = 4 * 3600
_GROWTH = 4.0
"""Waits between attempts: 5 s, 20 s, 80 s, ... up to four hours."""


class DeliveryStep:
    """What one hook has to hear, as far as it takes it; a step of `search_api.working.Worker`."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def __call__(self, stopping: threading.Event) -> float:
        """Tell the next hook whose time has come."""
        try:
            store = self._rooms.store()
        except Unavailable:  # nothing was digitised yet
            return _IDLE_S
        hook = store.webhooks.claim()
        if hook is None:
            return _IDLE_S
        try:
            self._tell(store, hook, stopping)
        finally:
            store.webhooks.release(hook.id)
        return 0.0

    def _tell(self, store: Store, hook: Webhook, stopping: threading.Event) -> None:
        reader = reader_named(self._rooms, hook.owner, Scope.WEBHOOKS)
        if reader is None or not is_allowed(hook.url, self._rooms.settings.systems.webhook_hosts):
            store.webhooks.failed(hook.id, failures=hook.failures, since=hook.failing_since, next_try=None)
            return
        events = store.feed.after(hook.position, _EVENTS_AT_ONCE)
        for event, heard in told(store, events, reader):
            if stopping.is_set():
                return
            if heard is not None and heard.kind.value in hook.events:
                delivery = send(hook, message_of(hook.id, heard))
                store.webhooks.log(hook.id, delivery)
                if delivery.error:
                    self._note_failure(store, hook)
                    return
                hook = store.webhooks.took(hook, event.seq)
            elif event is events[-1]:
                hook = store.webhooks.took(hook, event.seq)

    def _note_failure(self, store: Store, hook: Webhook) -> None:
        settings, at = self._rooms.settings.systems, time.time()
        since = hook.failing_since or int(at)
        wait_s = min(settings.webhook_first_retry_s * _GROWTH ** min(hook.failures, 20), _LONGEST_WAIT_S)
        gives_up = at - since >= settings.webhook_give_up_s
        store.webhooks.failed(hook.id, failures=hook.failures + 1, since=since, next_try=None if gives_up else int(at + wait_s))


def send(hook: Webhook, message: Message) -> Delivery:
    """One attempt; only an answer of 200 to 299 is a yes. Redirects are not followed: they could lead to hosts nobody allowed."""
    at, started = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    status, error = None, ""
    try:
        with (
            httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", hook.url, content=message.body, headers=message.headers(hook.secret)) as answer,
        ):
            status = answer.status_code  # the body is not read: a receiver could send without end
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        error = f"{type(problem).__name__}: {problem}"[:200]
    if status is not None and not 200 <= status < 300:
        error = f"HTTP {status}"
    return Delivery(message.id, message.event, at, status, error, int(1000 * (time.monotonic() - started)))
