"""A deleted contact waits in the trash with all that is its own, and is gone for good when its user says so."""

from __future__ import annotations

CONTACTS = "/api/crm/contacts"


def test_a_restored_contact_has_its_id_ties_interactions_and_place(book):
    ana = book.add("Ana Lima", email="ana@x.example", notes="Knows everybody", custom={"a": "b"})
    bob = book.add("Bob Ray")
    book.tie(ana, bob, 0.6)
    book.meet(ana)
    book.api.put(f"/api/crm/teams/hidden/{ana}")
    contact, ties, meetings = book.get(ana), book.ties(ana), book.meetings(ana)
    operation = book.delete(ana)

    assert book.api.get(f"{CONTACTS}/{ana}").status_code == 404
    assert book.names() == ["Bob Ray"]
    (trashed,) = book.api.get(f"{CONTACTS}/trash").json["items"]
    assert (trashed["id"], trashed["name"], trashed["operation_id"]) == (ana, "Ana Lima", operation)

    restored = book.api.post(f"{CONTACTS}/{ana}/restore")
    assert (restored.status_code, restored.json["id"]) == (200, ana)
    assert (book.get(ana), book.ties(ana), book.meetings(ana)) == (contact, ties, meetings)
    assert [item["id"] for item in book.api.get("/api/crm/teams/hidden").json["items"]] == [ana]
    assert book.api.get(f"{CONTACTS}/trash").json["items"] == []
    assert book.api.post(f"{CONTACTS}/{ana}/restore").status_code == 200


def test_a_tie_between_two_deleted_contacts_comes_back_with_the_second(book):
    ana, bob = book.add("Ana Lima"), book.add("Bob Ray")
    book.tie(ana, bob, 0.6)
    book.delete(ana)
    book.delete(bob)

    book.api.post(f"{CONTACTS}/{ana}/restore")
    assert book.ties(ana) == {}
    book.api.post(f"{CONTACTS}/{bob}/restore")
    assert book.ties(ana) == {bob: 0.6}


def test_an_address_and_a_profile_that_others_have_by_now_are_kept_beside(book):
    url = "https://www.linkedin.com/in/ana-lima"
    ana = book.add("Ana Lima", email="ana@x.example", linkedin_url=url)
    book.delete(ana)
    book.add("Somebody Else", email="ana@x.example", linkedin_url=url)

    book.api.post(f"{CONTACTS}/{ana}/restore")
    contact = book.get(ana)
    assert (contact["email"], contact["emails"], contact["linkedin_url"]) == (None, ["ana@x.example"], None)
    assert contact["custom"] == {"LinkedIn": url}


def test_nothing_of_a_forgotten_contact_is_left_anywhere(book, owner, user_id):
    bob = book.add("Bob Ray")
    ana = book.add("Ana Secretname", email="secret@x.example")
    book.edit(ana, notes="secret notes")
    book.tie(ana, bob, 0.6)
    book.meet(ana, "2026-01-02T03:04:05Z")
    book.delete(ana)
    ((no,),) = owner.run(
        "select contact_no from crm.changes where user_id = :u and before ->> 'id' = :a", u=user_id, a=ana
    )

    assert book.api.delete(f"{CONTACTS}/trash/{ana}").status_code == 204

    for table in ("operations", "changes", "tie_changes", "interaction_changes"):
        rows = "\n".join(
            row for (row,) in owner.run(f"select t::text from crm.{table} t where user_id = :u", u=user_id)
        )
        assert "ecret" not in rows, table
    left = owner.run(
        "select from_nos || to_nos from crm.tie_changes where user_id = :u union all "
        "select contact_nos from crm.interaction_changes where user_id = :u",
        u=user_id,
    )
    assert all(no not in nos for (nos,) in left)
    assert book.api.get(f"{CONTACTS}/trash").json["items"] == []
    assert book.api.post(f"{CONTACTS}/{ana}/restore").status_code == 410
    assert book.api.get(f"{CONTACTS}/{ana}/history").status_code == 404
    # only of those in the trash
    assert book.api.delete(f"{CONTACTS}/trash/{bob}").status_code == 409
    assert book.api.as_user("trash-other@example.com").delete(f"{CONTACTS}/trash/{bob}").status_code == 404


def test_history_shows_every_version_and_a_field_is_set_back(book):
    ana = book.add("Ana Lima", title="CTO", custom={"a": "1"})
    book.edit(ana, title="CEO", company="Acme")
    book.edit(ana, title="Chair", custom={"a": "2"})
    book.delete(ana)
    book.api.post(f"{CONTACTS}/{ana}/restore")

    items = book.api.get(f"{CONTACTS}/{ana}/history").json["items"]
    assert [item["did"] for item in items] == ["restored", "deleted", "updated", "updated", "created"]
    assert [item["kind"] for item in items] == [
        "restore_contact", "delete_contact", "update_contact", "update_contact", "create_contact",
    ]  # fmt: skip
    changed = {entry["field"]: (entry["before"], entry["after"]) for entry in items[2]["fields"]}
    assert changed == {"title": ("CEO", "Chair"), "custom": ({"a": "1"}, {"a": "2"})}
    changed = {entry["field"]: (entry["before"], entry["after"]) for entry in items[3]["fields"]}
    assert changed == {"title": ("CTO", "CEO"), "company": (None, "Acme")}

    def version(item):
        fields = book.api.get(f"{CONTACTS}/{ana}/history/{item['id']}").json["fields"]
        return fields.get("title"), fields.get("company")

    assert [version(item) for item in items] == [
        ("Chair", "Acme"), (None, None), ("Chair", "Acme"), ("CEO", "Acme"), ("CTO", None),
    ]  # fmt: skip
    pages, cursor = [], None
    while True:
        page = book.api.get(
            f"{CONTACTS}/{ana}/history", query_string={"limit": 2} | ({"cursor": cursor} if cursor else {})
        )
        pages += page.json["items"]
        if not (cursor := page.json["next_cursor"]):
            break
    assert pages == items
    book.edit(ana, title=items[3]["fields"][0]["before"])
    assert book.get(ana)["title"] == "CTO"
    assert book.api.as_user("history-other@example.com").get(f"{CONTACTS}/{ana}/history").status_code == 404


def test_operations_older_than_the_journal_go_whole_and_their_contacts_with_them(book, owner, user_id, gateway):
    ana, bob = book.add("Ana Lima"), book.add("Bob Ray")
    token = book.api.get("/api/crm/changes").json["next"]
    old = book.delete(ana)
    owner.run(
        "update crm.operations set at = now() - interval '91 days' where user_id = :u and id = :o", u=user_id, o=old
    )
    recent = book.delete(bob)

    from datetime import UTC, datetime, timedelta

    from shared.edge.deps import deps
    from shared.history import repository

    with deps().database.transaction(None) as tx:
        repository.purge_journal(tx, datetime.now(UTC) - timedelta(days=90), 500)

    assert [item["id"] for item in book.api.get(f"{CONTACTS}/trash").json["items"]] == [bob]
    assert book.api.post(f"{CONTACTS}/{ana}/restore").status_code == 404
    assert book.api.get(f"/api/crm/operations/{old}").status_code == 404
    assert book.api.get(f"/api/crm/operations/{recent}").status_code == 200
    assert book.api.get("/api/crm/changes", query_string={"since": token}).status_code == 200
