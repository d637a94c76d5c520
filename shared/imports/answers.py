"""The shapes of what imports of ties and of interactions answer: for the OpenAPI document."""

from __future__ import annotations

from uuid import UUID

from shared.models import Answer


class GraphImportFailure(Answer):
    """What could not be used of one row."""

    line: int
    field: str | None
    message: str
    value: str | None


class GraphImport(Answer):
    """What an import did; `received` = created + updated + unchanged + failed."""

    import_id: UUID
    format: str
    mapping: dict[str, str]
    received: int
    created: int
    updated: int
    unchanged: int
    failed: int
    errors: list[GraphImportFailure]
