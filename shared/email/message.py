"""An e-mail as it is handed to the mail server: a letter with its headers."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.email.letter import one_line
from shared.email.rendering import rendered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from shared.email.letter import Letter


class Envelope(NamedTuple):
    """The sender, the recipients and the thread of a letter.

    Attributes:
        email_id: gives the Message-ID. It is the same at every attempt, so a mail client can drop a repetition.
        sender: the address of the service.
        recipients: addresses; every recipient sees all of them.
        earlier: ids of e-mails about the same subject to the same people, oldest first; together they form one thread.
    """

    email_id: UUID
    sender: str
    recipients: list[str]
    earlier: Sequence[UUID] = ()


def message_of(letter: Letter, envelope: Envelope, now: datetime) -> EmailMessage:
    """Make the e-mail, ready to be sent."""
    domain = envelope.sender.rpartition("@")[2]
    subject, text, html = rendered(letter)
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(envelope.sender, one_line(letter.sender))
    message["To"] = [_address(recipient) for recipient in envelope.recipients]
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = _message_id(envelope.email_id, domain)
    if letter.reply_to:
        message["Reply-To"] = _address(letter.reply_to)
    if envelope.earlier:
        message["In-Reply-To"] = _message_id(envelope.earlier[-1], domain)
        message["References"] = " ".join(_message_id(email_id, domain) for email_id in envelope.earlier)
    if letter.stop_url:
        # RFC 8058: only a POST unsubscribes, so a scanner that follows the link with GET does not.
        message["List-Unsubscribe"] = f"<{letter.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def _message_id(email_id: UUID, domain: str) -> str:
    return f"<{email_id}@{domain}>"


def _address(spec: str, name: str = "") -> Address:
    """Build an address from its parts: the parser of Python refuses `a..b@x.com` and non-Latin local parts, which exist."""
    local, _, domain = spec.rpartition("@")
    return Address(name, local, domain)
