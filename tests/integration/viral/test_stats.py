"""The stats against a simulated year whose true values are known: who invited whom is written down by the simulation itself."""

from __future__ import annotations

import json
import random
import statistics
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.edge.deps import deps

DAY = timedelta(days=1)
START, END = datetime(2021, 1, 4, tzinfo=UTC), datetime(2022, 1, 3, 15, tzinfo=UTC)
# Who comes by themselves; with those they bring, and whom these bring, some 5,000.
SEEDS, MEMBERS = 1350, 5000
# Each active user invites 0 to 4 people, and three of ten become active: K = 2 * 0.3.
INVITED, CONVERTED = (0, 4), 0.3


@dataclass
class Member:
    """A user of the simulation."""

    id: uuid.UUID
    email: str
    joined_at: datetime
    activated_at: datetime | None


@dataclass
class Invitee:
    """A person who was invited, as the simulation knows them."""

    inviter: Member
    channel: str
    invited_at: datetime
    opened_at: datetime | None = None
    accepted_at: datetime | None = None
    activated_at: datetime | None = None
    member: Member | None = None
    # also invited, later and in vain, by these
    again_by: list[Member] = field(default_factory=list)
    email: str = field(default_factory=lambda: f"sim-{uuid.uuid4().hex}@example.org")


