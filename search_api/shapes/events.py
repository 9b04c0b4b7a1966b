"""Shapes of the feed of events and of webhooks."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from search_api.events.told import Told
from store import Delivery, EventKind, Webhook, WebhookState


class EventLinks(BaseModel):
    """Where to go from an event."""

    document: str | None = Field(description="The document; null when it is deleted.")


class EventShape(BaseModel):
    """What happened to a document."""

    seq: int = Field(description="Position of its last change; give the last one as `after`.")
    event: EventKind = Field(
        description="created, changed (fields or text), access_changed (who may see it), deleted (gone, or closed to the asker)."
    )
    document: str = Field(description="Id of the document.")
    dossier: str = Field(description="Id of the dossier it lies or lay in.")
    at: str | None = Field(description="When, ISO 8601 in UTC; null when an older version of this program noted the change.")
    links: EventLinks


class ChangesShape(BaseModel):
    """What happened behind a position."""

    items: list[EventShape] = Field(description="At most one a document: its state now, told from the position asked for.")
    next: int = Field(description="Give this back as `after`; it moves on even when nothing is for the asker.")
    more: bool = Field(description="There is more behind `next` now.")


class WebhookOrder(BaseModel):
    """Who wants to be told of what."""

    url: Annotated[str, Field(min_length=8, max_length=2000, description="http or https; a host that the settings allow.")]
    events: Annotated[list[EventKind], Field(min_length=1, max_length=len(EventKind))] = Field(
        list(EventKind), description="Kinds of events to be told of."
    )
    after: int | None = Field(None, ge=0, description="Position to be told from; left out: from now on; 0: of everything there is.")

    model_config = ConfigDict(extra="forbid")


class WebhookLinks(BaseModel):
    """Where to go from a webhook."""

    self: str
    deliveries: str


class WebhookShape(BaseModel):
    """Who is told of what, and how that goes."""

    id: str
    url: str
    events: list[EventKind]
    state: WebhookState = Field(description="dead: the receiver took nothing for a day; resume it when it is well again.")
    position: int = Field(description="The last position that it took or did not want.")
    failures: int = Field(description="Attempts in a row that failed.")
    created_at: str
    links: WebhookLinks


class NewWebhookShape(WebhookShape):
    """A webhook just made, with the only showing of its secret."""

    secret: str = Field(description="Key of the signature, shown this once: whsec_ and base64.")


class WebhooksShape(BaseModel):
    """Webhooks of one person or key."""

    items: list[WebhookShape]


class DeliveryShape(BaseModel):
    """One attempt to tell."""

    message_id: str = Field(description="`webhook-id` of the message; the same at every attempt.")
    event: str
    at: str
    status: int | None = Field(description="What the receiver answered; null when it did not.")
    error: str | None = Field(description="Why it does not count as taken.")
    took_ms: int


class DeliveriesShape(BaseModel):
    """The last attempts of a webhook, newest first."""

    items: list[DeliveryShape]


def event_shape(told: Told) -> EventShape:
    """An event as the API tells it."""
    gone = told.kind is EventKind.DELETED
    return EventShape(
        seq=told.seq,
        event=told.kind,
        document=told.document_id,
        dossier=told.dossier_id,
        at=told.at or None,
        links=EventLinks(document=None if gone else f"/v1/documents/{told.document_id}"),
    )


def webhook_shape(hook: Webhook) -> WebhookShape:
    """A webhook as the API tells of it, without its secret."""
    own = f"/v1/webhooks/{hook.id}"
    return WebhookShape(
        id=hook.id,
        url=hook.url,
        events=[EventKind(event) for event in hook.events],
        state=hook.state,
        position=hook.position,
        failures=hook.failures,
        created_at=hook.created_at,
        links=WebhookLinks(self=own, deliveries=f"{own}/deliveries"),
    )


def delivery_shape(delivery: Delivery) -> DeliveryShape:
    """An attempt as the API tells of it."""
    return DeliveryShape(
        message_id=delivery.message_id,
        event=delivery.event,
        at=delivery.at,
        status=delivery.status,
        error=delivery.error or None,
        took_ms=delivery.took_ms,
    )
