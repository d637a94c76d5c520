"""Every change of a user's data is journaled under an operation, whichever way it is written."""

from __future__ import annotations

import pytest

CONTACTS = "/api/crm/contacts"


def journal(owner, user_id):
    """All operations of a user in their order, each with the rows that belong to it."""
    operations = owner.run(
        "select id, kind, actor, contacts_created, contacts_updated, contacts_deleted, ties, interactions, others"
        " from crm.operations where user_id = :u order by no",
        u=user_id,
    )
    keys = ("id", "kind", "actor", "created", "updated", "deleted", "ties", "interactions", "others")
    made = [dict(zip(keys, row, strict=True)) for row in operations]
    for operation in made:
        operation["changes"] = owner.run(
            "select did, subject, before from crm.changes where user_id = :u and operation_id = :o order by no",
            u=user_id,
            o=operation["id"],
        )
    return made


def counted(operation):
    return {
        key: operation[key]
        for key in ("created", "updated", "deleted", "ties", "interactions", "others")
        if operation[key]
    }


def test_the_journal_knows_every_column_of_a_contact(owner, api, user_id):
    """A column that is added later must be journaled, or follow from others."""
    derived = {"user_id", "id", "no", "is_self", "updated_at", "email_key", "name_key", "company_key", "tsv"}
    columns = {
        name: kind
        for name, kind in owner.run(
            "select attname::text, format_type(atttypid, null) from pg_attribute where attrelid = 'crm.contacts'::regclass "
            "and attnum > 0 and not attisdropped"
        )
        if name not in derived
    }
    contact = api.post(CONTACTS, json={"name": "Ana Lima", "enrich": False}).json
    other = {
        "text": "'other'", "text[]": "'{other@x.example}'", "jsonb": """'{"fields": {"title": {}}}'""",
        "timestamp with time zone": "'2020-01-01Z'",
    }  # fmt: skip

    for name, kind in columns.items():
        value = "'--12-24'" if name == "birthday" else other[kind]
        owner.run(f"update crm.contacts set {name} = {value} where id = :i", i=contact["id"])
        assert journal(owner, user_id)[-1]["changes"][0][2].keys() == {name}
    owner.run("delete from crm.contacts where id = :i", i=contact["id"])

    ((_, _, image),) = [row for row in journal(owner, user_id)[-1]["changes"] if row[0] == "d"]
    assert columns.keys() <= image.keys()


def test_each_call_is_one_operation_with_its_name_and_counts(api, owner, user_id):
    ana = api.post(CONTACTS, json={"name": "Ana Lima", "enrich": False})
    bob = api.post(CONTACTS, json={"name": "Bob Ray", "enrich": False}).json["id"]
    ana_id = ana.json["id"]
    api.patch(f"{CONTACTS}/{ana_id}", json={"title": "CTO"})
    api.put(
        "/api/crm/graph/relationships",
        json={"from_contact_id": ana_id, "to_contact_id": bob, "strength": 0.5, "mutual": True},
    )
    api.post(
        f"{CONTACTS}/{ana_id}/interactions", json={"kind": "call", "at": "2026-01-02T03:04:05Z", "direction": "out"}
    )
    api.put(f"/api/crm/teams/hidden/{ana_id}")
    gone = api.delete(f"{CONTACTS}/{ana_id}")

    operations = journal(owner, user_id)
    assert [(o["kind"], o["actor"], counted(o)) for o in operations] == [
        ("create_contact", "user", {"created": 1}),
        ("create_contact", "user", {"created": 1}),
        ("update_contact", "user", {"updated": 1}),
        ("set_relationship", "user", {"ties": 2}),
        ("add_interaction", "user", {"ties": 2, "interactions": 1}),
        ("hide_contact", "user", {"others": 1}),
        ("delete_contact", "user", {"deleted": 1, "ties": 4, "interactions": 1, "others": 1}),
    ]
    assert operations[0]["id"].hex == ana.headers["Operation-Id"].replace("-", "")
    assert str(operations[-1]["id"]) == gone.headers["Operation-Id"]
    assert operations[2]["changes"] == [["u", None, {"title": None}]]
    assert {(did, subject) for did, subject, _ in operations[-1]["changes"]} == {
        ("d", None),
        ("d", "hidden_contacts"),
        ("d", "interaction_details"),
    }
    assert api.get("/api/crm/contacts").headers.get("Operation-Id") is None


