"""Counting messages: once, in any order, whoever sends them; and what follows from them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

SOURCES = "/api/crm/sources"
CONTACTS = "/api/crm/contacts"
ME = "me@home.example"


@pytest.fixture
def source(api):
    def add(kind="mail_file", name="Mail", addresses=(ME,)):
        answer = api.post(SOURCES, json={"kind": kind, "name": name, "addresses": list(addresses)})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    return add


@pytest.fixture
def person(api):
    def add(name, **fields):
        return api.post(CONTACTS, json={"name": name, "enrich": False, **fields}).json["id"]

    return add


def days_ago(days):
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def mail(number, sender, *to, days=0.0, **fields):
    line = {
        "id": f"<{number}@x>",
        "at": days_ago(days),
        "from": {"address": sender},
        "to": [{"address": one} for one in to],
    }
    return line | fields


def send(api, source_id, lines, of="messages"):
    body = "".join(json.dumps(line) + "\n" for line in lines)
    return api.post(f"{SOURCES}/{source_id}/{of}", data=body.encode(), content_type="application/x-ndjson")


def strength(api, contact_id):
    return api.get(f"{CONTACTS}/{contact_id}/strength").json


def test_mail_both_ways_makes_a_tie_by_the_formula(api, source, person):
    ana = person("Ana Lima", email="ana@acme.example")
    lines = [mail(n, ME, "ana@acme.example") for n in range(10)] + [
        mail(n + 10, "Ana@Acme.example", ME) for n in range(10)
    ]
    answer = send(api, source(), lines)
    assert answer.json == {"received": 20, "counted": 20, "known": 0, "left_out": {}, "failed": 0, "errors": []}
    told = strength(api, ana)
    assert told["strength"] == pytest.approx(0.75, abs=1e-3)
    assert (told["set_by"], told["kind"]) == ("interactions", "seen")
    assert (told["evidence"]["sent"], told["evidence"]["received"]) == (10, 10)


def test_the_same_lines_again_write_nothing(api, source, person, owner, user_id):
    person("Ana Lima", email="ana@acme.example")
    of = source()
    lines = [mail(n, ME, "ana@acme.example", days=n * 20) for n in range(10)]
    send(api, of, lines)
    before = owner.run("select * from crm.evidence where user_id = :u", u=user_id)
    answer = send(api, of, [*lines[::-1], mail("list", "news@acme.example", ME, flags=["list"])])
    assert (answer.json["counted"], answer.json["known"], answer.json["left_out"]) == (0, 10, {"list": 1})
    assert owner.run("select * from crm.evidence where user_id = :u", u=user_id) == before
    assert api.get(f"{SOURCES}/{of}").json["read"] == 11


def test_ties_between_others_follow_from_mail_between_them_and_not_from_standing_together(api, source, person):
    ana, ben, cem = (person(n, email=f"{n.lower()}@acme.example") for n in ("Ana", "Ben", "Cem"))
    lines = [mail(n, "ana@acme.example", ME, "ben@acme.example") for n in range(14)]
    lines += [mail(n + 20, "ben@acme.example", ME, "ana@acme.example") for n in range(9)]
    lines += [mail(n + 40, ME, "ana@acme.example", "cem@acme.example") for n in range(9)]
    send(api, source(), lines)
    told = api.get(f"/api/crm/graph/relationships/{ana}/{ben}").json
    x = 14 / 2 + 9 / 2 + 9 / 2
    assert told["strength"] == pytest.approx(x / (x + 0.45), rel=1e-3)
    assert told["sentence"].startswith(
        "Ana wrote to Ben 14 times with you among the recipients, Ben to Ana 9 times; last on "
    )
    apart = api.get(f"/api/crm/graph/relationships/{ana}/{cem}").json
    assert (apart["strength"], apart["evidence"]["together"]) == (None, 9)


def test_a_contact_that_is_added_later_has_its_ties_at_once(api, source, person):
    ana = person("Ana", email="ana@acme.example")
    send(
        api,
        source(),
        [mail(n, "ana@acme.example", ME, "ben@gmail.com") for n in range(5)] + [mail(9, ME, "ben@gmail.com")],
    )
    ben = person("Ben", emails=["ben@work.example", "b.en@gmail.com"])
    assert strength(api, ben)["evidence"]["sent"] == 1
    assert api.get(f"/api/crm/graph/relationships/{ben}/{ana}").json["evidence"]["received"] == 5


def test_a_message_from_two_sources_counts_once_and_stays_when_one_is_forgotten(api, source, person):
    ana = person("Ana", email="ana@acme.example")
    first, second = source(), source("imap")
    lines = [mail(n, ME, "ana@acme.example", days=n) for n in range(6)]
    assert send(api, first, lines[:4]).json["counted"] == 4
    answer = send(api, second, lines[2:]).json
    assert (answer["counted"], answer["known"]) == (2, 2)
    assert strength(api, ana)["evidence"]["sent"] == 6
    assert api.delete(f"{SOURCES}/{first}").status_code == 204
    assert strength(api, ana)["evidence"]["sent"] == 4
    assert api.delete(f"{SOURCES}/{second}").status_code == 204
    told = strength(api, ana)
    assert (told["strength"], told["evidence"]) == (None, None)


def test_a_weak_tie_of_an_import_comes_back_with_the_last_evidence_gone(api, source):
    file = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAna,Lima,https://www.linkedin.com/in/ana,ana@acme.example,Acme,CTO,01 Jan 2024\n"
    api.post(f"{CONTACTS}/import", data=file.encode(), content_type="text/csv")
    ana = api.get(f"{CONTACTS}?email=ana@acme.example").json["items"][0]["id"]
    bare = strength(api, ana)
    assert (bare["strength"], bare["kind"]) == (0.01, "stated")
    of = source()
    send(api, of, [mail(1, ME, "ana@acme.example")])
    assert strength(api, ana)["kind"] == "seen"
    api.delete(f"{SOURCES}/{of}")
    again = strength(api, ana)
    assert (again["strength"], again["kind"], again["set_by"]) == (0.01, "stated", "import")


def event(number, *attendees, days=0.0, organizer=ME, **fields):
    start = datetime.now(UTC) - timedelta(days=days, hours=2)
    people = [one if isinstance(one, dict) else {"address": one} for one in attendees]
    line = {"id": f"{number}@cal", "start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat(),
            "organizer": {"address": organizer}, "attendees": people}  # fmt: skip
    return line | fields


def test_a_meeting_of_two_is_worth_a_third_and_large_cancelled_declined_ones_nothing(api, source, person):
    ana = person("Ana", email="ana@acme.example")
    of = source("calendar_file")
    crowd = [f"p{n}@acme.example" for n in range(40)]
    answer = send(api, of, [
        event(1, "ana@acme.example", ME), event(2, *crowd, "ana@acme.example"), event(3, "ana@acme.example", status="CANCELLED"),
        event(4, {"address": ME, "status": "DECLINED"}, organizer="ana@acme.example"), event(5, "ana@acme.example", days=-3),
        event(6, "ana@acme.example", start="2026-01-05", end="2026-01-06"), event(7, ME), event(8, "ana@acme.example", organizer="bo@acme.example"),
    ], of="events").json  # fmt: skip
    assert answer["counted"] == 1
    assert answer["left_out"] == {
        "big": 1,
        "cancelled": 1,
        "declined": 1,
        "future": 1,
        "all_day": 1,
        "alone": 1,
        "not_mine": 1,
    }
    told = strength(api, ana)
    assert told["strength"] == pytest.approx(1 / 3, abs=1e-3)
    assert told["evidence"]["meetings"] == 1
    assert "1 meeting" in told["sentence"]


def test_bad_lines_are_named_by_number_and_the_others_count(api, source):
    of = source()
    body = "\n".join([
        json.dumps(mail(1, "ana@acme.example", ME)), "{", "[]", json.dumps(mail(2, "ana@acme.example", ME) | {"at": "yesterday"}),
        json.dumps(mail(3, "ana@acme.example", ME) | {"subject": "Hello"}), json.dumps({"at": days_ago(1)}), json.dumps(mail(4, "ana@acme.example", ME) | {"to": "me"}), "",
    ])  # fmt: skip
    answer = api.post(f"{SOURCES}/{of}/messages", data=body, content_type="application/x-ndjson")
    assert answer.status_code == 200
    assert (answer.json["received"], answer.json["counted"], answer.json["failed"]) == (7, 1, 6)
    assert [(e["line"], e["field"]) for e in answer.json["errors"]] == [
        (2, "line"),
        (3, "line"),
        (4, "at"),
        (5, "subject"),
        (6, "id"),
        (7, "to"),
    ]
    assert answer.json["errors"][2]["value"] == "yesterday"
    assert api.post(f"{SOURCES}/{of}/messages", data=b"{\n{", content_type="application/x-ndjson").status_code == 422
    assert (
        api.post(f"{SOURCES}/{of}/messages", data=b"{}\n" * 5001, content_type="application/x-ndjson").status_code
        == 413
    )
    assert api.post(f"{SOURCES}/{of}/messages", json={}).status_code == 415
    assert (
        api.as_user("other@x.example")
        .post(f"{SOURCES}/{of}/messages", data=b"", content_type="application/x-ndjson")
        .status_code
        == 404
    )


def test_machines_and_offices_are_left_out_with_reasons(api, source, owner, user_id):
    of = source()
    answer = send(api, of, [
        mail(1, "no-reply@shop.example", ME), mail(2, "info@acme.example", ME), mail(3, "ana@acme.example", ME, flags=["spam"]),
        mail(4, ME, "sales@acme.example"), mail(5, "ana@acme.example", "ben@acme.example"), mail(6, "nobody", ME), mail(7, ME, ME),
        mail(8, "ana@acme.example", ME, "support@acme.example"), mail(9, "jira@acme.example", ME),
    ]).json  # fmt: skip
    assert answer["left_out"] == {"auto": 2, "role": 2, "spam": 1, "not_mine": 1, "no_address": 1, "alone": 1}
    assert answer["counted"] == 1
    assert owner.run("select address from crm.correspondents where user_id = :u", u=user_id) == [["ana@acme.example"]]
