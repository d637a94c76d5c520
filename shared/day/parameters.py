"""The query parameters of requests about the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from shared.errors import quoted
from shared.parameters import Page, Parameters, identifier, text, whole

if TYPE_CHECKING:
    from uuid import UUID

Entry = Literal["note", "interactions", "source", "introduction", "added", "enrichment", "job"]
ENTRIES = get_args(Entry)


def _kinds(names: str) -> str:
    for name in names.split(","):
        if name.strip() not in ENTRIES:
            raise ValueError(f"{quoted(name)} is not one of {', '.join(ENTRIES)}")
    return names


class DueQuery(Page):
    """A page of who is due.

    Attributes:
        circle: those due by the cadence of this circle; all when left out.
    """

    circle: UUID | None = identifier()


class UpcomingQuery(Parameters):
    """How many days from today on."""

    days: int = whole(30, least=0, most=366)
    limit: int = whole(100, least=1, most=500)


class TimelineQuery(Page):
    """A page of what happened with a contact.

    Attributes:
        kind: names of kinds, separated by commas; all when left out.
    """

    kind: Any = text(longest=200, check=_kinds)

    @property
    def kinds(self) -> list[str]:
        """The kinds that are asked for."""
        return [name.strip() for name in self.kind.split(",")] if self.kind else list(ENTRIES)