def test_an_import_is_one_operation_with_its_ties_in_one_row_a_statement(api, owner, user_id):
    rows = "".join(f"First{n},Last{n},https://www.linkedin.com/in/p{n},Acme,CTO,01 Jan 2024\n" for n in range(50))
    answer = api.post(
        f"{CONTACTS}/import",
        data="First Name,Last Name,URL,Company,Position,Connected On\n" + rows,
        content_type="text/csv",
    )
    assert answer.json["created"] == 50

    (operation,) = journal(owner, user_id)
    assert (operation["kind"], counted(operation)) == ("import_contacts", {"created": 50, "ties": 100})
    ((statements, ties),) = owner.run(
        "select count(*), sum(cardinality(from_nos)) from crm.tie_changes where user_id = :u", u=user_id
    )
    assert (statements, ties) == (1, 100)


def test_what_is_written_by_hand_in_sql_is_an_operation_of_its_own_for_each_user(owner, api, user_id):
    other = api.as_user("second-journal@example.com")
    for someone in (api, other):
        assert someone.post(CONTACTS, json={"name": "Ana Lima", "enrich": False}).status_code == 201
    owner.run("begin")
    owner.run("update crm.contacts set title = 'by hand' where name = 'Ana Lima' and title is null")
    owner.run("update crm.contacts set company = 'by hand' where name = 'Ana Lima' and company is null")
    owner.run("commit")

    assert (journal(owner, user_id)[-1]["kind"], counted(journal(owner, user_id)[-1])) == ("direct", {"updated": 2})
    other_id = other.get("/api/crm/users/me").json["id"]
    assert (journal(owner, other_id)[-1]["kind"], counted(journal(owner, other_id)[-1])) == ("direct", {"updated": 2})


def test_a_run_of_enrichment_that_only_begins_is_no_change(api, owner, user_id):
    contact = api.post(CONTACTS, json={"name": "Ana Lima", "email": "ana@acme.example"}).json
    assert contact["enrichment"]["status"] == "pending"

    assert [(o["kind"], counted(o)) for o in journal(owner, user_id)] == [("create_contact", {"created": 1})]


def test_nothing_of_an_erased_user_is_left_in_the_journal(api, owner, user_id):
    contact = api.post(CONTACTS, json={"name": "Ana Lima", "enrich": False}).json["id"]
    api.post(
        f"{CONTACTS}/{contact}/interactions", json={"kind": "call", "at": "2026-01-02T03:04:05Z", "direction": "out"}
    )
    api.put(f"/api/crm/teams/hidden/{contact}")
    api.delete(f"{CONTACTS}/{contact}")
    api.post(CONTACTS, json={"name": "Bob Ray", "enrich": False})

    assert api.delete("/api/crm/users/me").status_code == 204
    for table in ("operations", "changes", "tie_changes", "interaction_changes"):
        assert owner.run(f"select count(*) from crm.{table} where user_id = :u", u=user_id) == [[0]]


@pytest.mark.parametrize("table", ["operations", "changes", "tie_changes", "interaction_changes"])
def test_a_user_reads_the_own_journal_only(api, owner, user_id, database, table):
    from shared.plumbing.postgres.sql import Query

    other = api.as_user("third-journal@example.com")
    contact = other.post(CONTACTS, json={"name": "Ana Lima", "enrich": False}).json["id"]
    other.post(
        f"{CONTACTS}/{contact}/interactions", json={"kind": "call", "at": "2026-01-02T03:04:05Z", "direction": "out"}
    )
    with database.read(user_id) as tx:
        assert tx.value(Query.parse("all", "value", f"select count(*) from crm.{table}")) == 0
