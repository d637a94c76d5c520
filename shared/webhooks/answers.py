"""The answers of the API about webhooks, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.models import Answer
from shared.webhooks.events import EventType
from shared.webhooks.parameters import DeliveryState


class Webhook(Answer):
    """A webhook; `off_because` says why it is not `active`, `waiting` counts the messages that are still to be sent."""

    id: UUID
    url: str
    events: list[EventType]
    active: bool
    off_because: str | None
    failing_since: datetime | None
    rests_until: datetime | None
    old_secret_until: datetime | None
    waiting: int
    created_at: datetime


class WebhookWithSecret(Webhook):
    """A webhook with the secret that its messages are signed with, which is shown this once."""

    secret: str


class WebhookList(Answer):
    """The webhooks of the user, the oldest first."""

    items: list[Webhook]


class WebhookDelivery(Answer):
    """A message to a webhook and what came of the last attempt; `id` is the message's `webhook-id`."""

    id: UUID
    webhook_id: UUID
    type: str
    data: dict[str, Any]
    happened_at: datetime
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    delivered_at: datetime | None
    attempted_at: datetime | None
    status: int | None
    answer: str | None
    error: str | None
    took_ms: int | None


class WebhookDeliveryList(Answer):
    """A page of what a webhook was sent, newest first; kept for 30 days."""

    items: list[WebhookDelivery]
    next_cursor: str | None


class WebhookMessage(Answer):
    """A message that waits for its first attempt, or for another one."""

    id: UUID
    webhook_id: UUID
