"""The answers of the API about enrichment and credits, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.models import Answer


class EnrichmentQueued(Answer):
    """A queued contact; the findings will show in its `enrichment`."""

    contact_id: UUID
    status: Literal["pending"]


class EnrichedField(Answer):
    """One value from a provider.

    Attributes:
        confidence: how sure the provider is, in (0, 1].
        at: time of the provider's answer.
    """

    value: str
    provider: str
    confidence: float
    at: datetime


class EnrichmentAttempt(Answer):
    """The outcome of asking one provider."""

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


class Enrichment(Answer):
    """The state of a contact's enrichment; empty where it was never requested."""

    status: Literal["pending", "done", "partial", "not_found", "failed", "no_credits"] | None = None
    fields: dict[str, EnrichedField] = Field(default_factory=dict)
    attempts: list[EnrichmentAttempt] = Field(default_factory=list)
    enriched_at: datetime | None = None


class CreditBalance(Answer):
    """The caller's credits."""

    balance: Annotated[int, Field(ge=0)]


class LedgerLine(Answer):
    """One movement of credits; the balance is the sum of all movements."""

    id: UUID
    kind: Literal["grant", "charge", "release"]
    credits: int
    contact_id: UUID | None
    provider: str | None
    at: datetime


class Ledger(Answer):
    """A page of the ledger, the latest line first."""

    items: list[LedgerLine]
    next_cursor: str | None
