"""Any operation is undone at any later time; what was changed since stays and is listed."""

from __future__ import annotations

import pytest

CONTACTS = "/api/crm/contacts"
OPERATIONS = "/api/crm/operations"
BOOK = "Name,E-mail,Job Title,Tags\n"


def test_an_edit_is_undone_field_by_field_through_later_edits(book):
    ana = book.add("Ana Lima", title="CTO", company="Acme", tags=["a", "b"], custom={"x": "1", "y": "2"})
    before = book.get(ana)
    edit = book.edit(ana, title="CEO", company="Zeta", tags=["a", "c"], custom={"x": "9", "z": "3"})
    book.edit(ana, company="Other", tags=["a", "c", "later"], custom={"later": "4"})

    outcome = book.undo(edit)

    assert book.get(ana) == before | {
        "company": "Other", "tags": ["a", "b", "later"], "custom": {"x": "1", "y": "2", "later": "4"},
    }  # fmt: skip
    assert outcome["reverted"] == 1
    assert outcome["kept"] == [{"contact_id": ana, "name": "Ana Lima", "reason": "edited_since", "fields": ["company"]}]


def test_an_undo_is_undone_and_then_the_operation_can_be_undone_again(book):
    ana = book.add("Ana Lima", title="CTO")
    edit = book.edit(ana, title="CEO")
    undo = book.undo(edit)["operation_id"]
    assert book.get(ana)["title"] == "CTO"
    assert book.api.get(f"{OPERATIONS}/{edit}").json["undone_by"] == undo

    book.undo(undo)
    assert book.get(ana)["title"] == "CEO"
    assert book.api.get(f"{OPERATIONS}/{edit}").json["undone_by"] is None
    book.undo(edit)
    assert book.get(ana)["title"] == "CTO"


def test_the_same_undo_again_answers_the_first_outcome_and_changes_nothing(book):
    ana = book.add("Ana Lima", title="CTO")
    edit = book.edit(ana, title="CEO")
    first = book.undo(edit)
    book.edit(ana, title="CEO")
    assert book.undo(edit) == first
    assert book.get(ana)["title"] == "CEO"


@pytest.mark.parametrize(
    "asked",
    [{"json": {"dry_run": True}}, {"json": {}, "query_string": {"dry_run": "true"}}],
    ids=["body", "query string"],
)
def test_a_dry_run_answers_the_outcome_and_changes_nothing(book, asked):
    ana = book.add("Ana Lima", title="CTO")
    edit = book.edit(ana, title="CEO")

    outcome = book.api.post(f"{OPERATIONS}/{edit}/undo", **asked).json

    assert (outcome["dry_run"], outcome["reverted"]) == (True, 1)
    assert book.get(ana)["title"] == "CEO"
    assert book.api.get(f"{OPERATIONS}/{edit}").json["undone_by"] is None


def test_a_wrong_import_is_taken_back_and_the_edits_since_stand(book):
    known = book.add("Ana Lima", email="ana@x.example")
    untouched = book.get(known)
    wrong = book.load(
        BOOK
        + "Ana Lima,ana@x.example,Wrong,wrong\nBob Ray,bob@x.example,,\nCy Fox,cy@x.example,,\nDi Poe,di@x.example,,\n"
        + "Ed Kim,ed@x.example,,\n",
        tie_to_me=0.5,
    )
    found = {item["name"]: item["id"] for item in book.api.get(f"{CONTACTS}?limit=200").json["items"]}
    book.edit(found["Bob Ray"], title="Edited since")
    book.tie(found["Cy Fox"], known, 0.7)
    book.meet(found["Di Poe"])

    outcome = book.undo(wrong)

    assert sorted(book.names()) == ["Ana Lima", "Bob Ray", "Cy Fox", "Di Poe"]
    assert book.get(known) == untouched
    assert {(kept["name"], kept["reason"]) for kept in outcome["kept"]} == {
        ("Bob Ray", "edited_since"), ("Cy Fox", "used_since"), ("Di Poe", "used_since"),
    }  # fmt: skip
    assert (outcome["removed"], outcome["reverted"]) == (1, 1)
    # those that stay keep the ties of the import, the others lose them
    me = book.api.get("/api/crm/users/me").json["self_contact_id"]
    assert book.ties(found["Bob Ray"]) == {me: 0.5}
    assert me not in book.ties(known)
    # whoever an undo removed is not in the trash, but comes back with the undo of the undo
    assert book.api.get(f"{CONTACTS}/trash").json["items"] == []
    book.undo(outcome["operation_id"])
    assert "Ed Kim" in book.names()


def test_ties_and_interactions_are_undone_with_the_strength_that_followed(book):
    ana, me = book.add("Ana Lima"), book.api.get("/api/crm/users/me").json["self_contact_id"]
    first = book.meet(ana, "2026-01-02T03:04:05Z")
    after_first = book.ties(ana)[me]
    second = book.meet(ana, "2026-01-03T03:04:05Z")
    assert book.ties(ana)[me] != after_first

    book.undo(second)
    assert book.ties(ana)[me] == pytest.approx(after_first, abs=2e-6)
    second = book.meet(ana, "2026-01-03T03:04:05Z")
    book.undo(first)
    assert book.meetings(ana) == ["2026-01-03T03:04:05+00:00"]
    book.undo(second)
    assert (book.meetings(ana), book.ties(ana)) == ([], {})


