"""A mail server that has bad days, and remembers every e-mail it ever took."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dev.mailbox import Mailbox

if TYPE_CHECKING:
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Taken:
    """An e-mail that the server answers for.

    Attributes:
        message_id: as its sender named it.
        to: its recipients.
        text: its words.
        at: seconds of `time.monotonic`.
        told: false where the connection was cut instead of saying so.
    """

    message_id: str
    to: tuple[str, ...]
    text: str
    at: float
    told: bool


class Postbox(Mailbox):
    """A mail server.

    Attributes:
        mode: `open`; `busy`: takes nothing now; `deaf`: takes everything and hangs up without a word.
        taken: what it took, in order.
    """

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(folder, port)
        self.mode = "open"
        self.taken: list[Taken] = []
        self._taking = threading.Lock()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Called by aiosmtpd for each e-mail."""
        mode = self.mode
        if mode == "busy":
            return "451 4.3.0 Too much to do, try again later"
        answer = await super().handle_DATA(server, session, envelope)
        mail: dict[str, Any] = self._mails[-1]
        told = mode != "deaf"
        with self._taking:
            self.taken.append(
                Taken(mail["headers"]["Message-ID"], tuple(mail["to"]), mail["text"], time.monotonic(), told)
            )
        if not told:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer
