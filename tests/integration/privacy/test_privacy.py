"""People without an account: what is held about an address, by a mailed link; erasure; and the wish to be kept by nobody here."""

from __future__ import annotations

import re
import uuid

import pytest

from shared.config import LetterLimits
from shared.edge.deps import deps

PAGE = "/api/crm/privacy"
CONTACTS = "/api/crm/contacts"


@pytest.fixture
def person():
    return f"person-{uuid.uuid4().hex}@example.com"


@pytest.fixture
def ask(api, deliver, mail):
    """Asks for the link to a mailbox and returns the path of its page; None where no letter came."""

    def asked(address):
        before = len(mail.to(address))
        answer = api.anonymous().post(PAGE, data={"email": address})
        assert answer.status_code == 202, answer.text
        deliver()
        sent = mail.to(address)
        if len(sent) == before:
            return None
        return re.findall(r"/api/crm/privacy/\S+", sent[0]["text"])[0]

    return asked


def hold_answer(owner, address, value="Astronomer", scope="00000000-0000-0000-0000-000000000000"):
    owner.run(
        "insert into crm.provider_answers (provider, email_hash, scope, outcome, answer, fetched_at, expires_at) "
        "values ('pdl', crm.email_hash(:e), :s, 'found', jsonb_build_object('title', jsonb_build_object('value', :v::text)), now(), now() + interval '90 days')",
        e=address, v=value, s=scope,
    )  # fmt: skip


def test_the_form_is_a_page_and_a_link_comes_by_mail_that_shows_what_is_held(api, owner, person, ask):
    assert 'name="email"' in api.anonymous().get(PAGE).text
    hold_answer(owner, person)
    assert api.post("/api/crm/viral/invitations", json={"emails": [person]}).status_code == 201

    path = ask(person)
    page = api.anonymous().get(path)
    assert page.status_code == 200
    assert "pdl said on" in page.text
    assert "title Astronomer" in page.text
    assert "Letters to you in the last month: 2." in page.text
    assert api.email not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    # a scanner that looks changes nothing
    assert owner.run("select count(*) from crm.provider_answers where email_hash = crm.email_hash(:e)", e=person) == [
        [1]
    ]


def test_nothing_held_is_said_so_and_the_address_book_of_nobody_is_shown(api, person, ask):
    assert api.post(CONTACTS, json={"name": "Ana Secret", "email": person, "enrich": False}).status_code == 201
    page = api.anonymous().get(ask(person)).text
    assert "Ana Secret" not in page
    assert "The address books of users are not listed here" in page


def test_the_form_answers_alike_for_every_address_and_sends_at_most_two_links_a_day(api, person, ask, owner, mail):
    assert ask(person)
    assert ask(person.upper())
    assert ask(person) is None
    texts = {api.anonymous().post(PAGE, data={"email": each}).text for each in (person, f"other-{person}")}
    assert len(texts) == 1
    for wrong in ("", "x", "a@b@c.example", "a@x.example\r\nBcc: b@x.example", "a" * 400 + "@x.example"):
        assert api.anonymous().post(PAGE, data={"email": wrong}).status_code == 422, wrong
    assert len(mail.to(person)) == 2


def test_links_count_in_the_budget_of_the_mailbox_and_of_the_installation(api, person, ask, gateway, deliver):
    kept = deps().settings
    try:
        deps().__dict__["settings"] = kept._replace(letters=LetterLimits()._replace(mailbox_per_day=1))
        assert api.post("/api/crm/viral/invitations", json={"emails": [person]}).status_code == 201
        deliver()
        assert ask(person) is None
    finally:
        deps().__dict__["settings"] = kept


def test_a_link_works_for_a_day_and_a_wrong_one_shows_nothing(api, person, ask, clock, owner, schedule):
    path = ask(person)
    assert api.anonymous().get(f"{PAGE}/{uuid.uuid4().hex}").status_code == 404
    with clock(hours=25):
        assert api.anonymous().get(path).status_code == 404
        assert api.anonymous().post(path, data={"decision": "erase"}).status_code == 404
        schedule("follow_up_introductions")
        assert owner.run("select count(*) from crm.privacy_links where address = :e", e=person) == [[0]]


