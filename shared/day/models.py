"""The bodies of requests about cadence and dates, as models."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from shared.contacts.models import Birthday
from shared.interactions.parameters import Direction, Kind
from shared.models import Line, Model
from shared.notes.models import NoteText
from shared.parameters import NO_NUL

DateKind = Literal["anniversary", "reminder", "other"]
Label = Annotated[Line, StringConstraints(max_length=500, pattern=NO_NUL)]


class CadenceSet(Model):
    """How often a contact is to be talked to: every so many days, 0 for never, null as its circles say."""

    every_days: Annotated[int, Field(ge=0, le=3650)] | None


class Talked(Model):
    """A talk that took place: how, when (now when left out), and a note to keep of it."""

    kind: Kind = "call"
    direction: Direction = "both"
    at: AwareDatetime | None = None
    note: NoteText | None = None


class Snoozed(Model):
    """How long to leave a contact in peace: for `days`, or until the day `until` begins. A week when both are left out."""

    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    until: Annotated[date, Field(strict=False)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Snoozed:
        if self.days is not None and self.until is not None:
            raise ValueError("give days or until, not both")
        return self


class DateCreate(Model):
    """A date of a contact: `YYYY-MM-DD`, or `--MM-DD` where the year is not known. A date that is not yearly needs its year."""

    kind: DateKind = "other"
    label: Label = ""
    day: Birthday
    yearly: bool = True

    @model_validator(mode="after")
    def _has_year(self) -> DateCreate:
        if not self.yearly and self.day.startswith("--"):
            raise ValueError("a date that does not come every year needs its year")
        return self
