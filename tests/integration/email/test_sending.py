from __future__ import annotations

import contextlib
import socket
import threading
import uuid
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from dev.mailbox import Mailbox
from dev.processes import free_port
from shared.email import repository, service
from shared.email.budget import BudgetDecision
from shared.email.letter import Letter, Paragraph
from shared.email.service import LetterWriter, Mailer
from shared.email.transport import SmtpTransport
from shared.errors import Unavailable

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
SENDER = "introductions@crm.example"


class Errands:
    """An area whose letters say one word; what it was told of failures."""

    def __init__(self) -> None:
        self.failed: list[uuid.UUID] = []
        self.pointless = False

    def compose(self, _tx, _email, link, _public_url):
        return None if self.pointless else Letter(subject="Grüße", blocks=(Paragraph("Hello Zoë"),), stop_url=link)

    def undelivered(self, _tx, email, _now):
        self.failed.append(email.id)


@pytest.fixture
def errands():
    return Errands()


@pytest.fixture
def mailer(database, mailbox, errands):
    writers = {"errand": LetterWriter(errands.compose, errands.undelivered)}
    return Mailer(database, SmtpTransport(mailbox.url), SENDER, "https://crm.example", writers)


@pytest.fixture
def queued(database, user_id, owner):
    """Queues an e-mail; its id."""

    def make(*recipients, subject=None):
        with database.transaction(user_id) as tx:
            about = subject or uuid.uuid4()
            spent = BudgetDecision(list(recipients), {})
            service.queue(
                tx, "errand.run", list(recipients), subject_id=about, now=NOW, because="ErrandRun", decision=spent
            )
        return owner.run("select id from crm.emails where subject_id = :s", s=about)[0][0]

    return make


@pytest.fixture
def state(owner):
    def of(email_id):
        return owner.run("select status, attempts, delivered_to, last_error from crm.emails where id = :i", i=email_id)[
            0
        ]

    return of


def address(prefix="to"):
    return f"{prefix}-{uuid.uuid4().hex}@example.com"


def test_an_email_is_queued_with_its_event_or_not_at_all(database, user_id, owner):
    about, spent = uuid.uuid4(), BudgetDecision(["x@example.com"], {})
    with pytest.raises(RuntimeError), database.transaction(user_id) as tx:
        service.queue(
            tx, "errand.run", ["x@example.com"], subject_id=about, now=NOW, because="ErrandRun", decision=spent
        )
        raise RuntimeError
    for _ in range(2):
        with database.transaction(user_id) as tx:
            service.queue(
                tx, "errand.run", ["x@example.com"], subject_id=about, now=NOW, because="ErrandRun", decision=spent
            )

    emails = owner.run("select id::text from crm.emails where subject_id = :s", s=about)
    events = owner.run("select data ->> 'email_id' from crm.outbox where topic = 'email' and user_id = :u", u=user_id)
    assert len(emails) == 1
    assert events == emails


def test_it_arrives_with_both_parts_and_letters_of_every_language(mailer, mailbox, queued, user_id, state):
    to = address()
    email_id = queued(to)
    mailer.send(user_id, email_id, NOW)

    mail = mailbox.mails(to)[0]
    assert (mail["subject"], mail["text"].strip(), mail["headers"]["Message-ID"]) == (
        "Grüße",
        "Hello Zoë",
        f"<{email_id}@crm.example>",
    )
    assert "Hello Zoë" in mail["html"]
    assert state(email_id)[:3] == ["sent", 1, [to]]


def test_many_deliveries_at_once_and_later_send_it_once(mailer, mailbox, queued, user_id):
    to = address()
    email_id = queued(to)

    def send():
        with contextlib.suppress(Unavailable):
            mailer.send(user_id, email_id, NOW)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mailer.send(user_id, email_id, NOW + timedelta(days=1))

    assert len(mailbox.mails(to)) == 1


