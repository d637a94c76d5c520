"""The bodies of requests about circles, as models."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from shared.contacts.filters import FILTER_SCHEMA
from shared.models import Model, named
from shared.parameters import NO_NUL

Id = Annotated[UUID, Field(strict=False)]
Ids = Annotated[list[Id], Field(max_length=1_000)]
Name = Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL), AfterValidator(named)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$"), AfterValidator(str.lower)]
Days = Annotated[int, Field(ge=1, le=3650)]
Filter = Annotated[dict[str, Any], Field(json_schema_extra=FILTER_SCHEMA)]


class CircleCreate(Model):
    """A circle.

    Attributes:
        name: another circle may not have it, whatever its case.
        colour: as `#rrggbb`.
        filter: the filters of the list of contacts, without `circle`: whoever passes them is a member. Left out where members are named.
        every_days: how often its members are to be talked to; a contact's own cadence comes first.
    """

    name: Name
    colour: Colour | None = None
    filter: Filter | None = None
    every_days: Days | None = None


class CirclePatch(Model):
    """A change of a circle. Members that were named are forgotten when the circle gets a filter."""

    name: Name | None = None
    colour: Colour | None = None
    filter: Filter | None = None
    every_days: Days | None = None


class MembersChange(Model):
    """Contacts that come into a circle, and contacts that leave it."""

    add: Ids = []
    remove: Ids = []
