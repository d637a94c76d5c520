"""The answers about the day, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from shared.day.parameters import Entry
from shared.models import Answer


class Person(Answer):
    """A contact, in short."""

    id: UUID
    name: str
    company: str | None
    title: str | None


class CircleName(Answer):
    """A circle, in short."""

    id: UUID
    name: str
    colour: str | None


class Cadence(Answer):
    """How often a contact is to be talked to.

    `circle` is the one that says so, null where the contact itself does. `due_on` is a day of the user's calendar. `suggested_days` follows from
    how often one has talked so far, null where that was too seldom.
    """

    contact_id: UUID
    every_days: int | None
    circle: CircleName | None
    last_at: datetime | None
    due_on: date | None
    snoozed_until: date | None
    suggested_days: int | None


class Reach(Answer):
    """A way to reach a contact."""

    kind: Literal["email", "phone", "linkedin"]
    value: str


class Due(Answer):
    """Somebody to talk to today: since when, why, and how to reach them."""

    contact: Person
    every_days: int
    circle: CircleName | None
    last_at: datetime | None
    due_on: date
    overdue_days: int
    why: str
    reach: list[Reach]


class DueList(Answer):
    """A page of who is due, the longest overdue first."""

    items: list[Due]
    next_cursor: str | None


class Upcoming(Answer):
    """A date that comes: on which day, in how many days, and of which year it is, where that is known."""

    id: UUID | None
    on: date
    in_days: int
    kind: Literal["birthday", "anniversary", "reminder", "other"]
    label: str
    day: str
    years: int | None
    contact: Person


class UpcomingList(Answer):
    """The dates that come, the next first."""

    items: list[Upcoming]


class ContactDate(Answer):
    """A date of a contact. A birthday stands in the contact and has no id here."""

    id: UUID | None
    kind: Literal["birthday", "anniversary", "reminder", "other"]
    label: str
    day: str
    yearly: bool
    source: str


class ContactDates(Answer):
    """The dates of a contact, its birthday first."""

    items: list[ContactDate]


class TimelineEntry(Answer):
    """Something that happened with a contact; what else it has depends on its kind.

    `note`: note_id, text, pinned, source, contact (whose note names this one). `interactions`: interaction (email, message, call, meeting), month, count,
    sent, received, first_at. `source`: source, source_kind, sent, received, together, meetings, calls, first_at. `introduction`:
    introduction_id, status, role, target. `added`, `enrichment`, `job`: operation_id, by, fields with before and after.
    """

    at: datetime
    kind: Entry
    note_id: UUID | None = None
    text: str | None = None
    pinned: bool | None = None
    source: str | None = None
    source_kind: str | None = None
    contact: dict[str, Any] | None = None
    interaction: str | None = None
    month: str | None = None
    count: int | None = None
    sent: int | None = None
    received: int | None = None
    together: int | None = None
    meetings: int | None = None
    calls: int | None = None
    first_at: datetime | None = None
    introduction_id: UUID | None = None
    status: str | None = None
    role: str | None = None
    target: dict[str, Any] | None = None
    operation_id: UUID | None = None
    by: str | None = None
    fields: list[dict[str, Any]] | None = None


class Timeline(Answer):
    """A page of what happened with a contact, newest first."""

    items: list[TimelineEntry]
    next_cursor: str | None
