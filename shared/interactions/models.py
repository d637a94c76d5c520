"""The shapes of what is sent about interactions."""

from __future__ import annotations

from pydantic import AwareDatetime

from shared.interactions.parameters import Direction, Kind
from shared.models import Model


class InteractionCreate(Model):
    """An e-mail, message, call or meeting with a contact; `in` came from the contact."""

    kind: Kind
    at: AwareDatetime
    direction: Direction = "both"
