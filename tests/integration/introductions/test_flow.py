from __future__ import annotations

import re
import threading
import uuid
from datetime import UTC, datetime

import pytest
from pg8000.exceptions import DatabaseError

from shared.introductions import steps

GRAPH = "/api/crm/graph"


@pytest.fixture
def asked(network, deliver):
    """An introduction to Mei whose first connector has the e-mail."""
    answer = network.ask(purpose="optics")
    assert answer.status_code == 201, answer.text
    deliver()
    return answer.json


def test_both_connectors_then_the_target_are_asked_and_one_mail_goes_to_both(network, mail, deliver, asked):
    assert asked["status"] == "requested"
    assert asked["waiting_for"] == "Ana Diaz"
    assert [person["name"] for person in asked["path"][1:]] == ["Ana Diaz", "Bruno Okafor", "Mei Tanaka"]
    assert asked["strength"] == pytest.approx(0.9 * 0.8 * 0.7, rel=1e-3)
    assert not mail.to(network.bruno)

    assert (
        network.respond(mail.token(network.ana), "accept", note="She is kind.").json["status"] == "connector_accepted"
    )
    deliver()
    assert network.get(asked)["waiting_for"] == "Bruno Okafor"
    assert not mail.to(network.mei)
    assert network.respond(mail.token(network.bruno), "accept").status_code == 200
    deliver()
    assert network.get(asked)["status"] == "connector_accepted"
    assert network.respond(mail.token(network.mei), "accept", note="Happy to.").json["status"] == "introduced"
    deliver()

    handoff = mail.last(network.mei)
    assert sorted(handoff["to"]) == sorted([network.mei, network.api.email])
    assert network.mei in handoff["headers"]["To"]
    assert network.api.email in handoff["headers"]["To"]
    assert handoff["headers"]["Reply-To"] == network.api.email
    assert "Happy to." in handoff["text"]
    assert len(mail.to(network.api.email)) == 1
    assert [move["status"] for move in network.get(asked)["history"]] == [
        "requested", "connector_accepted", "connector_accepted", "introduced",
    ]  # fmt: skip

    done = network.api.post(f"{GRAPH}/introductions/{asked['id']}/complete")
    assert done.json["status"] == "completed"
    deliver()
    assert "met" in mail.last(network.ana)["subject"]
    assert "met" in mail.last(network.bruno)["subject"]


@pytest.mark.parametrize(
    ("decision", "status"), [("decline", "declined"), ("not_now", "not_now"), ("never", "declined")]
)
@pytest.mark.parametrize("who", ["ana", "mei"])
def test_a_no_ends_it_and_the_requester_hears_of_it_neutrally(network, mail, deliver, asked, decision, status, who):
    if who == "mei":
        for address in (network.ana, network.bruno):
            network.respond(mail.token(address), "accept")
            deliver()

    answer = network.respond(mail.token(getattr(network, who)), decision, note="Because of reasons.")
    deliver()

    assert answer.json["status"] == status
    introduction = network.get(asked)
    assert introduction["status"] == status
    told = mail.last(network.api.email)
    assert told["subject"] == "Your introduction to Mei Tanaka"
    assert "never" not in (told["text"] + str(introduction)).lower()
    assert ("Because of reasons." in told["text"]) == (who == "ana")
    assert ("Because of reasons." in str(introduction)) == (who == "ana")


def test_who_said_never_is_not_asked_again_by_anybody_however_the_address_is_spelt(network, mail, deliver, asked, api):
    network.respond(mail.token(network.ana), "never")
    deliver()
    assert network.ask().status_code == 409

    somebody = type(network)(api.as_user(f"other-{api.email}"))
    spelt = network.ana.replace("@", "+crm@").upper()
    eve = somebody.contact("Ana D.", spelt)
    somebody.tie(somebody.me, eve)
    somebody.tie(eve, somebody.ids["mei"])
    refused = somebody.ask(path=[eve, somebody.ids["mei"]])
    assert (refused.status_code, "cannot be asked" in refused.json["detail"]) == (409, True)
    passed = somebody.ask()
    assert passed.json["connector"]["name"] == "Ana Diaz"
    assert passed.json["passed_over"] == [{"contact_id": eve, "name": "Ana D.", "reason": "unavailable"}]


