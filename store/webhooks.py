"""Webhooks: who wants to be told of which events, how far he was told, and the log of deliveries.

In: an owner, an address, names of events. Out: `Webhook` and `Delivery` rows. A hook hears of events in order; the position moves
only after the receiver said yes, so what was sent twice may come twice but nothing is left out.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import BigInteger, Column, ColumnElement, Integer, String, Table, Text, and_, delete, func, insert, select, update
from sqlalchemy.engine import Row

from dossier.errors import NotFound
from store.database import Database, now
from store.schema import metadata, outbox

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("owner", String(200), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", BigInteger, nullable=False),
    Column("next_try", BigInteger, nullable=False),
    Column("leased_until", BigInteger, nullable=False),
    Column("created_at", String(32), nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("webhook_id", String(24), nullable=False, index=True),
    Column("message_id", String(64), nullable=False),
    Column("event", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("status", Integer),
    Column("error", Text, nullable=False),
    Column("took_ms", Integer, nullable=False),
)

_LEASE_S = 120
_KEPT = 200
"""Deliveries in the log of one hook."""


class WebhookState(StrEnum):
    """`DEAD`: the receiver did not take a message for a day; it stays at its place until somebody resumes it."""

    ACTIVE = "active"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Somebody who wants to be told.

    Attributes:
        events: kinds he wants. secret: the key of the signature.
        position: the last event that he took or did not want. failures: in a row; failing_since, next_try: seconds (epoch).
    """

    id: str
    owner: str
    url: str
    events: tuple[str, ...]
    secret: str
    position: int
    state: WebhookState
    failures: int
    failing_since: int
    next_try: int
    created_at: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt: `status` is the receiver's answer, None when there was none; `error` says why in short."""

    message_id: str
    event: str
    at: str
    status: int | None
    error: str
    took_ms: int


