"""Queues e-mails with the change that causes them, and sends them afterwards: each once, however often it is tried."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, NamedTuple

from shared.email import repository
from shared.email.budget import FREE
from shared.errors import Unavailable
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority
from shared.plumbing.telemetry.recording import count, span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from email.message import EmailMessage
    from typing import Protocol
    from uuid import UUID

    from shared.email.budget import Spent
    from shared.email.letter import Letter
    from shared.email.repository import Email
    from shared.email.transport import Delivery
    from shared.plumbing.postgres.database import Database, Session

    class Transport(Protocol):
        """What carries e-mail."""

        def send(self, message: EmailMessage, sender: str, recipients: list[str]) -> Delivery:
            """See `SmtpTransport.send`."""


TOPIC = "email"
# Longer than a consumer may run, so that nobody else begins while one still talks to the server.
LEASE_S = 120.0
# An e-mail that a server has taken and that is not noted is sent a second time, so noting it is worth some patience.
NOTING_S, NOTE_AGAIN_S = 20.0, 0.5

log = logging.getLogger(__name__)


class Correspondence(NamedTuple):
    """What an area knows about its own e-mails.

    Attributes:
        compose: the letter, from what is true now, with a function that makes the address of a link of a token; None
            when it has become pointless. Gets a transaction of the user.
        undelivered: what follows when it reaches nobody. Gets a transaction of the user.
    """

    compose: Callable[[Session, Email, str, str], Letter | None]
    undelivered: Callable[[Session, Email, datetime], None]


def queue(
    tx: Session,
    kind: str,
    recipients: list[str],
    *,
    subject_id: UUID,
    now: datetime,
    because: str,
    position: int | None = None,
    spent: Spent | None = None,
) -> None:
    """Has an e-mail sent when the transaction commits; a second time the same one: nothing.

    A letter to a stranger is spent from the budget first, see `budget.spend`; to queue one that is not is a fault.

    Args:
        tx: the transaction of the change.
        kind: which letter, e.g. `introduction.ask`; what is before the point names the area.
        recipients: one address or two.
        subject_id: what it is about.
        now: the time.
        because: what happened, in the past tense, for the event.
        position: of the person on the path of an introduction.
        spent: what the budget said, of all letters but those in `budget.FREE`.
    """
    if kind not in FREE and (spent is None or recipients[0] not in spent.allowed):
        raise RuntimeError(f"{kind} is queued without a budget")
    email_id = repository.queue_email(tx, kind, recipients, subject_id=subject_id, position=position, now=now)
    if email_id is not None:
        data = {"event": because, "email_id": email_id, "user_id": tx.user_id}
        outbox.append(tx, TOPIC, data, priority=Priority.HIGH)


class Post(NamedTuple):
    """Sends what was queued.

    Attributes:
        database: where it is queued.
        transport: what carries it.
        sender: the address it comes from.
        public_url: where links lead.
        areas: who writes the letters, by the first word of their kind.
    """

    database: Database
    transport: Transport
    sender: str
    public_url: str
    areas: Mapping[str, Correspondence]

    def send(self, user_id: UUID, email_id: UUID, now: datetime) -> None:
        """Sends one e-mail, unless that was done.

        No transaction is open while the mail server is talked to. A process that dies right there leaves a lease; when
        it has run out, the e-mail is sent again under the same Message-ID.

        Raises:
            Unavailable: not now; the event is to be delivered again.
        """
        began_at = time.monotonic()
        begun = self._begin(user_id, email_id, now)
        if begun is None:
            return
        email, message = begun
        waiting = [address for address in email.recipients if address not in email.delivered_to]
        if time.monotonic() - began_at >= LEASE_S:  # this process was frozen meanwhile
            raise Unavailable("another attempt may be under way")
        try:
            with span("mail", email.kind):
                delivery = self.transport.send(message, self.sender, waiting)
        except Unavailable as error:
            count("warmpath.emails", len(waiting), outcome="deferred")
            with self.database.transaction(user_id) as tx:
                repository.end_attempt(tx, email, "queued", email.delivered_to, error=error.message, now=now)
            raise
        self._end(user_id, email, delivery, now)
        if delivery.deferred:
            raise Unavailable(f"the mail server defers it: {delivery.deferred}", retry_after_s=60)

    def _begin(self, user_id: UUID, email_id: UUID, now: datetime) -> tuple[Email, EmailMessage] | None:
        """Takes the e-mail and writes it."""
        from shared.email.message import Envelope, message_of  # noqa: PLC0415 - whoever only queues needs no Python's email

        with self.database.transaction(user_id) as tx:
            email = repository.claim_email(tx, email_id, LEASE_S)
            if email is None:
                if repository.find_email_status(tx, email_id) == "sending":
                    raise Unavailable("it is being sent", retry_after_s=LEASE_S)
                return None
            link = f"{self.public_url}/respond/{repository.add_token(tx, email_id, now)}"
            # "Never" may have been said since it was queued, in answer to another letter.
            unwanted = email.kind not in FREE and repository.wants_none(tx, email.recipients[0])
            letter = None if unwanted else self._area(email).compose(tx, email, link, self.public_url)
            if letter is None:
                repository.end_attempt(tx, email, "cancelled", [], now=now)
                return None
            envelope = Envelope(email.id, self.sender, email.recipients, repository.list_earlier(tx, email.id))
        return email, message_of(letter, envelope, now)

    def _end(self, user_id: UUID, email: Email, delivery: Delivery, now: datetime) -> None:
        for outcome in ("accepted", "refused", "deferred"):
            if recipients := getattr(delivery, outcome):
                count("warmpath.emails", len(recipients), outcome=outcome)
        deadline = time.monotonic() + NOTING_S
        while True:
            try:
                self._note(user_id, email, delivery, now)
            except Unavailable:
                if time.monotonic() > deadline:
                    raise
                time.sleep(NOTE_AGAIN_S)
            else:
                return

    def _note(self, user_id: UUID, email: Email, delivery: Delivery, now: datetime) -> None:
        """Notes what became of an attempt; a second time, nothing."""
        got_it = email.delivered_to + delivery.accepted
        status = "queued" if delivery.deferred else "sent" if got_it else "bounced"
        error = "; ".join((delivery.deferred | delivery.refused).values())
        with self.database.transaction(user_id) as tx:
            for address in delivery.gone:
                repository.note_bounce(tx, address, now)
            ours = repository.end_attempt(tx, email, status, got_it, error=error, now=now)
            if ours and status == "bounced":
                log.info("email.bounced", extra={"email_id": str(email.id)})
                self._area(email).undelivered(tx, email, now)

    def _area(self, email: Email) -> Correspondence:
        return self.areas[email.kind.partition(".")[0]]
