"""The words and bounds of the graph, and the query parameters of its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from shared.contacts.addresses import email_address, linkedin_slug
from shared.parameters import Page, Parameters, decimal, flag, identifier, one_of, text, whole

if TYPE_CHECKING:
    from uuid import UUID

# A smaller strength says nothing, and the search would count it as this one.
MIN_STRENGTH = 1e-8
MAX_HOPS = 6

Mode = Literal["shortest", "strongest"]
Order = Literal["likely", "strongest", "shortest"]


class RelationshipListQuery(Page):
    """Which ties: those of one contact, strongest first, or all."""

    contact_id: UUID | None = identifier()


class RelationshipDelete(Parameters):
    """Which directions of a tie are removed."""

    mutual: bool = flag(default=True)


class PathQuery(Parameters):
    """Between whom, and which paths.

    Attributes:
        to: the contact to reach.
        to_company: instead of `to`, any contact of this company; case and accents are ignored.
        to_circle: instead of `to`, any contact in this circle.
        to_email: instead of `to`: the contact with this address among its addresses; with through_team also a colleague's contact.
        to_linkedin: instead of `to`: the contact with this LinkedIn profile; with through_team also a colleague's contact.
        through_team: also find paths through colleagues who share their ties; these paths have four hops at the most.
        from_: the contact to begin at; the self contact unless given.
        max_hops: the most ties in a path.
        order: `likely`, the default, is the highest chance that the introduction comes about; `strongest` the highest product within
            max_hops; `shortest` the fewest hops, then the highest product.
        mode: the older name of `order`, without `likely`.
        alternatives: how many paths besides the best one.
    """

    to: UUID | None = identifier()
    to_company: str | None = text(longest=500, least=1)
    to_circle: UUID | None = identifier()
    to_email: str | None = text(longest=320, check=email_address)
    to_linkedin: str | None = text(longest=2000, check=linkedin_slug)
    through_team: bool = flag()
    from_: UUID | None = identifier(name="from")
    max_hops: int = whole(4, least=1, most=MAX_HOPS)
    order: Order | None = one_of(Order)
    mode: Mode | None = one_of(Mode)
    alternatives: int = whole(0, least=0, most=10)

    @property
    def ordering(self) -> Order:
        """The order of the paths."""
        return self.order or self.mode or "likely"

    def check(self) -> None:
        """Refuse a query without exactly one target, with two orders, and a search through the team that does not lead from the user to a person."""
        goals = [self.to, self.to_email, self.to_linkedin, self.to_company, self.to_circle]
        if len(goals) - goals.count(None) != 1:
            raise ValueError("say whom to reach: one of to, to_company, to_circle, to_email and to_linkedin")
        if self.order and self.mode and self.order != self.mode:
            raise ValueError(f"order={self.order} and mode={self.mode} are two orders: leave out mode")
        if self.through_team and (self.to_company or self.to_circle or self.from_):
            raise ValueError(
                "with through_team a path begins at you and leads to a person: leave out from, to_company and to_circle"
            )


class NetworkQuery(Parameters):
    """How much of the network around a contact.

    Attributes:
        depth: the most hops from the contact.
        limit: the most contacts in all; those with the strongest paths are kept.
        min_strength: the least strength of the best path to a contact.
    """

    depth: int = whole(2, least=1, most=MAX_HOPS)
    limit: int = whole(500, least=1, most=5000)
    min_strength: float = decimal(0, least=0, most=1)


class MutualQuery(Parameters):
    """Which two contacts; `a` is the self contact unless given."""

    a: UUID | None = identifier()
    b: UUID = identifier(required=True)
    limit: int = whole(50, least=1, most=200)


class ConnectorQuery(Parameters):
    """Where the connectors shall lead: to one company, or anywhere."""

    company: str | None = text(longest=500, least=1)
    limit: int = whole(20, least=1, most=200)


class SuggestionQuery(Parameters):
    """The contact whose missing ties are suggested; the self contact unless given."""

    contact_id: UUID | None = identifier()
    limit: int = whole(20, least=1, most=200)
