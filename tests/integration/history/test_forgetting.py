"""A contact that its user deletes for good: no byte is left in any table, and no file brings it back without a question."""

from __future__ import annotations

import uuid

import pytest

from operate.backup.tables import shapes
from tests.integration.imports.conftest import Importing, importing
from tests.integration.introductions.conftest import deliver, deliveries, mail, network
from tests.integration.sources.test_wishes import Mail, both_ways

__all__ = ["Importing", "deliver", "deliveries", "importing", "mail", "network"]

CONTACTS = "/api/crm/contacts"
GRAPH = "/api/crm/graph"


def dump(owner):
    """Every row of every table, as a backup would hold them."""
    return {name: [row for (row,) in owner.run(f"select t::text from crm.{name} t")] for name in shapes(owner)}


def holding(owner, *marks):
    """The tables that hold one of these texts, each with a row that does."""
    return {
        name: next(row for row in rows if any(mark in row.lower() for mark in marks))[:300]
        for name, rows in dump(owner).items()
        if any(mark in row.lower() for mark in marks for row in rows)
    }


def forget(api, contact):
    if api.get(f"{CONTACTS}/{contact}").status_code == 200:
        assert api.delete(f"{CONTACTS}/{contact}").status_code == 204
    answer = api.delete(f"{CONTACTS}/trash/{contact}")
    assert answer.status_code == 204, answer.text


def test_no_byte_of_a_forgotten_contact_is_left_in_any_table(network, owner, deliver, mail, importing):
    """Introduced by and to others, invited to the product and a team, imported and refused, merged, enriched, and then forgotten."""
    api, mark = network.api, uuid.uuid4().hex[:12]
    name, email, phone = f"Zora {mark}", f"zora-{mark}@example.com", "+15550109911"
    zora = network.contact(
        name, email, phones=[phone], company=f"Corp {mark}", title=f"Chief {mark}", notes=f"Note {mark}",
        linkedin_url=f"https://www.linkedin.com/in/zora-{mark}", custom={"key": f"custom {mark}"}, tags=[f"tag {mark}"],
    )  # fmt: skip
    network.ids["zora"] = zora
    network.tie(network.me, zora, 1)
    network.tie(zora, network.ids["mei"], 1)
    network.tie(network.ids["ana"], zora, 0.5)
    assert (
        api.post(
            f"{CONTACTS}/{zora}/interactions", json={"kind": "call", "at": "2026-01-02T03:04:05Z", "direction": "out"}
        ).status_code
        == 201
    )
    # what is written down about it
    for path, body in (
        (f"{CONTACTS}/{zora}/notes", {"text": f"Dated note {mark}"}),
        (f"{CONTACTS}/{zora}/dates", {"kind": "other", "label": f"Day {mark}", "day": "--05-06"}),
        (f"{CONTACTS}/{zora}/interactions", {"kind": "call", "at": "2026-01-03T03:04:05Z", "direction": "out", "note": f"Said {mark}"}),
        (f"{GRAPH}/wishes", {"contact_id": zora}),
    ):  # fmt: skip
        answer = api.post(path, json=body)
        assert answer.status_code == 201, answer.text
    note = api.post(f"{CONTACTS}/{zora}/notes", json={"text": f"First {mark}"}).json["id"]
    assert api.patch(f"{CONTACTS}/{zora}/notes/{note}", json={"text": f"Then {mark}"}).status_code == 200
    assert api.delete(f"{CONTACTS}/{zora}/notes/{note}").status_code == 204
    # asked to introduce, and the wish of an introduction
    through = network.ask(path=[zora, network.ids["mei"]], message=f"{name} told me of you.", purpose=f"about {email}")
    assert through.status_code == 201, through.text
    deliver()
    network.respond(mail.token(email), "accept", note=f"{name} adds this")
    deliver()
    assert network.ask("zora", path=[network.ids["ana"], zora]).status_code == 201
    deliver()
    assert (
        api.post("/api/crm/viral/invitations", json={"emails": [email], "message": f"Dear {name}"}).status_code == 201
    )
    assert api.post("/api/crm/teams", json={"name": "Lens makers"}).status_code == 201
    assert api.post("/api/crm/teams/mine/invitations", json={"email": email}).status_code == 201
    deliver()
    # in a file, in rows that were refused, and in one whose plan waits
    table = f"Name,Email,Birthday,Notes\n{name},{email},not a day {mark},more {mark}\n,,,about {name}\n".encode()
    assert importing.run(table)
    importing.plan(table)
    # another contact that became part of this one
    double = network.contact(f"Zora Old {mark}", f"old-{mark}@example.com")
    assert api.post(f"{CONTACTS}/merge", json={"ids": [zora, double]}).status_code == 200
    owner.run(
        "insert into crm.provider_answers (provider, email_hash, scope, outcome, answer, fetched_at, expires_at) "
        "values ('pdl', crm.email_hash(:e), '00000000-0000-0000-0000-000000000000', 'found', jsonb_build_object('name', :n::text), now(), now())",
        e=email, n=name,
    )  # fmt: skip
    # in the mail of the user, by addresses that are the contact's and by one that has the name alone
    source = Mail(api)
    for address in (
        email,
        email.replace("@", "+news@"),
        f"tel:{phone}",
        f"linkedin:zora-{mark}",
        f"name:{name}",
        f"z-{mark}@home.example",
    ):
        source.send(both_ways(address, name))
    before = holding(owner, mark)
    assert {
        "correspondent_names",
        "correspondents",
        "contacts",
        "changes",
        "introduction_steps",
        "emails",
        "invitations",
        "import_errors",
        "provider_answers",
        "jobs",
        "notes",
        "dates",
        "interaction_details",
    } <= before.keys()

    forget(api, zora)

    assert holding(owner, mark) == {}
    # those who were on the way have lost nothing
    assert api.get(f"{GRAPH}/introductions").status_code == 200
    assert api.get(f"{CONTACTS}/{network.ids['mei']}").json["name"] == "Mei Tanaka"


