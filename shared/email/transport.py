"""SMTP: hands an e-mail to a server, recipient by recipient, and tells what became of each."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, field
from email.policy import SMTP, SMTPUTF8
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from shared.errors import Unavailable
from shared.plumbing.outbound.connections import connect, tls, within

if TYPE_CHECKING:
    import socket
    from contextlib import AbstractContextManager
    from email.message import EmailMessage

# For each of the server's words, and from looking it up to its last one; the function that sends has half as much again.
TIMEOUT_S = 20.0
ALL_S = 60.0
# SMTP's own numbers: 2xx yes, 4xx not now, 5xx no.
_NOT_NOW, _NO = 400, 500
# 550 and 551: no such mailbox, 553: no such name. Other refusals are about us or the message, not about the mailbox.
_NO_SUCH_MAILBOX = frozenset({550, 551, 553})


@dataclass(slots=True)
class Delivery:
    """What became of each recipient.

    Attributes:
        accepted: the server answers for these from now on.
        refused: for good; with the server's words.
        gone: those of the refused whose mailbox does not exist.
        deferred: to be tried again; with the server's words.
    """

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    deferred: dict[str, str] = field(default_factory=dict)


class _Server(smtplib.SMTP):
    """The standard library's, over a connection that ends in time."""

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        return connect(host, port, TIMEOUT_S)


class _TlsServer(smtplib.SMTP_SSL):
    """The same, encrypted."""

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        return self.context.wrap_socket(connect(host, port, TIMEOUT_S), server_hostname=host)


class SmtpTransport:
    """A server that takes e-mail.

    Args:
        url: `smtp://[user:password@]host[:port]`, encrypted as soon as the server offers it, and before a password is
            sent in any case; or `smtps://...`, encrypted from the first byte.

    Raises:
        ValueError: the URL is of another kind.
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
        """Sends one e-mail.

        Args:
            message: what everybody gets.
            sender: where bounces go.
            recipients: who gets it; `To` may name others, too.

        Raises:
            Unavailable: the server cannot be reached, or takes nothing now; nobody got it.
        """
        try:
            with within(ALL_S, TIMEOUT_S), self._connected() as server:
                return _deliver(server, message, sender, recipients)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(f"the mail server does not take e-mail now: {error!r}", retry_after_s=30) from error

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
    code, words = server.mail(sender, options)
    if code >= _NOT_NOW:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    delivery = Delivery()
    for recipient in recipients:
        code, words = server.rcpt(recipient)
        _note(delivery, recipient, code, words)
    if not delivery.accepted:
        server.rset()
        return delivery
    code, words = server.data(message.as_bytes(policy=SMTPUTF8 if options else SMTP))
    if code >= _NOT_NOW:
        kind = delivery.refused if code >= _NO else delivery.deferred
        kind.update(dict.fromkeys(delivery.accepted, _said(code, words)))
        delivery.accepted.clear()
    return delivery


def _note(delivery: Delivery, recipient: str, code: int, words: bytes) -> None:
    if code < _NOT_NOW:
        delivery.accepted.append(recipient)
    elif code < _NO:
        delivery.deferred[recipient] = _said(code, words)
    else:
        delivery.refused[recipient] = _said(code, words)
        if code in _NO_SUCH_MAILBOX:
            delivery.gone.append(recipient)


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode(errors='replace')}"
