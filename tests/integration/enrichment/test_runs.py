from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from shared.enrichment import credits as ledger
from shared.enrichment import lookups, repository
from shared.enrichment.repository import Run
from shared.errors import Unavailable, ValidationFailed


@pytest.fixture
def new_user(owner):
    def make():
        name = uuid.uuid4().hex
        return owner.run("select user_id from crm.sign_in('test', :name, null, 'Uma')", name=name)[0][0]

    return make


def test_a_contact_fills_itself_in_with_where_everything_comes_from(courier, add_contact, fake, person, balance):
    fake.knows(person)

    contact = courier("domain", "hunter").run(add_contact(person.email))

    assert [contact.column(name) for name in ("name", "title", "company", "location", "linkedin_url")] == [
        person.name,
        person.title,
        person.company,
        person.location,
        f"https://www.linkedin.com/in/{person.linkedin}",
    ]
    enrichment = contact.enrichment
    assert enrichment["status"] == "done"
    assert enrichment["fields"]["title"] | {"at": ""} == {
        "value": person.title, "provider": "hunter", "confidence": 0.9, "at": "",
    }  # fmt: skip
    assert [(a["provider"], a["outcome"], a["credits"]) for a in enrichment["attempts"]] == [
        ("domain", "found", 0),
        ("hunter", "found", 1),
    ]
    assert enrichment["enriched_at"]
    assert contact.ledger() == [("charge", -1)]
    assert balance() == 99


def test_a_miss_costs_nothing_and_shows_in_the_ledger(courier, add_contact, person, balance):
    contact = courier("hunter").run(add_contact(person.email))

    assert (contact.status, contact.outcomes) == ("not_found", {"hunter": "not_found"})
    assert contact.ledger() == [("charge", -1), ("release", 1)]
    assert balance() == 100


def test_the_waterfall_ends_when_every_field_is_filled(courier, add_contact, fake, person):
    fake.knows(person)

    contact = courier("hunter", "pdl").run(add_contact(person.email))

    assert contact.outcomes == {"hunter": "found"}
    assert fake.asked("pdl", person.email) == 0


def test_nobody_is_asked_about_a_contact_that_the_user_has_filled_in(courier, add_contact, fake, person):
    slug = uuid.uuid4().hex
    contact = add_contact(
        person.email, name="Ana", title="CTO", company="Acme", location="Porto",
        linkedin_url=f"https://www.linkedin.com/in/{slug}", linkedin_slug=slug,
    )  # fmt: skip
    courier("domain", "hunter").run(contact)

    assert (contact.status, contact.outcomes, fake.log) == ("done", {}, [])


def test_what_the_user_wrote_is_never_overwritten(courier, add_contact, fake, person):
    fake.knows(person)

    contact = courier("hunter").run(add_contact(person.email, title="Grand Vizier"))

    assert contact.column("title") == "Grand Vizier"
    assert contact.column("company") == person.company
    assert "title" not in contact.enrichment["fields"]


def test_the_same_event_delivered_again_does_nothing(courier, add_contact, fake, person, balance):
    fake.knows(person)
    run = courier("hunter")
    contact = add_contact(person.email)
    (event,) = run.events(contact)

    assert run.deliver(event) is True
    before = contact.enrichment
    assert [run.deliver(event) for _ in range(3)] == [False] * 3

    assert contact.enrichment == before
    assert (fake.asked("hunter", person.email), balance()) == (1, 99)


def test_deliveries_at_the_same_time_do_the_work_once(courier, add_contact, fake, person, balance):
    fake.knows(person)
    fake.latency_s = 0.2
    run = courier("hunter")
    contact = add_contact(person.email)
    (event,) = run.events(contact)
    outcomes = []

    def deliver():
        try:
            outcomes.append(run.deliver(event))
        except Unavailable:
            outcomes.append("again")

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count(True) == 1
    assert set(outcomes) <= {True, "again", False}  # False: it came when the work was done
    assert (fake.asked("hunter", person.email), balance()) == (1, 99)


def test_an_answer_that_one_user_got_costs_the_next_one_nothing(courier, add_contact, new_user, fake, person, balance):
    fake.knows(person)
    run, other = courier("hunter"), new_user()
    run.run(add_contact(person.email))

    contact = run.run(add_contact(person.email.upper(), user=other))

    assert (contact.status, contact.charged) == ("done", {"hunter": 0})
    assert (balance(other), fake.asked("hunter", person.email)) == (100, 1)


