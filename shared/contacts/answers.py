"""The answers about contacts, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.models import Answer


class Contact(Answer):
    """A contact as the API answers it."""

    id: UUID
    name: str
    email: str | None
    emails: list[str]
    phones: list[str]
    company: str | None
    title: str | None
    location: str | None
    linkedin_url: str | None
    birthday: str | None
    notes: str | None
    tags: list[str]
    custom: dict[str, str]
    enrichment: dict[str, Any]
    source: str
    is_self: bool
    created_at: datetime
    updated_at: datetime


# More than 20,000 that pass filters or answer a question are estimated, with two digits.
TotalIs = Literal["counted", "estimated"]


class ContactList(Answer):
    """A page of contacts."""

    items: list[Contact]
    next_cursor: str | None
    total: int | None = None
    total_is: TotalIs | None = None


class FoundContact(Contact):
    """A contact that a search found, with its score and the fields that matched."""

    score: float
    matched: list[str]


class ContactSearchResult(Answer):
    """The contacts that a search found, the best first."""

    items: list[FoundContact]
    next_cursor: str | None
    total: int | None = None
    total_is: TotalIs | None = None


class DifferingValue(Answer):
    """A value of a merged contact that did not become that of the contact that is left: `kept` did."""

    field: str
    kept: str
    value: str
    contact_id: UUID


class MergeOutcome(Answer):
    """The contact that is left of a merge, the operation that can be undone, and the values that differed."""

    contact: Contact
    operation_id: UUID
    conflicts: list[DifferingValue]
    dry_run: bool


class SplitOutcome(Answer):
    """The outcome of a split: the contact as it is left, the new contact, and the operation that takes the split back."""

    contact: Contact
    new_contact: Contact
    operation_id: UUID


class DuplicateReason(Answer):
    """Why two contacts may be one person, or may not: ten points are a factor e in the odds. `value` is shared by the two."""

    code: str
    points: int
    value: str | None = None


class Duplicate(Answer):
    """Two contacts that may be one person; the first is the older."""

    id: UUID
    score: float
    band: Literal["sure", "likely"]
    reasons: list[DuplicateReason]
    contacts: list[Contact]


class DuplicateCounts(Answer):
    """Pairs by how sure they are."""

    sure: int
    likely: int


class DuplicateScan(Answer):
    """The last scan, None before the first; `stale`: contacts changed since, and a scan may find other pairs."""

    at: datetime | None
    contacts: int
    stale: bool


class DuplicateList(Answer):
    """A page of pairs, the surest first."""

    items: list[Duplicate]
    next_cursor: str | None
    counts: DuplicateCounts
    scan: DuplicateScan


class SureMerge(Answer):
    """The outcome of merging sure duplicates: contacts that are left, contacts that were merged into them, and pairs that stay apart.

    `operation_id` is null where nothing was merged.
    """

    operation_id: UUID | None
    kept: int
    merged: int
    left: int


class ImportFailure(Answer):
    """One error of a record: the field, the message and the refused value."""

    line: int
    field: str | None
    message: str
    value: str | None


class ImportNotice(Answer):
    """A value that differs from that of a contact: kept beside it, or now in its place."""

    line: int
    field: str
    message: str
    value: str | None


class ContactImport(Answer):
    """The outcome of an import; `received` = created + updated + unchanged + failed.

    Attributes:
        kept: values that differ from those of contacts, and were kept beside them or replaced them; `notices` lists them.
    """

    import_id: UUID
    format: str
    mapping: dict[str, str]
    received: int
    created: int
    updated: int
    unchanged: int
    failed: int
    kept: int
    notices: list[ImportNotice]
    errors: list[ImportFailure]