class Year:
    """A branching process over a year, and what it has led to."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.members: list[Member] = []
        self.invitees: list[Invitee] = []
        waiting = [START + DAY * self.rng.uniform(0, 363) for _ in range(SEEDS)]
        for joined_at in waiting:
            self._grow(self._member(joined_at, f"sim-{uuid.uuid4().hex}@example.org"))
        self.invitees = [one for one in self.invitees if one.invited_at < END]

    def _member(self, joined_at: datetime, email: str, *, active: bool = True) -> Member:
        at = joined_at + DAY * self.rng.uniform(0, 10)
        member = Member(uuid.uuid4(), email, joined_at, at if active and at < END else None)
        self.members.append(member)
        return member

    def _grow(self, first: Member) -> None:
        growing = [first]
        while growing:
            inviter = growing.pop()
            if inviter.activated_at is None:
                continue
            for _ in range(self.rng.randint(*INVITED)):
                # one in ten is invited too late to count for the inviter's cohort
                late = self.rng.random() < 0.1
                at = inviter.activated_at + DAY * (self.rng.uniform(28.01, 60) if late else self.rng.uniform(0, 27.9))
                if at < END:
                    joiner = self._invite(inviter, at)
                    if joiner is not None:
                        growing.append(joiner)

    def _invite(self, inviter: Member, at: datetime) -> Member | None:
        invitee = Invitee(inviter, self.rng.choice(["email", "email", "email", "link", "introduction"]), at)
        self.invitees.append(invitee)
        roll = self.rng.random()
        if invitee.channel == "email" and self.rng.random() < 0.6:
            invitee.opened_at = self._before_end(at + DAY * self.rng.uniform(0, 2))
        if len(self.members) > 50 and self.rng.random() < 0.05:
            other = self.rng.choice(self.members[:50])
            if other is not inviter:
                invitee.again_by.append(other)
        if invitee.channel == "email" and roll >= CONVERTED + 0.1:
            return None
        accepted_at = self._before_end(at + DAY * self.rng.uniform(2, 14)) if invitee.channel == "email" else at
        if accepted_at is None:
            return None
        invitee.accepted_at = accepted_at
        invitee.opened_at = invitee.opened_at or accepted_at
        member = self._member(accepted_at, invitee.email, active=roll < CONVERTED)
        invitee.member, invitee.activated_at = member, member.activated_at
        return member if member.activated_at else None

    @staticmethod
    def _before_end(at: datetime) -> datetime | None:
        return at if at < END else None


@pytest.fixture(scope="module")
def year(owner_url):
    """A year that the database has seen."""
    from tests.conftest import connected

    made = Year(20210104)
    with connected(owner_url) as owner:
        store(owner, made)
        yield made
        owner.run("delete from crm.joins j using crm.users u where u.id = j.inviter_id and u.issuer = 'simulation'")
        owner.run("delete from crm.users where issuer = 'simulation'")


def store(owner, year):
    owner.run("begin")
    owner.run(
        "insert into crm.users (id, issuer, subject, email, name, created_at) select x.id, 'simulation', x.id::text, x.email, 'Sim', x.at"
        " from json_to_recordset(:rows::json) x (id uuid, email text, at timestamptz)",
        rows=rows({"id": one.id, "email": one.email, "at": one.joined_at} for one in year.members))  # fmt: skip
    owner.run(
        "update crm.members m set activated_at = x.at from json_to_recordset(:rows::json) x (id uuid, at timestamptz) where m.user_id = x.id",
        rows=rows({"id": one.id, "at": one.activated_at} for one in year.members))  # fmt: skip
    sent, joined = [], []
    links: dict[Any, Any] = {}
    for invitee in year.invitees:
        invitation = uuid.uuid4()
        if invitee.channel == "email":
            sent.append((invitation, invitee.inviter, invitee.email, invitee.invited_at, invitee.opened_at))
        else:
            invitation = links.setdefault((invitee.inviter.id, invitee.channel), invitation)
        sent += [
            (uuid.uuid4(), other, invitee.email.upper(), invitee.invited_at + DAY / 24, None)
            for other in invitee.again_by
        ]  # fmt: skip
        if invitee.accepted_at:
            joined.append({
                "user_id": invitee.member.id, "email": invitee.email, "inviter_id": invitee.inviter.id, "invitation_id": invitation,
                "channel": invitee.channel, "invited_at": invitee.invited_at, "accepted_at": invitee.accepted_at,
                "activated_at": invitee.activated_at,
            })  # fmt: skip
    numbers = iter(range(10**6))
    invitations = [
        {
            "id": i,
            "user_id": by.id,
            "channel": "email",
            "code": code(next(numbers)),
            "email": to,
            "sent_at": at,
            "opened_at": opened,
        }
        for i, by, to, at, opened in sent
    ] + [
        {
            "id": i,
            "user_id": by,
            "channel": channel,
            "code": code(next(numbers)),
            "email": None,
            "sent_at": START,
            "opened_at": None,
        }
        for (by, channel), i in links.items()
    ]
    owner.run(
        "insert into crm.invitations (id, user_id, channel, code, email, sent_at, opened_at) select x.* from json_to_recordset(:rows::json)"
        " x (id uuid, user_id uuid, channel text, code text, email text, sent_at timestamptz, opened_at timestamptz)",
        rows=rows(invitations))  # fmt: skip
    owner.run(
        "insert into crm.joins (user_id, address_hash, inviter_id, invitation_id, channel, invited_at, accepted_at, activated_at)"
        " select x.user_id, crm.address_hash(x.email), x.inviter_id, x.invitation_id, x.channel, x.invited_at, x.accepted_at, x.activated_at"
        " from json_to_recordset(:rows::json) x (user_id uuid, email text, inviter_id uuid, invitation_id uuid, channel text,"
        " invited_at timestamptz, accepted_at timestamptz, activated_at timestamptz)", rows=rows(joined))  # fmt: skip
    owner.run("commit")
    owner.run("analyze crm.users, crm.members, crm.invitations, crm.joins")


def rows(values):
    return json.dumps(list(values), default=str)


def code(number):
    digits = "abcdefghijklmnopqrstuvwxyz234567"
    return "sim" + "".join(digits[number >> shift & 31] for shift in range(60, -5, -5))


def week_of(at):
    return (at - DAY * at.weekday()).date()


def test_the_simulation_is_as_large_as_it_says(year):
    assert len(year.members) == pytest.approx(MEMBERS, rel=0.1)
    active = [one for one in year.members if one.activated_at]
    assert len(active) > 2500


def test_every_weekly_cohort_is_exact_and_open_ones_are_marked(year, owner):
    cohorts = json.loads(json.dumps(owner.run("select crm.viral_cohorts(:s, :n)", s=START, n=END)[0][0]))
    users = Counter(week_of(one.activated_at) for one in year.members if one.activated_at)
    invited: Counter[Any] = Counter()
    activated: Counter[Any] = Counter()
    for one in year.invitees:
        began = one.inviter.activated_at
        if began <= one.invited_at < began + 28 * DAY:
            invited[week_of(began)] += 1
            activated[week_of(began)] += bool(one.activated_at and one.activated_at < one.invited_at + 28 * DAY)

    assert len(cohorts) == len(users)
    for cohort in cohorts:
        week = datetime.fromisoformat(cohort["week"]).date()
        assert (cohort["users"], cohort["invitations"], cohort["activated"]) == (
            users[week],
            invited[week],
            activated[week],
        )
        assert cohort["k_factor"] == pytest.approx(activated[week] / users[week], abs=1e-6)
        assert cohort["open"] == (week + 63 * DAY > END.date())
    closed = [cohort for cohort in cohorts if not cohort["open"]]
    assert len(closed) > 40


def test_the_k_factor_of_the_closed_cohorts_is_the_one_that_was_put_in(year, owner):
    """0.9 of the invitations in time, 2 for each user; by link the simulation counts only who came."""
    from shared.viral.service import latest_k_factor

    cohorts = owner.run("select crm.viral_cohorts(:s, :n)", s=START, n=END)[0][0]
    assert latest_k_factor(cohorts, 40) == pytest.approx(2 * 0.9 * CONVERTED, rel=0.1)


@pytest.mark.parametrize("days", [7, 30, 365])
def test_the_stats_of_everyone_are_exact(year, owner, days):
    since = END - days * DAY
    stats = owner.run("select crm.viral_figures(null, :s, :n)", s=since, n=END)[0][0]
    compare(stats, year.invitees, since)


def test_the_stats_of_one_user_are_exact(year, owner):
    since = END - 200 * DAY
    busiest = Counter(one.inviter.id for one in year.invitees if one.invited_at >= since).most_common(3)
    for user_id, _ in busiest:
        own = [one for one in year.invitees if one.inviter.id == user_id]
        in_vain = [
            Invitee(one.inviter, "email", one.invited_at + DAY / 24) for one in year.invitees for other in one.again_by if other.id == user_id
        ]  # fmt: skip
        stats = owner.run("select crm.viral_figures(:u, :s, :n)", u=user_id, s=since, n=END)[0][0]
        compare(stats, own + in_vain, since)


def compare(stats, invitees, since):
    inside = [one for one in invitees if since <= one.invited_at < END]
    assert stats["invitations"] == {
        "sent": len(inside),
        "opened": sum(bool(one.opened_at) for one in inside),
        "accepted": sum(bool(one.accepted_at) for one in inside),
        "activated": sum(bool(one.activated_at) for one in inside),
    }
    assert {name: counts["sent"] for name, counts in stats["by_channel"].items()} == Counter(
        one.channel for one in inside
    )
    mature = [one for one in invitees if since - 28 * DAY <= one.invited_at < END - 28 * DAY]
    converted = sum(bool(one.activated_at and one.activated_at < one.invited_at + 28 * DAY) for one in mature)
    if mature:
        assert stats["conversion"] == pytest.approx(converted / len(mature), abs=1e-6)
    else:
        assert stats["conversion"] is None
    cycles = [
        (one.activated_at - one.inviter.activated_at) / DAY
        for one in invitees
        if one.activated_at and since <= one.activated_at < END
    ]
    assert stats["median_cycle_days"] == (pytest.approx(statistics.median(cycles), abs=1e-3) if cycles else None)
    daily = {row["day"]: row for row in stats["daily"]}
    for name, attribute in (("sent", "invited_at"), ("accepted", "accepted_at"), ("activated", "activated_at")):
        times = [getattr(one, attribute) for one in invitees if getattr(one, attribute)]
        expected = Counter(f"{at:%Y-%m-%d}" for at in times if since <= at < END)
        assert {day: row[name] for day, row in daily.items() if row[name]} == dict(expected)
    assert len(daily) == (END.date() - since.date()).days + 1


@pytest.fixture
def operators(gateway):
    """Says who runs the installation: `operators("ana@example.com")`."""
    kept = deps().settings

    def name(*addresses):
        deps().__dict__["settings"] = kept._replace(operators=addresses)

    yield name
    deps().__dict__["settings"] = kept


def test_only_operators_see_the_figures_of_everyone(api, user_email, operators):
    stats = api.get("/api/crm/viral/stats").json
    assert (stats["everyone"], stats["cohorts"]) == (None, [])
    assert stats["invitations"]["sent"] == 0

    domain = user_email.lower().partition("@")[2]
    for named in (user_email.lower(), f"@{domain}"):
        operators("somebody@else.example", named)
        assert api.get("/api/crm/viral/stats").json["everyone"]["active_users"] >= 0
    operators("somebody@else.example", f"@sub.{domain}", f"@{domain[1:]}")
    assert api.get("/api/crm/viral/stats").json["everyone"] is None


def test_introductions_are_counted_by_status_and_as_a_funnel(network, api):
    """One that waits and one that was withdrawn."""
    asked = network.ask().json
    api.post(f"/api/crm/graph/introductions/{asked['id']}/withdraw")
    network.ask()
    stats = api.get("/api/crm/viral/stats?window=7d").json

    assert stats["introductions"] == {"withdrawn": 1, "requested": 1}
    assert stats["funnel"] == {"requested": 2, "connector_accepted": 0, "introduced": 0, "completed": 0}
    assert sum(day["requested"] for day in stats["daily"]) == 2
    assert (stats["conversion"], stats["k_factor"], stats["window_days"]) == (None, None, 7)
    assert api.get("/api/crm/viral/stats?window=1y").status_code == 422
