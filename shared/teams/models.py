"""The shapes of teams."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from shared.contacts.addresses import email_address
from shared.models import Model, named
from shared.parameters import NO_NUL


class TeamCreate(Model):
    """A team to make."""

    name: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL), AfterValidator(named)]


class TeamInvitationCreate(Model):
    """Whom to invite: only who signs in with this address may accept."""

    email: Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(email_address)]


class Sharing(Model):
    """What colleagues may use: `ties`, that paths of theirs run through one's contacts."""

    ties: bool
