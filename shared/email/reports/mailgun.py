"""Mailgun's webhooks `permanent_fail` and `complained`: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/"""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import UTC, datetime
from typing import Any

from shared.email.reports.report import Report, email_id_of, invalid, read_field, read_object
from shared.errors import Unauthenticated, quoted

# Mailgun repeats a failed delivery for eight hours. Its signature covers time and token and not the content, so an older one is refused.
MAX_AGE_S = 12 * 3600
MAX_AHEAD_S = 300


class Mailgun:
    """A reader of Mailgun's webhooks.

    Args:
        signing_key: the HTTP webhook signing key of the account.
    """

    def __init__(self, signing_key: str) -> None:
        self._key = signing_key.encode()

    def __call__(self, body: bytes, authorization: str | None) -> list[Report]:  # noqa: ARG002 - the signature is in the body
        """Read a webhook; see `report.Reader`."""
        post = read_object(body, "the body")
        self._verify(post)
        event = read_field(post, "event-data", dict)
        kind = read_field(post, "event-data.event", str)
        if kind == "failed" and read_field(post, "event-data.severity", str) == "permanent":
            return [_report(post, event, "bounce")]
        return [_report(post, event, "complaint")] if kind == "complained" else []

    def _verify(self, post: dict[str, Any]) -> None:
        timestamp = read_field(post, "signature.timestamp", str)
        token = read_field(post, "signature.token", str)
        signature = read_field(post, "signature.signature", str)
        expected = hmac.new(self._key, f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise Unauthenticated("the signature is not one of the key in MAILGUN_SIGNING_KEY")
        if not timestamp.isascii() or not timestamp.isdigit():
            raise invalid("signature.timestamp", f"{quoted(timestamp)} is not a number of seconds")
        if not -MAX_AHEAD_S <= time.time() - int(timestamp) <= MAX_AGE_S:
            raise Unauthenticated(f"the signature was made at {timestamp}, which is not within the last 12 hours")


def _report(post: dict[str, Any], event: dict[str, Any], kind: Any) -> Report:
    seconds = event.get("timestamp")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < 2**33:
        raise invalid("event-data.timestamp", f"{quoted(seconds)} is not a number of seconds since 1970")
    status, message = event.get("delivery-status"), event.get("message")
    headers = message.get("headers") if isinstance(message, dict) else None
    return Report(
        kind=kind,
        address=read_field(post, "event-data.recipient", str),
        at=datetime.fromtimestamp(seconds, UTC),
        reason=str(status.get("message") or status.get("description") or "") if isinstance(status, dict) else "",
        email_id=email_id_of(headers.get("message-id")) if isinstance(headers, dict) else None,
    )