def test_an_introduction_that_waits_for_a_forgotten_contact_has_ended(network, deliver, mail):
    asked = network.ask().json
    deliver()
    token = mail.token(network.ana)
    forget(network.api, network.ids["ana"])

    ended = network.get(asked)
    assert ended["status"] == "withdrawn"
    assert [step["name"] for step in ended["steps"]] == ["a forgotten contact", "Bruno Okafor", "Mei Tanaka"]
    assert network.respond(token, "accept").status_code in {404, 409}


@pytest.mark.parametrize("row", ["Ana Lima,{email}", "Someone Else,{upper}", "Ana Lima,other@x.example;{email}"])
def test_a_file_brings_a_forgotten_contact_back_only_when_asked_to(api, row):
    email = f"ana-{uuid.uuid4().hex}@example.com"
    contact = api.post(CONTACTS, json={"name": "Ana Lima", "email": email, "enrich": False}).json["id"]
    forget(api, contact)
    table = f"name,email\n{row.format(email=email, upper=email.upper())}\nBo Ray,bo@x.example\n"

    answer = api.post(f"{CONTACTS}/import", data=table, content_type="text/csv").json
    assert (answer["received"], answer["created"], answer["failed"]) == (2, 1, 1)
    (error,) = answer["errors"]
    assert (error["line"], error["field"]) == (2, "email")
    assert "import with bring_back to have the contact again" in error["message"]

    again = api.post(f"{CONTACTS}/import?bring_back=true", data=table, content_type="text/csv").json
    assert (again["created"], again["unchanged"], again["failed"]) == (1, 1, 0)
    # who is there again is updated by files as before
    more = api.post(
        f"{CONTACTS}/import", data=f"name,email,title\nAna Lima,{email},CTO\n", content_type="text/csv"
    ).json
    assert more["failed"] == 0


def test_a_contact_without_an_address_is_known_again_by_name_and_company(api):
    rows = "name,company,phone\nAna Lima,Acme,+1 555 0100\n"
    assert api.post(f"{CONTACTS}/import", data=rows, content_type="text/csv").json["created"] == 1
    contact = api.get(CONTACTS).json["items"]
    forget(api, next(item["id"] for item in contact if not item["is_self"]))

    assert api.post(f"{CONTACTS}/import", data=rows, content_type="text/csv").json["failed"] == 1
    assert (
        api.post(f"{CONTACTS}/import", data="name,company\nAna Lima,Bolt\n", content_type="text/csv").json["created"]
        == 1
    )


def test_an_import_job_refuses_the_row_and_brings_it_back_when_asked_to(importing, api):
    email = f"ana-{uuid.uuid4().hex}@example.com"
    forget(api, api.post(CONTACTS, json={"name": "Ana Lima", "email": email, "enrich": False}).json["id"])
    table = f"name,email\nAna Lima,{email}\nBo Ray,bo@x.example\n".encode()

    done = importing.run(table)["result"]
    assert (done["created"], done["failed"]) == (1, 1)
    assert "you have deleted this contact for good" in done["errors"][0]["message"]
    assert importing.run(table, plan={"bring_back": True})["result"]["created"] == 1


def test_adding_a_forgotten_contact_by_hand_asks_nothing(api):
    email = f"ana-{uuid.uuid4().hex}@example.com"
    forget(api, api.post(CONTACTS, json={"name": "Ana Lima", "email": email, "enrich": False}).json["id"])
    assert api.post(CONTACTS, json={"name": "Ana Lima", "email": email, "enrich": False}).status_code == 201


def test_what_was_forgotten_is_kept_as_hashes_of_the_user_alone(api, owner, user_id):
    email = f"ana-{uuid.uuid4().hex}@example.com"
    forget(api, api.post(CONTACTS, json={"name": "Ana Lima", "email": email, "enrich": False}).json["id"])
    other = api.as_user(f"other-{api.email}")
    table = f"name,email\nAna Lima,{email}\n"
    assert other.post(f"{CONTACTS}/import", data=table, content_type="text/csv").json["created"] == 1
    assert owner.run("select count(*) from crm.forgotten_contacts where user_id = :u", u=user_id) == [[1]]
    assert api.delete("/api/crm/users/me").status_code == 204
    assert owner.run("select count(*) from crm.forgotten_contacts where user_id = :u", u=user_id) == [[0]]
