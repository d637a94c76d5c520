"""The shapes of introductions, as they are answered: for the OpenAPI document."""

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


class IntroductionLetter(Answer):
    """A letter of an introduction as its reader would get it. The last goes to the requester and the target alike.

    Attributes:
        to: name of its reader.
        role: what its reader is on the path.
        subject: one line.
        text: for terminals.
        html: the same for everything else.
    """

    to: str
    role: Literal["connector", "target", "both"]
    subject: str
    text: str
    html: str


class IntroductionPreview(Answer):
    """What everybody on the path would read, in the order in which they are asked."""

    letters: list[IntroductionLetter]


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
    """What an answer has led to; no status where a letter was about no introduction, and its reader wants none again."""

    decision: Decision
    status: Status | None
    detail: str
