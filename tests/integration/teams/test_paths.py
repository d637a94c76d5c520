from __future__ import annotations

import itertools
import json
import math
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.graph import repository
from tests.integration.graph.reference import every_path
from tests.integration.teams.conftest import GRAPH, TEAMS

TARGET = "mei@target.example"


def names(path):
    return [contact["name"] for contact in path["contacts"]]


def test_a_path_runs_through_a_colleague_to_a_contact_of_theirs_alone(uma, carl):
    mei = carl.knows("Mei Tanaka", 0.9, email=TARGET, company="Globex", title="CTO")

    [path] = uma.finds(to_email="Mei@Target.example")

    assert [contact["id"] for contact in path["contacts"]] == [uma.me, carl.me, mei]
    assert path["contacts"][2] == {"id": mei, "name": "Mei Tanaka", "company": "Globex", "title": "CTO"}
    assert path["strengths"] == [0.5, 0.8]
    assert path["hops"] == 2
    assert path["strength"] == pytest.approx(0.4)
    colleague = {"id": carl.user_id, "name": "Uma User", "email": carl.email, "shares_strengths": True}
    assert path["colleague"] == colleague


def test_people_are_the_same_by_linkedin_profile_too(uma, carl):
    carl.knows("Mei Tanaka", 0.9, linkedin_url="https://www.linkedin.com/in/mei-tanaka")
    mine = uma.knows("M. Tanaka", None, linkedin_url="https://uk.linkedin.com/in/Mei-Tanaka/")

    assert len(uma.finds(to_linkedin="linkedin.com/in/mei-tanaka?trk=x")) == 1
    assert len(uma.finds(to=mine)) == 1


def test_any_address_of_my_contact_finds_a_colleagues(uma, carl):
    carl.knows("Mei Tanaka", 0.9, email=TARGET)
    mine = uma.knows("M. Tanaka", None, email="mei@home.example", emails=["mei@home.example", "MEI@target.example"])
    assert len(uma.finds(to=mine)) == 1


def test_my_own_tie_to_a_colleague_counts_where_there_is_one(uma, carl):
    carl.knows("Mei Tanaka", 0.9, email=TARGET)
    uma.knows("Carl", 0.3, email=carl.email.upper())
    assert uma.finds(to_email=TARGET)[0]["strengths"] == [pytest.approx(0.3), 0.8]


def test_my_own_paths_stand_among_those_of_the_team(uma, carl):
    carl.knows("Mei Tanaka", 0.9, email=TARGET)
    ana, mine = uma.knows("Ana Diaz", 0.9), uma.knows("Mei T.", None, email=TARGET)
    uma.tie(ana, mine, 0.9)

    paths = uma.finds(to=mine, alternatives=5)

    assert [names(path)[1] for path in paths] == ["Ana Diaz", "Uma User"]
    assert [path.get("colleague") is None for path in paths] == [True, False]
    assert paths == uma.finds(to_email=TARGET, alternatives=5)
    assert [names(path)[1] for path in uma.finds(to=mine)] == ["Ana Diaz"]
    assert uma.api.get(f"{GRAPH}/path?to={mine}&alternatives=5").json["paths"] == paths[:1], "without the team"


