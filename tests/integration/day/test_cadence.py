"""Who is due when: counted from the last talk of any kind by the user's own calendar, never of somebody talked to since."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from shared.day import repository, service
from shared.day.models import Snoozed, Talked
from shared.day.parameters import DueQuery
from shared.interactions import service as interactions
from shared.interactions.models import InteractionCreate

CONTACTS = "/api/crm/contacts"
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text)


class Clock:
    """One user's contacts, and the day's use cases at any time."""

    def __init__(self, api, database, user_id):
        self.api, self.database, self.user_id = api, database, user_id

    def add(self, name, **fields):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return UUID(answer.json["id"])

    def zone(self, name):
        assert self.api.patch("/api/crm/users/me", json={"settings": {"timezone": name}}).status_code == 200

    def do(self, work, *arguments):
        with self.database.transaction(self.user_id) as tx:
            return work(tx, *arguments)

    def every(self, contact, days, now):
        self.do(service.set_cadence, contact, days, now)

    def talk(self, contact, when, kind="call", direction="both"):
        self.do(interactions.add_interaction, contact, InteractionCreate(kind=kind, at=when, direction=direction), when)

    def due(self, now, **query):
        return json.loads(self.do(service.list_due, DueQuery(**query), now))

    def names(self, now, **query):
        return [one["contact"]["name"] for one in self.due(now, **query)["items"]]

    def cadence(self, contact, now):
        return json.loads(self.do(repository.get_cadence, contact, now))


@pytest.fixture
def clock(api, database, user_id):
    return Clock(api, database, user_id)


@pytest.mark.parametrize(
    ("zone", "talked", "days", "due_from"),
    [
        ("UTC", "2026-03-01T22:30:00Z", 30, "2026-03-31T00:00:00Z"),
        # half past eleven in the evening there, and an hour of March goes with the clocks
        ("Europe/Berlin", "2026-03-01T22:30:00Z", 30, "2026-03-30T22:00:00Z"),
        # past midnight there, and an hour comes back in October
        ("Europe/Berlin", "2026-10-20T22:30:00Z", 7, "2026-10-27T23:00:00Z"),
        ("America/New_York", "2026-03-07T04:00:00Z", 2, "2026-03-08T05:00:00Z"),
        ("America/New_York", "2026-03-07T06:00:00Z", 2, "2026-03-09T04:00:00Z"),
        ("Pacific/Kiritimati", "2026-01-01T11:00:00Z", 1, "2026-01-02T10:00:00Z"),
        ("Pacific/Pago_Pago", "2026-01-01T10:30:00Z", 1, "2026-01-01T11:00:00Z"),
        ("Asia/Kathmandu", "2026-05-01T18:14:00Z", 365, "2027-04-30T18:15:00Z"),
        ("Australia/Lord_Howe", "2026-04-01T00:00:00Z", 5, "2026-04-05T13:30:00Z"),
        ("Mars/Olympus", "2026-03-01T22:30:00Z", 30, "2026-03-31T00:00:00Z"),
    ],
)  # fmt: skip
def test_somebody_is_due_from_the_midnight_of_the_users_own_calendar(clock, zone, talked, days, due_from):
    clock.zone(zone)
    ana = clock.add("Ana Lima")
    clock.every(ana, days, at("2025-12-01T00:00:00Z"))
    clock.talk(ana, at(talked))

    assert clock.names(at(due_from) - timedelta(seconds=1)) == []
    assert clock.names(at(due_from)) == ["Ana Lima"]
    assert clock.names(at(due_from) + timedelta(days=900)) == ["Ana Lima"]


@pytest.mark.parametrize("kind", ["email", "message", "call", "meeting"])
@pytest.mark.parametrize("direction", ["in", "out", "both"])
def test_a_talk_of_any_kind_and_direction_counts(clock, kind, direction):
    ana = clock.add("Ana Lima")
    clock.every(ana, 10, NOON - timedelta(days=100))
    assert clock.names(NOON) == ["Ana Lima"]
    clock.talk(ana, NOON - timedelta(days=1), kind, direction)
    assert clock.names(NOON) == []


def test_what_a_source_has_seen_counts_and_counts_no_more_once_the_source_is_forgotten(clock):
    ana = clock.add("Ana Lima", email="ana@mail.example")
    clock.every(ana, 10, NOON - timedelta(days=100))
    source = clock.api.post(
        "/api/crm/sources", json={"kind": "mail_file", "name": "Mail", "addresses": ["me@own.example"]}
    ).json["id"]
    seen = (NOON - timedelta(days=3)).isoformat()
    line = json.dumps(
        {"id": "<1@x>", "at": seen, "from": {"address": "ana@mail.example"}, "to": [{"address": "me@own.example"}]}
    )
    sent = clock.api.post(f"/api/crm/sources/{source}/messages", data=line, content_type="application/x-ndjson")
    assert sent.json["counted"] == 1, sent.json

    assert clock.names(NOON) == []
    assert clock.cadence(ana, NOON)["due_on"] == "2026-06-22"
    clock.api.delete(f"/api/crm/sources/{source}")
    assert clock.names(NOON) == ["Ana Lima"]


def test_who_was_never_talked_to_is_counted_from_the_day_of_the_cadence(clock):
    ana = clock.add("Ana Lima")
    clock.every(ana, 30, NOON)
    assert clock.names(NOON + timedelta(days=29)) == []
    (due,) = clock.due(NOON + timedelta(days=31))["items"]
    assert (due["why"], due["last_at"], due["overdue_days"]) == (
        "You have not talked yet, and want to every 30 days.",
        None,
        1,
    )


def test_the_list_says_why_and_how_to_reach(clock):
    ana = clock.add("Ana Lima", emails=["ana@mail.example"], phones=["+351 912 345 678"], company="Acme", title="CFO",
                    linkedin_url="https://www.linkedin.com/in/ana-lima")  # fmt: skip
    clock.every(ana, 7, NOON - timedelta(days=50))
    clock.talk(ana, NOON - timedelta(days=9))
    (due,) = clock.due(NOON)["items"]
    assert due == {
        "contact": {"id": str(ana), "name": "Ana Lima", "company": "Acme", "title": "CFO"}, "every_days": 7, "circle": None,
        "last_at": "2026-06-06T12:00:00+00:00", "due_on": "2026-06-13", "overdue_days": 2,
        "why": "You last talked 9 days ago, and want to every week.",
        "reach": [{"kind": "email", "value": "ana@mail.example"}, {"kind": "phone", "value": "+351 912 345 678"},
                  {"kind": "linkedin", "value": "https://www.linkedin.com/in/ana-lima"}],
    }  # fmt: skip


def test_a_circle_says_how_often_a_contact_of_its_own_word_comes_first_and_the_most_frequent_circle_counts(clock):
    ana, rui, zoe = (clock.add(name) for name in ("Ana Lima", "Rui Lima", "Zoe Ray"))
    weekly = clock.api.post("/api/crm/circles", json={"name": "Close", "every_days": 7}).json["id"]
    monthly = clock.api.post("/api/crm/circles", json={"name": "Far", "every_days": 30}).json["id"]
    for circle, people in ((weekly, [ana, rui]), (monthly, [ana, rui, zoe])):
        clock.api.post(f"/api/crm/circles/{circle}/members", json={"add": [str(one) for one in people]})
    now = datetime.now(UTC)
    for one in (ana, rui, zoe):
        clock.talk(one, now - timedelta(days=10))
    clock.every(rui, 60, now)

    assert clock.names(now) == ["Ana Lima"]
    assert clock.due(now)["items"][0]["why"].endswith("every week, as with everybody in Close.")
    assert clock.names(now + timedelta(days=21)) == ["Ana Lima", "Zoe Ray"]
    assert clock.names(now + timedelta(days=21), circle=UUID(monthly)) == ["Zoe Ray"]
    clock.every(ana, 0, now)
    assert clock.names(now + timedelta(days=400)) == ["Zoe Ray", "Rui Lima"]
    clock.every(ana, None, now)
    clock.every(rui, None, now)
    assert clock.names(now) == ["Ana Lima", "Rui Lima"]
    clock.api.patch(f"/api/crm/circles/{weekly}", json={"every_days": 14})
    assert clock.names(now) == []
    clock.api.delete(f"/api/crm/circles/{weekly}")
    assert clock.cadence(ana, now)["circle"]["name"] == "Far"
    refused = clock.api.post("/api/crm/circles", json={"name": "Smart", "every_days": 7, "filter": {"tag": "x"}})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "every_days")


def test_done_logs_a_talk_with_its_note_skip_logs_none_and_snooze_waits_for_a_day(clock):
    clock.zone("Europe/Berlin")
    ana, rui, zoe = (clock.add(name) for name in ("Ana Lima", "Rui Lima", "Zoe Ray"))
    for one in (ana, rui, zoe):
        clock.every(one, 10, NOON - timedelta(days=40))
    assert clock.names(NOON) == ["Ana Lima", "Rui Lima", "Zoe Ray"]

    clock.do(service.finish, ana, Talked(kind="meeting", note="The fund again"), NOON)
    clock.do(service.skip, rui, NOON)
    clock.do(service.snooze, zoe, Snoozed(days=3), NOON)
    assert clock.names(NOON) == []
    logged = clock.api.get(f"{CONTACTS}/{ana}/interactions").json["items"]
    assert [(one["kind"], one["direction"]) for one in logged] == [("meeting", "both")]
    assert [note["text"] for note in clock.api.get(f"{CONTACTS}/{ana}/notes").json["items"]] == ["The fund again"]
    assert clock.api.get(f"{CONTACTS}/{rui}/interactions").json["items"] == []
    assert clock.names(at("2026-06-17T21:59:59Z")) == []
    assert clock.names(at("2026-06-17T22:00:00Z")) == ["Zoe Ray"]
    assert clock.names(NOON + timedelta(days=10)) == ["Zoe Ray", "Ana Lima", "Rui Lima"]
    why = {one["contact"]["name"]: one["why"] for one in clock.due(NOON + timedelta(days=10))["items"]}
    assert why["Rui Lima"].startswith("You have not talked yet")
    clock.do(service.snooze, zoe, Snoozed(until=at("2026-09-01T00:00:00Z").date()), NOON)
    clock.do(service.finish, zoe, Talked(), NOON)
    assert clock.cadence(zoe, NOON)["due_on"] == "2026-06-25", "a talk ends a snooze"


def test_through_the_api_with_its_refusals(clock, api):
    ana, me = clock.add("Ana Lima"), api.get("/api/crm/users/me").json["self_contact_id"]
    path = f"{CONTACTS}/{ana}/cadence"
    assert api.get(path).json == {
        "contact_id": str(ana),
        "every_days": None,
        "circle": None,
        "last_at": None,
        "due_on": None,
        "snoozed_until": None,
        "suggested_days": None,
    }
    assert api.put(path, json={"every_days": 1}).json["every_days"] == 1
    for wrong in ({"every_days": -1}, {"every_days": 4000}, {"every_days": "7"}, {}, {"every_days": 7, "x": 1}):
        assert api.put(path, json=wrong).status_code == 422, wrong
    assert api.put(f"{CONTACTS}/{me}/cadence", json={"every_days": 7}).status_code == 409
    assert api.get("/api/crm/due").json == {"items": [], "next_cursor": None}
    for way, body in (("snooze", {"until": "2020-01-01"}), ("snooze", {"days": 0}), ("snooze", {"days": 1, "until": "2030-01-01"}), ("done", {"kind": "smoke"}),
                      ("done", {"at": "2999-01-01T00:00:00Z"})):  # fmt: skip
        assert api.post(f"/api/crm/due/{ana}/{way}", json=body).status_code == 422, (way, body)
    assert api.post(f"/api/crm/due/{ana}/snooze", json={}).json["snoozed_until"]
    assert api.post(f"/api/crm/due/{ana}/done", json={}).json["last_at"]
    assert api.post(f"/api/crm/due/{ana}/skip").status_code == 200
    stranger = api.as_user(f"{uuid4().hex}@example.com")
    for way in ("done", "snooze", "skip"):
        assert stranger.post(f"/api/crm/due/{ana}/{way}", json={}).status_code == 404
    assert (stranger.get(path).status_code, stranger.put(path, json={"every_days": 7}).status_code) == (404, 404)


def test_pages_of_the_due_list_hold_everybody_once(clock):
    for number in range(7):
        contact = clock.add(f"Person {number}")
        clock.every(contact, 1 + number % 3, NOON - timedelta(days=30 + number))
    names, cursor = [], None
    while True:
        page = clock.due(NOON, limit=2, cursor=cursor)
        names += [one["contact"]["name"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(names) == [f"Person {number}" for number in range(7)]


def test_the_past_suggests_a_cadence(clock):
    ana, rui = clock.add("Ana Lima"), clock.add("Rui Lima")
    now = datetime.now(UTC)
    for weeks in range(6):
        clock.talk(ana, now - timedelta(days=29 * weeks))
        clock.talk(ana, now - timedelta(days=29 * weeks, hours=1))
    clock.talk(rui, now)
    assert clock.cadence(ana, now)["suggested_days"] == 30
    assert clock.cadence(rui, now)["suggested_days"] is None


def test_cadences_follow_undo_trash_and_merge(clock, api):
    ana, also = clock.add("Ana Lima"), clock.add("A. Lima")
    set_one = api.put(f"{CONTACTS}/{also}/cadence", json={"every_days": 5})
    api.post(f"{CONTACTS}/{also}/dates", json={"kind": "anniversary", "day": "2010-05-01", "label": "Wedding"})
    later = datetime.now(UTC) + timedelta(days=6)

    api.delete(f"{CONTACTS}/{also}")
    assert clock.names(later) == []
    api.post(f"{CONTACTS}/{also}/restore", json={})
    assert clock.names(later) == ["A. Lima"]
    merged = api.post(f"{CONTACTS}/merge", json={"ids": [str(ana), str(also)]})
    assert merged.status_code == 200, merged.json
    assert clock.names(later) == ["Ana Lima"]
    assert [one["label"] for one in api.get(f"{CONTACTS}/{ana}/dates").json["items"]] == ["Wedding"]
    api.post(f"/api/crm/operations/{merged.headers['Operation-Id']}/undo", json={})
    assert clock.names(later) == ["A. Lima"]
    assert [one["label"] for one in api.get(f"{CONTACTS}/{also}/dates").json["items"]] == ["Wedding"]
    api.post(f"/api/crm/operations/{set_one.headers['Operation-Id']}/undo", json={})
    assert clock.names(later) == []
