"""The answers about saved views, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.models import Answer


class View(Answer):
    """A saved view. `query` is the query string of `GET /contacts` that lists its contacts, and of the page of the app that shows it."""

    id: UUID
    name: str
    filter: dict[str, Any]
    sort: str
    columns: list[str]
    place: int
    query: str
    created_at: datetime
    updated_at: datetime


class ViewList(Answer):
    """All saved views, in their order."""

    items: list[View]
