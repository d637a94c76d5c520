"""The query strings of access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.parameters import Page, identifier

if TYPE_CHECKING:
    from uuid import UUID


class ProgramCallQuery(Page):
    """A page of what programs did.

    Attributes:
        program: only this program, by the id of its token or grant.
    """

    program: UUID | None = identifier()