def test_a_token_works_once(network, mail, asked):
    token = mail.token(network.ana)

    assert network.respond(token, "accept").status_code == 200
    again = network.respond(token, "decline")

    assert (again.status_code, again.json["code"]) == (409, "conflict")
    assert network.question(token).json == {"state": "answered", "role": "connector", "decision": "accept"}
    assert network.get(asked)["status"] == "connector_accepted"


def test_of_many_answers_at_the_same_moment_one_counts(network, mail, deliver, asked):
    token = mail.token(network.ana)
    decisions = ["accept", "decline", "not_now", "accept", "decline", "accept"]
    answers = []
    barrier = threading.Barrier(len(decisions))

    def respond(decision):
        barrier.wait()
        answers.append(network.respond(token, decision).status_code)

    threads = [threading.Thread(target=respond, args=(decision,)) for decision in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver()

    assert sorted(answers) == [200] + [409] * 5
    assert len(mail.to(network.bruno)) + len(mail.to(network.api.email)) == 1


def test_a_scanner_that_opens_every_link_changes_nothing(network, mail, asked):
    before = network.get(asked)
    for url in set(re.findall(r"https?://[^\s\"<>]+", mail.last(network.ana)["text"] + mail.last(network.ana)["html"])):
        path = "/" + url.split("/", 3)[3]
        for method in ("GET", "HEAD"):
            network.api.anonymous().open(path, method=method).close()

    assert network.get(asked) == before
    assert network.question(mail.token(network.ana)).json["state"] == "open"


def test_an_unknown_token_is_not_found(network):
    for token in ("x", "A" * 43, "%00", "é"):
        assert network.question(token).status_code == 404
        assert network.respond(token, "accept").status_code == 404
        assert network.api.anonymous().get(f"/respond/{token}").status_code == 404


def test_tokens_are_kept_as_hashes_only(network, mail, owner, asked):
    token = mail.token(network.ana)
    assert len(token) == 43
    for table in ("emails", "email_tokens", "introductions", "introduction_steps", "outbox"):
        for row in owner.run(f"select t::text from crm.{table} t"):
            assert token not in row[0]


def test_withdrawn_by_the_requester_nobody_can_answer_any_more(network, mail, deliver, asked):
    path = f"{GRAPH}/introductions/{asked['id']}/withdraw"
    assert network.api.as_user(f"x-{network.api.email}").post(path).status_code == 404
    assert network.api.post(path).json["status"] == "withdrawn"
    assert network.api.post(path).status_code == 409
    token = mail.token(network.ana)
    deliver()

    assert network.respond(token, "accept").status_code == 409
    assert network.question(token).json == {"state": "closed", "role": "connector", "decision": "withdrawn"}
    assert "withdrawn a request" in mail.last(network.ana)["subject"]


def test_withdrawn_before_the_question_was_sent_nothing_is_sent(network, mail, deliver):
    asked = network.ask().json
    network.api.post(f"{GRAPH}/introductions/{asked['id']}/withdraw")
    deliver()

    assert not mail.to(network.ana)


def test_one_reminder_then_expiry(network, mail, deliver, asked, clock, schedule):
    with clock(days=4):
        schedule("follow_up_introductions")
    deliver()
    assert len(mail.to(network.ana)) == 1
    for days in (6, 7, 13):
        with clock(days=days):
            schedule("follow_up_introductions")
            deliver()
    reminder = mail.last(network.ana)
    assert len(mail.to(network.ana)) == 2
    assert reminder["subject"].startswith("Re: ")
    assert reminder["headers"]["In-Reply-To"] == mail.to(network.ana)[1]["headers"]["Message-ID"]

    token = mail.token(network.ana)
    with clock(days=14, minutes=1):
        assert network.respond(token, "accept").status_code == 409
        schedule("follow_up_introductions")
        deliver()
        assert network.get(asked)["status"] == "expired"
        assert network.question(token).json["state"] == "expired"
    assert "No answer came from" in " ".join(mail.last(network.api.email)["text"].split())


def test_only_who_was_introduced_can_have_met(network, asked):
    assert network.api.post(f"{GRAPH}/introductions/{asked['id']}/complete").status_code == 409


def test_an_address_that_does_not_exist_ends_it_and_says_so(network, mail, deliver):
    carl = network.contact("Carl", f"bouncer-{network.mark}@example.com")
    network.tie(network.me, carl, 1)
    network.tie(carl, network.ids["mei"], 1)
    asked = network.ask().json
    assert asked["connector"]["name"] == "Carl"
    deliver()

    ended = network.get(asked)
    assert (ended["status"], ended["reason"]) == ("expired", "undeliverable")
    assert "The e-mail address of Carl does not work" in " ".join(mail.last(network.api.email)["text"].split())
    again = network.ask().json
    assert again["connector"]["name"] == "Ana Diaz"
    assert again["passed_over"][0]["reason"] == "unavailable"


def test_who_was_asked_often_is_left_in_peace_and_the_requester_is_told(network, api, deliver, clock):
    dan = network.contact("Dan", f"dan-{network.mark}@example.com")
    network.tie(network.me, dan, 1)
    for number in range(8):
        target = network.contact(f"Target {number}", f"t{number}-{network.mark}@example.com")
        network.tie(dan, target)
        network.ids[f"t{number}"] = target
        assert network.ask(f"t{number}").status_code == 201
    network.tie(dan, network.ids["mei"], 1)

    asked = network.ask().json
    assert asked["connector"]["name"] == "Ana Diaz"
    assert asked["passed_over"] == [{"contact_id": dan, "name": "Dan", "reason": "asked_often"}]
    chosen = network.ask(path=[dan, network.ids["mei"]])
    assert (chosen.status_code, "8 times in the last month" in chosen.json["detail"]) == (409, True)
    with clock(days=31):
        network.api.post(f"{GRAPH}/introductions/{asked['id']}/withdraw")
        assert network.ask().json["connector"]["name"] == "Dan"


def test_an_address_that_only_the_connector_knows_is_asked_of_the_connector(network, mail, deliver):
    noor = network.contact("Noor", None)
    network.tie(network.ids["ana"], noor)
    network.ids["noor"] = noor
    asked = network.ask("noor").json
    deliver()
    token = mail.token(network.ana)

    assert network.question(token).json["needs_email"] is True
    refused = network.respond(token, "accept")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "email")
    assert network.respond(token, "accept", email=network.ana).status_code == 422
    address = f"noor-{network.mark}@example.com"
    assert network.respond(token, "accept", email=address).status_code == 200
    deliver()
    assert address not in network.api.get(f"{GRAPH}/introductions/{asked['id']}").text
    network.respond(mail.token(address), "accept")
    deliver()
    assert address in mail.last(network.api.email)["headers"]["To"]


