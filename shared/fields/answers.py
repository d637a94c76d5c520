"""The answers about custom fields, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.fields.models import FieldKind
from shared.models import Answer


class CustomField(Answer):
    """A custom field.

    Attributes:
        key: its name in `custom` of contacts, in files and in filters.
        values: contacts with a value that fits; null in a list, like `unfit`.
        unfit: contacts with a value that does not fit and is kept as it is.
    """

    id: UUID
    key: str
    name: str
    kind: FieldKind
    choices: list[str]
    place: int
    values: int | None
    unfit: int | None
    created_at: datetime
    updated_at: datetime


class FieldList(Answer):
    """All fields, in their order."""

    items: list[CustomField]


class LooseName(Answer):
    """A name among the custom values of contacts that is not a field: in how many contacts it stands, a value, and the kind that fits them all."""

    name: str
    contacts: int
    example: str
    kind: Literal["text", "number", "date", "url"]


class LooseNames(Answer):
    """The names that are not fields, the most frequent first; at most 200."""

    items: list[LooseName]


class UnfitValue(Answer):
    """A value that does not fit its field, and the contact that keeps it."""

    contact_id: UUID
    value: str
    detail: str


class PromotionOutcome(Answer):
    """The outcome of a promotion.

    Attributes:
        changed: contacts whose value was moved or is written in another form now.
        unchanged: contacts whose value was in the right form already.
        unfit: values that do not fit and were kept as they are; the first of `unfit_total`.
        operation_id: what can be undone; null where nothing changed.
    """

    changed: int
    unchanged: int
    unfit: list[UnfitValue]
    unfit_total: int
    operation_id: UUID | None
