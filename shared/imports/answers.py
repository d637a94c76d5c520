"""The answers of imports of ties and of interactions, as models for the OpenAPI document."""

from __future__ import annotations

from uuid import UUID

from shared.models import Answer


class GraphImportFailure(Answer):
    """One error of a row: the field, the message and the refused value."""

    line: int
    field: str | None
    message: str
    value: str | None


class GraphImport(Answer):
    """The outcome of an import; `received` = created + updated + unchanged + failed."""

    import_id: UUID
    format: str
    mapping: dict[str, str]
    received: int
    created: int
    updated: int
    unchanged: int
    failed: int
    errors: list[GraphImportFailure]
