"""The bodies of requests about merging."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from shared.models import Model

# More cards of one person are merged in turns.
MOST = 50

SingleField = Literal["name", "email", "company", "title", "location", "linkedin_url", "birthday"]
Id = Annotated[UUID, Field(strict=False)]


class MergeRequest(Model):
    """Contacts that are one person: the first is left, the others become part of it.

    Attributes:
        fields: for fields of one value, the contact whose value is kept; others follow the rules.
        dry_run: answer the outcome without changing anything.
    """

    ids: Annotated[list[Id], Field(min_length=2, max_length=MOST)]
    fields: dict[SingleField, Id] = {}
    dry_run: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> MergeRequest:
        if len(set(self.ids)) < len(self.ids):
            raise ValueError("ids: one contact stands there twice")
        for field, contact_id in self.fields.items():
            if contact_id not in self.ids:
                raise ValueError(f"fields: {field} names {contact_id}, which is not among ids")
        return self
