"""The bodies of requests about merging."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from shared.contacts.models import CustomKey, Email, PersonName
from shared.contacts.sizes import MAX_LIST, MAX_TEXT
from shared.models import Model

# More cards of one person are merged in turns.
MOST = 50
# Ties and interactions that one split moves.
MOST_TIES = 1_000

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


MovedField = Literal["company", "title", "location", "linkedin_url", "birthday", "notes"]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


class MovedInteraction(Model):
    """An interaction as the list of the contact's interactions shows it."""

    at: Annotated[AwareDatetime, Field(strict=False)]
    kind: Literal["email", "message", "call", "meeting"]
    direction: Literal["in", "out", "both"]


class SplitRequest(Model):
    """The facts of a contact that become those of a new contact.

    Attributes:
        name: of the new contact.
        emails, phones, tags: as the contact has them.
        fields: names of single fields, notes among them.
        custom: names of custom fields.
        ties: ids of the contacts at the other end of ties.
        interactions: as the contact has them.
        note_ids: of notes of the contact; the single field `notes` is one of `fields`.
    """

    name: PersonName = ""
    emails: Annotated[list[Email], Field(max_length=MAX_LIST)] = []
    phones: Annotated[list[Text], Field(max_length=MAX_LIST)] = []
    tags: Annotated[list[Text], Field(max_length=MAX_LIST)] = []
    fields: list[MovedField] = []
    custom: Annotated[list[CustomKey], Field(max_length=MAX_LIST)] = []
    ties: Annotated[list[Id], Field(max_length=MOST_TIES)] = []
    interactions: Annotated[list[MovedInteraction], Field(max_length=MOST_TIES)] = []
    note_ids: Annotated[list[Id], Field(max_length=MOST_TIES)] = []