def test_erasing_deletes_what_providers_said_for_everybody_and_nobody_is_asked_again(api, owner, person, ask, user_id):
    contact = api.post(CONTACTS, json={"name": "Ana", "email": person}).json["id"]
    hold_answer(owner, person)
    hold_answer(owner, person, scope=str(user_id))
    assert api.anonymous().post(ask(person), data={"decision": "erase"}).status_code == 200

    assert owner.run("select count(*) from crm.provider_answers where email_hash = crm.email_hash(:e)", e=person) == [
        [0]
    ]
    queued = owner.run("select e.outcome, e.finished_at from crm.enrichments e where contact_id = :c", c=contact)
    assert queued == [[None, None]]
    # imports still take the address: that is another wish
    assert (
        api.post(f"{CONTACTS}/import", data=f"name,email\nAna,{person}\n", content_type="text/csv").json["failed"] == 0
    )


def test_who_is_erased_is_asked_for_at_no_provider_and_loses_what_enrichment_has_written(
    api, owner, person, ask, database, user_id
):
    contact = api.post(CONTACTS, json={"name": "Ana", "email": person}).json["id"]
    assert api.anonymous().post(ask(person), data={"decision": "erase"}).status_code == 200

    ((event,),) = owner.run("select event_id from crm.enrichments where contact_id = :c", c=contact)
    owner.run("begin")
    owner.run("select set_config('app.user_id', :u, true)", u=str(user_id))
    run = owner.run(
        "select verdict, suppressed_by from crm.begin_enrichment(:e, :c, gen_random_uuid(), 60, array['pdl'])",
        c=contact,
        e=event,
    )
    owner.run("rollback")
    assert run == [["run", "person"]]
    # the wish is a keyed hash: no hash of the address alone is kept
    assert owner.run("select count(*) from crm.suppressions where email_hash = crm.email_hash(:e)", e=person) == [[0]]


def test_who_wants_to_be_kept_by_nobody_is_taken_by_no_import_and_written_to_by_nobody(
    api, owner, person, ask, deliver, mail
):
    assert api.anonymous().post(ask(person), data={"decision": "suppress"}).status_code == 200
    before = len(mail.to(person))

    spelt = person.replace("@", "+news@").upper()
    done = api.post(
        f"{CONTACTS}/import", data=f"name,email\nAna,{spelt}\nBo,bo-{person}\n", content_type="text/csv"
    ).json
    assert (done["created"], done["failed"]) == (1, 1)
    assert "has asked not to be kept in this installation" in done["errors"][0]["message"]
    again = api.post(
        f"{CONTACTS}/import?bring_back=true", data=f"name,email\nAna,{person}\n", content_type="text/csv"
    ).json
    assert again["failed"] == 1
    api.post("/api/crm/viral/invitations", json={"emails": [person]})
    deliver()
    assert len(mail.to(person)) == before
    with deps().database.read(None) as tx:
        from shared.privacy import repository

        assert repository.list_withheld(tx, [person, f"bo-{person}"]) == {person}
    # what is remembered is a hash with a key
    assert owner.run(
        "select count(*) from crm.known_mailboxes m where m::text like '%' || encode(crm.email_hash(:e), 'hex') || '%'",
        e=person,
    ) == [[0]]


def test_one_click_of_a_mail_program_stops_all_letters_to_the_mailbox(api, person, ask, mail):
    path = ask(person)
    assert mail.last(person)["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert api.anonymous().post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ask(person) is None


def test_an_answer_that_is_none_changes_nothing(api, person, ask, owner):
    path = ask(person)
    for form in ({}, {"decision": "x"}, {"decision": "admit"}):
        assert api.anonymous().post(path, data=form).status_code == 422
    assert (
        owner.run(
            "select withheld_at, never_at from crm.known_mailboxes where address_hash = crm.address_hash(:e)", e=person
        )
        == []
    )


def test_tokens_are_kept_as_hashes_and_the_functions_cannot_read_the_links(api, person, ask, owner):
    token = ask(person).rpartition("/")[2]
    (row,) = owner.run("select l::text from crm.privacy_links l where address = :e", e=person)
    assert token not in row[0]
    assert owner.run(
        "select has_table_privilege('crm_app', 'crm.privacy_links', 'select, insert, update, delete')"
    ) == [[False]]
