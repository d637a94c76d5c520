"""The bodies of requests about interactions, as models."""

from __future__ import annotations

from pydantic import AwareDatetime

from shared.interactions.parameters import Direction, Kind
from shared.models import Model


class InteractionCreate(Model):
    """An e-mail, message, call or meeting with a contact; direction `in` came from the contact."""

    kind: Kind
    at: AwareDatetime
    direction: Direction = "both"
