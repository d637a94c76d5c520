"""Birthdays and other dates come in the user's own calendar: without a year, on 29 February, and over the turn of the year."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from shared.day import repository

CONTACTS = "/api/crm/contacts"


class Calendar:
    """One user's contacts, and what comes from any time on."""

    def __init__(self, api, database, user_id):
        self.api, self.database, self.user_id = api, database, user_id

    def add(self, name, **fields):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def date(self, contact, status=201, **fields):
        answer = self.api.post(f"{CONTACTS}/{contact}/dates", json=fields)
        assert answer.status_code == status, answer.json
        return answer.json

    def coming(self, now, days=30):
        with self.database.transaction(self.user_id) as tx:
            items = json.loads(repository.list_upcoming(tx, days, 100, datetime.fromisoformat(now).replace(tzinfo=UTC)))
        return [(one["on"], one["in_days"], one["kind"], one["years"], one["contact"]["name"]) for one in items]


@pytest.fixture
def calendar(api, database, user_id):
    return Calendar(api, database, user_id)


@pytest.mark.parametrize(
    ("birthday", "now", "on", "years"),
    [
        ("1980-06-15", "2026-06-15T12:00", "2026-06-15", 46),
        ("--06-20", "2026-06-15T12:00", "2026-06-20", None),
        ("1980-01-05", "2026-12-20T12:00", "2027-01-05", 47),
        ("1980-02-29", "2027-02-01T12:00", "2027-02-28", 47),
        ("1980-02-29", "2028-02-01T12:00", "2028-02-29", 48),
        ("--02-29", "2100-02-20T12:00", "2100-02-28", None),
        ("--02-29", "2027-02-28T12:00", "2027-02-28", None),
        ("1980-06-14", "2026-06-15T12:00", None, None),
        ("1980-07-16", "2026-06-15T12:00", None, None),
        ("1980-07-15", "2026-06-15T12:00", "2026-07-15", 46),
    ],
)  # fmt: skip
def test_a_birthday_comes_on_its_day(calendar, birthday, now, on, years):
    calendar.add("Ana Lima", birthday=birthday)
    assert [(day, of) for day, _, _, of, _ in calendar.coming(now)] == ([(on, years)] if on else [])


@pytest.mark.parametrize(
    ("zone", "in_days"), [("UTC", 1), ("Pacific/Kiritimati", 0), ("America/New_York", 1), ("Europe/Berlin", 0)]
)
def test_today_is_the_users_own(calendar, zone, in_days):
    calendar.api.patch("/api/crm/users/me", json={"settings": {"timezone": zone}})
    calendar.add("Ana Lima", birthday="1980-06-16")
    assert [found[1] for found in calendar.coming("2026-06-15T22:30")] == [in_days]


def test_anniversaries_come_every_year_and_reminders_once(calendar):
    ana = calendar.add("Ana Lima")
    calendar.date(ana, kind="anniversary", label="Founded", day="2020-06-18")
    calendar.date(ana, kind="reminder", label="The fund", day="2026-06-17", yearly=False)
    assert calendar.coming("2026-06-15T12:00") == [
        ("2026-06-17", 2, "reminder", None, "Ana Lima"), ("2026-06-18", 3, "anniversary", 6, "Ana Lima"),
    ]  # fmt: skip
    assert calendar.coming("2027-06-15T12:00") == [("2027-06-18", 3, "anniversary", 7, "Ana Lima")]
    assert calendar.coming("2019-06-15T12:00") == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "day"), ({"day": "2026-02-30"}, "day"), ({"day": "soon"}, "day"), ({"day": "--05-01", "yearly": False}, "body"), ({"day": "--05-01", "kind": "birthday"}, "kind"),
        ({"day": "--05-01", "label": "x" * 501}, "label"),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_names_the_field(calendar, fields, field):
    answer = calendar.date(calendar.add("Ana Lima"), status=422, **fields)
    assert [fault["field"] for fault in answer["errors"]] == [field]


def test_dates_are_listed_and_deleted_of_ones_own_contacts(calendar, api):
    ana, rui = calendar.add("Ana Lima", birthday="--05-01"), calendar.add("Rui Lima")
    added = calendar.date(ana, kind="other", label="Name day", day="--07-26")["items"]
    assert [(one["kind"], one["day"]) for one in added] == [("birthday", "--05-01"), ("other", "--07-26")]
    path = f"dates/{added[1]['id']}"
    assert api.delete(f"{CONTACTS}/{rui}/{path}").status_code == 404
    assert api.as_user("stranger-of-dates@example.com").delete(f"{CONTACTS}/{ana}/{path}").status_code == 404
    assert api.delete(f"{CONTACTS}/{ana}/{path}").status_code == 204
    assert len(api.get(f"{CONTACTS}/{ana}/dates").json["items"]) == 1
    assert api.get("/api/crm/upcoming", query_string={"days": "400"}).status_code == 422