def test_a_mailbox_that_does_not_exist_is_remembered_and_its_area_told(
    mailer, mailbox, queued, user_id, state, errands, database
):
    to = address("bounce")
    email_id = queued(to)
    mailer.send(user_id, email_id, NOW)

    assert state(email_id) == ["bounced", 1, [], "550 5.1.1 No such mailbox here"]
    assert errands.failed == [email_id]
    mailer.send(user_id, email_id, NOW)
    assert errands.failed == [email_id]
    with database.read(user_id) as tx:
        from shared.introductions.repository import mailbox_states

        assert mailbox_states(tx, [to.upper()], NOW - timedelta(days=30))[to.upper()].bounced


def test_what_is_deferred_is_tried_again_and_nobody_gets_it_twice(mailer, mailbox, queued, user_id, state):
    good, slow = address(), address("defer")
    email_id = queued(good, slow)
    for _ in range(3):
        with pytest.raises(Unavailable):
            mailer.send(user_id, email_id, NOW)

    assert state(email_id)[:3] == ["queued", 3, [good]]
    assert len(mailbox.mails(good)) == 1
    assert slow in mailbox.mails(good)[0]["headers"]["To"]


def test_one_of_two_that_bounces_leaves_the_other_served(mailer, mailbox, queued, user_id, state, errands):
    good, gone = address(), address("bounce")
    email_id = queued(good, gone)
    mailer.send(user_id, email_id, NOW)

    assert state(email_id)[:3] == ["sent", 1, [good]]
    assert errands.failed == []


def test_while_the_server_is_away_it_waits_and_then_goes(database, errands, queued, user_id, state, tmp_path):
    port = free_port()
    writers = {"errand": LetterWriter(errands.compose, errands.undelivered)}
    mailer = Mailer(database, SmtpTransport(f"smtp://127.0.0.1:{port}"), SENDER, "https://crm.example", writers)
    to = address()
    email_id = queued(to)
    with pytest.raises(Unavailable):
        mailer.send(user_id, email_id, NOW)
    assert state(email_id)[0] == "queued"

    server = Mailbox(tmp_path, port)
    server.start()
    mailer.send(user_id, email_id, NOW)
    assert len(server.mails(to)) == 1
    server.stop()
    again = Mailbox(tmp_path, free_port())
    again.start()
    assert len(again.mails(to)) == 1  # kept over a restart
    again.stop()


@pytest.mark.parametrize("clock_is_wrong_by", [timedelta(hours=-2), timedelta(0), timedelta(hours=2)])
def test_a_run_that_died_is_followed_by_another_when_its_lease_is_over_whatever_the_clock_says(
    mailer, mailbox, queued, user_id, database, owner, clock_is_wrong_by
):
    to = address()
    email_id = queued(to)
    now = datetime.now(UTC) + clock_is_wrong_by
    with database.transaction(user_id) as tx:
        assert repository.claim_email(tx, email_id, service.LEASE_S)
    with pytest.raises(Unavailable):
        mailer.send(user_id, email_id, now)
    assert not mailbox.mails(to)
    owner.run("update crm.emails set lease_until = clock_timestamp() where id = :id", id=email_id)
    mailer.send(user_id, email_id, now)
    assert len(mailbox.mails(to)) == 1


def test_a_process_that_was_frozen_until_its_lease_was_over_sends_nothing(
    mailer, mailbox, queued, user_id, monkeypatch
):
    to = address()
    email_id = queued(to)
    with monkeypatch.context() as frozen:
        frozen.setattr(service, "LEASE_S", 0.0)
        with pytest.raises(Unavailable):
            mailer.send(user_id, email_id, NOW)
    assert not mailbox.mails(to)
    mailer.send(user_id, email_id, NOW)
    assert len(mailbox.mails(to)) == 1


