"""The shapes of the graph: relationships, introduction paths and what is asked about them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from shared.graph.parameters import MIN_STRENGTH
from shared.models import Model
from shared.parameters import NO_NUL

Strength = Annotated[float, Field(ge=MIN_STRENGTH, le=1)]
Company = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=NO_NUL)]


class RelationshipSet(Model):
    """A tie to set.

    Attributes:
        strength: of the tie, 1 being the strongest.
        mutual: both ways; else only from the first to the second, and what leads back stays as it is.
    """

    from_contact_id: UUID
    to_contact_id: UUID
    strength: Strength = 0.5
    mutual: bool = True

    @model_validator(mode="after")
    def _of_two(self) -> RelationshipSet:
        if self.from_contact_id == self.to_contact_id:
            raise ValueError("nobody is tied to oneself: from_contact_id and to_contact_id are the same")
        return self