def test_an_answer_is_not_shared_where_the_terms_forbid_it(courier, add_contact, new_user, fake, person, balance):
    fake.knows(person)
    run, other = courier("pdl"), new_user()
    run.run(add_contact(person.email))
    run.run(add_contact(person.email, user=other))

    assert fake.asked("pdl", person.email) == 2
    assert (balance(), balance(other)) == (98, 98)


def test_two_who_ask_for_one_address_make_one_call(courier, add_contact, new_user, fake, person):
    fake.knows(person)
    fake.latency_s = 0.3
    run = courier("hunter")
    contacts = [add_contact(person.email, user=new_user()) for _ in range(5)]

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(run.run, contacts))

    assert [contact.status for contact in contacts] == ["done"] * 5
    assert fake.asked("hunter", person.email) == 1
    assert sum(len(contact.ledger()) for contact in contacts) == 1


def test_a_miss_is_remembered_for_a_while(courier, add_contact, new_user, owner, fake, person):
    run = courier("hunter")
    run.run(add_contact(person.email))
    run.run(add_contact(person.email, user=new_user()))
    assert fake.asked("hunter", person.email) == 1

    life = owner.run(
        "select expires_at - fetched_at from crm.provider_answers where email_hash = crm.email_hash(:email)",
        email=person.email,
    )[0][0]
    assert life.total_seconds() == lookups.NOT_FOUND_TTL_S
    owner.run(
        "update crm.provider_answers set expires_at = now() where email_hash = crm.email_hash(:email)",
        email=person.email,
    )
    run.run(add_contact(person.email, user=new_user()))
    assert fake.asked("hunter", person.email) == 2


def test_asking_again_finds_what_is_known_and_forcing_it_asks_and_pays_anew(
    courier, add_contact, request_again, fake, person, balance
):
    fake.knows(person)
    run = courier("hunter")
    contact = run.run(add_contact(person.email))
    request_again(contact)
    run.run(contact)
    assert (fake.asked("hunter", person.email), balance()) == (1, 99)

    fake.knows(replace(person, title="President"))
    request_again(contact, force=True)
    (event,) = run.events(contact)
    run.deliver(event)
    run.deliver(event)

    assert contact.column("title") == "President"
    assert (fake.asked("hunter", person.email), balance()) == (2, 98)


def test_a_request_for_what_is_queued_already_adds_no_event(courier, add_contact, request_again, person):
    run = courier("domain")
    contact = add_contact(person.email)

    assert [request_again(contact) for _ in range(3)] == [0, 0, 0]
    assert len(run.events(contact)) == 1


def test_a_higher_priority_takes_the_place_of_a_lower_one(courier, add_contact, request_again, owner, person):
    from shared.plumbing.events.outbox import Priority

    run = courier("domain")
    contact = add_contact(person.email, priority=Priority.LOW)
    assert request_again(contact, priority=Priority.HIGH) == 1
    old, new = run.events(contact)

    assert run.deliver(old) is False
    assert contact.status == "pending"
    assert run.deliver(new) is True
    assert contact.status == "done"


def test_a_newer_event_does_not_wait_for_the_run_it_replaces(courier, add_contact, request_again, fake, person):
    fake.knows(person)
    fake.latency_s = 0.4
    run = courier("hunter")
    contact = add_contact(person.email)
    (old,) = run.events(contact)
    refused = []

    def deliver():
        with pytest.raises(Unavailable) as caught:
            run.deliver(old)
        refused.append(caught.value)

    first = threading.Thread(target=deliver)
    first.start()
    time.sleep(0.15)
    request_again(contact, force=True)
    first.join()
    assert refused

    run.run(contact, patience_s=5)
    assert contact.status == "done"


def test_a_contact_without_credits_still_gets_what_is_free_and_resumes_by_itself(
    courier, add_contact, owner, database, user_id, fake, person, balance
):
    fake.knows(person)
    owner.run("select crm.move_credits(:id, 'charge', -100, :id, 'test', null)", id=user_id)
    run = courier("domain", "hunter")

    contact = run.run(add_contact(person.email))
    assert (contact.status, contact.outcomes) == ("no_credits", {"domain": "found", "hunter": "no_credits"})
    assert contact.enrichment["fields"]["company"]["provider"] == "domain"
    assert (run.events(contact), fake.log) == ([], [])

    with database.transaction(None) as tx:
        ledger.grant(tx, user_id, 3, "test")
    run.run(contact)
    assert (contact.status, contact.column("title"), balance()) == ("done", person.title, 2)


