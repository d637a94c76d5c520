"""Contacts that are one person become one contact, with everything that all of them had, and it can be undone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.contacts.fields import EDITED

CONTACTS = "/api/crm/contacts"
MERGE = f"{CONTACTS}/merge"
GRAPH = "/api/crm/graph"
# The state of enrichment runs and what follows from contacts by itself; the journal and the audit log grow.
NOT_COMPARED = {
    "operations",
    "changes",
    "tie_changes",
    "interaction_changes",
    "audit_entries",
    "enrichments",
    "outbox",
    "emails",
    "email_tokens",
    "members",
}


def add(api, name, **fields):
    answer = api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def merge(api, *ids, **more):
    answer = api.post(MERGE, json={"ids": list(ids), **more})
    assert answer.status_code == 200, answer.json
    return answer.json


def tie(api, first, second, strength, *, mutual=False):
    body = {"from_contact_id": first, "to_contact_id": second, "strength": strength, "mutual": mutual}
    assert api.put(f"{GRAPH}/relationships", json=body).status_code in {200, 201}


def meet(api, contact, at, direction="both"):
    answer = api.post(f"{CONTACTS}/{contact}/interactions", json={"kind": "call", "at": at, "direction": direction})
    assert answer.status_code in {200, 201}, answer.json


def load(api, text, **query):
    answer = api.post(f"{CONTACTS}/import", data=text, content_type="text/csv", query_string=query)
    assert answer.status_code == 200, answer.json
    return {name: answer.json[name] for name in ("created", "updated", "unchanged", "failed")}


def undo(api, operation):
    answer = api.post(f"/api/crm/operations/{operation}/undo", json={})
    assert answer.status_code == 200, answer.json
    return answer.json


def self_id(api):
    return next(c["id"] for c in api.get(f"{CONTACTS}?limit=200").json["items"] if c["is_self"])


def rows_of(owner, user_id):
    """All rows of a user in every table, but what is not compared; without the time of the last change."""
    tables = owner.run(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' "
        "where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition"
    )
    return {
        table: owner.run(
            f"select (to_jsonb(t) - 'updated_at' - 'tsv')::text from crm.{table} t where user_id = :u order by 1",
            u=user_id,
        )
        for (table,) in tables
        if table not in NOT_COMPARED
    }


def test_the_contact_that_is_left_has_everything_that_all_had(api):
    ana = add(api, "A. Lima", emails=["ana@acme.example"], phones=["0151 234567"], company="Acme", notes="Met in Porto",
              tags=["friend"], custom={"Pet": "cat", "Club": "tennis"}, birthday="--04-01")  # fmt: skip
    other = add(api, "Ana Lima", emails=["ana@home.example", "ANA@acme.example.org"], phones=["+49 151 234567"], company="Acme",
                title="CTO", location="Porto", linkedin_url="https://www.linkedin.com/in/ana-lima", notes="Likes tea",
                tags=["Friend", "porto"], custom={"Pet": "dog", "Car": "none"}, birthday="1980-04-01")  # fmt: skip

    outcome = merge(api, ana, other)

    contact = outcome["contact"]
    assert contact["id"] == ana
    day = next(key for key in contact["custom"] if key.startswith("Pet (merged")).partition(" ")[2]
    assert {name: contact[name] for name in contact if name not in {"created_at", "updated_at", "enrichment", "source"}} == {
        "id": ana, "name": "Ana Lima", "email": "ana@acme.example",
        "emails": ["ana@acme.example", "ana@home.example", "ANA@acme.example.org"],
        "phones": ["+49 151 234567"], "company": "Acme", "title": "CTO", "location": "Porto",
        "linkedin_url": "https://www.linkedin.com/in/ana-lima", "birthday": "1980-04-01", "notes": "Met in Porto\n\nLikes tea",
        "tags": ["friend", "porto"], "custom": {"Pet": "cat", "Club": "tennis", "Car": "none", f"Pet {day}": "dog"}, "is_self": False,
    }  # fmt: skip
    assert outcome["conflicts"] == []


@pytest.mark.parametrize("choose", [False, True])
def test_what_differs_is_chosen_or_follows_the_rules_and_is_kept_and_listed(api, choose):
    load(api, "Name,E-mail,Company,Job Title\nAna Lima,ana@old.example,Old Ltd,Clerk\n")
    filed = api.get(f"{CONTACTS}/search?q=ana@old.example").json["items"][0]["id"]
    by_hand = add(api, "Ana Lima", company="New Ltd", title="CEO", email="ana@new.example")

    chosen = {"fields": {"company": filed, "title": filed, "email": by_hand}} if choose else {}
    outcome = merge(api, filed, by_hand, **chosen)

    mine, others = (("Old Ltd", "Clerk"), ("New Ltd", "CEO")) if choose else (("New Ltd", "CEO"), ("Old Ltd", "Clerk"))
    contact = outcome["contact"]
    assert (contact["company"], contact["title"]) == mine
    assert contact["email"] == ("ana@new.example" if choose else "ana@old.example")
    assert {(c["field"], c["kept"], c["value"]) for c in outcome["conflicts"]} == {
        ("company", mine[0], others[0]), ("title", mine[1], others[1])
    }  # fmt: skip
    assert set(others) <= set(contact["custom"].values())


def test_each_field_that_people_write_fills_a_blank_one(api):
    full = {
        "name": "Ana Lima", "email": "ana@acme.example", "emails": ["ana@acme.example", "ana@home.example"], "phones": ["+351 912 345 678"],
        "company": "Acme", "title": "CTO", "location": "Porto", "linkedin_url": "https://www.linkedin.com/in/ana-lima", "birthday": "1980-04-01",
        "notes": "Met in Porto", "tags": ["friend"], "custom": {"Pet": "cat"},
    }  # fmt: skip
    assert full.keys() == {field.name for field in EDITED}
    keep = add(api, "Ana")

    contact = merge(api, keep, add(api, **full))["contact"]

    assert {name: contact[name] for name in full} == full


def test_ties_interactions_and_hiding_follow_and_undo_brings_all_back_exactly(api, owner, user_id):
    me = self_id(api)
    ana, bob = add(api, "Ana Lima", email="ana@acme.example"), add(api, "Bob Ray")
    other = add(api, "Ana M. Lima", email="ana@home.example", phones=["+351 912 345 678"], company="Acme")
    third = add(api, "Lima, Ana", title="CTO")
    tie(api, ana, bob, 0.4)
    tie(api, other, bob, 0.7)
    tie(api, bob, third, 0.9)
    tie(api, ana, other, 0.5, mutual=True)
    tie(api, me, third, 0.8, mutual=True)
    for contact, at in (
        (ana, "2026-01-02T00:00:00Z"),
        (other, "2026-01-02T00:00:00Z"),
        (other, "2026-02-02T00:00:00Z"),
    ):
        meet(api, contact, at)
    assert api.put(f"/api/crm/teams/hidden/{other}").status_code == 204
    before = rows_of(owner, user_id)

    outcome = merge(api, ana, other, third)

    ties = owner.run(
        "select f.name, t.name, round(r.strength::numeric, 2)::text from crm.relationships r join crm.contacts f on f.no = r.from_no "
        "join crm.contacts t on t.no = r.to_no where r.user_id = :u order by 1, 2", u=user_id,
    )  # fmt: skip
    name = outcome["contact"]["name"]
    myself = api.get(f"{CONTACTS}/{me}").json["name"]
    assert sorted(ties) == sorted(
        [[name, "Bob Ray", "0.70"], ["Bob Ray", name, "0.90"], [name, myself, "0.80"], [myself, name, "0.80"]]
    )
    assert len(api.get(f"{CONTACTS}/{ana}/interactions").json["items"]) == 2
    assert [h["id"] for h in api.get("/api/crm/teams/hidden").json["items"]] == [ana]
    operation = api.get(f"/api/crm/operations/{outcome['operation_id']}").json
    assert (operation["kind"], operation["counts"]["merged"], operation["counts"]["deleted"]) == (
        "merge_contacts",
        2,
        0,
    )

    undone = undo(api, outcome["operation_id"])

    assert undone["kept"] == []
    assert rows_of(owner, user_id) == before

    undo(api, undone["operation_id"])
    assert api.get(f"{CONTACTS}/{other}").status_code == 410
    undo(api, outcome["operation_id"])
    assert rows_of(owner, user_id) == before


def test_what_is_written_down_about_all_of_them_follows_and_undo_brings_it_back_exactly(api, owner, user_id):
    """Circles, dated notes, mentions, cadences, dates, wishes and what is known of talks: rows of both contacts in every table."""
    keep, other, third = (add(api, name) for name in ("Ana Lima", "A. Lima", "Rui Costa"))
    circle = api.post("/api/crm/circles", json={"name": "Friends"}).json["id"]
    for days, contact in enumerate((keep, other), 1):
        at = f"{CONTACTS}/{contact}"
        calls = (
            api.post(f"{at}/notes", json={"text": f"Note {days}"}),
            api.post(f"{at}/dates", json={"kind": "other", "label": f"Day {days}", "day": f"--05-0{days}"}),
            api.post(f"{at}/interactions", json={"kind": "call", "at": f"2026-01-0{days}T03:04:05Z", "direction": "out", "note": f"Said {days}"}),
            api.post("/api/crm/graph/wishes", json={"contact_id": contact}),
            api.put(f"{at}/cadence", json={"every_days": 30 * days}),
            api.post(f"{CONTACTS}/{third}/notes", json={"text": f"Of [@Ana](contact:{contact})"}),
        )  # fmt: skip
        assert [call.status_code for call in calls if call.status_code not in {200, 201}] == [], [c.json for c in calls]
    joined = api.post(f"/api/crm/circles/{circle}/members", json={"add": [other]})
    assert joined.status_code == 200, joined.json
    tables = ("circle_members", "notes", "note_mentions", "cadences", "dates", "interactions", "interaction_details")

    def rows():
        return {
            table: sorted(
                str(row) for (row,) in owner.run(f"select to_jsonb(t) from crm.{table} t where user_id = :u", u=user_id)
            )
            for table in tables
        }

    before = rows()
    assert [table for table, found in before.items() if not found] == []

    outcome = merge(api, keep, other)

    assert {note["text"] for note in api.get(f"{CONTACTS}/{keep}/notes").json["items"]} == {"Note 1", "Note 2"}
    assert {date["label"] for date in api.get(f"{CONTACTS}/{keep}/dates").json["items"]} == {"Day 1", "Day 2"}
    assert {met["note"] for met in api.get(f"{CONTACTS}/{keep}/interactions").json["items"]} == {"Said 1", "Said 2"}
    assert [c["id"] for c in api.get(f"{CONTACTS}?circle={circle}").json["items"]] == [keep]
    assert api.get(f"{CONTACTS}/{keep}/cadence").json["every_days"] == 30
    assert api.get("/api/crm/graph/wishes").status_code == 200
    undo(api, outcome["operation_id"])
    assert rows() == before


def test_merges_one_after_the_other_are_undone_in_reverse(api, owner, user_id):
    first, second, third = (add(api, f"Ana Lima {n}", email=f"ana@{n}.example") for n in ("one", "two", "three"))
    begun = rows_of(owner, user_id)
    once = merge(api, second, first)
    between = rows_of(owner, user_id)
    twice = merge(api, third, second)

    for gone in (first, second):
        answer = api.get(f"{CONTACTS}/{gone}")
        assert (answer.status_code, answer.json["code"], answer.json["merged_into"]) == (410, "merged", third)
    undo(api, twice["operation_id"])
    assert rows_of(owner, user_id) == between
    assert api.get(f"{CONTACTS}/{first}").json["merged_into"] == second
    undo(api, once["operation_id"])
    assert rows_of(owner, user_id) == begun


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "{c}/{id}", None),
        ("delete", "{c}/{id}", None),
        ("patch", "{c}/{id}", {"title": "CTO"}),
        ("get", "{c}/{id}/interactions", None),
        ("post", "{c}/{id}/enrich", None),
        ("get", "{g}/path?to={id}", None),
        ("put", "{g}/relationships", {"from_contact_id": "{id}", "to_contact_id": "{keep}", "strength": 0.5}),
        ("put", "/api/crm/teams/hidden/{id}", None),
        ("post", "{g}/introduce", {"target_id": "{id}", "message": "Hello there"}),
        ("post", "{c}/merge", {"ids": ["{id}", "{keep}"]}),
    ],
)
def test_a_merged_id_answers_where_the_contact_went(api, method, path, body):
    keep, gone = add(api, "Ana Lima"), add(api, "Ana Lima", email="ana@acme.example")
    merge(api, keep, gone)
    places = {"c": CONTACTS, "g": GRAPH, "id": gone, "keep": keep}
    sent = {} if body is None else {"json": json.loads(json.dumps(body).replace("{id}", gone).replace("{keep}", keep))}

    answer = getattr(api, method)(path.format(**places), **sent)

    assert (answer.status_code, answer.json["merged_into"]) == (410, keep), answer.json
    assert api.get(f"{CONTACTS}/{keep}").status_code == 200


def test_the_same_file_again_creates_and_changes_nothing_after_a_merge(api):
    book = (
        "Name,E-mail,Phone,Company,Job Title,LinkedIn\n"
        "Robert Smith,rob@acme.example,+1 555 010 0200,Acme,CTO,\n"
        "The Bob,bob@home.example,,,,\n"
        "Bobby Boy,,+1 555 010 0999,,,\n"
        "Smithy,,,Oldco,Clerk,\n"
        "R. Profile,,,,,https://www.linkedin.com/in/rob-the-smith\n"
    )
    assert load(api, book)["created"] == 5
    ids = {c["name"]: c["id"] for c in api.get(f"{CONTACTS}?limit=50").json["items"] if not c["is_self"]}
    keep = ids.pop("Robert Smith")
    exported = api.get(f"{CONTACTS}/export?format=csv").data
    merge(api, keep, *ids.values())

    assert load(api, book) == {"created": 0, "updated": 0, "unchanged": 5, "failed": 0}
    assert load(api, exported)["created"] == 0
    assert api.post(CONTACTS, json={"name": "The Bob", "email": "bob@home.example", "enrich": False}).json["id"] == keep
    meeting = f"contact_id,kind,at,direction\n{ids['Smithy']},call,2026-01-02T03:04:05Z,in\n"
    answer = api.post(f"{CONTACTS}/interactions/import", data=meeting, content_type="text/csv")
    assert answer.json["created"] == 1, answer.json


def test_an_address_of_a_merged_contact_under_another_name_is_another_person(api):
    keep = add(api, "Robert Smith", email="rob@acme.example")
    merge(api, keep, add(api, "Bob Smith", email="desk@acme.example"))

    assert load(api, "Name,E-mail\nMaria Gomez,desk@acme.example\n")["created"] == 1


def test_a_dry_run_shows_the_merge_and_changes_nothing(api, owner, user_id):
    keep, other = add(api, "Ana Lima", title="CTO"), add(api, "Ana Lima", title="CEO", email="ana@acme.example")
    before = rows_of(owner, user_id)

    outcome = merge(api, keep, other, dry_run=True)

    assert (outcome["dry_run"], outcome["contact"]["email"]) == (True, "ana@acme.example")
    assert rows_of(owner, user_id) == before


def test_merging_again_answers_the_same_operation(api):
    keep, other = add(api, "Ana Lima"), add(api, "Ana Lima")
    first = merge(api, keep, other)
    again = merge(api, keep, other)

    assert (again["operation_id"], again["contact"]) == (first["operation_id"], first["contact"])


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"ids": ["keep", "me"]}, 409, "is you"),
        ({"ids": ["keep"]}, 422, "at least 2"),
        ({"ids": ["keep", "keep"]}, 422, "twice"),
        ({"ids": ["keep", "other"], "fields": {"title": "me"}}, 422, "not among ids"),
        ({"ids": ["keep", "other"], "fields": {"notes": "other"}}, 422, "fields"),
        ({"ids": ["keep", "00000000-0000-4000-8000-000000000000"]}, 404, "00000000-0000-4000"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused_and_changes_nothing(api, owner, user_id, body, status, words):
    keep, other, me = add(api, "Ana Lima"), add(api, "Ana Lima", title="CTO"), self_id(api)
    before = rows_of(owner, user_id)

    named = {"keep": keep, "other": other, "me": me}
    sent: dict[str, Any] = {"ids": [named.get(name, name) for name in body["ids"]]}
    sent |= {"fields": {field: named[name] for field, name in body.get("fields", {}).items()}}
    answer = api.post(MERGE, json=sent)

    assert answer.status_code == status, answer.json
    assert words in answer.text
    assert rows_of(owner, user_id) == before


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("addresses", lambda n: {"emails": [f"a{i}@{n}.example" for i in range(60)]}),
        ("tags", lambda n: {"tags": [f"{n} {i}" for i in range(60)]}),
        ("phones", lambda n: {"phones": [f"+49 30 {n}{i:05}" for i in range(60)]}),
        ("notes", lambda n: {"notes": str(n) * 60_000}),
        ("custom", lambda n: {"custom": {f"{n} {i}": "x" for i in range(60)}}),
    ],
)
def test_contacts_that_are_too_large_to_be_one_are_refused(api, field, make):
    answer = api.post(MERGE, json={"ids": [add(api, "Ana Lima", **make(n)) for n in (1, 2)]})

    assert answer.status_code == 422
    assert field in answer.json["errors"][0]["message"]


def test_contacts_merge_into_oneself_but_oneself_never_goes(api):
    me, double = self_id(api), add(api, "Uma U.", phones=["+49 30 123456"])
    meet(api, double, "2026-01-02T00:00:00Z")

    outcome = merge(api, me, double)

    assert outcome["contact"]["is_self"]
    assert outcome["contact"]["phones"] == ["+49 30 123456"]


def test_introductions_under_way_follow_and_go_back(api, owner, user_id):
    ana, keep = add(api, "Ana Lima"), add(api, "Ana Lima", title="CTO")
    carl = add(api, "Carl Connector", email="carl@acme.example")
    (intro,) = owner.run(
        "insert into crm.introductions (user_id, target_id, message, created_at, updated_at) values (:u, :t, 'Hello', now(), now()) returning id",
        u=user_id, t=ana,
    )[0]  # fmt: skip
    for position, role, contact in ((1, "connector", carl), (2, "target", ana)):
        owner.run(
            "insert into crm.introduction_steps (introduction_id, position, user_id, role, contact_id, name) values (:i, :p, :u, :r, :c, 'x')",
            i=intro, p=position, u=user_id, r=role, c=contact,
        )  # fmt: skip
    before = rows_of(owner, user_id)

    assert api.post(MERGE, json={"ids": [ana, carl]}).status_code == 409
    outcome = merge(api, keep, ana)
    asked = "select (select target_id::text from crm.introductions where id = :i), (select contact_id::text from crm.introduction_steps where introduction_id = :i and position = 2)"
    assert owner.run(asked, i=intro) == [[keep, keep]]
    undo(api, outcome["operation_id"])
    assert rows_of(owner, user_id) == before


def test_what_enrichment_knows_of_a_value_moves_with_the_value(api, owner):
    keep, other = add(api, "Ana Lima"), add(api, "Ana Lima", email="ana@acme.example")
    known = {"provider": "hunter", "confidence": 0.9}
    owner.run("update crm.contacts set title = 'CTO', enrichment = cast(:e as jsonb) where id = :i", i=other,
              e=json.dumps({"status": "done", "fields": {"title": known}}))  # fmt: skip

    contact = merge(api, keep, other)["contact"]

    assert contact["title"] == "CTO"
    assert contact["enrichment"]["fields"] == {"title": known}


def test_each_column_that_holds_a_contact_is_merged_or_says_why_not(owner):
    """A new table that refers to contacts fails here until merging moves its rows."""
    keys = owner.run(
        "select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid "
        "where k.contype = 'f' and k.confrelid = 'crm.contacts'::regclass and not c.relispartition"
    )
    columns = owner.run(
        "select c.relname, a.attname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped "
        "where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition "
        "and a.attname ~ '^(.*contact.*|.*target_id|(from|to|self|other)_nos?)$'"
    )
    followed = {
        ("contact_keys", "contact_id"), ("relationships", "from_no"), ("relationships", "to_no"), ("interactions", "contact_no"), ("interaction_details", "contact_no"),
        ("hidden_contacts", "contact_no"), ("introductions", "target_id"), ("introduction_steps", "contact_id"), ("merged_contacts", "contact_no"), ("distinct_contacts", "contact_no"), ("distinct_contacts", "other_no"),
        ("circle_members", "contact_no"), ("notes", "contact_no"), ("note_mentions", "contact_no"), ("cadences", "contact_no"), ("dates", "contact_no"), ("due", "contact_no"), ("field_keys", "contact_no"),
        ("last_contacts", "contact_no"), ("imported_rows", "contact_no"),
        ("correspondents", "contact_no"), ("mailbox_keys", "contact_no"),
        ("wishes", "contact_id"),  # at reading: a contact that was merged is its survivor
        ("enrichments", "contact_id"),  # the run of the merged contact ends as that of a deleted one
    }  # fmt: skip
    stays = {
        ("credit_ledger", "contact_id"), ("credit_reservations", "contact_id"),  # books; a reservation is released
        ("changes", "contact_no"), ("tie_changes", "from_nos"), ("tie_changes", "to_nos"), ("interaction_changes", "contact_nos"),
        ("operations", "contacts_created"), ("operations", "contacts_updated"), ("operations", "contacts_deleted"), ("operations", "contacts_merged"),
        ("duplicates", "contact_no"), ("duplicates", "other_no"), ("duplicate_scans", "contacts"), ("duplicate_keys", "contact_no"),  # found again by a scan
        ("assumed_ties", "from_no"), ("assumed_ties", "to_no"),  # the assumption was of the contact that goes
        ("circles", "contact_no"), ("fields", "contact_no"), ("views", "contact_no"),  # of no contact
        ("cards", "contact_no"),  # the address of the card that goes answers by the journal and by `merged_contacts`
        ("team_members", "self_no"),  # the self contact never goes
    }  # fmt: skip
    assert {table for table, _ in keys} <= {table for table, _ in followed}
    assert {(table, column) for table, column in columns} == followed | stays


def test_another_user_cannot_merge_or_see_merged_contacts(api):
    keep, other = add(api, "Ana Lima"), add(api, "Ana Lima")
    stranger = api.as_user("stranger-merge@example.com")
    assert stranger.post(MERGE, json={"ids": [keep, other]}).status_code == 404
    merge(api, keep, other)
    assert stranger.get(f"{CONTACTS}/{other}").status_code == 404


def test_nothing_of_a_merge_outlives_its_user(api, owner, user_id):
    merge(api, add(api, "Ana Lima"), add(api, "Ana Lima"))
    assert owner.run("select count(*) > 0 from crm.merged_contacts where user_id = :u", u=user_id) == [[True]]
    assert api.delete("/api/crm/users/me").status_code == 204
    assert owner.run("select count(*) from crm.merged_contacts where user_id = :u", u=user_id) == [[0]]