def test_what_cannot_be_asked_says_why(network):
    me, ids = network.me, network.ids
    stranger = network.contact("Stranger", f"s-{network.mark}@example.com")
    network.ids["stranger"] = stranger
    cases = [
        (network.ask("ana"), 409),  # known oneself
        (network.ask("stranger"), 409),  # no path
        (network.ask(message="  "), 422),
        (network.ask(message=f"Write to {network.mei.upper()}"), 422),
        (network.ask(message="Call 81-3-5550-1234"), 422),
        (network.ask(path=[me, ids["ana"], ids["mei"]]), 422),  # no such tie
        (network.ask(path=[ids["ana"], ids["bruno"]]), 422),  # ends elsewhere
        (network.ask(path=[me, ids["ana"], ids["bruno"], ids["ana"], ids["mei"]]), 422),
        (network.api.post(f"{GRAPH}/introduce", json={"target_id": me, "message": "x"}), 422),
        (network.api.post(f"{GRAPH}/introduce", json={"target_id": "00000000-0000-0000-0000-000000000000", "message": "x"}), 404),
    ]  # fmt: skip
    for answer, status in cases:
        assert answer.status_code == status, answer.text
    assert network.ask().status_code == 201
    assert network.ask().status_code == 409  # already


@pytest.mark.parametrize("who", ["ana", "mei"])
def test_a_program_is_asked_for_no_introduction(network, who):
    address = f"noreply-{network.mark}@example.com"
    assert network.api.patch(f"/api/crm/contacts/{network.ids[who]}", json={"email": address}).status_code == 200

    refused = network.ask(path=[network.ids[each] for each in ("ana", "bruno", "mei")])

    assert refused.status_code == 409
    assert f"{address} is the address of an office, a program or a list" in refused.json["detail"]
    if who == "ana":
        assert "no path leads" in network.ask().json["detail"], "a search never leads through one"


