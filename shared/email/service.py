"""Queue e-mails in the transaction that causes them, and send them afterwards, each one once."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.email import repository
from shared.email.budget import UNBUDGETED
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

    from shared.email.budget import BudgetDecision
    from shared.email.letter import Letter
    from shared.email.models import LetterDecision
    from shared.email.repository import Email
    from shared.email.transport import Delivery
    from shared.plumbing.postgres.database import Database, Session

    class Transport(Protocol):
        """A way to deliver e-mail."""

        def send(self, message: EmailMessage, sender: str, recipients: list[str]) -> Delivery:
            """See `SmtpTransport.send`."""


TOPIC = "email"
# Longer than a consumer may run, so that no second attempt begins while the first still talks to the mail server.
LEASE_S = 120.0
# An accepted e-mail whose outcome is not recorded is sent a second time, so recording is retried for this long.
RECORD_TIMEOUT_S, RECORD_RETRY_S = 20.0, 0.5
# A mailbox may come to exist; the lists of mail providers last longer.
BOUNCES_COUNT_FOR = timedelta(days=30)

log = logging.getLogger(__name__)


class LetterWriter(NamedTuple):
    """The functions by which an area writes its letters.

    Attributes:
        compose: (transaction of the user, e-mail, address of the answer page, address of the app) -> the letter from the present
            state; None where the letter is no longer needed.
        undelivered: (transaction of the user, e-mail, time); called when an e-mail reached no recipient.
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
    decision: BudgetDecision | None = None,
) -> None:
    """Queue an e-mail; it is sent after the transaction commits. Queuing the same e-mail twice sends it once.

    A letter to a stranger needs a decision of the budget first, see `budget.spend`.

    Args:
        tx: the transaction of the change.
        kind: of the letter, e.g. `introduction.ask`; the word before the point names the area.
        recipients: one address or two.
        subject_id: the introduction or the invitation that the e-mail is about.
        now: the time.
        because: the event that causes the e-mail, in the past tense.
        position: of the recipient on the path of an introduction.
        decision: of the budget; needed for every letter that is not in `budget.UNBUDGETED`.

    Raises:
        RuntimeError: the budget did not allow the letter, which is a fault of the caller.
    """
    if kind not in UNBUDGETED and (decision is None or recipients[0] not in decision.allowed):
        raise RuntimeError(f"{kind} is queued without a budget")
    email_id = repository.queue_email(tx, kind, recipients, subject_id=subject_id, position=position, now=now)
    if email_id is not None:
        data = {"event": because, "email_id": email_id, "user_id": tx.user_id}
        outbox.append(tx, TOPIC, data, priority=Priority.HIGH)


def decide(tx: Session, decision: LetterDecision, now: datetime) -> dict[str, Any]:
    """Decide about the letters of one sender, where there is a decision, and return what is known of the address."""
    if decision.reset or decision.letters is not None or decision.asks is not None:
        repository.decide_letters(
            tx, decision.email, decision.letters, decision.asks, note=decision.note, until=decision.until, now=now
        )
    return repository.letter_record(tx, decision.email, now)


