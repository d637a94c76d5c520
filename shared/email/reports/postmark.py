"""Postmark's webhooks for bounces and spam complaints: https://postmarkapp.com/developer/webhooks/bounce-webhook"""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Any, Literal

from shared.email.reports.report import Report, email_id_of, read_field, read_object, read_time
from shared.errors import Unauthenticated

# Names of https://postmarkapp.com/developer/api/bounce-api; other kinds of bounces pass, or concern the sender.
_KINDS: dict[str, Literal["bounce", "complaint"]] = {
    "HardBounce": "bounce",
    "BadEmailAddress": "bounce",
    "ManuallyDeactivated": "bounce",
    "SpamComplaint": "complaint",
}
# Sent by `transport` as a header, and given back by Postmark, which names letters by ids of its own.
METADATA = "email"


class Postmark:
    """A reader of Postmark's webhooks, which carry a password instead of a signature.

    Args:
        password: the password in the address of the webhook, `https://warmpath:password@host/...`.
    """

    def __init__(self, password: str) -> None:
        self._password = password.encode()

    def __call__(self, body: bytes, authorization: str | None) -> list[Report]:
        """Read a webhook; see `report.Reader`."""
        if not hmac.compare_digest(_password_of(authorization or ""), self._password):
            raise Unauthenticated(
                "the request needs the password of POSTMARK_WEBHOOK_PASSWORD, by basic authentication"
            )
        post = read_object(body, "the body")
        if read_field(post, "RecordType", str) not in {"Bounce", "SpamComplaint"}:
            return []
        kind = _KINDS.get(read_field(post, "Type", str))
        if kind is None:
            return []
        return [
            Report(
                kind=kind,
                address=read_field(post, "Email", str),
                at=read_time(read_field(post, "BouncedAt", str), "BouncedAt"),
                reason=_reason(post),
                email_id=email_id_of((post.get("Metadata") or {}).get(METADATA)),
            )
        ]


def _reason(post: dict[str, Any]) -> str:
    return str(post.get("Details") or post.get("Description") or "")


def _password_of(authorization: str) -> bytes:
    """Return the password of a basic `Authorization` header; empty for any other header."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(encoded.strip(), validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""