def test_who_signs_in_by_a_further_address_finds_the_question_unless_another_contact_has_it_too(network, deliver):
    home, office, stranger = (f"{word}-{network.mark}@example.com" for word in ("home", "office", "stranger"))
    path = f"/api/crm/contacts/{network.ids['ana']}"
    assert network.api.patch(path, json={"emails": [network.ana, home, office]}).status_code == 200
    network.contact(
        "Somebody Else", f"else-{network.mark}@example.com", emails=[f"else-{network.mark}@example.com", office]
    )

    asked = network.ask().json
    deliver()

    found = {
        address: [item["id"] for item in network.api.as_user(address).get(f"{GRAPH}/introductions").json["items"]]
        for address in (network.ana, home, office, stranger)
    }
    assert found == {network.ana: [asked["id"]], home: [asked["id"]], office: [], stranger: []}
    own = network.api.as_user(home).get(f"{GRAPH}/introductions/{asked['id']}").json
    assert (own["role"], network.mei in str(own)) == ("connector", False)


def test_lists_are_paged_by_state_and_role_and_show_a_connector_their_own_part(network, mail, deliver, asked):
    ana = network.api.as_user(network.ana)
    own = ana.get(f"{GRAPH}/introductions?role=connector").json["items"]
    assert [(item["id"], item["role"], item["requester"]["name"]) for item in own] == [
        (asked["id"], "connector", "Uma User")
    ]
    assert network.mei not in str(own)
    assert ana.get(f"{GRAPH}/introductions/{asked['id']}").json["role"] == "connector"
    assert ana.get(f"{GRAPH}/introductions?role=requester").json["items"] == []
    assert network.api.as_user(network.bruno).get(f"{GRAPH}/introductions").json["items"] == []
    assert network.api.as_user(network.bruno).get(f"{GRAPH}/introductions/{asked['id']}").status_code == 404

    network.api.post(f"{GRAPH}/introductions/{asked['id']}/withdraw")
    second = network.ask().json
    assert [item["id"] for item in network.api.get(f"{GRAPH}/introductions?status=requested").json["items"]] == [
        second["id"]
    ]
    first_page = network.api.get(f"{GRAPH}/introductions?limit=1").json
    rest = network.api.get(f"{GRAPH}/introductions?limit=1&cursor={first_page['next_cursor']}").json
    assert [first_page["items"][0]["id"], rest["items"][0]["id"], rest["next_cursor"]] == [
        second["id"],
        asked["id"],
        None,
    ]


def test_erasing_the_requester_closes_every_link(network, mail, asked):
    token = mail.token(network.ana)
    assert network.api.delete("/api/crm/users/me").status_code == 204
    assert network.question(token).status_code == 404


def test_a_bounce_that_is_heard_of_after_the_answer_changes_nothing(network, mail, database, asked):
    network.respond(mail.token(network.ana), "accept")
    before = network.get(asked)
    with database.transaction(uuid.UUID(network.api.get("/api/crm/users/me").json["id"])) as tx:
        steps.end_undeliverable(tx, uuid.UUID(asked["id"]), 1, datetime.now(UTC))

    assert network.get(asked) == before


@pytest.mark.parametrize("status", ["completed", "introduced", "requested"])
def test_the_database_itself_refuses_a_move_that_there_is_not(owner, asked, status):
    owner.run("update crm.introductions set status = 'declined' where id = :i", i=asked["id"])
    with pytest.raises(DatabaseError, match="cannot become"):
        owner.run("update crm.introductions set status = :s where id = :i", s=status, i=asked["id"])


@pytest.mark.parametrize("what", ["never_ask", "note_bounce"])
def test_who_said_never_meanwhile_is_not_asked_and_the_no_is_neutral(network, mail, deliver, owner, asked, what):
    owner.run(f"select crm.{what}(:a, now())", a=network.bruno.upper())
    assert network.respond(mail.token(network.ana), "accept").json["status"] == "declined"
    deliver()

    assert not mail.to(network.bruno)
    assert "It did not work out this time" in " ".join(mail.last(network.api.email)["text"].split())
