"""The shapes of what is answered about the graph: for the OpenAPI document."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.models import Answer


class PathContact(Answer):
    """Somebody on a path. Behind a colleague these are the colleague's contacts, of whom no more is told."""

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
    """Contacts in order, both ends included; `strengths` has one entry less, `strength` is their product.

    Where it runs through a colleague's contacts, `colleague` is the second on it, and the strengths behind are told in
    steps: 0.2 weak, 0.5 fair, 0.8 strong.
    """

    contacts: list[PathContact]
    strengths: list[float]
    hops: int
    strength: float
    colleague: Colleague | None = None


class PathList(Answer):
    """Paths, best first; `partial` when time ran out before it was proven that there are none better."""

    paths: list[Path]
    partial: bool = False


class Relationship(Answer):
    """A tie between two contacts.

    `strength` is of the direction told, `strength_back` of the other one where both exist and this is a list. `set_by`
    tells a strength set by hand from one computed from interactions, which fades, and from one that an import took for
    granted, which the first interaction replaces.
    """

    from_contact_id: UUID
    to_contact_id: UUID
    strength: float
    mutual: bool
    set_by: Literal["hand", "interactions", "import"]
    strength_back: float | None = None
    contact: PathContact | None = None


class RelationshipList(Answer):
    """A page of relationships."""

    items: list[Relationship]
    next_cursor: str | None


class NetworkNode(Answer):
    """Somebody in a network: how far from its centre, and how strong the best path there is."""

    id: UUID
    name: str
    company: str | None
    tags: list[str]
    hops: int
    strength: float


class NetworkLink(Answer):
    """A tie in a network; a mutual one stands once, with the stronger of its strengths."""

    source: UUID
    target: UUID
    strength: float
    mutual: bool


class Network(Answer):
    """A contact, the strongest others around and every tie among them; `truncated` when there are more."""

    nodes: list[NetworkNode]
    links: list[NetworkLink]
    truncated: bool


class MutualContact(Answer):
    """Somebody whom both know."""

    contact: PathContact
    strengths: list[float]
    strength: float
    sentence: str


class MutualContacts(Answer):
    """Whom two contacts both know, strongest product first."""

    items: list[MutualContact]
    total: int
    sentence: str


class Connector(Answer):
    """A direct contact, how many people she knows, and how many of them nobody else leads to."""

    contact: PathContact
    knows: int
    only_through_them: int
    strength: float
    sentence: str


class Connectors(Answer):
    """Direct contacts, those first through whom alone the most people are reached; `reached` counts all of these."""

    items: list[Connector]
    reached: int
    sentence: str


class Suggestion(Answer):
    """Somebody who is probably known, and why."""

    contact: PathContact
    common_contacts: int
    same_company: bool
    score: float
    sentence: str


class Suggestions(Answer):
    """Likely but missing ties, likeliest first."""

    items: list[Suggestion]
