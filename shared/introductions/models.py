"""The shapes of introductions."""

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
        raise ValueError("write some words: people help those who say why")
    return text.strip()


Message = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL), AfterValidator(_with_words)]
Purpose = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
Address = Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(email_address)]


class IntroductionRequest(Model):
    """Whom to meet, through whom, and why."""

    target_id: UUID
    path: Annotated[list[UUID], Field(min_length=2, max_length=7)] | None = Field(
        default=None,
        description="Contacts from you to the target, with or without yourself; without it the strongest of the shortest.",
    )
    message: Message = Field(description="What everybody on the path reads, in your words.")
    purpose: Purpose = Field(default="", description="In a few words, for the subject.")


class IntroductionAnswer(Model):
    """What a connector or the target answers.

    Attributes:
        decision: never means decline, and that nobody may ask here again.
        note: passed on with the introduction when accepted; a connector's is told to the requester.
        email: of the next person, where the requester does not know it.
    """

    decision: Decision
    note: Note = ""
    email: Address | None = None