def test_what_a_server_has_taken_is_noted_when_the_database_is_back(
    mailer, mailbox, queued, user_id, state, monkeypatch
):
    away = iter([True, True])
    noted = repository.end_attempt

    def note(*arguments, **named):
        if next(away, False):
            raise Unavailable("the database is restarting")
        return noted(*arguments, **named)

    monkeypatch.setattr(repository, "end_attempt", note)
    monkeypatch.setattr(service, "RECORD_RETRY_S", 0.01)
    to = address()
    email_id = queued(to)
    mailer.send(user_id, email_id, NOW)

    assert state(email_id)[:2] == ["sent", 1]
    mailer.send(user_id, email_id, NOW)
    assert len(mailbox.mails(to)) == 1


def test_what_has_become_pointless_is_not_sent(mailer, mailbox, queued, user_id, state, errands):
    errands.pointless = True
    to = address()
    email_id = queued(to)
    mailer.send(user_id, email_id, NOW)

    assert (state(email_id)[0], mailbox.mails(to)) == ("cancelled", [])


def test_an_email_of_an_erased_user_is_forgotten(mailer, mailbox, queued, user_id, owner):
    to = address()
    email_id = queued(to)
    owner.run("delete from crm.users where id = :u", u=user_id)
    mailer.send(user_id, email_id, NOW)

    assert mailbox.mails(to) == []


def test_a_password_is_never_sent_without_encryption(mailbox):
    transport = SmtpTransport(mailbox.url.replace("smtp://", "smtp://me:secret@"))
    with pytest.raises(Unavailable, match="STARTTLS"):
        transport.send(EmailMessage(), SENDER, ["x@example.com"])


@pytest.mark.parametrize("url", ["", "http://mail.example", "smtp:", "mail.example:25"])
def test_an_address_of_another_kind_is_refused(url):
    with pytest.raises(ValueError, match="SMTP_URL"):
        SmtpTransport(url)


def test_a_server_that_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr("shared.email.transport.TIMEOUT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unavailable):
        SmtpTransport(f"smtp://127.0.0.1:{silent.getsockname()[1]}").send(EmailMessage(), SENDER, ["x@example.com"])


class Answering:
    """A mail server that answers each command with the given line, or else as a good server does."""

    def __init__(self, **answers):
        self.answers = {"RCPT": "250 ok", "DATA": "354 go on", ".": "250 queued"} | answers
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        connected, _ = self.listening.accept()
        with connected, connected.makefile("rwb") as lines:
            reply, in_message = "220 hello", False
            while True:
                lines.write(reply.encode() + b"\r\n")
                lines.flush()
                line = lines.readline().decode().rstrip("\r\n")
                while in_message and line != ".":
                    line = lines.readline().decode().rstrip("\r\n")
                word = line.partition(" ")[0].upper()
                if not line or word == "QUIT":
                    return
                reply = self.answers.get(word, "250 ok")
                in_message = word == "DATA" and reply.startswith("354")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({".": "OK queued"}, "deferred"),
        ({".": "354 go on"}, "deferred"),
        ({".": "451 later"}, "deferred"),
        ({".": "554 no"}, "refused"),
        ({"RCPT": "certainly"}, "deferred"),
        ({"RCPT": "550 5.7.1 blocked for its sender"}, "refused"),
        ({"RCPT": "550 5.1.1 no such user"}, "gone"),
        ({"RCPT": "550 no such user"}, "gone"),
        ({"RCPT": "554 5.2.1 mailbox disabled"}, "gone"),
        ({"DATA": "what?"}, "unavailable"),
        ({"MAIL": "what?"}, "unavailable"),
        ({}, "accepted"),
    ],
)
def test_only_what_a_server_accepts_in_so_many_words_counts_as_accepted(answers, outcome):
    server, message = Answering(**answers), EmailMessage()
    message.set_content("Hello")
    try:
        delivery = SmtpTransport(server.url).send(message, SENDER, ["x@example.com"])
    except Unavailable:
        assert outcome == "unavailable"
    else:
        found = {name for name in ("accepted", "deferred", "gone", "refused") if getattr(delivery, name)}
        assert found == ({"refused", "gone"} if outcome == "gone" else {outcome})
    finally:
        server.listening.close()
