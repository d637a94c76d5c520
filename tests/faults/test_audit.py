"""The audit notices what is broken on purpose: each promise once, in a world where nothing else is wrong."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.audit import AUDITS, audit
from tests.faults.faults import Happened
from tests.faults.journal import YES, Contact, Reply, Request
from tests.faults.run import crowded, evidence, settle
from tests.faults.schedule import Fault
from tests.faults.world import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.evidence import Evidence

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
CHECKS = {check.__name__: check for check in AUDITS}


@pytest.fixture(scope="module")
def calm() -> Iterator[Evidence]:
    """What people left who were at work for a while, with no fault at all."""
    with crowded(1, carrier="outbox", users=4) as crowd:
        for user in crowd.users:
            user.stop.set()
        wait_until(lambda: not any(user.is_alive() for user in crowd.users), 60)
        for user in crowd.users:
            do_everything(user)
        settle(crowd)
        finish_introductions(crowd)
        settle(crowd)
        for user in crowd.users:
            user.leave()
        with evidence(crowd) as seen:
            yield seen


def do_everything(user: Any) -> None:
    """Each thing that there is to do, a few times."""
    for _, thing in user._things:
        for _ in range(3):
            thing()


def finish_introductions(crowd: Any) -> None:
    for user in crowd.users:
        for _ in range(10):
            user._end_introduction()


def test_where_nothing_was_in_the_way_every_promise_is_kept(calm):
    assert audit(calm) == {}
    assert calm.journal.contacts
    assert calm.journal.ties
    assert any(contact.interactions for contact in calm.journal.contacts)
    assert any(introduction.completed == YES for introduction in calm.journal.introductions)
    assert any(join.accepted for join in calm.journal.joins.values())


BREAKS: dict[str, tuple[str, str]] = {
    "a contact is gone": ("contacts", "delete from crm.contacts where name = '{contact}'"),
    "a contact is there twice": (
        "contacts",
        "insert into crm.contacts (user_id, name) select user_id, name from crm.contacts where name = '{contact}'",
    ),
    "an edit is lost": ("contacts", "update crm.contacts set notes = 'old' where name = '{contact}'"),
    "an address is there twice": (
        "addresses",
        """drop index crm.contacts_email;
        insert into crm.contacts (user_id, name, email) select user_id, 'other', email from crm.contacts
        where email is not null limit 1""",
    ),
    "a tie is weaker": ("ties", "update crm.relationships set strength = strength / 2"),
    "a tie is gone one way": ("ties", "delete from crm.relationships where from_no > to_no"),
    "an interaction is lost": ("interactions", "delete from crm.interactions"),
    "a tie leads nowhere": (
        "orphans",
        """insert into crm.relationships (user_id, from_no, to_no, strength)
        select user_id, no, 999999, 0.5 from crm.contacts limit 1""",
    ),
    "a user is no contact of theirs": ("orphans", "delete from crm.contacts where is_self"),
    "a balance is wrong": ("books", "update crm.users set credit_balance = credit_balance + 1"),
    "the ledger was written anew": (
        "books",
        """alter table crm.credit_ledger disable trigger keep_ledger;
        update crm.credit_ledger set credits = credits + 1, balance_after = balance_after + 1 where kind = 'grant'""",
    ),
    "a reservation is held for ever": (
        "books",
        """insert into crm.credit_reservations (user_id, contact_id, provider, input_hash, credits, token, expires_at)
        select id, id, 'hunter', sha256('x'), 1, id, now() from crm.users limit 1""",
    ),
    "a charge for nothing": (
        "charges",
        """insert into crm.credit_ledger (user_id, kind, credits, contact_id, provider, balance_after)
        select user_id, 'charge', -1, id, 'hunter', 0 from crm.contacts where email like 'imported%' limit 1""",
    ),
    "an event is not done": (
        "events",
        "insert into crm.outbox (id, topic, data) values (gen_random_uuid(), 'email', '{{}}')",
    ),
    "a dead letter": (
        "events",
        """insert into crm.dead_letters (topic, data, reason, sends, created_at)
        values ('email', '{{}}', 'no reason', 1, now())""",
    ),
    "an e-mail is stuck": (
        "events",
        "update crm.emails set status = 'queued', ended_at = null where kind = 'introduction.ask'",
    ),
    "an introduction is gone": ("introductions", "delete from crm.introductions"),
    "an answer is another one": ("introductions", "update crm.introduction_steps set decision = 'not_now' where decision = 'accept'"),
    "a state comes from nowhere": (
        "introductions",
        """alter table crm.introductions disable trigger check_introduction_step;
        update crm.introductions set status = 'introduced' where status in ('declined', 'not_now', 'withdrawn')""",
    ),
    "consent is made up": (
        "consent",
        """alter table crm.introductions disable trigger check_introduction_step;
        update crm.introductions set status = 'introduced' where status in ('declined', 'not_now', 'withdrawn')""",
    ),
    "an e-mail counts as sent and was not": (
        "emails",
        """insert into crm.emails (user_id, kind, subject_id, recipients, status, attempts, created_at, ended_at)
        select id, 'introduction.ask', id, array['x@example.com'], 'sent', 1, now(), now() from crm.users limit 1""",
    ),
    "an e-mail is more copies than attempts": ("emails", "update crm.emails set attempts = 0"),
    "a join is gone": ("joins", "delete from crm.joins"),
    "a reward is missing": (
        "joins",
        """alter table crm.credit_ledger disable trigger keep_ledger;
        delete from crm.credit_ledger where note = 'an invitation brought somebody'""",
    ),
    "a point for nothing": ("points", "select crm.add_points(array[id], 'introduction', 'met x', now()) from crm.users"),
    "standings are wrong": ("points", "update crm.leaderboard set introductions = introductions + 1"),
    "a rank is wrong": ("points", "update crm.leaderboard_scores set people = people + 1"),
    "a member is gone": ("teams", "delete from crm.team_members"),
    "sharing is another": ("teams", "update crm.team_members set shares_ties = not shares_ties"),
}  # fmt: skip


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_database_is_noticed(calm, what):
    check, statements = BREAKS[what]
    contact = next(c for c in calm.journal.contacts if c.is_certain and c.name.startswith("contact"))
    calm.owner.run("begin")
    try:
        for statement in statements.format(contact=contact.name).split(";"):
            calm.owner.run(statement)
        assert CHECKS[check](calm)
    finally:
        calm.owner.run("rollback")
        calm.users.clear()
    assert CHECKS[check](calm) == []


def test_a_stale_cache_is_noticed(calm):
    contact = next(c for c in calm.journal.contacts if c.is_certain and c.name.startswith("contact"))
    assert CHECKS["caches"](calm) == []  # all are cached from now on
    change = "update crm.contacts set notes = :notes where id = :id"
    calm.owner.run(change, notes="past the cache", id=contact.id)
    try:
        assert CHECKS["caches"](calm)
    finally:
        calm.owner.run(change, notes=next(iter(contact.notes)), id=contact.id)


def test_an_email_that_was_sent_twice_is_noticed_unless_something_was_in_the_way(calm):
    first = calm.taken[0]
    again = replace(first, at=first.at + 20)
    calm.owner.run("begin")
    calm.owner.run("update crm.emails set attempts = 2")
    fault = Happened(Fault("kill", "postgres", 0, 1, 0), began=first.at, healed=first.at + 1, well=first.at + 2)
    try:
        assert CHECKS["emails"](replace(calm, taken=[*calm.taken, again]))
        assert CHECKS["emails"](replace(calm, taken=[*calm.taken, again], happened=[fault])) == []
        late = replace(fault, began=first.at + 60, healed=first.at + 61, well=first.at + 62)
        assert CHECKS["emails"](replace(calm, taken=[*calm.taken, again], happened=[late]))
    finally:
        calm.owner.run("rollback")


def test_an_email_that_asks_too_early_is_noticed(calm):
    address, reply = next(
        (a, r) for a, r in calm.journal.replies.items() if "reachable" in a and r.decision == "accept"
    )
    calm.journal.replies[address] = Reply("accept", time.monotonic(), heard=True)
    try:
        assert CHECKS["consent"](calm)
    finally:
        calm.journal.replies[address] = reply


@pytest.mark.parametrize(
    ("status", "took_s", "retry_after", "is_wrong"),
    [(500, 0.1, "", True), (503, 0.1, "", True), (503, 0.1, "2", False), (200, 36, "", True), (200, 34, "", False)],
)
def test_an_answer_that_nobody_may_get_is_noticed(calm, status, took_s, retry_after, is_wrong):
    calm.journal.requests.append(Request("GET", "/api/crm/contacts", 0, 0.0, took_s, status, retry_after, ""))
    try:
        assert bool(CHECKS["answers"](calm)) == is_wrong
    finally:
        calm.journal.requests.pop()


def test_a_process_that_stood_still_may_be_late(calm):
    calm.journal.requests.append(Request("GET", "/api/crm/contacts", 0, 100.0, 38, 200, "", ""))
    fault = Happened(Fault("pause", "functions-0", 0, 9, 0), began=101.0, healed=109.0, well=110.0)
    try:
        assert CHECKS["answers"](replace(calm, happened=[fault])) == []
        assert CHECKS["answers"](calm)
    finally:
        calm.journal.requests.pop()


def test_a_session_that_does_nothing_in_a_transaction_is_noticed(calm):
    from shared.plumbing.postgres.owner import connected

    with connected(calm.url) as idle:
        idle.run("set application_name = 'warmpath'")
        idle.run("begin")
        time.sleep(2.5)
        assert CHECKS["sessions"](calm)
        idle.run("rollback")


def test_connections_that_were_not_given_back_are_noticed(calm):
    assert CHECKS["capacity"](calm) == []
    assert CHECKS["capacity"](replace(calm, caller=_caller_of_a_process_that_is_full))


def _caller_of_a_process_that_is_full(_email: str) -> Any:
    class Full:
        def ask(self, *_: Any, **__: Any) -> Any:
            from tests.faults.caller import Answer

            return Answer(503)

        def close(self) -> None:
            pass

    return Full()


def test_what_was_wrong_at_once_is_told(calm):
    calm.journal.find("something")
    try:
        assert "at once" in audit(calm)
    finally:
        calm.journal.findings.clear()


def test_a_contact_that_nobody_answered_for_may_be_there_or_not(calm):
    perhaps = [Contact("user-0@example.com", "nobody"), Contact("user-0@example.com", "nobody", removed="perhaps")]
    calm.journal.contacts.extend(perhaps)
    try:
        assert CHECKS["contacts"](calm) == []
    finally:
        del calm.journal.contacts[-len(perhaps) :]