def test_a_tie_that_was_set_since_stays(book):
    ana, bob = book.add("Ana Lima"), book.add("Bob Ray")
    first = book.tie(ana, bob, 0.3)
    second = book.tie(ana, bob, 0.8)
    book.undo(first)
    assert book.ties(ana) == {bob: 0.8}
    book.undo(second)
    assert book.ties(ana) == {bob: 0.3}


def test_an_address_that_another_contact_has_by_now_stays_there(book):
    ana = book.add("Ana Lima", email="ana@x.example")
    edit = book.edit(ana, email="new@x.example")
    book.add("Bob Ray", email="ana@x.example")

    outcome = book.undo(edit)

    assert outcome["address_taken"] == 1
    assert book.get(ana)["email"] == "new@x.example"
    assert "ana@x.example" in book.get(ana)["emails"]


def test_two_contacts_that_swapped_an_address_in_one_import_or_call_swap_it_back(book, owner, user_id):
    ana, bob = book.add("Ana Lima", email="ana@x.example"), book.add("Bob Ray", email="bob@x.example")
    before = book.get(ana), book.get(bob)
    owner.run("begin")
    owner.run("update crm.contacts set email = null, emails = '{}' where user_id = :u and not is_self", u=user_id)
    for contact, address in ((ana, "bob@x.example"), (bob, "ana@x.example")):
        owner.run(
            "update crm.contacts set email = :e, emails = array[:e] where user_id = :u and id = :i",
            u=user_id,
            i=contact,
            e=address,
        )
    owner.run("commit")
    operation = book.api.get(OPERATIONS).json["items"][0]["id"]

    assert book.undo(operation)["reverted"] == 2
    assert (book.get(ana), book.get(bob)) == before


def test_an_undone_creation_of_somebody_who_is_in_the_trash_changes_nothing(book):
    ana = book.api.post(CONTACTS, json={"name": "Ana Lima", "enrich": False})
    edit = book.edit(ana.json["id"], title="CEO")
    book.delete(ana.json["id"])

    assert book.undo(ana.headers["Operation-Id"])["removed"] == 0
    assert book.undo(edit)["kept"][0]["reason"] == "deleted_since"


def test_the_self_contact_keeps_its_place_but_its_fields_are_set_back(book):
    me = book.api.get("/api/crm/users/me").json["self_contact_id"]
    edit = book.edit(me, title="King")
    book.undo(edit)
    assert book.get(me)["title"] is None


def test_an_operation_of_another_user_is_not_found(book):
    ana = book.add("Ana Lima")
    edit = book.edit(ana, title="CEO")
    other = book.api.as_user("undo-other@example.com")
    assert other.post(f"{OPERATIONS}/{edit}/undo", json={}).status_code == 404
    assert other.get(f"{OPERATIONS}/{edit}").status_code == 404
    assert book.get(ana)["title"] == "CEO"


def test_a_hidden_contact_is_shown_again_and_hidden_again(book):
    ana = book.add("Ana Lima")
    hide = book.api.put(f"/api/crm/teams/hidden/{ana}").headers["Operation-Id"]
    undo = book.undo(hide)
    assert (undo["others"], book.api.get("/api/crm/teams/hidden").json["items"]) == (1, [])
    book.undo(undo["operation_id"])
    assert [item["id"] for item in book.api.get("/api/crm/teams/hidden").json["items"]] == [ana]


def test_operations_are_listed_newest_first_page_by_page(book):
    ana = book.add("Ana Lima")
    edits = [book.edit(ana, title=f"Title {number}") for number in range(3)]
    first = book.api.get(f"{OPERATIONS}?limit=2&kind=update_contact").json
    rest = book.api.get(f"{OPERATIONS}?limit=2&kind=update_contact&cursor={first['next_cursor']}").json
    assert [item["id"] for item in first["items"] + rest["items"]] == edits[::-1]
    assert rest["next_cursor"] is None
    assert first["items"][0]["counts"] == {
        "created": 0, "updated": 1, "deleted": 0, "merged": 0, "ties": 0, "interactions": 0, "others": 0,
    }  # fmt: skip


def test_operations_of_the_user_are_listed_without_what_went_on_by_itself(book, owner, user_id):
    book.add("Ana Lima")
    edit = book.edit(book.add("Bob Ray"), title="CTO")
    owner.run("update crm.operations set actor = 'system' where user_id = :u and id <> :id", u=user_id, id=edit)
    listed = {actor: book.api.get(f"{OPERATIONS}?actor={actor}").json["items"] for actor in ("user", "system")}
    assert [item["id"] for item in listed["user"]] == [edit]
    assert {item["actor"] for item in listed["system"]} == {"system"}
    refused = book.api.get(f"{OPERATIONS}?actor=somebody")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "actor")


def test_a_change_that_changes_nothing_is_no_operation_and_leaves_the_version(book):
    ana = book.add("Ana Lima", title="CTO", email="ana@x.example", custom={"a": "b"})
    before = book.api.get(f"{CONTACTS}/{ana}")
    edit = book.edit(ana, title="CTO", email="ana@x.example")
    after = book.api.get(f"{CONTACTS}/{ana}")
    assert (after.json, after.headers["ETag"]) == (before.json, before.headers["ETag"])
    assert book.api.get(f"{OPERATIONS}/{edit}").status_code == 404
