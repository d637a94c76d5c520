"""The network that the app gives to whoever tries it, imported by anybody through the same calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dev.seed.starter import COMPANY, NAME, TITLE, files

CONTACTS = "/api/crm/contacts"
GRAPH = "/api/crm/graph"


def add(api, before):
    """What the app does: three files, the past dated from a moment; what came of each."""
    given = files()
    header, *rows = given["interactions.csv"].splitlines()
    dated = [header.replace("days_ago", "at")]
    for row in rows:
        rest, _, days = row.rpartition(",")
        dated.append(f"{rest},{(before - timedelta(days=float(days))).isoformat()}")
    calls = {
        f"{CONTACTS}/import?tags=demo-data&on_duplicate=skip&enrich=false": given["contacts.csv"],
        f"{GRAPH}/relationships/import": given["ties.csv"],
        f"{CONTACTS}/interactions/import": "\n".join(dated) + "\n",
    }
    answers = [api.post(path, data=text.encode(), content_type="text/csv") for path, text in calls.items()]
    assert [answer.status_code for answer in answers] == [200] * 3, [answer.text for answer in answers]
    return [answer.json for answer in answers]


@pytest.fixture
def starter(api):
    now = datetime.now(UTC)
    return api, now, add(api, now)


def test_every_row_comes_in_and_none_costs_credits(starter):
    api, _, answers = starter
    assert [answer["failed"] for answer in answers] == [0, 0, 0], answers
    assert all(answer["created"] > 200 for answer in answers)
    found = api.get(f"{CONTACTS}?tag=demo-data&include_total=true&limit=1").json
    assert found["total"] == answers[0]["created"]
    assert found["items"][0]["enrichment"] in ({}, None) or found["items"][0]["enrichment"].get("status") != "pending"


def test_a_second_time_nothing_changes(starter):
    api, now, answers = starter
    again = add(api, now)
    assert [(answer["created"], answer["updated"], answer["failed"]) for answer in again] == [(0, 0, 0)] * 3
    assert [answer["unchanged"] for answer in again] == [answer["received"] for answer in answers]


def test_the_first_page_has_warm_ways_to_all_of_its_examples(starter):
    api, _, _ = starter
    target = api.get(f"{CONTACTS}/search?q={NAME}&limit=1").json["items"][0]
    assert (target["name"], target["company"]) == (NAME, COMPANY)
    paths = api.get(f"{GRAPH}/path?to={target['id']}&alternatives=4").json["paths"]
    assert len(paths) > 2
    assert (paths[0]["hops"], paths[0]["strength"] > 0.25) == (2, True)
    assert api.get(f"{GRAPH}/path?to_company={COMPANY}").json["paths"][0]["hops"] == 2
    heads = [
        hit for hit in api.get(f"{CONTACTS}/search?q={TITLE.lower()}&limit=5").json["items"] if hit["title"] == TITLE
    ]
    assert len(heads) >= 3
    assert all(api.get(f"{GRAPH}/path?to={head['id']}").json["paths"] for head in heads)


def test_the_users_own_ties_live(starter):
    """They are computed from the past, as those of a real address book."""
    api, _, _ = starter
    me = api.get("/api/crm/users/me").json["self_contact_id"]
    network = api.get(f"{GRAPH}/network/{me}?depth=6&limit=5000").json
    own = [node["strength"] for node in network["nodes"] if node["hops"] == 1]
    assert len(own) > 30
    assert max(own) > 0.7
    assert len([strength for strength in own if strength > 0.4]) > 15
    # nobody is out of reach
    assert len(network["nodes"]) == len(files()["contacts.csv"].splitlines())