def test_credits_that_come_back_continue_waiting_contacts_by_schedule(
    courier, add_contact, owner, database, user_id, fake, person
):
    fake.knows(person)
    owner.run("select crm.move_credits(:id, 'charge', -100, :id, 'test', null)", id=user_id)
    run = courier("hunter")
    contact = run.run(add_contact(person.email))
    owner.run("select crm.move_credits(:id, 'release', 1, :id, 'test', null)", id=user_id)

    with database.transaction(None) as tx:
        assert ledger.resume(tx) >= 1
        assert ledger.resume(tx, user_id) == 0
    assert run.run(contact).status == "done"


def test_only_as_many_contacts_resume_as_there_are_credits(courier, add_contact, owner, database, user_id):
    owner.run("select crm.move_credits(:id, 'charge', -100, :id, 'test', null)", id=user_id)
    run = courier("hunter")
    contacts = [run.run(add_contact(f"{uuid.uuid4().hex}@x.example")) for _ in range(4)]
    with database.transaction(None) as tx:
        ledger.grant(tx, user_id, 3, "test")

    assert sum(len(run.events(contact)) for contact in contacts) == 3


def test_two_runs_cannot_spend_the_same_last_credit(courier, add_contact, owner, user_id, fake, balance):
    from tests.fakes.providers.answers import Person

    owner.run("select crm.move_credits(:id, 'charge', -99, :id, 'test', null)", id=user_id)
    people = [Person(f"{uuid.uuid4().hex}@x.example", linkedin=uuid.uuid4().hex) for _ in range(6)]
    fake.knows(*people)
    fake.latency_s = 0.1
    run = courier("hunter")
    contacts = [add_contact(person.email) for person in people]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run.run, contacts))

    assert sorted(contact.status for contact in contacts) == ["done"] + ["no_credits"] * 5
    assert (balance(), len(fake.delivered("hunter"))) == (0, 1)


def test_a_person_who_asked_to_be_removed_is_dropped_everywhere_and_never_asked_about_again(
    courier, add_contact, new_user, fake, person, balance
):
    fake.knows(person)
    run = courier("gravatar", "pdl", "hunter")
    other = run.run(add_contact(person.email, user=new_user(), company="Mine"))
    assert other.column("title") == person.title
    fake.script("hunter", person.email, "removed")
    fake.script("gravatar", person.email, "miss")

    run2 = courier("hunter", "gravatar", "pdl")
    contact = run2.run(add_contact(person.email))
    run2.run(other)

    assert (contact.status, contact.outcomes) == ("not_found", {"hunter": "removed"})
    assert contact.ledger() == [("charge", -1), ("release", 1)]
    assert [other.column(name) for name in ("name", "title", "company")] == ["", None, "Mine"]
    assert (other.status, other.enrichment["fields"], other.outcomes) == ("not_found", {}, {"hunter": "removed"})
    asked = len(fake.log)
    third = run2.run(add_contact(person.email, user=new_user()))
    assert (third.status, len(fake.log), balance()) == ("not_found", asked, 100)


def test_a_provider_that_limits_the_rate_is_asked_later_and_holds_nobody_up(courier, add_contact, fake, person):
    fake.knows(person)
    fake.script("hunter", person.email, "rate_limited")
    fake.wait_s = 1
    run = courier("hunter", "gravatar")
    contact = add_contact(person.email)

    run.deliver(run.events(contact)[0])
    assert contact.status == "partial"
    assert contact.outcomes == {"hunter": "rate_limited", "gravatar": "found"}
    (later,) = run.events(contact)
    assert contact.owner.run("select available_at > now() from crm.outbox where id = :id", id=later[0]) == [[True]]

    run.run(contact)
    assert (contact.status, contact.outcomes["hunter"]) == ("done", "found")
    assert contact.ledger() == [("charge", -1), ("release", 1), ("charge", -1)]


@pytest.mark.parametrize(
    "trouble", ["hang", "reset", "error", "no_json", "list", "stranger", "truncated", "huge", "redirect"]
)
def test_a_provider_in_trouble_costs_nothing_and_is_asked_again(courier, add_contact, fake, person, balance, trouble):
    fake.knows(person)
    fake.hang_s = 0.6
    fake.script("hunter", person.email, trouble)

    contact = courier("hunter", timeout_s=0.4).run(add_contact(person.email))

    assert contact.status == "done"
    assert contact.ledger() == [("charge", -1), ("release", 1), ("charge", -1)]
    assert balance() == 99


