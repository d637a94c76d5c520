"""Undo, merge and restore at the wrong time, twice at once, or of what is not there: a clear answer, and nothing half done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.history.conftest import CONTACTS, OPERATIONS

PEOPLE = "Name,E-mail\n" + "".join(f"Person {n},p{n}@x.example\n" for n in range(200))


def at_once(*calls):
    """The answers of calls that run at the same time."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def test_one_operation_undone_by_many_at_once_is_undone_once(book, owner, user_id):
    book.add("Ana Lima")
    wrong = book.load(PEOPLE)

    answers = at_once(*[lambda: book.api.post(f"{OPERATIONS}/{wrong}/undo", json={})] * 4)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["operation_id"] for answer in answers}) == 1
    assert book.names() == ["Ana Lima"]
    assert owner.run("select count(*) from crm.operations where user_id = :u and undoes is not null", u=user_id) == [
        [1]
    ]


def test_an_undo_and_the_import_of_the_same_file_go_one_after_the_other(book):
    wrong = book.load(PEOPLE)

    undone, loaded = at_once(
        lambda: book.api.post(f"{OPERATIONS}/{wrong}/undo", json={}),
        lambda: book.api.post(f"{CONTACTS}/import", data=PEOPLE, content_type="text/csv"),
    )

    assert (undone.status_code, loaded.status_code) == (200, 200)
    # the import came first and knew all of them, or last and made all of them again
    assert (loaded.json["created"], len(book.names())) in {(0, 0), (200, 200)}


def test_an_import_is_undone_after_its_contacts_were_merged_and_the_contact_that_was_left_deleted(book):
    wrong = book.load(
        "Name,E-mail,Job Title\nAna Lima,ana@x.example,CTO\nA. Lima,a@x.example,Chair\nBob Ray,bob@x.example,Boss\n"
    )
    ids = {item["name"]: item["id"] for item in book.api.get(CONTACTS).json["items"] if not item["is_self"]}
    ana, other = ids["Ana Lima"], ids["A. Lima"]
    merged = book.api.post(f"{CONTACTS}/merge", json={"ids": [ana, other]})
    assert merged.status_code == 200, merged.json
    deleted = book.delete(ana)

    book.undo(wrong)

    assert book.names() == []
    assert [item["name"] for item in book.api.get(f"{CONTACTS}/trash").json["items"]] == ["Ana Lima"]
    # each of these is taken back by itself, in the other order
    book.undo(deleted)
    assert book.names() == ["Ana Lima"]
    assert "a@x.example" in book.get(ana)["emails"]
    book.undo(merged.headers["Operation-Id"])
    assert sorted(book.names()) == ["A. Lima", "Ana Lima"]
    assert book.get(other)["emails"] == ["a@x.example"]


@pytest.mark.parametrize("kind", ["itself", "trashed", "another's", "forgotten", "nobody's"])
def test_a_merge_with_what_is_not_there_is_refused_and_changes_nothing(book, api, kind):
    ana = book.add("Ana Lima", email="ana@x.example")
    if kind == "itself":
        other = ana
    elif kind == "another's":
        answer = api.as_user(f"other-{api.email}").post(CONTACTS, json={"name": "Bob Ray", "enrich": False})
        other = answer.json["id"]
    elif kind == "nobody's":
        other = "00000000-0000-4000-8000-000000000000"
    else:
        other = book.add("Bob Ray")
        book.delete(other)
        if kind == "forgotten":
            assert api.delete(f"{CONTACTS}/trash/{other}").status_code == 204
    before = book.get(ana)

    for ids in ([ana, other], [other, ana]):
        answer = api.post(f"{CONTACTS}/merge", json={"ids": ids})
        assert answer.status_code == (422 if kind == "itself" else 404), answer.json
        assert other in answer.json["detail"] or kind == "itself"

    assert book.get(ana) == before


def test_a_contact_comes_back_though_its_address_and_profile_were_taken(book):
    fields = {"email": "ana@x.example", "linkedin_url": "https://www.linkedin.com/in/ana-lima"}
    first = book.add("Ana Lima", **fields)
    gone = book.delete(first)
    second = book.add("Ana Lima", **fields)

    assert book.api.post(f"{CONTACTS}/{first}/restore").status_code == 200
    back = book.get(first)

    assert (back["email"], back["emails"]) == (None, ["ana@x.example"])
    assert book.get(second)["email"] == "ana@x.example"
    # the deletion was taken back by the restore: its undo finds the contact there
    assert book.undo(gone)["restored"] == 0
    assert sorted(book.names()) == ["Ana Lima", "Ana Lima"]


def test_a_restore_by_many_at_once_brings_a_contact_back_once(book):
    ana = book.add("Ana Lima")
    book.delete(ana)

    answers = at_once(*[lambda: book.api.post(f"{CONTACTS}/{ana}/restore")] * 4)

    assert {answer.status_code for answer in answers} == {200}
    assert book.names() == ["Ana Lima"]
