"""Signatures of messages, by the specification Standard Webhooks 1.0."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SECRET_BYTES = 32
_PREFIX = "whsec_"


def make_secret() -> bytes:
    """Make the secret of a webhook."""
    return secrets.token_bytes(_SECRET_BYTES)


def shown(secret: bytes) -> str:
    """Return a secret in the form in which receivers are given it."""
    return _PREFIX + base64.b64encode(secret).decode()


def headers(message_id: str, at_s: int, body: bytes, keys: Iterable[bytes]) -> dict[str, str]:
    """Return the headers of a message, signed with each of the keys.

    Args:
        message_id: the same in every attempt.
        at_s: time of this attempt, in seconds since 1970.
        body: the message.
        keys: the secret, and the one before while that is still good.
    """
    content = f"{message_id}.{at_s}.".encode() + body
    signatures = (base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode() for key in keys)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