def test_who_shares_only_that_ties_exist_shows_no_strength_in_answers_order_or_advice(uma, carl):
    """Whatever the strengths are, the answer is the same, byte for byte."""
    ana, bob = carl.knows("Ana Diaz", 0.9), carl.knows("Bob Okafor", 0.1)
    mei = carl.knows("Mei Tanaka", 0.05, email=TARGET)
    carl.tie(ana, mei, 0.9)
    carl.tie(bob, mei, 0.1)
    assert uma.finds(to_email=TARGET, alternatives=5, order="likely")[0]["strengths"] == [0.5, 0.8, 0.8]
    body = {"ties": True, "strengths": False}
    assert carl.api.put(f"{TEAMS}/mine/sharing", json=body).json == body
    assert carl.team()["team"]["shares_strengths"] is False

    def answers():
        return [
            uma.finds(to_email=TARGET, alternatives=5, order=order) for order in ("likely", "strongest", "shortest")
        ]

    before = answers()
    assert [path["strengths"] for path in before[0]] == [[0.5, 0.5], [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]
    assert before[0][0]["colleague"]["shares_strengths"] is False
    for one, other, strength in [
        (carl.me, ana, 0.1),
        (carl.me, bob, 0.9),
        (ana, mei, 0.1),
        (bob, mei, 0.9),
        (carl.me, mei, 0.7),
    ]:
        carl.tie(one, other, strength)
    assert answers() == before

    carl.shares()
    assert carl.team()["team"]["shares_strengths"] is False, "kept until it is set"
    carl.api.put(f"{TEAMS}/mine/sharing", json={"ties": True, "strengths": True})
    assert uma.finds(to_email=TARGET)[0]["colleague"]["shares_strengths"] is True


@pytest.mark.parametrize("mode", ["shortest", "strongest"])
def test_a_stronger_path_of_a_colleague_comes_before_my_own(uma, carl, mode):
    carl.knows("Mei Tanaka", 0.61, email=TARGET)
    ana, mine = uma.knows("Ana Diaz", 0.5), uma.knows("Mei T.", None, email=TARGET)
    for strength, first in ((0.6, "Uma User"), (0.62, "Ana Diaz")):
        uma.tie(ana, mine, strength)
        for wanted in (0, 1):
            paths = uma.finds(to=mine, mode=mode, alternatives=wanted)
            assert len(paths) == wanted + 1
            assert names(paths[0])[1] == first


def test_i_am_on_no_path_to_myself_or_back_through_me(uma, carl):
    me = carl.knows("Uma", 1.0, email=uma.email)
    mei = carl.knows("Mei Tanaka", None, email=TARGET)
    carl.tie(me, mei, 1.0)

    assert uma.finds(to_email=TARGET, mode="strongest") == []
    assert uma.finds(to_email=uma.email) == []
    assert uma.finds(to=uma.me) == []


@pytest.mark.parametrize(
    "query",
    [
        {"through_team": "true", "to_company": "Globex"},
        {"through_team": "true", "to_email": TARGET, "from": str(uuid.uuid4())},
        {"through_team": "true", "to_email": TARGET, "to_linkedin": "mei-tanaka"},
        {"through_team": "true", "to_email": "nobody"},
        {"through_team": "true", "to_linkedin": "https://example.com"},
        {"through_team": "true"},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(uma, query):
    assert uma.api.get(f"{GRAPH}/path", query_string=query).status_code == 422


# Each colleague's book: 0 is the colleague, 1 the target, 2 the caller, the others are people like any.
PEOPLE = 7
ME = -1
STRENGTHS = st.sampled_from([1.0, 0.95, 0.9, 0.7, 0.6, 0.5, 0.31, 0.3, 0.2, 0.05, 1e-6])


@st.composite
def books(draw):
    pairs = [(a, b) for a in range(PEOPLE) for b in range(PEOPLE) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=26))
    return {
        "ties": {pair: draw(STRENGTHS) for pair in chosen},
        "hidden": draw(st.sets(st.integers(1, PEOPLE - 1), max_size=2)),
        "shares": draw(st.sampled_from([True, True, True, False])),
        "strengths": draw(st.sampled_from([True, True, False])),
        "known": draw(st.one_of(st.none(), STRENGTHS)),
    }


class Book:
    """The address book of a colleague, put into the tables directly."""

    def __init__(self, owner, user_id, me):
        self.owner, self.user_id = owner, user_id
        rows = owner.run(
            """insert into crm.contacts (user_id, name, email)
            select cast(:u as uuid), n.name, n.email from unnest(cast(:names as text[]), cast(:emails as text[])) n(name, email)
            returning no, id, name""",
            u=user_id, names=[f"Person {number}" for number in range(1, PEOPLE)],
            emails=[TARGET, me, *[None] * (PEOPLE - 3)],
        )  # fmt: skip
        self.no = {int(name.split()[1]): no for no, _, name in rows}
        self.ids = {str(contact_id): int(name.split()[1]) for _, contact_id, name in rows}
        [[self.no[0], self_id]] = owner.run("select no, id from crm.contacts where user_id = :u and is_self", u=user_id)
        self.ids[str(self_id)] = 0

    def becomes(self, book):
        run, u = self.owner.run, self.user_id
        run("delete from crm.relationships where user_id = :u", u=u)
        run("delete from crm.hidden_contacts where user_id = :u", u=u)
        run(
            "update crm.team_members set shares_ties = :s, shares_strengths = :t where user_id = :u",
            s=book["shares"], t=book["strengths"], u=u,
        )  # fmt: skip
        run(
            """insert into crm.relationships (user_id, from_no, to_no, strength)
            select cast(:u as uuid), * from unnest(cast(:a as integer[]), cast(:b as integer[]), cast(:s as real[]))""",
            u=u, a=[self.no[a] for a, _ in book["ties"]], b=[self.no[b] for _, b in book["ties"]], s=list(book["ties"].values()),
        )  # fmt: skip
        run(
            "insert into crm.hidden_contacts select cast(:u as uuid), n, now() from unnest(cast(:n as integer[])) n",
            u=u, n=[self.no[number] for number in book["hidden"]],
        )  # fmt: skip


@pytest.fixture
def ground(person, uma, owner):
    """Uma's own book, those of three colleagues, and the nodes of her contacts of them."""
    colleagues = [person(f"colleague{number}") for number in range(3)]
    for colleague in colleagues:
        colleague.joins(uma)
    contacts = [uma.knows(f"Colleague {number}", None, email=one.email) for number, one in enumerate(colleagues)]
    nodes = [
        owner.run("select no from crm.contacts where user_id = :u and id = :i", u=uma.user_id, i=i)[0][0]
        for i in contacts
    ]
    own = Book(owner, uma.user_id, "nobody@target.example")
    return own, [Book(owner, colleague.user_id, uma.email) for colleague in colleagues], nodes


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    mine=st.one_of(st.none(), books()),
    drawn=st.lists(books(), min_size=3, max_size=3),
    max_hops=st.integers(1, 6),
    wanted=st.sampled_from([1, 1, 2, 3, 6, 11]),
    ordering=st.sampled_from(["likely", "strongest", "shortest"]),
)
def test_paths_of_a_team_are_the_best_of_all_simple_paths_in_order(
    ground, database, owner, mine, drawn, max_hops, wanted, ordering
):
    own, team, nodes = ground
    mine = mine or {"ties": {}, "hidden": set(), "shares": False, "strengths": True}
    own.becomes(mine)  # what she hides or shares is for others
    every: dict[tuple[int | str, tuple[int, ...]], float] = {
        ("own", found.path): found.product for found in every_path(mine["ties"], 0, {1}, max_hops)
    }
    for index, (book, colleague) in enumerate(zip(drawn, team, strict=True)):
        colleague.becomes(book)
        if book["known"] is not None:
            owner.run(
                "insert into crm.relationships (user_id, from_no, to_no, strength) values (:u, :a, :b, :s)",
                u=own.user_id, a=own.no[0], b=nodes[index], s=book["known"],
            )  # fmt: skip
        if book["shares"]:
            seen = {tie: said(book, tie) for tie in book["ties"] if not set(tie) & (book["hidden"] | {2})}
            for found in every_path(seen, 0, {1}, min(max_hops, 4) - 1):
                every[index, (ME, *found.path)] = (book["known"] or 0.5) * found.product
    rate = 0.36 if ordering == "likely" else 1
    # the colleague is on the path, too, and not among the numbers of their book
    best = sorted(
        every.items(),
        key=lambda item: (
            len(item[0][1]) if ordering == "shortest" else 0,
            -item[1] * rate ** len(item[0][1]),
            len(item[0][1]),
        ),
    )

    with database.read(uuid.UUID(own.user_id)) as tx:
        answer = repository.find_team_paths(
            tx, to_id=None, to_email=TARGET, to_profile=None, max_hops=max_hops, ordering=ordering, wanted=wanted, budget_s=60
        )  # fmt: skip

    document = json.loads(answer)
    assert "partial" not in document
    answered = [read(path, own, team, drawn) for path in document["paths"]]
    assert len(answered) == len(set(answered)) == min(wanted, len(best))
    for path, (key, product) in zip(answered, best, strict=False):
        assert every[path] * rate ** len(path[1]) == pytest.approx(product * rate ** len(key[1]), rel=1e-5)
    if ordering == "shortest":
        assert [len(steps) for _, steps in answered] == [len(steps) for (_, steps), _ in best[:wanted]]


def said(book, tie):
    """The strength that counts: of who shares only that ties exist, all are alike."""
    return book["ties"][tie] if book["strengths"] else 0.5


def read(path, own, team, drawn):
    """Whose book a path runs through, and the numbers on it; what is told of its strengths must be true, in steps."""
    ids = [contact["id"] for contact in path["contacts"]]
    assert path["hops"] == len(ids) - 1 == len(path["strengths"])
    assert path["strength"] == pytest.approx(math.prod(path["strengths"]), rel=1e-5)
    if "colleague" not in path:
        return "own", tuple(own.ids[contact_id] for contact_id in ids)
    index = next(i for i, book in enumerate(team) if book.user_id == path["colleague"]["id"])
    steps = tuple(team[index].ids[contact_id] for contact_id in ids[1:])
    strengths = [said(drawn[index], tie) for tie in itertools.pairwise(steps)]
    told = [0.8 if s >= 0.6 else 0.5 if s >= 0.3 else 0.2 for s in strengths]
    assert path["strengths"] == pytest.approx([drawn[index]["known"] or 0.5, *told])
    assert own.ids[ids[0]] == 0
    return index, (ME, *steps)
