"""The shapes of introductions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from shared.contacts.importing.values import is_email
from shared.introductions.parameters import Role, Status
from shared.models import NO_NUL, Answer, Model

Decision = Literal["accept", "decline", "not_now", "never"]


def _with_words(text: str) -> str:
    if not text.strip():
        raise ValueError("write some words: people help those who say why")
    return text.strip()


def _address(text: str) -> str:
    text = text.strip()
    if not is_email(text):
        raise ValueError(f'"{text}" is no e-mail address')
    return text


Message = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL), AfterValidator(_with_words)]
Purpose = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
Address = Annotated[str, StringConstraints(max_length=320, pattern=NO_NUL), AfterValidator(_address)]


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


class Person(Answer):
    """A contact as far as introductions tell of it."""

    id: UUID | None
    name: str
    company: str | None
    title: str | None


class IntroductionStep(Answer):
    """One person on the path, and what they answered."""

    position: int
    role: Literal["connector", "target"]
    contact_id: UUID
    name: str
    state: Literal["waiting", "asked", "accepted", "declined", "not_now", "withdrawn", "expired", "undeliverable"]
    asked_at: datetime | None
    reminded_at: datetime | None
    decided_at: datetime | None
    note: str


class IntroductionMove(Answer):
    """A state that an introduction came to."""

    status: Status
    at: datetime
    name: str | None
    note: str | None


class PassedOver(Answer):
    """Somebody whose path was better, and why it was not taken."""

    contact_id: UUID
    name: str
    reason: Literal["asked_often", "unavailable", "no_email"]


class Introduction(Answer):
    """An introduction. Those that you were asked about carry your own part only."""

    id: UUID
    role: Role
    status: Status
    reason: Literal["undeliverable"] | None = None
    requester: dict[str, str] | None = None
    target: Person
    connector: Person | None = None
    path: list[Person] | None = None
    message: str
    purpose: str | None
    hops: int | None = None
    strength: float | None = None
    steps: list[IntroductionStep] | None = None
    history: list[IntroductionMove] | None = None
    waiting_for: str | None = None
    expires_at: datetime | None = None
    passed_over: list[PassedOver] | None = None
    decision: str | None = None
    asked_at: datetime | None = None
    decided_at: datetime | None = None
    created_at: datetime
    updated_at: datetime


class IntroductionList(Answer):
    """A page of introductions, newest first."""

    items: list[Introduction]
    next_cursor: str | None


class IntroductionQuestion(Answer):
    """What the holder of a token is asked. When the question is closed, only that."""

    state: Literal["open", "answered", "expired", "closed"]
    role: Literal["connector", "target"]
    decision: str | None = None
    requester: dict[str, str] | None = None
    you: dict[str, str] | None = None
    next: Person | None = None
    target: Person | None = None
    message: str | None = None
    purpose: str | None = None
    note: str | None = None
    asked_lately: int | None = None
    needs_email: bool | None = None
    decisions: list[Decision] | None = None
    expires_at: datetime | None = None


class IntroductionAnswered(Answer):
    """What an answer has led to."""

    decision: Decision
    status: Status
    detail: str
