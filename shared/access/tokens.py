"""Codes for tokens, refresh tokens for new ones, and revocation (OAuth 2.1, RFC 7009, RFC 8628)."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shared.access import authorization, grants
from shared.access.clients import DEVICE_GRANT
from shared.errors import OAuthError

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.access.grants import Taken
    from shared.plumbing.postgres.database import Database, Session

# Long, because they are looked up and not believed: one that is revoked ends within half a minute. Hosted assistants do not refresh in the
# middle of a conversation.
ACCESS_LIVES = timedelta(hours=24)
REFRESH_LIVES = timedelta(days=90)
# An assistant refreshes from several processes at once and loses answers; an hour later a used token is a stolen one.
REFRESH_GRACE = timedelta(minutes=30)
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_NOT_GIVEN = {
    "waiting": ("authorization_pending", "the user has not answered yet"),
    "hasty": ("slow_down", "wait five seconds longer between two questions"),
    "denied": ("access_denied", "the user said no"),
    "expired": ("expired_token", "the user has not answered within a quarter of an hour"),
    "unknown": ("invalid_grant", "the device_code is not known"),
}


def issue(database: Database, form: dict[str, str], root: str, now: datetime) -> dict[str, Any]:
    """Answer the token endpoint.

    What is handed in is taken and saved before anything is judged: were both one transaction, a refusal would undo the note that a
    code was used.

    Raises:
        OAuthError: there are no tokens for this.
    """
    kind = form.get("grant_type")
    client_id = form.get("client_id", "")
    with database.transaction(None) as tx:
        if kind == "authorization_code":
            taken = grants.take(tx, form.get("code", ""), "code", now, grace=timedelta())
        elif kind == "refresh_token":
            taken = grants.take(tx, form.get("refresh_token", ""), "refresh", now, grace=REFRESH_GRACE)
        elif kind == DEVICE_GRANT:
            pause = authorization.DEVICE_INTERVAL
            taken = grants.take_device_answer(tx, form.get("device_code", ""), client_id, now, pause=pause)
        else:
            raise OAuthError(
                "unsupported_grant_type", f"grant_type: authorization_code, refresh_token or {DEVICE_GRANT}"
            )
    if kind == DEVICE_GRANT and taken.outcome != "good":
        raise OAuthError(*_NOT_GIVEN[taken.outcome])
    _judge(taken, form, root)
    with database.transaction(taken.user_id) as tx:
        return _pair(tx, taken, now)


def revoke(tx: Session, form: dict[str, str]) -> UUID | None:
    """End the grant of a token; a token that is not known is as good as revoked. Return the grant's id."""
    return grants.end_of(tx, form.get("token", ""))


def _judge(taken: Taken, form: dict[str, str], root: str) -> None:
    if taken.outcome != "good":
        raise OAuthError("invalid_grant", f"the code or token is not good: {taken.outcome}")
    given = form.get("client_id", "")
    if given != taken.client_id and (given or form["grant_type"] != "refresh_token"):
        raise OAuthError("invalid_grant", "client_id: the code or token belongs to another program")
    if form["grant_type"] == "authorization_code":
        verifier = form.get("code_verifier", "")
        digest = (
            base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("utf-8", "replace")).digest()).decode().rstrip("=")
        )
        if not _VERIFIER.fullmatch(verifier) or not secrets.compare_digest(digest, taken.details["challenge"]):
            raise OAuthError("invalid_grant", "code_verifier does not fit the code_challenge")
        if form.get("redirect_uri", taken.details["redirect_uri"]) != taken.details["redirect_uri"]:
            raise OAuthError("invalid_grant", "redirect_uri is not the one of the request")
    if authorization.resource_of(form.get("resource"), root, taken.resource) != taken.resource:
        raise OAuthError("invalid_target", "the user let the program in at another resource")


def _pair(tx: Session, taken: Taken, now: datetime) -> dict[str, Any]:
    return {
        "access_token": grants.add_token(tx, taken.grant_id, "access", now + ACCESS_LIVES),
        "token_type": "Bearer",
        "expires_in": int(ACCESS_LIVES.total_seconds()),
        "refresh_token": grants.add_token(tx, taken.grant_id, "refresh", now + REFRESH_LIVES),
        "scope": " ".join(taken.scopes),
    }