class Mailer(NamedTuple):
    """The sender of queued e-mails.

    Attributes:
        database: holds the queue.
        transport: delivers e-mail.
        sender: the address in `From`.
        public_url: of the app; links lead there.
        writers: the writer of each area's letters, by the first word of their kind.
    """

    database: Database
    transport: Transport
    sender: str
    public_url: str
    writers: Mapping[str, LetterWriter]

    def send(self, user_id: UUID, email_id: UUID, now: datetime) -> None:
        """Send one e-mail, unless it was sent before.

        No transaction is open during the conversation with the mail server. A process that dies meanwhile leaves a lease;
        when the lease has expired, the e-mail is sent again under the same Message-ID.

        Raises:
            Unavailable: the e-mail cannot be sent now; the event has to be delivered again.
        """
        began_at = time.monotonic()
        begun = self._begin(user_id, email_id, now)
        if begun is None:
            return
        email, message, waiting = begun
        if time.monotonic() - began_at >= LEASE_S:  # this process was frozen meanwhile
            raise Unavailable(f"the lease of {LEASE_S:g} seconds has expired: another attempt may be under way")
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
            raise Unavailable(f"the mail server defers the e-mail: {delivery.deferred}", retry_after_s=60)

    def _begin(self, user_id: UUID, email_id: UUID, now: datetime) -> tuple[Email, EmailMessage, list[str]] | None:
        """Claim the e-mail and compose it; return it with the addresses to send it to, None where it is not to be sent."""
        from shared.email.message import Envelope, message_of  # noqa: PLC0415 - queuing does without Python's email package

        with self.database.transaction(user_id) as tx:
            email = repository.claim_email(tx, email_id, LEASE_S)
            if email is None:
                if repository.find_email_status(tx, email_id) == "sending":
                    raise Unavailable("another attempt is sending this e-mail", retry_after_s=LEASE_S)
                return None
            waiting = self._mailable(tx, email, now)
            if not waiting:
                return None
            link = f"{self.public_url}/respond/{repository.add_token(tx, email_id, now)}"
            # The recipient may have answered "never" to another letter since this one was queued.
            unwanted = email.kind not in UNBUDGETED and repository.has_opted_out(tx, email.recipients[0])
            letter = None if unwanted else self._writer(email).compose(tx, email, link, self.public_url)
            if letter is None:
                repository.end_attempt(tx, email, "cancelled", [], now=now)
                return None
            envelope = Envelope(email.id, self.sender, email.recipients, repository.list_earlier(tx, email.id))
        return email, message_of(letter, envelope, now), waiting

    def _mailable(self, tx: Session, email: Email, now: datetime) -> list[str]:
        """Return the recipients who still wait for the e-mail and may get mail; without any, end the e-mail."""
        waiting = [address for address in email.recipients if address not in email.delivered_to]
        suppressed = repository.list_suppressed(tx, waiting, now - BOUNCES_COUNT_FOR)
        mailable = [address for address in waiting if address not in suppressed]
        if not mailable:
            status = "sent" if email.delivered_to else "bounced"
            error = "mail to this address came back or was reported as spam; it gets no mail"
            repository.end_attempt(tx, email, status, email.delivered_to, error=error, now=now)
            if status == "bounced":
                log.info("email.suppressed", extra={"email_id": str(email.id)})
                self._writer(email).undelivered(tx, email, now)
        return mailable

    def _end(self, user_id: UUID, email: Email, delivery: Delivery, now: datetime) -> None:
        for outcome in ("accepted", "refused", "deferred"):
            if recipients := getattr(delivery, outcome):
                count("warmpath.emails", len(recipients), outcome=outcome)
        deadline = time.monotonic() + RECORD_TIMEOUT_S
        while True:
            try:
                self._record(user_id, email, delivery, now)
            except Unavailable:
                if time.monotonic() > deadline:
                    raise
                time.sleep(RECORD_RETRY_S)
            else:
                return

    def _record(self, user_id: UUID, email: Email, delivery: Delivery, now: datetime) -> None:
        """Record the outcome of an attempt; a second call changes nothing."""
        delivered_to = email.delivered_to + delivery.accepted
        status = "queued" if delivery.deferred else "sent" if delivered_to else "bounced"
        error = "; ".join((delivery.deferred | delivery.refused).values())
        with self.database.transaction(user_id) as tx:
            for address in delivery.gone:
                repository.note_bounce(tx, address, now)
            recorded = repository.end_attempt(tx, email, status, delivered_to, error=error, now=now)
            if recorded and status == "bounced":
                log.info("email.bounced", extra={"email_id": str(email.id)})
                self._writer(email).undelivered(tx, email, now)

    def _writer(self, email: Email) -> LetterWriter:
        return self.writers[email.kind.partition(".")[0]]
