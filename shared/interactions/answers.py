"""The shapes of what is answered about interactions: for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.interactions.parameters import Direction, Kind
from shared.models import Answer


class Interaction(Answer):
    """One e-mail, message, call or meeting."""

    at: datetime
    kind: Kind
    direction: Direction


class InteractionList(Answer):
    """A page of interactions, newest first."""

    items: list[Interaction]
    next_cursor: str | None


class StrengthParts(Answer):
    """What a computed strength is the product of (the first three, each at most 1), and what they rest on."""

    recency: float
    frequency: float
    reciprocity: float
    interactions: int
    last_at: datetime
    sent: float
    received: float


class ContactStrength(Answer):
    """The strength of the tie between the user and a contact.

    `strength` is what paths use, `computed` what the interactions say; they differ where it was set by hand.
    """

    contact_id: UUID
    strength: float | None
    set_by: Literal["hand", "interactions", "import"] | None
    computed: float | None
    parts: StrengthParts | None
    sentence: str
