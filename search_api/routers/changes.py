"""Paths of events: the feed of changes, and webhooks that tell of them."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from dossier.model import Reader
from search_api.access import Asker
from search_api.events.delivering import send
from search_api.events.messages import is_address, is_allowed, new_secret, test_message
from search_api.events.told import told
from search_api.parameters import only
from search_api.problems import BAD_PARAMETER, Problem, Refusal
from search_api.rooms import OpenRooms
from search_api.shapes.events import (
    ChangesShape,
    DeliveriesShape,
    DeliveryShape,
    EventShape,
    NewWebhookShape,
    WebhookOrder,
    WebhookShape,
    WebhooksShape,
    delivery_shape,
    event_shape,
    webhook_shape,
)
from search_api.workers import workers_of
from store import Store

router = APIRouter(prefix="/v1", tags=["events"])

WebhookId = Annotated[str, Path(min_length=1, max_length=40, description="Id of a webhook.")]
PLAIN = [Depends(only())]
_NOT_HIS: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "The asker has no webhook with this id."}}
_LOOK_EVERY_S = 0.5
_MOST_EVENTS_READ = 5_000
"""Events that are looked at for one answer, when few of them are for the asker."""


@router.get("/changes", summary="What happened to documents", dependencies=[Depends(only("after", "limit", "wait"))])
async def changes(
    rooms: OpenRooms,
    reader: Asker,
    after: Annotated[int, Query(ge=0, le=2**62, description="`next` of the answer before; 0: from the beginning.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most events in one answer.")] = 100,
    wait: Annotated[int, Query(ge=0, le=20, description="Seconds to wait for something to happen before answering nothing.")] = 0,
) -> ChangesShape:
    """Documents that were created, changed, deleted or opened to others behind a position, oldest change first.

    Each document comes at most once, with its last change: enough to keep a copy in step. Deleted ones stay in the feed.
    A document that is closed to the asker comes as deleted. Ids only; ask for the document itself.
    """
    store, deadline = await run_in_threadpool(rooms.store), time.monotonic() + wait
    while True:
        found = await run_in_threadpool(_changes, store, reader, after, limit)
        if found.items or time.monotonic() >= deadline:
            return found
        after = found.next
        await asyncio.sleep(_LOOK_EVERY_S)  # a thread asleep would be one that answers nobody else


@router.post(
    "/webhooks",
    summary="Be told of events",
    status_code=201,
    dependencies=PLAIN,
    responses={422: {"model": Problem, "description": "The address cannot be told, or its host is not allowed."}},
)
def add_webhook(rooms: OpenRooms, reader: Asker, response: Response, order: WebhookOrder) -> NewWebhookShape:
    """Make a webhook. Its secret is shown in this answer only.

    Messages are POSTed in order with `webhook-id`, `webhook-timestamp` and `webhook-signature` (Standard Webhooks); one that is not
    answered by 2xx within ten seconds is repeated with growing waits for a day. At least once: know messages by `webhook-id`.
    """
    _check_address(order.url, rooms.settings.systems.webhook_hosts)
    store, secret = rooms.store(), new_secret()
    position = store.feed.last() if order.after is None else order.after
    hook = store.webhooks.add(reader.name, order.url, events=tuple(order.events), secret=secret, position=position)
    response.headers["Location"] = f"/v1/webhooks/{hook.id}"
    response.headers["Cache-Control"] = "no-store"
    return NewWebhookShape(**webhook_shape(hook).model_dump(), secret=secret)


@router.get("/webhooks", summary="One's own webhooks", dependencies=PLAIN)
def webhooks(rooms: OpenRooms, reader: Asker) -> WebhooksShape:
    """All webhooks of the asker, oldest first."""
    return WebhooksShape(items=[webhook_shape(hook) for hook in rooms.store().webhooks.of_owner(reader.name)])


@router.get("/webhooks/{webhook_id}", summary="One webhook", dependencies=PLAIN, responses=_NOT_HIS)
def webhook(rooms: OpenRooms, reader: Asker, webhook_id: WebhookId) -> WebhookShape:
    """Where it is and how it goes."""
    return webhook_shape(rooms.store().webhooks.one(reader.name, webhook_id))


@router.delete(
    "/webhooks/{webhook_id}",
    summary="Delete a webhook",
    status_code=204,
    response_class=Response,
    dependencies=PLAIN,
    responses=_NOT_HIS,
)
def delete_webhook(rooms: OpenRooms, reader: Asker, webhook_id: WebhookId) -> None:
    """Nothing is told any more; its log goes too."""
    rooms.store().webhooks.remove(reader.name, webhook_id)


@router.post("/webhooks/{webhook_id}/test", summary="Send a test message", dependencies=PLAIN, responses=_NOT_HIS)
def test_webhook(rooms: OpenRooms, reader: Asker, webhook_id: WebhookId) -> DeliveryShape:
    """Send a signed message of type `test` now and answer what became of it."""
    store = rooms.store()
    hook = store.webhooks.one(reader.name, webhook_id)
    _check_address(hook.url, rooms.settings.systems.webhook_hosts)
    delivery = send(hook, test_message(hook.id))
    store.webhooks.log(hook.id, delivery)
    return delivery_shape(delivery)


@router.post("/webhooks/{webhook_id}/resume", summary="Try a webhook again", dependencies=PLAIN, responses=_NOT_HIS)
def resume_webhook(request: Request, rooms: OpenRooms, reader: Asker, webhook_id: WebhookId) -> WebhookShape:
    """Go on at once from the message that was not taken, also when the webhook is dead."""
    hook = rooms.store().webhooks.resume(reader.name, webhook_id)
    workers_of(request).wake()
    return webhook_shape(hook)


@router.get("/webhooks/{webhook_id}/deliveries", summary="The log of a webhook", dependencies=PLAIN, responses=_NOT_HIS)
def deliveries(rooms: OpenRooms, reader: Asker, webhook_id: WebhookId) -> DeliveriesShape:
    """The last two hundred attempts, newest first."""
    hook = rooms.store().webhooks.one(reader.name, webhook_id)
    return DeliveriesShape(items=[delivery_shape(one) for one in rooms.store().webhooks.deliveries(hook.id)])


def _changes(store: Store, reader: Reader, after: int, limit: int) -> ChangesShape:
    """Events for this reader; goes on through what is not for him, but not without end."""
    items: list[EventShape] = []
    read = 0
    position, events = after, store.feed.after(after, limit)
    while events:
        for event, heard in told(store, events, reader):
            if len(items) == limit:
                return ChangesShape(items=items, next=position, more=True)
            position, read = event.seq, read + 1
            if heard is not None:
                items.append(event_shape(heard))
        if read >= _MOST_EVENTS_READ:
            break
        events = store.feed.after(position, limit)
    return ChangesShape(items=items, next=position, more=bool(events))


def _check_address(url: str, hosts: tuple[str, ...]) -> None:
    if not is_address(url):
        raise Refusal(BAD_PARAMETER, "systems.bad_url", parameter="url")
    if not is_allowed(url, hosts):
        raise Refusal(BAD_PARAMETER, "systems.host_not_allowed", parameter="url", host=urlsplit(url).hostname or "")
