"""The answers about the graph, as models for the OpenAPI document."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.interactions.answers import Evidence, StrengthParts
from shared.models import Answer


class PathContact(Answer):
    """A contact on a path. Behind a colleague, these are the colleague's contacts; the answer shows no more of them."""

    id: UUID
    name: str
    company: str | None
    title: str | None


class Colleague(Answer):
    """A member of the team."""

    id: UUID
    name: str
    email: str | None


class Path(Answer):
    """Contacts in order, both ends included; `strengths` has one entry less, and `strength` is their product.

    In a path through a colleague's contacts, `colleague` is the second contact, and the strengths after it are rounded to
    three steps: 0.2 is weak, 0.5 fair, 0.8 strong.
    """

    contacts: list[PathContact]
    strengths: list[float]
    hops: int
    strength: float
    colleague: Colleague | None = None


class PathList(Answer):
    """Paths, best first; `partial` when the time ran out before the search could exclude better ones."""

    paths: list[Path]
    partial: bool = False


class Relationship(Answer):
    """A tie between two contacts.

    `strength` is that of the direction from `from_contact_id` to `to_contact_id`; `strength_back` is that of the other
    direction, given only in lists and only where both directions exist. `set_by` says where the strength comes from:
    `hand` was set by the user, `interactions` was computed from interactions and fades with time, `import` was assumed by
    an import and is replaced by the first interaction.
    """

    from_contact_id: UUID
    to_contact_id: UUID
    strength: float
    mutual: bool
    set_by: Literal["hand", "interactions", "import"]
    strength_back: float | None = None
    contact: PathContact | None = None


class TieExplained(Answer):
    """A tie, and its evidence.

    `contact_id` is the other contact where one of the two is the self contact. `kind` is `stated` (by hand), `seen` (in the
    evidence) or `guessed` (by an import). `strength` is null where there is evidence, but too little for a tie.
    """

    contact_id: UUID | None
    from_contact_id: UUID
    to_contact_id: UUID
    strength: float | None
    set_by: Literal["hand", "interactions", "import"] | None
    kind: Literal["stated", "seen", "guessed"] | None
    mutual: bool
    computed: float | None
    parts: StrengthParts | None
    evidence: Evidence | None
    sentence: str


class RelationshipList(Answer):
    """A page of ties."""

    items: list[Relationship]
    next_cursor: str | None


class NetworkNode(Answer):
    """A contact in a network: its hops from the centre, and the strength of the best path to it."""

    id: UUID
    name: str
    company: str | None
    tags: list[str]
    hops: int
    strength: float


class NetworkLink(Answer):
    """A tie in a network; a mutual tie is listed once, with the greater of its two strengths."""

    source: UUID
    target: UUID
    strength: float
    mutual: bool


class Network(Answer):
    """A contact, the strongest contacts around it and every tie among them; `truncated` when more contacts are around it."""

    nodes: list[NetworkNode]
    links: list[NetworkLink]
    truncated: bool


class MutualContact(Answer):
    """A contact that both contacts know."""

    contact: PathContact
    strengths: list[float]
    strength: float
    sentence: str


class MutualContacts(Answer):
    """The contacts that two contacts both know, the greatest product of strengths first."""

    items: list[MutualContact]
    total: int
    sentence: str


class Connector(Answer):
    """A direct contact, how many contacts it knows, and how many of them are reached through no other direct contact."""

    contact: PathContact
    knows: int
    only_through_them: int
    strength: float
    sentence: str


class Connectors(Answer):
    """Direct contacts, the one that alone leads to the most contacts first; `reached` counts the contacts that all of them lead to."""

    items: list[Connector]
    reached: int
    sentence: str


class Suggestion(Answer):
    """A contact that is probably known, and why."""

    contact: PathContact
    common_contacts: int
    same_company: bool
    score: float
    sentence: str


class Suggestions(Answer):
    """Likely but missing ties, likeliest first."""

    items: list[Suggestion]
