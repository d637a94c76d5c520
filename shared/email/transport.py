"""SMTP: hand an e-mail to a mail server, recipient by recipient, and report the outcome for each."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass, field
from email.policy import SMTP, SMTPUTF8
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from shared.email.reports.postmark import METADATA
from shared.errors import Unavailable
from shared.plumbing.outbound.connections import connect, tls, within

if TYPE_CHECKING:
    import socket
    from contextlib import AbstractContextManager
    from email.message import EmailMessage

# For one reply of the server.
TIMEOUT_S = 20.0
# For the whole delivery, the look-up of the server's name included; the function that sends may run half as long again.
TOTAL_TIMEOUT_S = 60.0
# Reply codes of SMTP: 2xx accepted, 5xx refused for good. Anything else is refused for now: 4xx, and what is not a reply of SMTP,
# which smtplib gives the code -1.
_ACCEPTED, _PERMANENT = range(200, 300), range(500, 600)
# 550 and 551: no such mailbox, 553: no such name. Other refusals concern the sender or the message, not the mailbox.
_NO_SUCH_MAILBOX = frozenset({550, 551, 553})
# An enhanced code (RFC 3463) is more precise: x.1.x and x.2.1 concern the mailbox, 5.7.1 is a policy against the sender.
_ENHANCED = re.compile(rb"5\.(\d{1,3}\.\d{1,3})\b")
_OF_THE_MAILBOX = re.compile(rb"1\.\d+|2\.1")
# Postmark gives letters ids of its own, and gives this header back in its reports.
_POSTMARK, _POSTMARK_HEADER = "postmarkapp.com", f"X-PM-Metadata-{METADATA}"


@dataclass(slots=True)
class Delivery:
    """The outcome of a delivery for each recipient.

    Attributes:
        accepted: the server has taken responsibility for these.
        refused: refused for good, with the server's reply.
        gone: the refused recipients whose mailbox does not exist.
        deferred: refused for now, with the server's reply; to be tried again.
    """

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    deferred: dict[str, str] = field(default_factory=dict)


class _Server(smtplib.SMTP):
    """The client of the standard library, over a connection that respects the time limits."""

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        return connect(host, port, TIMEOUT_S)


class _TlsServer(smtplib.SMTP_SSL):
    """The same client, encrypted from the first byte."""

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        return self.context.wrap_socket(connect(host, port, TIMEOUT_S), server_hostname=host)


class SmtpTransport:
    """A mail server that delivers e-mail.

    Args:
        url: `smtp://[user:password@]host[:port]`, encrypted where the server offers it, and always before a password is
            sent; or `smtps://...`, encrypted from the first byte.

    Raises:
        ValueError: the URL has another form.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host")
        self._host = parts.hostname
        self._implicit_tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._implicit_tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def send(self, message: EmailMessage, sender: str, recipients: list[str]) -> Delivery:
        """Send one e-mail.

        Args:
            message: the e-mail, the same for every recipient.
            sender: the address that bounces go to.
            recipients: the addresses to deliver to; `To` may name others as well.

        Raises:
            Unavailable: the server cannot be reached or accepts nothing now; no recipient got the e-mail.
        """
        if self._host.endswith(_POSTMARK) and _POSTMARK_HEADER not in message:
            message[_POSTMARK_HEADER] = message["Message-ID"]
        try:
            with within(TOTAL_TIMEOUT_S, TIMEOUT_S), self._connected() as server:
                return _deliver(server, message, sender, recipients)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(f"the mail server does not accept e-mail now: {error!r}", retry_after_s=30) from error

    def _connected(self) -> AbstractContextManager[smtplib.SMTP]:
        server: smtplib.SMTP
        if self._implicit_tls:
            server = _TlsServer(self._host, self._port, timeout=TIMEOUT_S, context=tls())
        else:
            server = _Server(self._host, self._port, timeout=TIMEOUT_S)
        try:
            server.ehlo()
            if not self._implicit_tls and (server.has_extn("starttls") or self._user):
                server.starttls(context=tls())
                server.ehlo()
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server


def _deliver(server: smtplib.SMTP, message: EmailMessage, sender: str, recipients: list[str]) -> Delivery:
    international = not all(address.isascii() for address in (sender, *recipients))
    options = ["SMTPUTF8"] if international and server.has_extn("smtputf8") else []
    code, reply = server.mail(sender, options)
    if code not in _ACCEPTED:
        raise smtplib.SMTPSenderRefused(code, reply, sender)
    delivery = Delivery()
    for recipient in recipients:
        code, reply = server.rcpt(recipient)
        _note(delivery, recipient, code, reply)
    if not delivery.accepted:
        server.rset()
        return delivery
    code, reply = server.data(message.as_bytes(policy=SMTPUTF8 if options else SMTP))
    if code not in _ACCEPTED:
        kind = delivery.refused if code in _PERMANENT else delivery.deferred
        kind.update(dict.fromkeys(delivery.accepted, _reply_text(code, reply)))
        delivery.accepted.clear()
    return delivery


def _note(delivery: Delivery, recipient: str, code: int, reply: bytes) -> None:
    if code in _ACCEPTED:
        delivery.accepted.append(recipient)
    elif code in _PERMANENT:
        delivery.refused[recipient] = _reply_text(code, reply)
        if _means_no_mailbox(code, reply):
            delivery.gone.append(recipient)
    else:
        delivery.deferred[recipient] = _reply_text(code, reply)


def _means_no_mailbox(code: int, reply: bytes) -> bool:
    enhanced = _ENHANCED.match(reply)
    if enhanced:
        return _OF_THE_MAILBOX.fullmatch(enhanced[1]) is not None
    return code in _NO_SUCH_MAILBOX


def _reply_text(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode(errors='replace')}"
