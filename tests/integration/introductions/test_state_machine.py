"""No sequence of calls reaches an illegal state, sends an e-mail twice or never, or tells the target's contact data early."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from shared.config import LetterLimits
from shared.email.service import Mailer
from shared.email.transport import Delivery
from shared.errors import Conflict, Unavailable
from shared.introductions import letters, repository, service, steps
from shared.introductions.models import IntroductionAnswer, IntroductionRequest

if TYPE_CHECKING:
    from email.message import EmailMessage

    import pg8000.native

    from shared.plumbing.postgres.database import Database

LEGAL = {
    "requested": {"connector_accepted", "declined", "not_now", "withdrawn", "expired"},
    "connector_accepted": {"connector_accepted", "introduced", "declined", "not_now", "withdrawn", "expired"},
    "introduced": {"completed"},
}
ENDS = {"decline": "declined", "never": "declined", "not_now": "not_now"}
# The machine is about states: its few people write to each other all the time, so that of the budgets one alone holds.
LIMITS = LetterLimits(**dict.fromkeys(LetterLimits._fields, 0))._replace(mailbox_asks_per_month=8)
ANSWERS = {"accept", "decline", "not_now", "never"}


class Server:
    """A mail server that refuses, defers or goes away on demand."""

    def __init__(self) -> None:
        self.mood = "fine"
        self.taken: list[tuple[str, str, EmailMessage]] = []

    def send(self, message: EmailMessage, _sender: str, recipients: list[str]) -> Delivery:
        if self.mood == "away":
            raise Unavailable
        if self.mood == "deferring":
            return Delivery(deferred=dict.fromkeys(recipients, "451 later"))
        if self.mood == "half" and len(recipients) > 1:
            self._take(message, recipients[:1])
            return Delivery(accepted=recipients[:1], deferred={recipients[1]: "451 later"})
        if self.mood == "refusing":
            return Delivery(refused=dict.fromkeys(recipients, "550 no"), gone=list(recipients))
        self._take(message, recipients)
        return Delivery(accepted=list(recipients))

    def _take(self, message: EmailMessage, recipients: list[str]) -> None:
        self.taken += [(message["Message-ID"], recipient, message) for recipient in recipients]


def text_of(mail: EmailMessage, kind: Literal["plain", "html"]) -> str:
    """One of a mail's two texts."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class Introductions(RuleBasedStateMachine):
    """One requester, two targets behind one and two connectors, any answers, any weather."""

    # Set by the subclass that the test makes.
    database: Database
    owner: pg8000.native.Connection
    tokens = Bundle("tokens")
    introductions = Bundle("introductions")

    @initialize()
    def begin(self) -> None:
        self.now = datetime(2026, 3, 1, 9, tzinfo=UTC)
        self.server = Server()
        writers = {"introduction": letters.WRITER}
        self.mailer = Mailer(self.database, self.server, "introductions@crm.example", "https://crm.example", writers)
        self.mark = uuid.uuid4().hex[:8]
        self.address = f"uma-{self.mark}@example.com"
        self.user = self.owner.run(
            "select user_id from crm.sign_in('machine', :s, :e, 'Uma User')", s=self.mark, e=self.address
        )[0][0]
        me = self.owner.run("select id from crm.contacts where user_id = :u and is_self", u=self.user)[0][0]
        people = {name: self._contact(name) for name in ("ana", "bruno", "mei", "noor")}
        for one, other in (
            (me, people["ana"]),
            (people["ana"], people["bruno"]),
            (people["bruno"], people["mei"]),
            (people["ana"], people["noor"]),
        ):
            self.owner.run(
                "insert into crm.relationships (user_id, from_no, to_no, strength) select :u, a.no, b.no, 0.5 from crm.contacts a,"
                " crm.contacts b where a.user_id = :u and b.user_id = :u and a.id = :a and b.id = :b",
                u=self.user,
                a=one,
                b=other,
            )
        self.paths = {
            "mei": [people[name] for name in ("ana", "bruno", "mei")],
            "noor": [people["ana"], people["noor"]],
        }
        self.model: dict[uuid.UUID, dict[str, Any]] = {}
        self.seen = 0
        self.never: set[str] = set()
        self.bounced: dict[str, datetime] = {}

    def _contact(self, name: str) -> uuid.UUID:
        return self.owner.run(
            "insert into crm.contacts (user_id, name, email, emails, phones, linkedin_slug) values (:u, :n, :e, array[:e],"
            " array['+49 30 901820' || :p], :s) returning id",
            u=self.user, n=name.title(), e=self._mail(name), p=str(len(name)), s=f"{name}-in-{self.mark}")[0][0]  # fmt: skip

    def _mail(self, name: str) -> str:
        return f"{name}-{self.mark}@example.com"

    def _closed(self) -> set[str]:
        """Who is not asked: who said never, and whose address did not work within the last month."""
        return self.never | {name for name, at in self.bounced.items() if at > self.now - timedelta(days=30)}

    @rule(target=introductions, name=st.sampled_from(["mei", "noor"]))
    def request(self, name):
        path = self.paths[name]
        names = ["ana", "bruno", "mei"] if name == "mei" else ["ana", "noor"]
        refused = (
            any(one["name"] == name and one["status"] in steps.OPEN for one in self.model.values())
            or any(person in self._closed() for person in names)
            or sum(
                self.now - timedelta(days=30, hours=1) < at
                for one in self.model.values()
                for at in one["asked"].get(1, [])
            )
            >= 8
        )
        request = IntroductionRequest(target_id=path[-1], path=path, message="About telescopes.")
        try:
            with self.database.transaction(self.user) as tx:
                made = service.request_introduction(tx, request, LIMITS, self.now)
        except Conflict:
            assert refused
            return multiple()
        assert not refused
        self.model[made] = {
            "name": name, "names": names, "status": "requested", "turn": 1, "until": self.now + timedelta(days=14),
            "asked": {1: [self.now]}, "reminded": False, "accepted": False,
        }  # fmt: skip
        return made

    @rule(
        target=tokens,
        mood=st.sampled_from(["fine", "fine", "fine", "away", "deferring", "half", "refusing"]),
        twice=st.booleans(),
    )
    def deliver(self, mood, twice):
        self.server.mood = mood
        waiting = self.owner.run(
            "select id, kind, subject_id, position, recipients from crm.emails where user_id = :u and status = 'queued'",
            u=self.user,
        )
        for email_id, kind, subject, position, recipients in waiting:
            for _ in range(1 + twice):
                try:
                    self.mailer.send(self.user, email_id, self.now)
                except Unavailable:
                    assert mood in {"away", "deferring", "half"}
            status = self.owner.run("select status from crm.emails where id = :i", i=email_id)[0][0]
            if status == "bounced":
                self.bounced |= {
                    name: self.now for name in ("ana", "bruno", "mei", "noor") if self._mail(name) in recipients
                }
                one = self.model[subject]
                if kind in {steps.ASK, steps.REMINDER} and one["status"] in steps.OPEN and one["turn"] == position:
                    self._move(one, "expired")
        fresh = self.server.taken[self.seen :]
        self.seen = len(self.server.taken)
        self._look_for_leaks(fresh)
        found = (re.search(r"/respond/(\S+)", text_of(mail, "plain")) for _, _, mail in fresh)
        return multiple(*(match[1] for match in found if match))

    def _look_for_leaks(self, fresh) -> None:
        for _, recipient, mail in fresh:
            text = str(mail) + text_of(mail, "plain") + text_of(mail, "html")
            for name in ("mei", "noor", "bruno"):
                met = any(one["accepted"] and one["name"] == name for one in self.model.values())
                if recipient != self._mail(name) and not met:
                    assert self._mail(name) not in text
                    assert f"{name}-in-{self.mark}" not in text
            target = next((one for one in self.model.values() if self._mail(one["name"]) == recipient), None)
            if target is not None and not any(
                o["accepted"] for o in self.model.values() if o["name"] == target["name"]
            ):
                assert self.address not in text

    @rule(token=tokens, decision=st.sampled_from(sorted(ANSWERS) + ["accept"] * 4))
    def respond(self, token, decision):
        with self.database.read(None) as tx:
            holder = service.find_holder(tx, token)
        assert holder.position is not None
        with self.database.read(holder.user_id) as tx:
            asked = service.get_question(tx, holder, self.now).as_json()
        one = self.model[holder.subject_id]
        open_now = one["status"] in steps.OPEN and one["turn"] == holder.position and self.now < one["until"]
        assert (asked["state"] == "open") == open_now
        assert not any(self._mail(name) in str(asked) for name in ("mei", "noor", "bruno"))
        try:
            with self.database.transaction(holder.user_id) as tx:
                service.answer_question(tx, holder, IntroductionAnswer(decision=decision), LIMITS, self.now)
        except Conflict:
            assert not open_now
            return
        who = one["names"][holder.position - 1]
        if decision == "never" and not open_now:
            self.never.add(who)
            return
        assert open_now
        if decision == "never":
            self.never.add(who)
        if decision != "accept":
            self._move(one, ENDS[decision])
        elif holder.position == len(one["names"]):
            one["accepted"] = True
            self._move(one, "introduced")
        else:
            self._move(one, "connector_accepted")
            one["turn"] += 1
            if one["names"][one["turn"] - 1] in self._closed():
                self._move(one, "declined")
            else:
                one["until"] = self.now + timedelta(days=14)
                one["asked"].setdefault(one["turn"], []).append(self.now)
                one["reminded"] = False

    @rule(token=tokens)
    def stop(self, token):
        with self.database.read(None) as tx:
            holder = service.find_holder(tx, token)
        assert holder.position is not None
        with self.database.transaction(holder.user_id) as tx:
            service.stop_emails(tx, holder, self.now)
        one = self.model[holder.subject_id]
        self.never.add(one["names"][holder.position - 1])
        if one["status"] in steps.OPEN and one["turn"] == holder.position and self.now < one["until"]:
            self._move(one, "declined")

    @rule(made=introductions, what=st.sampled_from(["withdraw", "complete"]))
    def close(self, made, what):
        one = self.model[made]
        allowed = one["status"] in steps.OPEN if what == "withdraw" else one["status"] == "introduced"
        try:
            with self.database.transaction(self.user) as tx:
                getattr(steps, what)(tx, made, LIMITS, self.now)
        except Conflict:
            assert not allowed
            return
        assert allowed
        self._move(one, {"withdraw": "withdrawn", "complete": "completed"}[what])

    @rule(days=st.sampled_from([0.5, 3, 6, 15]))
    def wait(self, days):
        self.now += timedelta(days=days)

    @rule()
    def follow_up(self):
        for made, one in self.model.items():
            with self.database.transaction(self.user) as tx:
                done = service.follow_up(tx, made, LIMITS, self.now)
            waits = one["status"] in steps.OPEN
            asked_at = one["until"] - timedelta(days=14)
            if waits and one["until"] <= self.now:
                assert done == "expired"
                self._move(one, "expired")
            elif waits and not one["reminded"] and asked_at + timedelta(days=5) <= self.now:
                assert done == "reminded"
                one["reminded"] = True
            else:
                assert done is None

    def _move(self, one, status) -> None:
        assert status in LEGAL[one["status"]]
        one["status"] = status

    @invariant()
    def the_database_is_where_the_model_is(self):
        if not hasattr(self, "model"):
            return
        for made, one in self.model.items():
            with self.database.read(self.user) as tx:
                stored = repository.get_introduction(tx, made)
            assert (stored.status, stored.turn) == (one["status"], one["turn"])

    @invariant()
    def nobody_gets_an_email_twice(self):
        if hasattr(self, "server"):
            received = [(message_id, recipient) for message_id, recipient, _ in self.server.taken]
            assert len(received) == len(set(received))

    def teardown(self):
        if not hasattr(self, "model"):
            return
        self.deliver("fine", twice=True)
        rows = self.owner.run(
            "select kind, subject_id, position, status, recipients, '<' || id || '@crm.example>' from crm.emails where user_id = :u",
            u=self.user,
        )
        received = {(message_id, recipient) for message_id, recipient, _ in self.server.taken}
        for kind, _subject, _position, status, recipients, message_id in rows:
            got = [recipient for recipient in recipients if (message_id, recipient) in received]
            if status == "sent":
                assert got == recipients or kind == steps.HANDOFF
            elif status == "cancelled":
                assert kind in {steps.ASK, steps.REMINDER, steps.WITHDRAWN, steps.THANKS}
                assert not got
            else:
                assert status == "bounced", status
        for made, one in self.model.items():
            kinds = [kind for kind, subject, *_ in rows if subject == made]
            assert (steps.HANDOFF in kinds) == one["accepted"]
            assert kinds.count(steps.OUTCOME) == (one["status"] in {"declined", "not_now", "expired"})
            assert kinds.count(steps.ASK) == sum(map(len, one["asked"].values()))
        self.owner.run("delete from crm.users where id = :u", u=self.user)


@pytest.mark.parametrize("examples", [40, pytest.param(1000, marks=pytest.mark.slow)])
@pytest.mark.timeout(1800)
def test_no_sequence_breaks_an_introduction(database, owner, examples):
    class Machine(Introductions):
        pass

    Machine.database, Machine.owner = database, owner
    machine_case = Machine.TestCase
    machine_case.settings = settings(
        max_examples=examples, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    machine_case().runTest()
