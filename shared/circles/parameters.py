"""The query parameters of requests about circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.parameters import Parameters, identifier

if TYPE_CHECKING:
    from uuid import UUID


class CircleListQuery(Parameters):
    """Which circles.

    Attributes:
        contact_id: those that this contact belongs to; all when left out.
    """

    contact_id: UUID | None = identifier()
