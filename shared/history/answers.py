"""The answers about operations, the trash and changes, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.models import Answer


class OperationCounts(Answer):
    """How much an operation changed: contacts by what was done to them, ties and interactions, other rows."""

    created: int
    updated: int
    deleted: int
    merged: int
    ties: int
    interactions: int
    others: int


class Operation(Answer):
    """One call of the API, or one run of a consumer, with all that it changed.

    `kind` is the operation of this document that made the changes, or of a consumer; `actor` is `user`, `program:` with
    the name of a program that the user has let in, or `system` for what went on by itself. `undone_by` is the operation that took this one back, `undoes` the one that this one took back.
    """

    id: UUID
    kind: str
    actor: str
    at: datetime
    details: dict[str, Any]
    counts: OperationCounts
    undoes: UUID | None
    undone_by: UUID | None


class OperationList(Answer):
    """A page of operations, newest first."""

    items: list[Operation]
    next_cursor: str | None


class KeptContact(Answer):
    """A contact that an undo leaves as it is, or some fields of it, and why."""

    contact_id: UUID
    name: str
    reason: Literal["edited_since", "used_since", "deleted_since", "address_taken"]
    fields: list[str]


class UndoOutcome(Answer):
    """The outcome of an undo: contacts that came back, were set back or were removed, and what stays.

    `kept` lists the first hundred of `kept_total`. `operation_id` is the undo, which can be undone itself.
    """

    operation_id: UUID
    restored: int
    reverted: int
    removed: int
    ties: int
    interactions: int
    others: int
    address_taken: int
    kept_total: int
    kept: list[KeptContact]
    dry_run: bool


class FieldChange(Answer):
    """A field as it was before a change and after it."""

    field: str
    before: Any
    after: Any


class ContactVersion(Answer):
    """One change of a contact: by which operation, and which fields. `id` names the version that the change made."""

    id: int
    did: Literal["created", "updated", "deleted", "merged", "restored"]
    operation_id: UUID
    kind: str
    actor: str
    at: datetime
    details: dict[str, Any]
    fields: list[FieldChange]


class ContactHistory(Answer):
    """A page of the changes of a contact, newest first."""

    items: list[ContactVersion]
    next_cursor: str | None


class OldContact(Answer):
    """A contact as it was after one of its changes."""

    contact_id: UUID
    version: int
    at: datetime
    fields: dict[str, Any]


class DeletedContact(Answer):
    """A contact in the trash."""

    id: UUID
    name: str
    email: str | None
    emails: list[str]
    phones: list[str]
    company: str | None
    title: str | None
    tags: list[str]
    deleted_at: datetime
    operation_id: UUID


class Trash(Answer):
    """A page of deleted contacts, the last deleted first; `kept_days` after their deletion they are gone."""

    items: list[DeletedContact]
    next_cursor: str | None
    kept_days: int


class EmptiedTrash(Answer):
    """How many contacts were deleted for good."""

    forgotten: int


class Change(Answer):
    """A contact was created, updated, deleted or merged into another, in the order of the feed."""

    type: Literal["contact.created", "contact.updated", "contact.deleted", "contact.merged"]
    id: UUID
    at: datetime
    operation_id: UUID
    merged_into: UUID | None = None


class Changes(Answer):
    """Changes since a token. Go on with `next`: at once while there is `more`, later otherwise."""

    items: list[Change]
    next: str
    more: bool
