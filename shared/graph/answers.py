"""The answers about the graph, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.interactions.answers import Counts, TieKind
from shared.models import Answer


class PathContact(Answer):
    """A contact on a path. Behind a colleague, these are the colleague's contacts; the answer shows no more of them."""

    id: UUID
    name: str
    company: str | None
    title: str | None


class Colleague(Answer):
    """A member of the team; `shares_strengths` false: of their ties only that they exist is shared, and each counts as 0.5."""

    id: UUID
    name: str
    email: str | None
    shares_strengths: bool = True


class PathTie(Answer):
    """A tie of a path: the kind of its strength, and the counts of its evidence; null without evidence.

    `kind` is null behind a colleague, whose evidence is nobody else's.
    """

    kind: TieKind | None
    strength: float
    evidence: Counts | None


class Advice(Answer):
    """The step to take about a path.

    Attributes:
        do: ask the first person now; warm_up: write to them first; wait: a person on the path should not be asked now.
        why: the reason, in words.
        how: the means, or what to do instead.
        when: a good time; null where none is known.
    """

    do: Literal["ask", "warm_up", "wait"]
    why: str
    how: str | None
    when: str | None


class Path(Answer):
    """Contacts in order, both ends included; `strengths` has one entry less, and `strength` is their product.

    `likelihood` is the chance that everybody on the path passes the introduction on and the target agrees: `strength`, times the
    rate at which people of their readiness say yes (docs/path-search.md). `ties` has one entry for each of `strengths`.

    In a path through a colleague's contacts, `colleague` is the second contact, and the strengths after it are rounded to
    three steps: 0.2 is weak, 0.5 fair, 0.8 strong.
    """

    contacts: list[PathContact]
    strengths: list[float]
    hops: int
    strength: float
    likelihood: float
    ties: list[PathTie]
    advice: Advice
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


class ReachConnector(Answer):
    """A direct contact to meet: the targets that only now are opened, and how many of all it knows."""

    contact: PathContact
    strength: float
    opens: list[UUID]
    knows: int


class TargetCover(Answer):
    """The fewest connectors to the targets, the one that opens the most first.

    `known` lists the targets that the user knows, `unreached` those that no direct contact knows, `unknown` the ids of no contact. The
    connectors are at most `at_most_times_the_fewest` times as many as the fewest possible.
    """

    connectors: list[ReachConnector]
    known: list[UUID]
    unreached: list[UUID]
    unknown: list[UUID]
    at_most_times_the_fewest: float


class Wish(Answer):
    """A person or a company to reach. `opened_at` is the first time that a way was likely enough; `path` is the likeliest of today."""

    id: UUID
    contact_id: UUID | None
    name: str | None
    email: str | None
    linkedin_url: str | None
    company: str | None
    min_likelihood: float
    created_at: datetime
    checked_at: datetime | None
    opened_at: datetime | None
    opened_likelihood: float | None
    path: Path | None


class WishList(Answer):
    """All wishes, newest first."""

    items: list[Wish]


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
