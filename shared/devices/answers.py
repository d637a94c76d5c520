"""The answers about devices, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.models import Answer


class NewDevice(Answer):
    """A device and its password, which is shown this once.

    `url` is where the device finds the contacts; `connect_url` a link that works once, until `connect_until`, and sets up a phone.
    """

    id: UUID
    name: str
    url: str
    username: str
    password: str
    connect_url: str
    connect_until: datetime
    created_at: datetime


class Device(Answer):
    """A device; `program` as it names itself, `last_used_at` to the hour.

    `held_back_at` is when it last wanted to remove more than half of the address book, which it may not.
    """

    id: UUID
    name: str
    username: str
    created_at: datetime
    last_used_at: datetime | None
    program: str | None
    held_back_at: datetime | None


class DeviceList(Answer):
    """All devices, the latest first."""

    items: list[Device]
