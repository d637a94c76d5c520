"""The requests about webhooks."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared.models import Model
from shared.parameters import NO_NUL
from shared.webhooks.events import EVENT_TYPES, EventType

MAX_URL_LENGTH = 2_000


def _each_once(events: list[EventType]) -> list[EventType]:
    return [event for event in EVENT_TYPES if event in events]


Url = Annotated[str, StringConstraints(min_length=10, max_length=MAX_URL_LENGTH, pattern=NO_NUL)]
Events = Annotated[list[EventType], Field(min_length=1, max_length=len(EVENT_TYPES)), AfterValidator(_each_once)]


class WebhookCreate(Model):
    """A webhook to add: messages about `events` ("*" for all) are sent to `url`, a public https address."""

    url: Url
    events: Events = ["*"]


class WebhookPatch(Model):
    """Changes of a webhook; `active: true` switches it on again."""

    url: Url | None = None
    events: Events | None = None
    active: bool | None = None


class SecretRotation(Model):
    """A new secret; for `overlap_hours` messages are signed with the old one, too."""

    overlap_hours: Annotated[int, Field(ge=0, le=168)] = 24
