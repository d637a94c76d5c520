"""The fewest connectors to many targets, and wishes."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.graph.reach import Opener, choose

REACH, WISHES, PATH = "/api/crm/graph/reach", "/api/crm/graph/wishes", "/api/crm/graph/path"


@pytest.fixture
def person(api):
    def add(name, **fields):
        return api.post("/api/crm/contacts", json={"name": name, **fields}).json["id"]

    return add


@pytest.fixture
def me(api):
    return api.get("/api/crm/users/me").json["self_contact_id"]


@pytest.fixture
def tie(api):
    def put(a, b, strength=0.8):
        answer = api.put(
            "/api/crm/graph/relationships",
            json={"from_contact_id": a, "to_contact_id": b, "strength": strength, "mutual": True},
        )
        assert answer.status_code in {200, 201}, answer.text

    return put


@given(st.dictionaries(st.integers(1, 7), st.sets(st.integers(1, 9), min_size=1), min_size=1))
def test_greedy_cover_opens_all_and_is_within_its_bound_of_the_fewest(knows):
    openers = [Opener(no, 0.5, sorted(places)) for no, places in knows.items()]
    taken = choose(openers)
    everything = set().union(*knows.values())
    opened = [place for _, places in taken for place in places]
    assert sorted(opened) == sorted(everything), "each once"
    fewest = next(
        size
        for size in range(1, len(knows) + 1)
        if any(set().union(*(knows[no] for no in some)) == everything for some in itertools.combinations(knows, size))
    )
    assert len(taken) <= fewest * sum(1 / count for count in range(1, max(map(len, knows.values())) + 1)) + 1e-9
    counts = [len(places) for _, places in taken]
    assert counts == sorted(counts, reverse=True)


def test_reach_names_the_fewest_connectors_and_says_of_every_target_what_became_of_it(api, person, me, tie):
    ana, bo, cy = (person(name) for name in ("Ana", "Bo", "Cy"))
    list_ = person("News", email="newsletter@lists.example")
    targets = [person(f"Target {number}") for number in range(5)]
    for connector in (ana, bo, list_):
        tie(me, connector)
    tie(me, targets[4])
    for connector, known in ((ana, [0, 1, 2]), (bo, [2]), (cy, [3]), (list_, [0, 1, 2])):
        for number in known:
            tie(connector, targets[number])
    unknown = str(uuid.uuid4())
    answer = api.post(REACH, json={"targets": [*targets, targets[0], unknown]}).json
    (first,) = answer["connectors"]
    assert (first["contact"]["id"], first["opens"], first["knows"]) == (ana, targets[:3], 3)
    assert first["strength"] == pytest.approx(0.8)
    assert (answer["known"], answer["unreached"], answer["unknown"]) == ([targets[4]], [targets[3]], [unknown])
    assert answer["at_most_times_the_fewest"] == pytest.approx(1 + 1 / 2 + 1 / 3, abs=1e-3)


def test_reach_refuses_what_it_cannot_take(api):
    assert api.post(REACH, json={"targets": []}).status_code == 422
    assert api.post(REACH, json={"targets": ["x"]}).status_code == 422
    assert api.post(REACH, json={"targets": [str(uuid.uuid4())] * 10_001}).status_code in {413, 422}
    assert api.post(REACH, json={"targets": [str(uuid.uuid4()) for _ in range(2_000)]}).json["connectors"] == []


def test_path_into_a_circle(api, person, me, tie):
    ana, bo, cy = (person(name) for name in ("Ana", "Bo", "Cy"))
    tie(me, ana)
    tie(ana, cy)
    circle = api.post("/api/crm/circles", json={"name": "Board"}).json["id"]
    api.post(f"/api/crm/circles/{circle}/members", json={"add": [bo, cy]})
    (path,) = api.get(PATH, query_string={"to_circle": circle}).json["paths"]
    assert [contact["id"] for contact in path["contacts"]] == [me, ana, cy]
    assert api.get(PATH, query_string={"to_circle": str(uuid.uuid4())}).json["paths"] == []
    assert api.get(PATH, query_string={"to_circle": circle, "to": cy}).status_code == 422


def test_a_wish_opens_once_when_a_way_appears(api, person, me, tie, watched):
    wish = api.post(WISHES, json={"name": "Satya Nadella", "email": "Satya@Microsoft.example"})
    assert wish.status_code == 201, wish.text
    assert (wish.json["opened_at"], wish.json["path"], wish.json["email"]) == (None, None, "satya@microsoft.example")
    assert api.post(WISHES, json={"name": "Satya Nadella", "email": "satya@microsoft.example"}).status_code == 200
    assert watched() == 0
    satya, ana = person("Satya Nadella", email="satya@microsoft.example"), person("Ana")
    assert watched() == 0
    tie(me, ana)
    tie(ana, satya)
    assert watched() == 1
    (opened,) = api.get(WISHES).json["items"]
    assert [contact["id"] for contact in opened["path"]["contacts"]] == [me, ana, satya]
    assert opened["opened_likelihood"] == pytest.approx(0.64 * 0.36**2, rel=1e-4)
    assert watched(hours=30) == 0, "once"
    assert api.get(WISHES).json["items"][0]["opened_at"] == opened["opened_at"]
    assert api.delete(f"{WISHES}/{opened['id']}").status_code == 204
    assert api.delete(f"{WISHES}/{opened['id']}").status_code == 404
    assert api.get(WISHES).json["items"] == []


@pytest.mark.parametrize(
    "wish",
    [
        {"company": "ACMÉ"},
        {"linkedin_url": "https://www.linkedin.com/in/mei-t"},
        {"name": "MEI TANAKA"},
        {"contact_id": "mei"},
    ],
)
def test_a_wish_means_a_company_a_profile_a_name_or_a_contact_and_opens_at_once_where_a_way_is_there(
    api, person, me, tie, wish
):
    ana = person("Ana")
    mei = person("Mei Tanaka", company="Acme", linkedin_url="https://linkedin.com/in/mei-t")
    tie(me, ana)
    tie(ana, mei)
    wish = {key: mei if value == "mei" else value for key, value in wish.items()}
    answer = api.post(WISHES, json=wish)
    assert answer.status_code == 201, answer.text
    assert answer.json["opened_at"] is not None
    assert answer.json["path"]["contacts"][-1]["id"] == mei


def test_a_way_that_is_too_unlikely_is_no_news(api, person, me, tie):
    ana, mei = person("Ana"), person("Mei")
    tie(me, ana, 0.1)
    tie(ana, mei, 0.1)
    assert api.post(WISHES, json={"contact_id": mei}).json["opened_at"] is None
    assert api.post(WISHES, json={"contact_id": ana, "min_likelihood": 0.0001}).json["opened_at"] is not None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"email": "nobody"}, 422),
        ({"name": " "}, 422),
        ({"name": "A", "min_likelihood": 0}, 422),
        ({"contact_id": str(uuid.uuid4())}, 404),
    ],
)
def test_a_wish_for_nobody_is_refused(api, body, status):
    assert api.post(WISHES, json=body).status_code == status


def test_who_is_forgotten_is_wished_for_no_more(api, person, me):
    mei = person("Mei Tanaka", email="mei@x.example")
    api.post(WISHES, json={"email": "mei@x.example"})
    api.post(WISHES, json={"contact_id": mei})
    api.delete(f"/api/crm/contacts/{mei}")
    assert api.delete(f"/api/crm/contacts/trash/{mei}").status_code in {200, 204}
    assert api.get(WISHES).json["items"] == []


@pytest.fixture
def watched(database, user_id):
    """Runs what the schedule does; answers how many wishes of the user have opened."""
    from shared.graph import repository, wishes

    def run(**later):
        now = datetime.now(UTC) + timedelta(**later)
        with database.read(None) as tx:
            waiting = repository.list_waiting_users(tx, now, wishes.MAX_USERS)
        if user_id not in waiting:
            return 0
        with database.transaction(user_id) as tx:
            return len(repository.check_wishes(tx, now))

    return run
