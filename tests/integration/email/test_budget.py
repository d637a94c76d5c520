"""The budget for letters to strangers, as senders, readers and somebody who wants to abuse it meet it."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from werkzeug.test import Client

from shared.config import LetterLimits
from shared.edge.deps import deps
from shared.email import budget, service
from tests.conftest import Reply
from tests.integration.introductions.conftest import CONTACTS, GRAPH, IMPORT_TIES, Network

TEAMS = "/api/crm/teams"
INVITATIONS = "/api/crm/viral/invitations"
ME = "/api/crm/users/me"
LIMITS = LetterLimits()
SPENT = (429, "letter_budget_spent")


@pytest.fixture(autouse=True)
def letters_alone(owner):
    """What other tests of this worker have sent is nothing to these."""
    owner.run("delete from crm.letter_counts")


@pytest.fixture
def limited(gateway):
    """Gives the functions other limits: `limited(per_day=3)`."""
    kept = deps().settings
    yield lambda **limits: deps().__dict__.update(settings=kept._replace(letters=LIMITS._replace(**limits)))
    deps().__dict__["settings"] = kept


@pytest.fixture
def known(owner):
    """Makes an account old: `known(api)`."""

    def make(api):
        assert api.get(ME).status_code == 200
        owner.run("update crm.users set created_at = created_at - interval '10 days' where email = :e", e=api.email)
        return api

    return make


def fresh(word="stranger"):
    return f"{word}-{uuid.uuid4().hex}@example.com"


def somebody(api):
    made = api.as_user(fresh("sender"))
    assert made.get(ME).status_code == 200
    return made


def invite(api, *emails):
    return api.post(INVITATIONS, json={"emails": list(emails)})


def said(answer):
    return answer.status_code, answer.json.get("code")


def at_once(count, work):
    """Does something so many times at the same moment; what each answered."""
    answers = []
    gate = threading.Barrier(count)

    def one(number):
        gate.wait()
        answers.append(work(number))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def letters_of(owner, api):
    """How many letters a user has queued to others."""
    ((count,),) = owner.run(
        "select count(*) from crm.emails e join crm.users u on u.id = e.user_id where u.email = :e and kind <> 'introduction.outcome'",
        e=api.email,
    )
    return count


def test_twelve_batches_at_once_send_no_more_than_a_day_allows(api, known, owner):
    known(api)
    answers = at_once(12, lambda _: invite(api, *(fresh() for _ in range(50))))

    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [429] * 8
    assert letters_of(owner, api) == LIMITS.per_day
    assert owner.run("select count(*) from crm.invitations i join crm.users u on u.id = i.user_id where u.email = :e and channel = 'email'",
                     e=api.email) == [[LIMITS.per_day]]  # fmt: skip
    assert all(int(answer.headers["Retry-After"]) > 86_000 for answer in answers if answer.status_code == 429)


def test_a_new_account_sends_less_and_hears_how_much_is_left(api, known):
    first = invite(api, *(fresh() for _ in range(30)))
    assert first.headers["RateLimit"] == '"letters";r=20'
    refused = invite(api, *(fresh() for _ in range(21)))
    assert said(refused) == SPENT
    assert "at most 50 in 24 hours" in refused.json["detail"]
    assert "20 may still be sent now" in refused.json["detail"]
    assert invite(api, *(fresh() for _ in range(20))).headers["RateLimit"] == '"letters";r=0'

    known(api)
    assert invite(api, fresh()).headers["RateLimit"] == '"letters";r=149'


def test_retry_after_is_true_to_the_second(api, clock):
    for _ in range(5):
        assert invite(api, *(fresh() for _ in range(10))).status_code == 201
    wait = int(invite(api, fresh()).headers["Retry-After"])

    assert 24 * 3600 < wait <= 25 * 3600
    with clock(seconds=wait - 3):
        assert said(invite(api, fresh())) == SPENT
    with clock(seconds=wait):
        assert invite(api, fresh()).status_code == 201


def test_all_kinds_of_letters_are_one_budget(api, network):
    assert network.ask().status_code == 201
    assert api.post(TEAMS, json={"name": "Lens makers"}).status_code == 201
    invited = api.post(f"{TEAMS}/mine/invitations", json={"email": fresh()})
    assert (invited.status_code, invited.headers["RateLimit"]) == (201, '"letters";r=48')
    assert invite(api, *(fresh() for _ in range(48))).status_code == 201

    assert said(invite(api, fresh())) == SPENT
    assert said(api.post(f"{TEAMS}/mine/invitations", json={"email": fresh()})) == SPENT
    assert api.get(f"{TEAMS}/mine").json["team"]["invitations"][1:] == []


def test_a_team_invitation_that_is_cancelled_and_made_again_is_no_new_letter_for_ever(api, owner, deliver, mail):
    stranger = fresh()
    assert api.post(TEAMS, json={"name": "https://phish.example/verify"}).status_code == 201
    answers = []
    for _ in range(40):
        answer = api.post(f"{TEAMS}/mine/invitations", json={"email": stranger})
        answers.append(answer)
        for invitation in api.get(f"{TEAMS}/mine").json["team"]["invitations"]:
            assert api.delete(f"{TEAMS}/mine/invitations/{invitation['id']}").status_code == 204
        deliver()

    assert [answer.status_code for answer in answers] == [201] * 2 + [429] * 38
    assert f"you have already invited {stranger}: at most 2 times in 30 days" in answers[-1].json["detail"]
    assert int(answers[-1].headers["Retry-After"]) > 29 * 86_400
    assert (letters_of(owner, api), len(mail.to(stranger))) == (2, 0)


def test_one_who_joins_every_team_of_a_ring_gets_no_more_than_a_mailbox_holds(api):
    stranger = fresh()
    ring = [somebody(api) for _ in range(14)]
    for number, sender in enumerate(ring[:7]):
        assert sender.post(TEAMS, json={"name": f"Team {number}"}).status_code == 201

    def write(number):
        spelt = stranger.replace("@", f"+{number}@").upper()
        if number < 7:
            return ring[number].post(f"{TEAMS}/mine/invitations", json={"email": spelt})
        return invite(ring[number], spelt)

    answers = at_once(14, write)
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [429] * 4
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert (
        "has received all the letters of a day: at most 10 in 24 hours, from all users together"
        in refused.json["detail"]
    )


def test_three_hundred_introductions_are_not_three_hundred_letters(api, owner, known):
    known(api)
    me = api.get(ME).json["self_contact_id"]
    mark = uuid.uuid4().hex[:8]
    strangers, targets = ([f"{word}{n}-{mark}@example.com" for n in range(300)] for word in ("s", "t"))
    people = "".join(f"Person {email.partition('-')[0]},{email}\n" for email in strangers + targets)
    done = api.post(f"{CONTACTS}/import?enrich=false", data=f"name,email\n{people}", content_type="text/csv")
    assert done.json["created"] == 600
    ((my_email,),) = owner.run("select email from crm.contacts where id = :i", i=me)
    ties = "".join(f"{my_email},{one}\n{one},{other}\n" for one, other in zip(strangers, targets, strict=True))
    tied = api.post(IMPORT_TIES, data=f"from_email,to_email\n{ties}", content_type="text/csv")
    assert (tied.status_code, tied.json["failed"]) == (200, 0), tied.json
    ids = dict(owner.run("select email, id::text from crm.contacts where email = any(:e)", e=targets))

    def ask(number):
        return api.post(f"{GRAPH}/introduce", json={"target_id": ids[targets[number]], "message": "Buy now."})

    answers = at_once(8, lambda first: [ask(number) for number in range(first, 300, 8)])
    statuses = [answer.status_code for each in answers for answer in each]
    assert (statuses.count(201), statuses.count(429)) == (20, 280)
    assert letters_of(owner, api) == 20
    assert owner.run("select count(*) from crm.introductions i join crm.users u on u.id = i.user_id where u.email = :e",
                     e=api.email) == [[20]]  # fmt: skip


def ask_through_accomplice(api, target, deliver, mail):
    """Somebody else has a target asked by a connector who accepts at once; the network, the introduction, both answers."""
    network = Network(somebody(api))
    network.ids["prey"] = network.contact("Prey", target)
    network.tie(network.ids["ana"], network.ids["prey"])
    asked = network.ask("prey")
    if asked.status_code != 201:
        return network, asked, None
    deliver()
    accepted = network.respond(mail.token(network.ana), "accept")
    deliver()
    return network, asked, accepted


def test_a_target_is_asked_no_oftener_than_a_connector(api, deliver, mail):
    target = fresh("target")
    rounds = [ask_through_accomplice(api, target, deliver, mail) for _ in range(10)]

    assert [asked.status_code for _, asked, _ in rounds] == [201] * 8 + [409] * 2
    assert "8 times in the last month" in rounds[-1][1].json["detail"]
    assert len(mail.to(target)) == 8


def test_questions_that_are_taken_back_at_once_are_letters_too(api, deliver, mail):
    target, accepts = fresh("target"), []
    for _ in range(7):
        network, asked, accepted = ask_through_accomplice(api, target, deliver, mail)
        accepts.append(accepted.status_code)
        assert network.api.post(f"{GRAPH}/introductions/{asked.json['id']}/withdraw").status_code == 200
        deliver()

    assert accepts == [200] * 5 + [429] * 2
    assert len(mail.to(target)) == LIMITS.mailbox_per_day


def test_who_asks_at_the_same_moment_is_not_the_eighth_together(api):
    connector, networks = fresh("connector"), []
    for _ in range(11):
        network = Network(somebody(api))
        network.ids["dan"] = network.contact("Dan", connector)
        network.tie(network.me, network.ids["dan"], 1)
        network.tie(network.ids["dan"], network.ids["mei"], 1)
        networks.append(network)

    answers = at_once(
        11, lambda number: networks[number].ask(path=[networks[number].ids["dan"], networks[number].ids["mei"]])
    )
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) == 8
    assert set(statuses) <= {201, 409, 429}


def test_what_was_sent_is_still_counted_after_erasing_oneself(api, owner):
    assert invite(api, *(fresh() for _ in range(50))).status_code == 201
    stranger = fresh()
    for email in (api.email, api.email.upper(), api.email.replace("@", "+again@")):
        again = api.as_user(email)
        assert said(invite(again, stranger)) == SPENT
        assert again.delete(ME).status_code == 204
        assert said(invite(again, stranger)) == SPENT
    assert owner.run("select count(*) from crm.invitations where email = :e", e=stranger) == [[0]]


def test_the_same_stranger_is_not_invited_once_for_each_erasure(api):
    stranger, answers = fresh(), []
    for _ in range(4):
        answers.append(invite(api, stranger).status_code)
        assert api.delete(ME).status_code == 204

    assert answers == [201, 201, 429, 429]


def test_an_identity_without_an_address_is_known_by_its_name(owner, database):
    subject = uuid.uuid4().hex

    def sign_in():
        return owner.run("select user_id from crm.sign_in('elsewhere', :s, null, 'Noname')", s=subject)[0][0]

    def spend(user_id):
        with database.transaction(user_id) as tx:
            addresses = [fresh() for _ in range(50)]
            return budget.spend(tx, addresses, kind="invitation.sent", limits=LIMITS, now=deps().now())

    first = sign_in()
    assert len(spend(first).allowed) == 50
    owner.run("delete from crm.users where id = :i", i=first)
    second = sign_in()
    assert second != first
    refused = spend(second)
    assert (refused.allowed, refused.sender_refusal.budget) == ([], "per_day")


def test_of_a_batch_those_are_named_whose_mailboxes_are_full_and_the_others_invited(api, limited):
    limited(mailbox_per_day=1)
    full, empty = fresh("full"), fresh("empty")
    assert invite(somebody(api), full).status_code == 201

    sent = invite(api, full, empty)
    assert sent.status_code == 201
    assert [item["email"] for item in sent.json["items"]] == [empty]
    ((refused),) = sent.json["refused"]
    assert (refused["email"], refused["reason"]) == (full, "mailbox_per_day")
    assert 24 * 3600 < refused["retry_after_s"] <= 25 * 3600
    # again: one has been invited, and the other one is full still
    assert said(invite(api, full, empty)) == SPENT
    assert api.get(INVITATIONS).json["items"] == sent.json["items"]


def test_inviting_the_same_again_costs_nothing(api):
    friends = [fresh() for _ in range(50)]
    for _ in range(3):
        assert invite(api, *friends).status_code == 201
        assert at_once(3, lambda _: invite(api, *reversed(friends)).status_code) == [201] * 3


def test_more_at_once_than_a_day_has_is_no_question_of_waiting(api, limited):
    limited(new_per_day=3)
    answer = invite(api, *(fresh() for _ in range(4)))

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "emails")
    assert "must be at most 3, not" in answer.json["errors"][0]["message"]


def test_an_introduction_without_a_letter_for_it_leaves_nothing(network, owner, api, limited):
    limited(new_asks_per_day=0, new_per_day=1)
    assert invite(api, fresh()).status_code == 201
    refused = network.ask()

    assert said(refused) == SPENT
    assert "you have sent all the letters of a day: at most 1 in 24 hours" in refused.json["detail"]
    assert api.get(f"{GRAPH}/introductions").json["items"] == []


def test_looking_at_the_letters_first_spends_nothing_and_is_refused_alike(network, limited):
    limited(new_asks_per_day=1)
    for _ in range(3):
        assert preview(network).status_code == 200
    assert network.ask().status_code == 201
    noor = network.contact("Noor", f"noor-{network.mark}@example.com")
    network.tie(network.ids["ana"], noor)
    network.ids["noor"] = noor
    assert said(preview(network, "noor")) == SPENT


def preview(network, target="mei"):
    body = {"target_id": network.ids[target], "message": "I build telescopes."}
    return network.api.post(f"{GRAPH}/introduce?dry_run=true", json=body)


def test_a_connector_may_accept_later_when_the_next_one_is_full_today(network, api, deliver, mail, limited, clock):
    asked = network.ask().json
    deliver()
    token = mail.token(network.ana)
    limited(mailbox_per_day=1)
    assert invite(somebody(api), network.bruno).status_code == 201

    refused = network.respond(token, "accept", note="Be kind.")
    assert said(refused) == SPENT
    assert "Bruno Okafor has received all the letters of a day" in refused.json["detail"]
    assert network.bruno not in refused.text
    assert network.get(asked)["status"] == "requested"
    assert network.question(token).json["state"] == "open"
    with clock(seconds=int(refused.headers["Retry-After"])):
        assert network.respond(token, "accept").json["status"] == "connector_accepted"


def test_an_introduction_ends_where_the_next_one_cannot_be_asked_in_time(network, api, deliver, mail, limited):
    asked = network.ask().json
    deliver()
    limited(mailbox_per_month=1)
    assert invite(somebody(api), network.bruno).status_code == 201

    assert network.respond(mail.token(network.ana), "accept").json["status"] == "declined"
    ended = network.get(asked)
    assert (ended["status"], ended["steps"][1]["state"]) == ("declined", "waiting")


def test_a_question_is_taken_back_also_where_no_letter_may_say_so(network, deliver, mail, limited):
    asked = network.ask().json
    deliver()
    limited(mailbox_per_day=1)

    assert network.api.post(f"{GRAPH}/introductions/{asked['id']}/withdraw").json["status"] == "withdrawn"
    deliver()
    assert len(mail.to(network.ana)) == 1


def test_a_reminder_waits_until_there_is_room(network, deliver, mail, limited, clock, schedule, api):
    asked = network.ask().json
    deliver()
    limited(mailbox_per_day=1)
    with clock(days=6):
        assert invite(somebody(api), network.ana).status_code == 201
        schedule("follow_up_introductions")
        assert network.get(asked)["steps"][0]["reminded_at"] is None
    with clock(days=8):
        schedule("follow_up_introductions")
        assert network.get(asked)["steps"][0]["reminded_at"] is not None


def test_never_is_remembered_also_when_the_question_is_closed(network, api, deliver, mail):
    asked = network.ask().json
    deliver()
    token = mail.token(network.ana)
    assert network.api.post(f"{GRAPH}/introductions/{asked['id']}/withdraw").status_code == 200

    answer = network.respond(token, "never")
    assert (answer.status_code, answer.json["decision"], answer.json["status"]) == (200, "never", "withdrawn")
    assert (network.ask().status_code, network.ask().json["detail"]) == (409, "Ana Diaz cannot be asked")
    assert network.respond(token, "accept").status_code == 409


@pytest.mark.parametrize("kind", ["team", "invitation"])
def test_never_is_remembered_of_every_kind_of_letter(kind, api, network, deliver, mail):
    other = somebody(api)
    if kind == "team":
        assert other.post(TEAMS, json={"name": "Lens makers"}).status_code == 201
        assert other.post(f"{TEAMS}/mine/invitations", json={"email": network.ana}).status_code == 201
    else:
        assert invite(other, network.ana).status_code == 201
    deliver()

    answer = network.respond(mail.token(network.ana), "never")
    assert (answer.status_code, answer.json["status"]) == (200, None)
    assert network.ask().json["detail"] == "Ana Diaz cannot be asked"


def test_never_stops_letters_of_all_kinds_that_wait_already(network, api, deliver, mail, clock, schedule):
    assert invite(api, network.ana).status_code == 201
    deliver()
    stop = mail.token(network.ana)
    asked = network.ask().json  # waits, and is not delivered yet
    teamwork = somebody(api)
    assert teamwork.post(TEAMS, json={"name": "Lens makers"}).status_code == 201
    assert teamwork.post(f"{TEAMS}/mine/invitations", json={"email": network.ana}).status_code == 201
    assert network.respond(stop, "never").status_code == 200
    deliver()
    with clock(days=6):
        schedule("follow_up_introductions")
        deliver()
    assert network.api.post(f"{GRAPH}/introductions/{asked['id']}/withdraw").status_code == 200
    deliver()

    assert len(mail.to(network.ana)) == 1


def test_counts_are_swept_when_no_budget_looks_at_them_any_more(api, owner, clock, schedule):
    assert invite(api, fresh()).status_code == 201
    with clock(days=30):
        schedule("follow_up_introductions")
    assert owner.run("select count(*) from crm.letter_counts")[0][0] == 5
    with clock(days=33):
        schedule("follow_up_introductions")
    assert owner.run("select count(*) from crm.letter_counts")[0][0] == 0


def test_counts_name_nobody_and_are_not_readable_by_the_functions(api, owner, database, user_id):
    stranger = fresh()
    assert invite(api, stranger).status_code == 201
    (dumped,) = owner.run("select string_agg(c::text, ' ') from crm.letter_counts c")
    assert stranger not in dumped[0]
    assert api.email not in dumped[0]
    assert owner.run(
        "select has_table_privilege('crm_app', 'crm.letter_counts', 'select, insert, update, delete')"
    ) == [[False]]
    for function in ("identity_hash(text, text)", "known_by(text, text, text)", "pair_hash(bytea, bytea, text)"):
        assert owner.run(f"select has_function_privilege('crm_app', 'crm.{function}', 'execute')") == [[False]]


def test_a_letter_to_a_stranger_is_not_queued_without_a_budget(database, user_id):
    with pytest.raises(RuntimeError, match="without a budget"), database.transaction(user_id) as tx:
        service.queue(
            tx, "introduction.ask", [fresh()], subject_id=uuid.uuid4(), position=1, now=deps().now(), because="Asked"
        )


def test_letters_to_one_domain_are_one_budget_of_all_senders_and_a_mail_service_has_none(api, limited):
    limited(domain_per_day=5)
    company = f"{uuid.uuid4().hex}.example"
    answers = at_once(8, lambda number: invite(somebody(api), f"person{number}@{company.upper()}").status_code)
    assert sorted(answers) == [201] * 5 + [429] * 3

    refused = invite(api, f"another@{company}", fresh())
    ((left_out),) = refused.json["refused"]
    assert (left_out["email"], left_out["reason"]) == (f"another@{company}", "domain_per_day")
    assert 24 * 3600 < left_out["retry_after_s"] <= 25 * 3600
    assert invite(api, *(f"{uuid.uuid4().hex}@gmail.com" for _ in range(9))).json["refused"] == []


def test_of_one_batch_to_a_domain_those_that_fit_are_sent(api, limited):
    limited(domain_per_day=3)
    domain = f"{uuid.uuid4().hex}.example"
    sent = invite(api, *(f"person{number}@{domain}" for number in range(7)))
    assert (len(sent.json["items"]), len(sent.json["refused"])) == (3, 4)


def test_all_senders_of_an_installation_have_one_budget_together(api, limited, owner):
    limited(installation_per_day=40)
    senders = [somebody(api) for _ in range(10)]
    answers = at_once(10, lambda number: invite(senders[number], *(fresh() for _ in range(10))))
    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [429] * 6
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert "this installation has sent all the letters of a day: at most 40 in 24 hours" in refused.json["detail"]
    assert sum(letters_of(owner, sender) for sender in senders) == 40


def test_a_budget_grows_with_age_and_with_each_mailbox_that_said_yes(api, owner, network, mail, deliver):
    def per_day():
        letters = api.get(ME).json["letters"]
        return letters["per_day"], letters["asks_per_day"]

    def age(days):
        owner.run(
            "update crm.users set created_at = now() - make_interval(days => :d) where email = :e", d=days, e=api.email
        )

    assert per_day() == (50, 10)
    assert network.ask().status_code == 201
    deliver()
    assert network.respond(mail.token(network.ana), "accept").status_code == 200
    assert per_day() == (100, 20)
    for days, most in ((4, (150, 20)), (7, (200, 20)), (300, (200, 20))):
        age(days)
        assert per_day() == most


def test_saying_yes_to_oneself_earns_nothing(api, owner, user_id):
    ((own_hash,),) = owner.run("select crm.address_hash(:e)", e=api.email)
    owner.run(
        "insert into crm.joins (user_id, address_hash, inviter_id, channel, invited_at, accepted_at) "
        "values (null, :h, :u, 'email', now(), now())", h=own_hash, u=user_id,
    )  # fmt: skip
    assert api.get(ME).json["letters"]["per_day"] == 50


def test_a_sender_sees_what_is_left_and_when_there_is_more(api):
    assert api.get(ME).json["letters"] == {
        "per_day": 50, "left": 50, "asks_per_day": 10, "asks_left": 10, "more_at": None,
    }  # fmt: skip
    for _ in range(5):
        assert invite(api, *(fresh() for _ in range(10))).status_code == 201
    spent = api.get(ME).json["letters"]
    assert (spent["left"], spent["asks_left"]) == (0, 0)
    assert spent["more_at"] is not None
    assert api.patch(ME, json={"settings": {"theme": "dark"}}).json["letters"] == spent


def test_without_limits_a_sender_sees_none(api, limited):
    limited(per_day=0, new_per_day=0, asks_per_day=0, new_asks_per_day=0)
    assert set(api.get(ME).json["letters"].values()) == {None}


def decide(gateway, body):
    return Client(gateway._functions.app("decide_letters"), Reply).post("/", json=body)


def test_an_operator_sees_and_changes_what_a_sender_may_send_also_over_an_erasure(api, gateway, clock):
    assert invite(api, fresh(), fresh()).status_code == 201
    known = decide(gateway, {"email": api.email}).json
    assert (known["sent_in_a_day"], known["decided"]) == (2, None)

    stopped = decide(gateway, {"email": api.email.upper(), "letters": 0, "note": "complaints"})
    assert stopped.json["decided"]["note"] == "complaints"
    for _ in range(2):
        refused = invite(api, fresh())
        assert said(refused) == SPENT
        assert "the operator of this installation has stopped letters from your account" in refused.json["detail"]
        assert api.get(ME).json["letters"]["left"] == 0
        assert api.delete(ME).status_code == 204

    until = (deps().now() + timedelta(days=2)).isoformat()
    assert decide(gateway, {"email": api.email, "letters": 400, "until": until}).status_code == 200
    assert api.get(ME).json["letters"]["per_day"] == 400
    with clock(days=3):
        assert api.get(ME).json["letters"]["per_day"] == 100
    assert decide(gateway, {"email": api.email, "reset": True}).json["decided"] is None
    assert api.get(ME).json["letters"]["per_day"] == 50


@pytest.mark.parametrize(
    "body",
    [{}, {"email": "a@b.example", "letters": -1}, {"email": "a@b.example", "letters": 1, "reset": True},
     {"email": "a@b.example", "until": "2030-01-01T00:00:00Z"}, {"email": "a@b.example", "letters": 10**6}],
)  # fmt: skip
def test_a_decision_that_makes_no_sense_is_refused(gateway, body):
    assert decide(gateway, body).status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        "P\u0430ypal",
        "Warmpath",
        "W\u0430rmp\u0430th Support",
        "\uff37\uff21\uff32\uff2d\uff30\uff21\uff34\uff28",
        "W4rmpath",
    ],
)
def test_a_name_made_to_be_taken_for_another_is_refused_and_not_shown(api, name, owner, deliver, mail):
    for answer in (api.patch(ME, json={"name": name}), api.post(TEAMS, json={"name": name})):
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "name")
    # an identity provider says what it likes
    owner.run("update crm.users set name = :n where email = :e", n=name, e=api.email)
    stranger = fresh()
    assert invite(api, stranger).status_code == 201
    deliver()
    (letter,) = mail.to(stranger)
    assert letter["subject"].strip() == f"{api.email} invites you to Warmpath"


def test_a_link_in_free_text_is_text_to_mail_programs_and_a_subject_has_none(network, deliver, mail):
    api, url = network.api, "https://evil.example/login"
    assert api.patch(ME, json={"name": f"Uma {url}"}).status_code == 200
    assert network.ask(message=f"See {url} and www.evil.example, or write to a@b.example").status_code == 201
    deliver()
    letter = mail.last(network.ana)
    assert url in letter["text"]
    assert "evil.example" not in letter["html"].replace(f"<title>{letter['subject']}</title>", "")
    assert "a@b.example" in letter["html"]
    assert "://" not in letter["subject"] + letter["from"]
