"""The answers of the API about introductions, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.introductions.models import (
    Decision,
)
from shared.introductions.parameters import Role, Status
from shared.models import Answer


class Person(Answer):
    """The part of a contact that introductions show."""

    id: UUID | None
    name: str
    company: str | None
    title: str | None


class IntroductionStep(Answer):
    """One person on the path, and their answer."""

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
    """A change of an introduction's status."""

    status: Status
    at: datetime
    name: str | None
    note: str | None


class PassedOver(Answer):
    """A contact whose better path was not taken, and the reason."""

    contact_id: UUID
    name: str
    reason: Literal["asked_often", "unavailable", "no_email"]


class Introduction(Answer):
    """An introduction. One that you were asked about contains only your part."""

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


class IntroductionLetter(Answer):
    """A letter of an introduction as its recipient would get it. The last one goes to both the requester and the target.

    Attributes:
        to: name of the recipient.
        role: of the recipient on the path.
        subject: one line.
        text: as plain text.
        html: the same as HTML.
    """

    to: str
    role: Literal["connector", "target", "both"]
    subject: str
    text: str
    html: str


class IntroductionPreview(Answer):
    """The letters to everybody on the path, in the order in which they are asked."""

    letters: list[IntroductionLetter]


class IntroductionQuestion(Answer):
    """The question to the holder of a token. One that is not open has only its state, role and decision."""

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
    """The result of an answer. `status` is null where the e-mail was not about an introduction."""

    decision: Decision
    status: Status | None
    detail: str
