"""The answer of a change of many contacts, for the OpenAPI document."""

from __future__ import annotations

from uuid import UUID

from shared.models import Answer


class BulkFailure(Answer):
    """A contact that was passed over: the code and the sentence that the same change of this contact alone would be refused with."""

    id: UUID
    code: str
    detail: str


class BulkOutcome(Answer):
    """The outcome: contacts that changed, contacts that were so before, and the first thousand of those that were passed over.

    `operation_id` undoes the change of all of them; null where nothing changed, and for `enrich`, which cannot be undone.
    """

    changed: int
    unchanged: int
    failed: list[BulkFailure]
    failed_total: int
    operation_id: UUID | None
