"""The answers about interactions, as models for the OpenAPI document."""

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
    """The factors of a computed strength (the first three, each at most 1), and the counts they are computed from."""

    recency: float
    frequency: float
    reciprocity: float
    interactions: int
    last_at: datetime
    sent: float
    received: float


class ContactStrength(Answer):
    """The strength of the tie between the user and a contact.

    `strength` is the one that paths use, `computed` the one that follows from the interactions; they differ where the user
    has set the strength by hand.
    """

    contact_id: UUID
    strength: float | None
    set_by: Literal["hand", "interactions", "import"] | None
    computed: float | None
    parts: StrengthParts | None
    sentence: str
