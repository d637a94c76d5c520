"""What a program asks of a user, and the user's answer (OAuth 2.1: authorization codes with PKCE, and requests of devices).

The page that asks for consent is a page of the app and calls the API with the person's own token. So there is no cookie here, nothing
that another page could make a browser send, and whatever signs people in signs them in here too.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from shared.access import codes, grants
from shared.access.clients import LOOPBACK, Client, returns_to
from shared.access.grants import DeviceRequest
from shared.access.scopes import GRANTED
from shared.errors import Conflict, OAuthError

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.access.clients import Clients
    from shared.plumbing.postgres.database import Session

CODE_LIVES = timedelta(minutes=2)
DEVICE_CODE_LIVES = timedelta(minutes=15)
DEVICE_INTERVAL = timedelta(seconds=5)
MAX_GRANTS = 200
MAX_PARAMETER = 2_000
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
# No vowels, so that no words come about, and nothing that looks like something else.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_USER_CODE_LENGTH = 8
_TRIES = 3


class Asked(NamedTuple):
    """A request that was checked.

    Attributes:
        client: the program.
        redirect_uri: where it goes on; empty for a device.
        scopes: what it asks for.
        state: given back as it is.
        challenge: of PKCE; empty for a device.
        resource: what its tokens will be for, `mcp` or `api`.
        user_code: what the user typed; empty but for a device.
    """

    client: Client
    redirect_uri: str
    scopes: list[str]
    state: str | None
    challenge: str
    resource: str
    user_code: str


def read_request(tx: Session, given: dict[str, str], clients: Clients, root: str, now: datetime) -> Asked:
    """Check a request, before a person is asked and again when they agree.

    Args:
        tx: a session of the user.
        given: the parameters of the request; or `user_code`, from a device.
        clients: finds programs.
        root: the address of this installation.
        now: the time.

    Raises:
        OAuthError: the request is not good. The browser must not be sent anywhere then: its address proves nothing.
    """
    if given.get("user_code"):
        return _of_device(tx, given["user_code"], now)
    client = clients.find(tx, given.get("client_id", ""))
    only = client.redirect_uris[0] if len(client.redirect_uris) == 1 else ""
    redirect_uri = given.get("redirect_uri") or only
    if not returns_to(redirect_uri, client.redirect_uris):
        raise OAuthError("invalid_request", "the program wants to return to an address that is not its own")
    if given.get("response_type") != "code":
        raise OAuthError("unsupported_response_type", "response_type must be code")
    challenge = given.get("code_challenge", "")
    if given.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise OAuthError("invalid_request", "a code_challenge with code_challenge_method S256 is needed")
    if given.get("response_mode", "query") != "query":
        raise OAuthError("invalid_request", "response_mode must be query")
    resource = resource_of(given.get("resource"), root)
    return Asked(client, redirect_uri, _scopes(given.get("scope")), given.get("state"), challenge, resource, "")


def resource_of(address: str | None, root: str, usual: str = "mcp") -> str:
    """Return which part of this installation a resource indicator (RFC 8707) names.

    Raises:
        OAuthError: it is somewhere else.
    """
    if not address:
        return usual
    named = {root: "mcp", f"{root}/api/crm/mcp": "mcp", f"{root}/api/crm": "api"}.get(address.rstrip("/"))
    if named is None:
        raise OAuthError("invalid_target", "the resource is not of this installation")
    return named


def describe(asked: Asked) -> dict[str, Any]:
    """Describe a request for the consent page."""
    target = urlsplit(asked.redirect_uri)
    here = target.scheme == "http" and target.hostname in LOOPBACK
    return {
        "client": {"name": asked.client.name, "host": asked.client.host or None},
        "returns_to": (target.hostname if target.scheme in {"http", "https"} else f"{target.scheme}:") if asked.redirect_uri else None,
        "on_this_machine": here,
        "scopes": asked.scopes,
        "resource": asked.resource,
        "device": bool(asked.user_code),
    }  # fmt: skip


def answer(tx: Session, asked: Asked, granted: list[str], root: str, now: datetime) -> str | None:
    """Note the user's answer; return the address where the program goes on, None for a device.

    Args:
        tx: a transaction of the user.
        asked: the request.
        granted: the scopes that the user allows; none says no.
        root: the address of this installation.
        now: the time.

    Raises:
        Conflict: the user has let in as many programs as are allowed.
        OAuthError: the request of the device waits no longer.
    """
    scopes = [scope for scope in asked.scopes if scope in granted]
    grant_id = _let_in(tx, asked, scopes, now) if scopes else None
    if asked.user_code:
        if not grants.answer_device_request(tx, asked.user_code, grant_id, now):
            raise _no_device()
        return None
    if grant_id is None:
        return _back(asked, root, error="access_denied")
    details = {"redirect_uri": asked.redirect_uri, "challenge": asked.challenge}
    return _back(asked, root, code=grants.add_token(tx, grant_id, "code", now + CODE_LIVES, details))


def start_device(tx: Session, given: dict[str, str], clients: Clients, root: str, now: datetime) -> dict[str, Any]:
    """Take the request of a program on a machine without a browser (RFC 8628).

    Raises:
        OAuthError: the program did not register, or asks for something else.
    """
    client = clients.find(tx, given.get("client_id", ""), fetch=False)
    resource = resource_of(given.get("resource"), root, "api")
    request = DeviceRequest(client.id, client.name, resource, _scopes(given.get("scope")))
    secret = codes.make("wmd_").text
    for _ in range(_TRIES):
        typed = "".join(secrets.choice(_LETTERS) for _ in range(_USER_CODE_LENGTH))
        if grants.add_device_request(tx, secret, typed, request, now + DEVICE_CODE_LIVES):
            break
    shown = f"{typed[:4]}-{typed[4:]}"
    return {
        "device_code": secret, "user_code": shown, "verification_uri": f"{root}/connect",
        "verification_uri_complete": f"{root}/connect?user_code={shown}",
        "expires_in": int(DEVICE_CODE_LIVES.total_seconds()), "interval": int(DEVICE_INTERVAL.total_seconds()),
    }  # fmt: skip


def _of_device(tx: Session, user_code: str, now: datetime) -> Asked:
    typed = "".join(sign for sign in user_code.upper() if sign in _LETTERS)
    request = grants.find_device_request(tx, typed, now) if len(typed) == _USER_CODE_LENGTH else None
    if request is None:
        raise _no_device()
    client = Client(request.client_id, request.name, [], "")
    return Asked(client, "", request.scopes, None, "", request.resource, typed)


def _no_device() -> OAuthError:
    return OAuthError(
        "invalid_request",
        "no program waits for this code: it was mistyped, answered, or is older than a quarter of an hour",
    )


def _let_in(tx: Session, asked: Asked, scopes: list[str], now: datetime) -> UUID:
    target = urlsplit(asked.redirect_uri)
    host = asked.client.host or target.hostname or (f"{target.scheme}:" if target.scheme else "")
    grant_id = grants.add(tx, asked.client._replace(host=host), asked.resource, scopes, now, most=MAX_GRANTS)
    if grant_id is None:
        raise Conflict(f"you have let in {MAX_GRANTS} programs: end the access of one that is no longer used")
    return grant_id


def _scopes(text: str | None) -> list[str]:
    asked = (text or "").split()
    return [scope for scope in GRANTED if scope in asked] or ["read"]


def _back(asked: Asked, root: str, **said: str) -> str:
    said |= {"iss": root} | ({} if asked.state is None else {"state": asked.state})
    return asked.redirect_uri + ("&" if "?" in asked.redirect_uri else "?") + urlencode(said)
