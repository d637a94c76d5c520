"""The requests of teams."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from shared.contacts.addresses import email_address
from shared.models import Model, own_name
from shared.parameters import NO_NUL


class TeamCreate(Model):
    """A team to create."""

    name: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL), AfterValidator(own_name)]


class TeamInvitationCreate(Model):
    """The address to invite: only a user who signs in with it may accept."""

    email: Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(email_address)]


class TeamOwner(Model):
    """The member who becomes the owner."""

    id: Annotated[UUID, Field(strict=False)]


class Sharing(Model):
    """The consent to sharing.

    Attributes:
        ties: paths of colleagues may lead through the user's contacts.
        seen_ties: and over ties between others that were computed from the user's own mail and calendars; left as it is where null.
        strengths: how strong the ties are, in three steps; false: only that they exist. Left as it is where null.
    """

    ties: bool
    seen_ties: bool | None = None
    strengths: bool | None = None
