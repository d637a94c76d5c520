"""The bodies of requests about sources, as models."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shared.models import Model, named
from shared.parameters import NO_NUL
from shared.sources.addresses import own_address
from shared.sources.parameters import Kind

Name = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL), AfterValidator(named)]
OwnAddress = Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(own_address)]
Address = Annotated[str, StringConstraints(min_length=1, max_length=320, pattern=NO_NUL)]
OwnAddresses = Annotated[list[OwnAddress], Field(max_length=100)]
Addresses = Annotated[list[Address], Field(max_length=1_000)]
Group = Annotated[list[Address], Field(min_length=2, max_length=50)]


class SourceCreate(Model):
    """A source to read; `addresses` are the user's own in it, beside the one that the user signs in with."""

    kind: Kind
    name: Name
    addresses: OwnAddresses = []


class SourcePatch(Model):
    """A change of a source. Own addresses can only be changed before anything is counted by them."""

    name: Name | None = None
    addresses: OwnAddresses | None = None


class PeopleAnswer(Model):
    """What the user says of people who were found.

    Attributes:
        add: addresses of people to add as contacts, each with all of its addresses.
        add_all: add everybody who is proposed, from `min_strength` on.
        min_strength: of `add_all`.
        ignore: addresses of people who are not wanted, and not proposed any more.
        propose: addresses of ignored people, to propose again.
        join: groups of addresses that belong to one person each.
        apart: groups of addresses that belong to different people, however alike they look.
        forget: addresses to forget for good; no source brings them back.
    """

    add: Addresses = []
    add_all: bool = False
    min_strength: Annotated[float, Field(ge=0, le=1)] = 0.0
    ignore: Addresses = []
    propose: Addresses = []
    join: Annotated[list[Group], Field(max_length=500)] = []
    apart: Annotated[list[Group], Field(max_length=500)] = []
    forget: Addresses = []

    @model_validator(mode="after")
    def _says_something(self) -> PeopleAnswer:
        if not (self.add or self.add_all or self.ignore or self.propose or self.join or self.apart or self.forget):
            raise ValueError("name somebody in add, ignore, propose, join, apart or forget, or set add_all")
        if self.add and self.add_all:
            raise ValueError("either add or add_all: add_all adds everybody who is proposed")
        return self
