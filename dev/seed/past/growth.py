"""Invents who invited whom to the demo installation, and who of them came and stayed.

Ages are days before the first start, so that the metrics of the last weeks are there whenever that is.
"""

from __future__ import annotations

import base64
import uuid
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dev.issuer import DEMO_EMAIL, DEMO_NAME
from shared.viral.service import CREDITS, MAX_REWARDS

if TYPE_CHECKING:
    import random

    from dev.seed.network import Person

# The demo user has been here for a little more than a quarter, the longest that the metrics look back.
JOINED_AGE = 101.0
MOST_MEMBERS = 60
# How many each active member invites; the demo user's own are spread over all the weeks.
INVITES = (0, 1, 2, 3, 4, 6)
INVITE_SHARES = (0.1, 0.15, 0.25, 0.25, 0.15, 0.1)
OWN_INVITES = 16
INVITES_FOR_DAYS = 24.0
IS_OPENED = 0.8
IS_ACCEPTED = 0.8
IS_ACTIVATED = 0.8
BY_LINK = 0.2
# A day nobody does anything at all would look odd on the edge of the curves.
LATEST_AGE = 0.2


@dataclass(slots=True)
class Member:
    """A user of the demo installation.

    Attributes:
        joined_age: days ago.
        activated_age: None where they have not come to it.
        person: index into the people of the network; None for the demo user.
    """

    id: uuid.UUID
    email: str
    name: str
    joined_age: float
    activated_age: float | None
    person: int | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation; `email` is None for a link."""

    id: uuid.UUID
    user_id: uuid.UUID
    channel: str
    code: str
    email: str | None
    sent_age: float
    opened_age: float | None


@dataclass(frozen=True, slots=True)
class Join:
    """Who came by which invitation; rewarded where they became active."""

    id: uuid.UUID
    user_id: uuid.UUID
    inviter_id: uuid.UUID
    invitation_id: uuid.UUID
    channel: str
    invited_age: float
    accepted_age: float
    activated_age: float | None
    inviter_rewarded: bool


@dataclass(frozen=True, slots=True)
class Growth:
    """All of it; the demo user is the first member, colleagues of the team come next."""

    members: list[Member]
    invitations: list[Invitation]
    joins: list[Join]


def new_id(draw: random.Random) -> uuid.UUID:
    """A random id, the same for the same seed."""
    return uuid.UUID(int=draw.getrandbits(128), version=4)


def grow(draw: random.Random, people: list[Person], first: list[int]) -> Growth:
    """Lets the demo user invite, and everybody who comes of it.

    Args:
        draw: of the seed.
        people: of the network, some of whom join.
        first: who came first, at once, and stayed: the colleagues.
    """
    return _Growing(draw, people, first).run()


class _Growing:
    def __init__(self, draw: random.Random, people: list[Person], first: list[int]) -> None:
        self._draw = draw
        self._people = people
        self._first = deque(first)
        others = [index for index, person in enumerate(people) if person.email and index not in first]
        draw.shuffle(others)
        self._others = deque(others)
        me = Member(new_id(draw), DEMO_EMAIL, DEMO_NAME, JOINED_AGE, JOINED_AGE - 0.05, None)
        self._grown = Growth([me], [], [])
        self._links: dict[uuid.UUID, Invitation] = {}
        self._rewards: dict[uuid.UUID, list[float]] = {}

    def run(self) -> Growth:
        """Whoever is active invites, the earliest first."""
        turns = deque(self._grown.members)
        while turns:
            inviter = turns.popleft()
            for age in self._ages(inviter):
                joiner = self._invite(inviter, age)
                if joiner is not None and joiner.activated_age is not None:
                    turns.append(joiner)
        return self._grown

    def _ages(self, inviter: Member) -> list[float]:
        assert inviter.activated_age is not None
        if inviter.person is None:
            early = [inviter.activated_age - 0.5 - turn for turn in range(len(self._first))]
            # every week or so, so that each window of the metrics has some
            every = (JOINED_AGE - 3) / OWN_INVITES
            return [*early, *(every * (turn + self._draw.random()) for turn in reversed(range(OWN_INVITES)))]
        count = self._draw.choices(INVITES, INVITE_SHARES)[0]
        ages = (inviter.activated_age - self._draw.uniform(0.5, INVITES_FOR_DAYS) for _ in range(count))
        return sorted((age for age in ages if age > LATEST_AGE), reverse=True)

    def _invite(self, inviter: Member, age: float) -> Member | None:
        is_first = bool(self._first)
        invitee = (self._first or self._others).popleft()
        by_link = not is_first and self._draw.random() < BY_LINK
        opened = self._later(age, 3) if is_first or self._happens(IS_OPENED) else None
        accepted = self._later(opened, 2) if opened and (is_first or self._happens(IS_ACCEPTED)) else None
        activated = self._later(accepted, 5) if accepted and (is_first or self._happens(IS_ACTIVATED)) else None
        if by_link and accepted is None:
            return None  # a link that nobody used leaves no trace
        invitation = self._invitation(inviter, self._people[invitee].email or "", age, opened, by_link=by_link)
        if accepted is None or len(self._grown.members) >= MOST_MEMBERS:
            return None
        return self._join(inviter, invitee, invitation, accepted, activated)

    def _happens(self, probability: float) -> bool:
        return self._draw.random() < probability

    def _later(self, age: float, within_days: float) -> float | None:
        """Some time after; None where that would be in the future."""
        later = age - self._draw.uniform(0.05, within_days)
        return later if later > LATEST_AGE else None

    def _invitation(
        self, inviter: Member, email: str, age: float, opened: float | None, *, by_link: bool
    ) -> Invitation:
        known = self._links.get(inviter.id) if by_link else None
        if known:
            return known
        code = base64.b32encode(self._draw.randbytes(10)).decode().lower()
        channel, address = ("link", None) if by_link else ("email", email)
        made = Invitation(new_id(self._draw), inviter.id, channel, code, address, age, opened)
        self._grown.invitations.append(made)
        if by_link:
            self._links[inviter.id] = made
        return made

    def _join(
        self, inviter: Member, invitee: int, invitation: Invitation, accepted: float, activated: float | None
    ) -> Member:
        person = self._people[invitee]
        member = Member(new_id(self._draw), person.email or "", person.name, accepted, activated, invitee)
        self._grown.members.append(member)
        rewarded = activated is not None and self._is_rewarded(inviter, activated)
        invited = accepted if invitation.channel == "link" else invitation.sent_age
        join = Join(
            new_id(self._draw), member.id, inviter.id, invitation.id, invitation.channel, invited, accepted, activated, rewarded
        )  # fmt: skip
        self._grown.joins.append(join)
        return member

    def _is_rewarded(self, inviter: Member, age: float) -> bool:
        """No more than so many in 30 days, as the product has it."""
        earlier = self._rewards.setdefault(inviter.id, [])
        if sum(abs(other - age) < 30 for other in earlier) >= MAX_REWARDS:  # noqa: PLR2004 - days
            return False
        earlier.append(age)
        return True


def reward_lines(growth: Growth) -> list[tuple[uuid.UUID, float, int, str]]:
    """Lines of the ledger: user, age, credits, note; the words are the product's own."""
    lines = []
    for join in growth.joins:
        if join.activated_age is not None:
            lines.append((join.user_id, join.activated_age, CREDITS, "joined by an invitation"))
            if join.inviter_rewarded:
                lines.append((join.inviter_id, join.activated_age, CREDITS, "an invitation brought somebody"))
    return lines
