from __future__ import annotations

import io
import math
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import Workbook

CONTACTS = "/api/crm/contacts"
PATH = "/api/crm/graph/path"
HALF_LIFE_DAYS = 180


@pytest.fixture
def me(api):
    return api.get("/api/crm/users/me").json["self_contact_id"]


@pytest.fixture
def person(api):
    def add(name, **fields):
        return api.post(CONTACTS, json={"name": name, "enrich": False, **fields}).json["id"]

    return add


def days_ago(days):
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def note(api, contact_id, kind="email", days=0.0, direction="both"):
    body = {"kind": kind, "at": days_ago(days), "direction": direction}
    return api.post(f"{CONTACTS}/{contact_id}/interactions", json=body)


def strength_to(api, contact_id):
    paths = api.get(PATH, query_string={"to": contact_id}).json["paths"]
    return paths[0]["strength"] if paths else None


def test_a_meeting_today_ties_both_ways_by_the_formula(api, person, me):
    ana = person("Ana")
    answer = note(api, ana, "meeting")
    assert answer.status_code == 201
    expected = 1 / 3
    assert answer.json["strength"] == pytest.approx(expected, rel=1e-3)
    assert answer.json["set_by"] == "interactions"
    assert answer.json["parts"]["frequency"] == pytest.approx(expected, rel=1e-3)
    assert answer.json["parts"]["reciprocity"] == pytest.approx(1)
    assert strength_to(api, ana) == pytest.approx(expected, rel=1e-3)
    back = api.get(PATH, query_string={"from": ana, "to": me}).json["paths"]
    assert back[0]["strength"] == pytest.approx(expected, rel=1e-3)


def test_strength_halves_with_every_half_life_since_the_last_interaction(api, person):
    ana = person("Ana")
    answer = note(api, ana, "meeting", days=2 * HALF_LIFE_DAYS).json
    assert answer["parts"]["recency"] == pytest.approx(0.25, rel=1e-3)
    assert answer["strength"] == pytest.approx(1 / 3 / 4, rel=1e-3)
    assert strength_to(api, ana) == pytest.approx(answer["strength"], rel=1e-3)


def test_what_goes_one_way_only_stays_weak(api, person):
    ana = person("Ana")
    for day in range(10):
        answer = note(api, ana, "call", days=day, direction="out").json
    assert answer["parts"]["reciprocity"] == 0
    weight = 3 * 0.25 * answer["parts"]["sent"] / 2
    assert answer["strength"] == pytest.approx(weight / (weight + 10), rel=1e-3)
    both = person("Ben")
    for day in range(10):
        answered = note(api, both, "call", days=day, direction="both").json
    assert answered["strength"] > 2 * answer["strength"]
    assert "in one direction" in answer["sentence"]


def test_older_interactions_count_for_less(api, person):
    ana = person("Ana")
    note(api, ana, "email", days=HALF_LIFE_DAYS)
    answer = note(api, ana, "email", days=0).json
    assert answer["parts"]["sent"] + answer["parts"]["received"] == pytest.approx(2 * 1.5, rel=1e-3)


def test_fading_decides_which_path_is_strongest(api, person, me):
    """A fresh tie and one that was as strong long ago lead to the same person."""
    old, fresh, goal = person("Old"), person("Fresh"), person("Goal")
    note(api, old, "meeting", days=400)
    note(api, fresh, "call", days=1)
    for through in (old, fresh):
        api.put(
            "/api/crm/graph/relationships", json={"from_contact_id": through, "to_contact_id": goal, "strength": 0.9}
        )
    for mode in ("shortest", "strongest"):
        answer = api.get(PATH, query_string={"to": goal, "mode": mode, "alternatives": 3}).json["paths"]
        assert [path["contacts"][1]["name"] for path in answer] == ["Fresh", "Old"]
        assert answer[0]["strength"] == pytest.approx(math.prod(answer[0]["strengths"]), rel=1e-5)
    nodes = api.get(f"/api/crm/graph/network/{me}").json["nodes"]
    assert [node["name"] for node in nodes[1:]] == ["Fresh", "Goal", "Old"]
    assert nodes[1]["strength"] == pytest.approx(3.5 / 13.5 * 0.5 ** (1 / 180), rel=1e-3)


def test_a_strength_set_by_hand_wins_and_is_marked(api, person, me):
    ana = person("Ana")
    note(api, ana)
    api.put("/api/crm/graph/relationships", json={"from_contact_id": me, "to_contact_id": ana, "strength": 0.9})
    answer = note(api, ana, "meeting", days=1).json
    assert answer["strength"] == 0.9
    assert answer["set_by"] == "hand"
    assert answer["computed"] == pytest.approx(8 / 18, rel=1e-2)
    assert strength_to(api, ana) == 0.9
    listed = api.get("/api/crm/graph/relationships", query_string={"contact_id": ana}).json["items"]
    assert [item["set_by"] for item in listed] == ["hand"]


