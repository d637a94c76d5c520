"""The requests of enrichment."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from shared.models import Line, Model

MAX_GRANT = 1_000_000


class EnrichmentRequest(Model):
    """The options of an enrichment.

    Attributes:
        priority: of the request in the queue.
        force: ask again also the providers that have answered before; their answers are charged again.
    """

    priority: Literal["high", "normal", "low"] = "normal"
    force: bool = False


class CreditGrant(Model):
    """Credits for one user, who is named by id or by address."""

    user_id: UUID | None = None
    email: Line | None = None
    credits: Annotated[int, Field(ge=1, le=MAX_GRANT)]
    note: Line = "granted by an operator"

    @model_validator(mode="after")
    def _one_user(self) -> CreditGrant:
        if (self.user_id is None) == (self.email is None):
            raise ValueError("must name the user by either user_id or email")
        return self
