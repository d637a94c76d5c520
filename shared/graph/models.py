"""The bodies of requests about the graph, as models."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shared.contacts.addresses import email_address, linkedin_slug
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


Name = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True, pattern=NO_NUL)]
Address = Annotated[
    str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(email_address), AfterValidator(str.lower)
]
Profile = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL), AfterValidator(linkedin_slug)]
# Two people over ties of a half: one way in thirty comes about.
LEAST_LIKELIHOOD = 0.01
MAX_TARGETS = 10_000


class ReachRequest(Model):
    """The contacts to reach.

    Attributes:
        targets: ids of contacts; an id twice counts once.
    """

    targets: Annotated[list[UUID], Field(min_length=1, max_length=MAX_TARGETS)]


class WishCreate(Model):
    """A person or a company to reach, in the address book or not.

    Attributes:
        contact_id: a contact; without one the person is found by the fields below, as soon as the user or a colleague has them.
        name: of the person; alone it means the only contact that has it.
        email: an address of the person.
        linkedin_url: their profile.
        company: with a name the person's employer; alone anybody there.
        min_likelihood: how likely a way must be to be worth a notice.
    """

    contact_id: UUID | None = None
    name: Name | None = None
    email: Address | None = None
    linkedin_url: Profile | None = None
    company: Company | None = None
    min_likelihood: Annotated[float, Field(gt=0, le=1)] = LEAST_LIKELIHOOD

    @model_validator(mode="after")
    def _of_somebody(self) -> WishCreate:
        if not (self.contact_id or self.name or self.email or self.linkedin_url or self.company):
            raise ValueError("say whom to reach: one of contact_id, name, email, linkedin_url and company")
        return self