def test_the_same_interaction_counts_once(api, person):
    ana = person("Ana")
    body = {"kind": "email", "at": days_ago(3), "direction": "in"}
    assert api.post(f"{CONTACTS}/{ana}/interactions", json=body).status_code == 201
    assert api.post(f"{CONTACTS}/{ana}/interactions", json=body).status_code == 200
    listed = api.get(f"{CONTACTS}/{ana}/interactions").json
    assert [(item["kind"], item["direction"]) for item in listed["items"]] == [("email", "in")]


def test_interactions_are_listed_page_by_page_newest_first(api, person):
    ana = person("Ana")
    for day in range(5):
        note(api, ana, "call", days=day)
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = api.get(f"{CONTACTS}/{ana}/interactions", query_string=query).json
        seen += [item["at"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_interactions_go_with_their_contact(api, person, owner, user_id):
    ana = person("Ana")
    note(api, ana)
    api.delete(f"{CONTACTS}/{ana}")
    assert owner.run("select count(*) from crm.interactions where user_id = :u", u=user_id) == [[0]]


def test_a_contact_without_any_tie_says_so(api, person, me):
    ana = person("Ana")
    answer = api.get(f"{CONTACTS}/{ana}/strength").json
    assert answer["strength"] is None
    assert answer["parts"] is None
    assert answer["sentence"] == "Nothing is known between you and Ana."
    assert api.get(f"{CONTACTS}/{me}/strength").json["sentence"] == "This contact is you."


@pytest.mark.parametrize("body", [
    {"kind": "fax", "at": "2025-01-01T00:00:00Z"}, {"kind": "email", "at": "2025-01-01T00:00:00"},
    {"kind": "email", "at": "1999-01-01T00:00:00Z"}, {"kind": "email", "at": "2999-01-01T00:00:00Z"}, {"kind": "email"},
])  # fmt: skip
def test_an_interaction_that_makes_no_sense_is_refused(api, person, body):
    assert api.post(f"{CONTACTS}/{person('Ana')}/interactions", json=body).status_code == 422


def test_interactions_with_oneself_or_strangers_are_refused(api, person, me):
    assert note(api, me).status_code == 409
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    ana = person("Ana")
    assert note(other, ana).status_code == 404
    assert other.get(f"{CONTACTS}/{ana}/interactions").status_code == 404
    assert other.get(f"{CONTACTS}/{ana}/strength").status_code == 404


def test_interactions_are_imported_once(api, person):
    ana = person("Ana", email="ana@x.example")
    file = (
        "email,kind,at,direction\nANA@x.example,meeting,2025-03-01T09:00:00Z,\nana@x.example,email,2025-03-02,in\n"
        "no@x.example,email,2025-03-02,in\nana@x.example,fax,2025-03-02,in\nana@x.example,email,soon,in\n"
    )
    url = f"{CONTACTS}/interactions/import"
    first = api.post(url, data=file.encode(), content_type="text/csv").json
    assert [first[name] for name in ("received", "created", "updated", "unchanged", "failed")] == [5, 2, 0, 0, 3]
    assert [(error["line"], error["field"], error["value"]) for error in first["errors"]] == [
        (4, "email", "no@x.example"),
        (5, "kind", "fax"),
        (6, "at", "soon"),
    ]
    second = api.post(url, data=file.encode(), content_type="text/csv").json
    assert [second[name] for name in ("received", "created", "updated", "unchanged", "failed")] == [5, 0, 0, 2, 3]
    assert api.get(f"{CONTACTS}/{ana}/strength").json["parts"]["interactions"] == 2


def test_interactions_come_out_of_a_sheet_with_times_as_cells(api, person):
    ana = person("Ana", email="ana@x.example")
    book = Workbook()
    for row in [
        ["Email", "Kind", "At", "Direction"],
        ["ana@x.example", "meeting", datetime(2025, 3, 1, 9, 30), None],  # noqa: DTZ001 - cells know no zone
        [],
        ["ana@x.example", "email", date(2025, 3, 2), "in"],
        ["ana@x.example", "email", "soon", "in"],
    ]:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)

    file = (io.BytesIO(packed.getvalue()), "log.xlsx")
    answer = api.post(f"{CONTACTS}/interactions/import", data={"file": file}).json
    assert [answer[name] for name in ("received", "created", "failed")] == [3, 2, 1]
    assert [(error["line"], error["field"], error["value"]) for error in answer["errors"]] == [(5, "at", "soon")]
    items = api.get(f"{CONTACTS}/{ana}/interactions").json["items"]
    assert [item["at"][:19] for item in items] == ["2025-03-02T00:00:00", "2025-03-01T09:30:00"]


def test_interactions_come_in_another_charset(api, person):
    zoe = person("Zoë", email="zoë@x.example")
    data = "sep=;\nemail;kind;at\nzoë@x.example;call;2025-03-02\n".encode("utf-16")
    answer = api.post(f"{CONTACTS}/interactions/import", data=data, content_type="text/csv").json
    assert [answer[name] for name in ("received", "created", "failed")] == [1, 1, 0]
    assert len(api.get(f"{CONTACTS}/{zoe}/interactions").json["items"]) == 1
