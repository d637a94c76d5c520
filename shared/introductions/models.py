"""The requests of introductions."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from shared.contacts.addresses import email_address
from shared.models import Model
from shared.parameters import NO_NUL

Decision = Literal["accept", "decline", "not_now", "never"]


def _with_words(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty: write why you ask for the introduction")
    return text.strip()


Message = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL), AfterValidator(_with_words)]
Purpose = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
Address = Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(email_address)]


class IntroductionRequest(Model):
    """A request for an introduction: the target, the path and the reason."""

    target_id: UUID
    path: Annotated[list[UUID], Field(min_length=2, max_length=7)] | None = Field(
        default=None,
        description="Contacts from you to the target, with or without yourself. By default the strongest of the shortest paths.",
    )
    message: Message = Field(description="Your words to everybody on the path.")
    purpose: Purpose = Field(default="", description="The subject of the introduction, in a few words.")
    connector_email: Address | None = Field(
        default=None,
        description="An address of the first person of `path`, where the contact has none; used for this introduction alone.",
    )


class IntroductionAnswer(Model):
    """The answer of a connector or of the target.

    Attributes:
        decision: never declines, and keeps everybody from asking at this address again.
        note: passed on with the introduction when accepted; a connector's note goes to the requester when not accepted.
        email: address of the next person, where the requester does not have it.
    """

    decision: Decision
    note: Note = ""
    email: Address | None = None
