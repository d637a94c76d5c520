"""The mail server of the local stack: takes every e-mail, delivers none, and shows them at `/dev/mailbox`.

Addresses that begin with `bounce` are refused permanently, and those that begin with `defer` temporarily, so that both
can be tried.
"""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html import escape
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from werkzeug.wrappers import Request

HOST = "127.0.0.1"
# In the data folder.
FOLDER = "mailbox"
MAX_BYTES = 10_000_000
# Older e-mails are deleted.
MAX_KEPT = 5000
MAX_LISTED = 500

_STYLE = """
:root { color-scheme: light dark } body { font: 15px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
details { border: 1px solid #8884; border-radius: 8px; margin: .5rem 0; padding: .6rem .9rem } summary { cursor: pointer }
pre { white-space: pre-wrap; overflow-wrap: anywhere } iframe { width: 100%; height: 32rem; border: 1px solid #8884; border-radius: 8px; background: #fff }
small { color: #888 }
"""


class Mailbox:
    """A mail server in a thread, and the e-mails that it took.

    Args:
        folder: folder of the e-mails, which outlive this process.
        port: port to listen on, on this machine only.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._mails: list[dict[str, Any]] = []
        self._last = 0
        self._server = Controller(self, hostname=HOST, port=port, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True)
        self.url = f"smtp://{HOST}:{port}"

    def start(self) -> None:
        """Read the stored e-mails and start to listen."""
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = sorted(self._folder.glob("*.json"))
        for path in kept[:-MAX_KEPT]:
            path.unlink(missing_ok=True)
        self._mails = [json.loads(path.read_text(encoding="utf-8")) for path in kept[-MAX_KEPT:]]
        self._server.start()

    def stop(self) -> None:
        """Stop the server and its thread."""
        self._server.stop()

    def mails(self, to: str | None = None) -> list[dict[str, Any]]:
        """Return the e-mails to an address, or all, newest first."""
        with self._lock:
            found = [mail for mail in self._mails if to is None or to.lower() in map(str.lower, mail["to"])]
        return found[::-1]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient; aiosmtpd calls this for each."""
        if address.lower().startswith("bounce"):
            return "550 5.1.1 No such mailbox here"
        if address.lower().startswith("defer"):
            return "451 4.3.2 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Store an e-mail; aiosmtpd calls this for each."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = readable(message_from_bytes(content, policy=policy.default), list(envelope.rcpt_tos))
        with self._lock:
            self._last = max(self._last + 1, time.time_ns())
            path = self._folder / f"{self._last:020d}.json"
            path.write_text(json.dumps(mail, ensure_ascii=False), encoding="utf-8")
            self._mails.append(mail)
            del self._mails[:-MAX_KEPT]
        return "250 Taken"

    def answer(self, request: Request) -> Response:
        """GET /dev/mailbox?to=: a page for browsers, JSON for other clients."""
        mails = self.mails(request.args.get("to"))[:MAX_LISTED]
        best = request.accept_mimetypes.best_match(["application/json", "text/html"])
        if best == "text/html" and request.accept_mimetypes["text/html"] > request.accept_mimetypes["application/json"]:
            return Response(_page(mails), mimetype="text/html", headers={"Cache-Control": "no-store"})
        content = json.dumps({"items": mails}, ensure_ascii=False)
        return Response(content, mimetype="application/json", headers={"Cache-Control": "no-store"})


def readable(message: EmailMessage, recipients: list[str]) -> dict[str, Any]:
    """Convert an e-mail into an entry of `/dev/mailbox`.

    Args:
        message: the e-mail as it was sent.
        recipients: addresses of the recipients.
    """
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    return {
        "to": recipients,
        "from": str(message["From"]),
        "subject": str(message["Subject"]),
        "text": parts["plain"].get_content().replace("\r\n", "\n") if parts["plain"] else "",
        "html": parts["html"].get_content().replace("\r\n", "\n") if parts["html"] else "",
        "headers": {name: str(value) for name, value in message.items()},
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }


def _page(mails: list[dict[str, Any]]) -> str:
    shown = "".join(
        f"<details><summary><b>{escape(mail['subject'])}</b> <small>to {escape(', '.join(mail['to']))}, "
        f"{escape(mail['at'])}</small></summary><pre>{escape(mail['text'])}</pre>"
        '<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" '
        f'srcdoc="{escape("<base target=_blank>" + mail["html"])}"></iframe>'
        f"<pre><small>{escape(_headers(mail))}</small></pre></details>"
        for mail in mails
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Mailbox</title><style>{_STYLE}</style><h1>Mailbox</h1>"
        f"<p>{len(mails)} e-mails, newest first. No e-mail has left this machine.</p>{shown}</html>"
    )


def _headers(mail: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in mail["headers"].items())