class Webhooks:
    """Bookkeeping of webhooks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, owner: str, url: str, *, events: tuple[str, ...], secret: str, position: int) -> Webhook:
        """Make a hook that hears of everything behind a position."""
        webhook_id = f"w-{secrets.token_hex(8)}"
        with self._database.begin() as connection:
            connection.execute(
                insert(webhooks).values(
                    id=webhook_id,
                    owner=owner,
                    url=url,
                    events=json.dumps(events),
                    secret=secret,
                    position=position,
                    state=WebhookState.ACTIVE,
                    failures=0,
                    failing_since=0,
                    next_try=0,
                    leased_until=0,
                    created_at=now(),
                )
            )
        return self.one(owner, webhook_id)

    def of_owner(self, owner: str) -> list[Webhook]:
        """All hooks of an owner, oldest first."""
        with self._database.read() as connection:
            found = select(webhooks).where(webhooks.c.owner == owner).order_by(webhooks.c.created_at, webhooks.c.id)
            return [_webhook(row) for row in connection.execute(found)]

    def one(self, owner: str, webhook_id: str) -> Webhook:
        """A hook of an owner.

        Raises:
            NotFound: when he has none with this id.
        """
        with self._database.read() as connection:
            row = connection.execute(select(webhooks).where(_his(owner, webhook_id))).one_or_none()
        if row is None:
            raise NotFound(what="webhook", id=webhook_id)
        return _webhook(row)

    def remove(self, owner: str, webhook_id: str) -> None:
        """Delete a hook and its log.

        Raises:
            NotFound: as `one`.
        """
        with self._database.begin() as connection:
            if not connection.execute(delete(webhooks).where(_his(owner, webhook_id))).rowcount:
                raise NotFound(what="webhook", id=webhook_id)
            connection.execute(delete(deliveries).where(deliveries.c.webhook_id == webhook_id))

    def resume(self, owner: str, webhook_id: str) -> Webhook:
        """Try again at once, from the message that was not taken.

        Raises:
            NotFound: as `one`.
        """
        values = {"state": WebhookState.ACTIVE, "failures": 0, "failing_since": 0, "next_try": 0}
        with self._database.begin() as connection:
            connection.execute(update(webhooks).where(_his(owner, webhook_id)).values(**values))
        return self.one(owner, webhook_id)

    # for the one who delivers

    def claim(self) -> Webhook | None:
        """A hook that has something to hear and whose time has come, taken so that no other process tells it the same."""
        at = int(time.time())
        last = select(func.max(outbox.c.seq)).scalar_subquery()
        with self._database.begin() as connection:
            due = and_(
                webhooks.c.state == WebhookState.ACTIVE,
                webhooks.c.next_try <= at,
                webhooks.c.leased_until < at,
                webhooks.c.position < last,
            )
            row = connection.execute(
                select(webhooks).where(due).order_by(webhooks.c.next_try, webhooks.c.id).limit(1)
            ).one_or_none()
            if row is None:
                return None
            mine = and_(webhooks.c.id == row.id, webhooks.c.leased_until == row.leased_until)
            taken = connection.execute(update(webhooks).where(mine).values(leased_until=at + _LEASE_S))
            return _webhook(row) if taken.rowcount else None

    def took(self, hook: Webhook, position: int) -> Webhook:
        """Note that everything up to a position was taken or not wanted; answers the hook as it is then."""
        lease = int(time.time()) + _LEASE_S
        self._set(hook.id, {"position": position, "failures": 0, "failing_since": 0, "next_try": 0, "leased_until": lease})
        return replace(hook, position=position, failures=0, failing_since=0, next_try=0)

    def failed(self, webhook_id: str, *, failures: int, since: int, next_try: int | None) -> None:
        """Note a failure; without a next try the hook is dead."""
        state = WebhookState.ACTIVE if next_try is not None else WebhookState.DEAD
        self._set(webhook_id, {"failures": failures, "failing_since": since, "next_try": next_try or 0, "state": state})

    def release(self, webhook_id: str) -> None:
        """Give a claimed hook back."""
        self._set(webhook_id, {"leased_until": 0})

    def _set(self, webhook_id: str, values: Mapping[str, object]) -> None:
        with self._database.begin() as connection:
            connection.execute(update(webhooks).where(webhooks.c.id == webhook_id).values(**values))

    # the log

    def log(self, webhook_id: str, delivery: Delivery) -> None:
        """Write an attempt down; the oldest beyond the last two hundred are forgotten."""
        with self._database.begin() as connection:
            connection.execute(
                insert(deliveries).values(
                    webhook_id=webhook_id,
                    message_id=delivery.message_id,
                    event=delivery.event,
                    at=delivery.at,
                    status=delivery.status,
                    error=delivery.error,
                    took_ms=delivery.took_ms,
                )
            )
            of_hook = select(deliveries.c.number).where(deliveries.c.webhook_id == webhook_id)
            oldest = connection.scalar(of_hook.order_by(deliveries.c.number.desc()).offset(_KEPT - 1).limit(1))
            if oldest is not None:
                late = and_(deliveries.c.webhook_id == webhook_id, deliveries.c.number < oldest)
                connection.execute(delete(deliveries).where(late))

    def deliveries(self, webhook_id: str) -> list[Delivery]:
        """The attempts of a hook, newest first."""
        with self._database.read() as connection:
            found = select(deliveries).where(deliveries.c.webhook_id == webhook_id).order_by(deliveries.c.number.desc())
            return [
                Delivery(row.message_id, row.event, row.at, row.status, row.error, row.took_ms) for row in connection.execute(found)
            ]


def _his(owner: str, webhook_id: str) -> ColumnElement[bool]:
    return and_(webhooks.c.owner == owner, webhooks.c.id == webhook_id)


def _webhook(row: Row[tuple[object, ...]]) -> Webhook:
    return Webhook(
        row.id,
        row.owner,
        row.url,
        tuple(json.loads(row.events)),
        row.secret,
        row.position,
        WebhookState(row.state),
        row.failures,
        row.failing_since,
        row.next_try,
        row.created_at,
    )