def test_a_provider_that_never_recovers_is_given_up(courier, add_contact, fake, breakers, person, balance, monkeypatch):
    from shared.enrichment import runs

    monkeypatch.setattr(runs, "MAX_POSTPONED", 3)
    fake.chance = lambda *_: "error"

    contact = courier("hunter").run(add_contact(person.email))

    assert (contact.status, contact.outcomes, balance()) == ("failed", {"hunter": "unavailable"}, 100)
    assert fake.asked("hunter", person.email) == 4


@pytest.mark.parametrize(("behaviour", "outcome"), [("out_of_quota", "out_of_quota"), ("unauthorised", "unauthorised")])
def test_a_provider_that_refuses_us_is_not_bothered_again_for_a_while(
    courier, add_contact, fake, person, behaviour, outcome
):
    fake.chance = lambda provider, _: behaviour if provider == "hunter" else "miss"
    run = courier("hunter", "gravatar")
    first = run.run(add_contact(person.email))
    second = run.run(add_contact(f"{uuid.uuid4().hex}@x.example"))

    assert first.outcomes["hunter"] == outcome
    assert second.outcomes["hunter"] == "refused"
    assert (first.status, len([entry for entry in fake.log if entry.provider == "hunter"])) == ("failed", 1)


def test_nobody_pays_to_ask_about_an_office(courier, add_contact, fake, person):
    contact = courier("domain", "hunter").run(add_contact(f"info@{person.domain}"))

    assert (contact.status, contact.outcomes, fake.log) == ("done", {"domain": "found", "hunter": "skipped"}, [])


def test_a_profile_that_another_contact_has_is_left_there(courier, add_contact, fake, person):
    fake.knows(person)
    add_contact(
        None, queue=False, name="Same", linkedin_slug=person.linkedin,
        linkedin_url=f"https://www.linkedin.com/in/{person.linkedin}",
    )  # fmt: skip

    contact = courier("hunter").run(add_contact(person.email))

    assert (contact.status, contact.column("linkedin_url"), contact.column("title")) == ("done", None, person.title)
    assert "linkedin_url" not in contact.enrichment["fields"]


def test_an_edit_while_a_run_is_under_way_is_not_lost(courier, add_contact, owner, fake, person):
    fake.knows(person)
    run = courier("hunter")
    contact = add_contact(person.email)
    begin = Run(run.events(contact)[0][0], contact.id, uuid.uuid4(), 60)
    enricher = run.enricher
    subject = enricher._begin(contact.user_id, begin)
    owner.run("update crm.contacts set title = 'Queen', updated_at = now() where id = :id", id=contact.id)

    findings = lookups.Lookups(
        database=enricher.database, breakers=enricher.breakers, waterfall=enricher.waterfall, now=enricher.now,
        user_id=contact.user_id, run=begin, subject=subject,
    ).ask_all()  # fmt: skip
    assert enricher._write(contact.user_id, begin, subject, findings) is True
    assert (contact.column("title"), contact.column("company")) == ("Queen", person.company)


def test_the_event_of_a_contact_that_is_gone_is_over(courier, add_contact, owner, person):
    run = courier("domain")
    contact = add_contact(person.email)
    (event,) = run.events(contact)
    owner.run("delete from crm.contacts where id = :id", id=contact.id)

    assert run.deliver(event) is False


def test_an_event_without_a_contact_is_no_event(courier):
    with pytest.raises(ValidationFailed):
        courier("domain").enricher.process(uuid.uuid4(), '{"user_id": "x"}')


def test_a_run_that_lost_its_contact_writes_and_charges_nothing(courier, add_contact, fake, person, owner, balance):
    """A consumer that was frozen for longer than its lease wakes up after another one has taken over."""
    fake.knows(person)
    run = courier("hunter", lease_s=0)
    contact = add_contact(person.email)
    (event,) = run.events(contact)
    frozen = Run(event[0], contact.id, uuid.uuid4(), 0)
    subject = run.enricher._begin(contact.user_id, frozen)
    database = run.enricher.database
    ask: dict[str, Any] = {"provider": "hunter", "shared": True, "cost": 1}
    with database.transaction(contact.user_id) as tx:
        assert repository.begin_lookup(tx, frozen, subject.email_hash, ask_s=0, paid_for_s=60, **ask) == ("ask", None)

    run.deliver(event)

    with database.transaction(contact.user_id) as tx:
        assert repository.end_lookup(tx, frozen, subject.email_hash, result="found", found={}, keep_s=60, **ask) is None
    with database.transaction(contact.user_id) as tx:
        assert repository.end_run(
            tx, frozen, version=subject.version, fields={}, document={}, result="done", again_in_s=None
        ) != "written"  # fmt: skip
    assert (contact.status, balance(), contact.ledger()) == ("done", 99, [("charge", -1)])
