"""The requests of growth."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.contacts.addresses import email_address
from shared.models import Model
from shared.parameters import NO_NUL

Channel = Literal["email", "link", "introduction"]

Address = Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(email_address)]


class InvitationCreate(Model):
    """The addresses to invite, and the words of the user to them."""

    emails: Annotated[list[Address], Field(min_length=1, max_length=50)]
    message: Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)] = ""


class InvitationCode(Model):
    """The code in the link of an invitation."""

    code: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
