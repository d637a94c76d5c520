"""The answers about interactions, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.interactions.parameters import Direction, Kind, Recorder
from shared.models import Answer


class Interaction(Answer):
    """One e-mail, message, call or meeting.

    `source` is `hand` or `program` where the interaction was recorded singly, and null where a file brought it, or an older release
    recorded it.
    """

    id: UUID
    at: datetime
    kind: Kind
    direction: Direction
    source: Recorder | None
    note: str | None


class InteractionList(Answer):
    """A page of interactions, newest first."""

    items: list[Interaction]
    next_cursor: str | None


# By somebody's word (the user's or a file's), in the evidence, or concluded from what two people have in common.
TieKind = Literal["stated", "seen", "guessed"]


class Counts(Answer):
    """How many messages went from the first of two people to the second, back, and to both from others; meetings and calls."""

    sent: int
    received: int
    together: int
    meetings: int
    calls: int
    first_at: datetime
    last_at: datetime


class SourceEvidence(Counts):
    """The counts of one source, or of the interactions that were logged by hand."""

    name: str
    kind: str


class Evidence(Counts):
    """The evidence of a tie; `by_source` has the same for each source by its id, and for what was logged by hand as `logged`."""

    by_source: dict[str, SourceEvidence]


class StrengthParts(Answer):
    """The numbers that a computed strength follows from.

    `sent`, `received` and `together` are faded sums as of `last_at`, `weight` follows from them by the formula of
    docs/strength.md, `frequency` the strength at `last_at`, and `recency` the part that is left of it today: computed = frequency * recency.
    `reciprocity` is 1 where both write as much, 0 where one writes alone.
    """

    recency: float
    frequency: float
    reciprocity: float
    interactions: int
    last_at: datetime
    weight: float
    sent: float
    received: float
    together: float


class TieExplained(Answer):
    """A tie, and its evidence.

    `contact_id` is the other contact where one of the two is the self contact. `strength` is the one that paths use, `computed` the
    one that follows from the evidence; they differ where the user has set the strength by hand. `strength` is null where there is
    evidence, but too little for a tie. `kind` is `stated` (by the user, or by a file that was imported), `seen` (in the evidence) or
    `guessed` (from what the two have in common).
    """

    contact_id: UUID | None
    from_contact_id: UUID
    to_contact_id: UUID
    strength: float | None
    set_by: Literal["hand", "interactions", "import"] | None
    kind: TieKind | None
    mutual: bool
    computed: float | None
    parts: StrengthParts | None
    evidence: Evidence | None
    sentence: str
