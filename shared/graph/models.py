"""The bodies of requests about the graph, as models."""

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
        strength: the strength of the tie; 1 is the greatest.
        mutual: set both directions; else only that from the first to the second, and a tie back stays as it is.
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
