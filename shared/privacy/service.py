"""The use cases of people without an account: ask what is held about an address, have it erased, and be kept by nobody here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from shared.email import repository as mailboxes
from shared.errors import FieldError, NotFound, Unavailable, ValidationFailed
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority
from shared.privacy import repository
from shared.privacy.letters import link_letter

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.config import LetterLimits
    from shared.email.service import Transport
    from shared.plumbing.postgres.database import Database, Session

TOPIC = "email"
# Of one mailbox in a day: a mistake can be made good, once.
LINKS_A_DAY = 2
LIFE = timedelta(days=1)
# Of all people together: the form is public.
ASKED_A_MINUTE = 30
# With one link: a person, and the scanners that look at links for them.
OPENED_A_MINUTE = 30

_DONE = {
    "erase": (
        "The answers of providers about your address and what users' mail and calendars say of it are deleted. No provider is asked about it, "
        "and no connected account counts it again."
    ),
    "suppress": (
        "The answers of providers and what users' mail and calendars say of your address are deleted. No import, connected account or letter of this installation takes your address from now on."
    ),
    "stop": "No more letters are sent to this address.",
}


def ask_link(tx: Session, address: str, limits: LetterLimits, now: datetime) -> None:
    """Send a link to a mailbox, unless it gets no letter now. Callers see no difference."""
    link_id = repository.ask_link(tx, address, limits=limits, most=LINKS_A_DAY, life=LIFE, now=now)
    if link_id is not None:
        outbox.append(tx, TOPIC, {"event": "PrivacyLinkAsked", "privacy_link_id": link_id}, priority=Priority.HIGH)


def open_link(tx: Session, token: str, now: datetime) -> str:
    """The mailbox that a link is about.

    Raises:
        NotFound: the link is not known, or has expired.
    """
    address = repository.open_link(tx, token, now)
    if address is None:
        raise NotFound("this link is not known, or has expired: ask for another one")
    return address


def decide(tx: Session, token: str, decision: str, now: datetime) -> str:
    """Do as the holder of a link wishes: erase, suppress (erase, and be kept by nobody here), or stop all letters.

    Returns:
        A sentence about the result, for the person to read.

    Raises:
        NotFound: the link is not known, or has expired.
        ValidationFailed: the decision is not one of these.
    """
    if decision not in _DONE:
        raise ValidationFailed([FieldError("decision", "must be erase or suppress")])
    address = open_link(tx, token, now)
    if decision == "stop":
        mailboxes.note_complaint(tx, address, now)
    else:
        repository.erase_facts(tx, address, keeps_away=decision == "suppress", now=now)
    return _DONE[decision]


class LinkMailer(NamedTuple):
    """The sender of links; they belong to no user, so they are not in the queue of users' letters.

    Attributes:
        database: holds the links.
        transport: delivers e-mail.
        sender: the address in `From`.
        public_url: of the API; links lead there.
    """

    database: Database
    transport: Transport
    sender: str
    public_url: str

    def send(self, link_id: UUID, now: datetime) -> None:
        """Send a link, unless it was sent before; a repetition after a failure carries a new token.

        Raises:
            Unavailable: the e-mail cannot be sent now; the event has to be delivered again.
        """
        from shared.email.message import Envelope, message_of  # noqa: PLC0415 - asking does without Python's email package

        with self.database.transaction(None) as tx:
            claimed = repository.claim_link(tx, link_id, now)
        if claimed is None:
            return
        address, token = claimed
        letter = link_letter(f"{self.public_url}/api/crm/privacy/{token}")
        message = message_of(letter, Envelope(uuid4(), self.sender, [address]), now)
        delivery = self.transport.send(message, self.sender, [address])
        if delivery.deferred:
            raise Unavailable(f"the mail server defers the e-mail: {delivery.deferred}", retry_after_s=60)
        with self.database.transaction(None) as tx:
            repository.note_sent(tx, link_id, now)
