from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest

VIRAL = "/api/crm/viral"


@pytest.fixture
def code(api):
    """A code that the user has sent to somebody."""
    return invite(api, f"friend-{uuid.uuid4().hex}@example.com")["code"]


@pytest.fixture
def newcomer(api):
    """Somebody who has just signed in."""
    return somebody(api)


def somebody(api, email=None):
    made = api.as_user(email or f"new-{uuid.uuid4().hex}@example.com")
    assert made.get("/api/crm/users/me").status_code == 200
    return made


def invite(api, *emails, **fields):
    answer = api.post(f"{VIRAL}/invitations", json={"emails": list(emails), **fields})
    assert answer.status_code == 201, answer.text
    return answer.json["items"][0]


def accept(api, code):
    return api.post(f"{VIRAL}/invitations/accept", json={"code": code})


def add_contacts(api, count=5):
    for _ in range(count):
        email = f"c-{uuid.uuid4().hex}@example.com"
        assert api.post("/api/crm/contacts", json={"email": email, "enrich": False}).status_code == 201


def credits_of(api):
    return api.get("/api/crm/users/me").json["credits"]


def test_an_invitation_goes_from_sent_to_activated_and_both_sides_get_credits(api, mail, deliver):
    friend = f"friend-{uuid.uuid4().hex}@example.com"
    sent = invite(api, friend, message="Come and see.")
    deliver()
    letter = mail.last(friend)
    assert f"/join/{sent['code']}" in letter["text"]
    assert "> Come and see." in letter["text"]
    assert letter["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def status():
        return api.get(f"{VIRAL}/invitations").json["items"][0]["status"]

    assert status() == "sent"
    nobody = api.anonymous()
    assert nobody.get(f"{VIRAL}/invitations/{sent['code']}").json == {"inviter": "Uma User", "message": "Come and see."}
    assert status() == "sent"
    assert nobody.post(f"{VIRAL}/invitations/open", json={"code": sent["code"]}).status_code == 200
    assert status() == "opened"
    joiner = somebody(api, friend)
    assert accept(joiner, f"https://crm.example.com/join/{sent['code'].upper()} ").json["inviter"] == "Uma User"
    assert status() == "accepted"
    add_contacts(joiner, 4)
    deliver()
    assert (status(), credits_of(api), credits_of(joiner)) == ("accepted", 100, 100)
    add_contacts(joiner, 1)
    deliver()
    assert (status(), credits_of(api), credits_of(joiner)) == ("activated", 125, 125)
    ledger = api.get("/api/crm/enrichment/credits/ledger").json["items"]
    assert sum(item["credits"] for item in ledger) == 125
    board = api.get(f"{VIRAL}/leaderboard?period=7d").json
    assert (board["own"]["invitations"], board["own"]["score"]) == (1, 1)


def test_an_import_activates_too(api, newcomer, code, deliver):
    accept(newcomer, code)
    rows = "".join(f"Person {number},p{number}-{uuid.uuid4().hex}@example.com\n" for number in range(5))
    newcomer.post("/api/crm/contacts/import?enrich=false", data=f"name,email\n{rows}", content_type="text/csv")
    deliver()

    assert api.get(f"{VIRAL}/invitations").json["items"][0]["status"] == "activated"


def test_who_was_active_before_they_accepted_counts_from_then(api, newcomer, code, deliver):
    add_contacts(newcomer)
    accepted = accept(newcomer, code).json

    assert accepted["activated_at"] == accepted["accepted_at"]


def test_a_joiner_counts_once_for_the_first_code(api, newcomer, code):
    assert accept(newcomer, code).status_code == 200
    assert accept(newcomer, code).status_code == 200
    other = somebody(api)
    refused = accept(newcomer, invite(other, "x@example.com")["code"])

    assert (refused.status_code, refused.json["code"]) == (409, "conflict")
    assert api.get(f"{VIRAL}/stats").json["invitations"]["accepted"] == 1
    assert other.get(f"{VIRAL}/stats").json["invitations"]["accepted"] == 0


def test_codes_accepted_at_the_same_moment_make_one_joiner(api, newcomer, owner):
    codes = [invite(somebody(api), "x@example.com")["code"] for _ in range(4)]
    answers = []
    threads = [
        threading.Thread(target=lambda one=one: answers.append(accept(newcomer, one).status_code)) for one in codes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 409, 409, 409]


def test_nobody_joins_by_their_own_code_however_they_spell_themselves(api, code):
    name, domain = api.email.split("@")
    for spelt in (api.email, api.email.upper(), f"{name}+again@{domain}"):
        twin = somebody(api, spelt)
        assert accept(twin, code).status_code == 409


def test_dots_and_googlemail_are_the_same_mailbox(api, newcomer, code):
    name = uuid.uuid4().hex
    first = somebody(api, f"{name[:5]}.{name[5:]}@gmail.com")
    assert accept(first, code).status_code == 200
    again = somebody(api, f"{name}+x@googlemail.com")
    assert accept(again, code).status_code == 409


def test_an_address_is_invited_once_however_it_is_spelt(api, mail, deliver):
    friend = f"friend-{uuid.uuid4().hex}@example.com"
    for spelt in (friend, friend.upper(), friend.replace("@", "+x@")):
        invite(api, spelt)
    deliver()

    assert len(api.get(f"{VIRAL}/invitations").json["items"]) == 1
    assert len(mail.to(friend)) == 1
    assert not mail.to(friend.replace("@", "+x@"))


def test_erasing_oneself_and_coming_back_counts_no_second_time(api, code):
    email = f"again-{uuid.uuid4().hex}@example.com"
    assert accept(somebody(api, email), code).status_code == 200
    assert api.as_user(email).delete("/api/crm/users/me").status_code == 204
    assert accept(somebody(api, email), code).status_code == 409


def test_nobody_joins_through_whom_they_have_brought(api, newcomer, code):
    accept(newcomer, code)
    third = somebody(api)
    accept(third, invite(newcomer, "x@example.com")["code"])

    assert accept(api, invite(third, "y@example.com")["code"]).status_code == 409


def test_who_has_been_here_for_long_is_no_joiner(api, newcomer, code, owner):
    mine = newcomer.get("/api/crm/users/me").json["id"]
    owner.run("update crm.members set joined_at = now() - interval '15 days' where user_id = :u", u=mine)

    assert accept(newcomer, code).status_code == 409


def test_an_inviter_is_rewarded_for_ten_joiners_a_month_and_every_joiner_is(api, deliver):
    joiners = [somebody(api) for _ in range(11)]
    for joiner in joiners:
        assert accept(joiner, invite(api, joiner.email)["code"]).status_code == 200
        add_contacts(joiner)
    deliver()

    assert credits_of(api) == 100 + 10 * 25
    assert [credits_of(joiner) for joiner in joiners] == [125] * 11
    assert api.get(f"{VIRAL}/leaderboard").json["own"]["invitations"] == 11


def test_an_activation_delivered_again_gives_nothing_more(api, newcomer, code, database, deliver):
    from datetime import UTC, datetime

    from shared.viral import service

    accept(newcomer, code)
    add_contacts(newcomer)
    deliver()
    joiner = uuid.UUID(newcomer.get("/api/crm/users/me").json["id"])
    for _ in range(3):
        with database.transaction(None) as tx:
            service.reward_activation(tx, joiner, datetime.now(UTC))

    assert (credits_of(api), credits_of(newcomer)) == (125, 125)
    assert api.get(f"{VIRAL}/leaderboard").json["own"]["score"] == 1


def test_activity_after_two_weeks_does_not_count(api, newcomer, code, owner, deliver):
    accept(newcomer, code)
    mine = newcomer.get("/api/crm/users/me").json["id"]
    owner.run(
        "update crm.joins set accepted_at = now() - interval '15 days', invited_at = now() - interval '15 days' where user_id = :u",
        u=mine,
    )
    add_contacts(newcomer)
    deliver()

    assert credits_of(api) == 100


def test_joining_by_an_introductions_link_is_counted_apart(network, mail, deliver, newcomer):
    network.ask()
    deliver()
    code = mail.last(network.ana)["text"].split("/join/")[1].split()[0]
    assert accept(newcomer, code).json["channel"] == "introduction"
    link = network.api.get(f"{VIRAL}/invitations").json["link"]
    assert accept(somebody(network.api), link).json["channel"] == "link"

    channels = network.api.get(f"{VIRAL}/stats").json["by_channel"]
    assert {name: counts["accepted"] for name, counts in channels.items()} == {"introduction": 1, "link": 1}


def test_who_wants_no_email_is_not_invited_by_anybody(api, mail, deliver):
    friend = f"friend-{uuid.uuid4().hex}@example.com"
    invite(api, friend)
    deliver()
    stopped = api.anonymous().post(f"/respond/{mail.token(friend)}", data={"List-Unsubscribe": "One-Click"})
    assert stopped.status_code == 200
    invite(somebody(api), friend.upper())
    deliver()

    assert len(mail.to(friend)) == 1


def test_a_letter_and_a_page_come_from_somebody_even_where_a_name_shows_nothing(
    api, mail, deliver, owner, user_id, user_email
):
    owner.run("update crm.users set name = E' \\u200b\\u202e' where id = :id", id=user_id)
    friend = f"friend-{uuid.uuid4().hex}@example.com"
    code = invite(api, friend)["code"]
    deliver()

    assert mail.to(friend)[0]["subject"].strip() == f"{user_email} invites you to Warmpath"
    assert api.anonymous().get(f"{VIRAL}/invitations/{code}").json["inviter"] == "Somebody"


def test_too_many_invitations_in_a_day_are_refused_and_bad_ones_named(api, newcomer):
    for batch in range(4):
        api.post(f"{VIRAL}/invitations", json={"emails": [f"b{batch}-{n}@example.com" for n in range(50)]})
    refused = api.post(f"{VIRAL}/invitations", json={"emails": ["one-more@example.com"]})
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    bodies: list[dict[str, Any]] = [{"emails": []}, {"emails": ["nobody"]}, {"emails": ["a@example.com"] * 51}, {}]
    for body in bodies:
        assert newcomer.post(f"{VIRAL}/invitations", json=body).status_code == 422
    for unknown in ("", "x", "a" * 16, "%00"):
        assert accept(newcomer, unknown).status_code == 404


def test_invitations_are_paged_newest_first(api):
    for number in range(5):
        invite(api, f"p{number}-{uuid.uuid4().hex}@example.com")
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"{VIRAL}/invitations?limit=2{cursor and f'&cursor={cursor}'}").json
        seen += [item["email"].split("-")[0] for item in page["items"]]
        cursor = page["next_cursor"]

    assert seen == ["p4", "p3", "p2", "p1", "p0"]
