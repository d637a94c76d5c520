"""The shapes of enrichment."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from shared.models import Line, Model

MAX_GRANT = 1_000_000


class EnrichmentRequest(Model):
    """How a contact is enriched.

    Attributes:
        priority: what goes first.
        force: ask again what was answered before; that is charged again.
    """

    priority: Literal["high", "normal", "low"] = "normal"
    force: bool = False


class EnrichmentQueued(BaseModel):
    """A contact is queued; what is found shows in its `enrichment`."""

    contact_id: UUID
    status: Literal["pending"]


class EnrichedField(BaseModel):
    """One value that a provider gave.

    Attributes:
        confidence: how sure it is, in (0, 1].
        at: when the provider said it.
    """

    value: str
    provider: str
    confidence: float
    at: datetime


class EnrichmentAttempt(BaseModel):
    """What came of asking one provider."""

    provider: str
    outcome: Literal[
        "found",
        "not_found",
        "no_credits",
        "rate_limited",
        "unavailable",
        "out_of_quota",
        "unauthorised",
        "refused",
        "removed",
        "skipped",
    ]
    credits: int
    at: datetime


class Enrichment(BaseModel):
    """Where the enrichment of a contact stands; empty when nobody asked for it."""

    status: Literal["pending", "done", "partial", "not_found", "failed", "no_credits"] | None = None
    fields: dict[str, EnrichedField] = {}
    attempts: list[EnrichmentAttempt] = []
    enriched_at: datetime | None = None


class CreditBalance(BaseModel):
    """How many credits the caller has."""

    balance: Annotated[int, Field(ge=0)]


class LedgerLine(BaseModel):
    """One movement of credits; all of them add up to the balance."""

    id: UUID
    kind: Literal["grant", "charge", "release"]
    credits: int
    contact_id: UUID | None
    provider: str | None
    at: datetime


class Ledger(BaseModel):
    """A page of the ledger, the latest line first."""

    items: list[LedgerLine]
    next_cursor: str | None


class CreditGrant(Model):
    """Credits for one user, named by id or by address."""

    user_id: UUID | None = None
    email: Line | None = None
    credits: Annotated[int, Field(ge=1, le=MAX_GRANT)]
    note: Line = "granted by an operator"

    @model_validator(mode="after")
    def _one_user(self) -> CreditGrant:
        if (self.user_id is None) == (self.email is None):
            raise ValueError("name the user by user_id or by email")
        return self


class DeadLetterReplay(Model):
    """Which dead letters get another chance."""

    function: Line
    limit: Annotated[int, Field(ge=1, le=10_000)] = 1000
