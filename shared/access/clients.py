"""Programs that ask to be let in: how they register, and where they may return to.

Registration keeps nothing: the id holds what the program said, signed (RFC 7591 asks for no storage). Tables of registrations only
grow; an assistant registers again for each conversation, and anybody may register a million times.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from shared.access import grants
from shared.errors import OAuthError
from shared.names import visible_name
from shared.plumbing.outbound.public import Refused, Unreachable

if TYPE_CHECKING:
    from shared.plumbing.outbound.public import Outside
    from shared.plumbing.postgres.database import Session

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
MAX_CLIENT_ID = 2_000
MAX_REDIRECT, MAX_REDIRECTS = 500, 10
MAX_NAME = 100
METADATA_TIMEOUT_S, MAX_METADATA_BYTES = 4.0, 5_120
# The consent page asks twice, when it opens and when the user agrees.
METADATA_REMEMBERED_S, MAX_REMEMBERED = 300.0, 1_000
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Schemes that a browser acts on itself, or that lead to a file or another protocol.
_NEVER = frozenset(
    {"javascript", "data", "file", "blob", "vbscript", "about", "ftp", "ws", "wss", "mailto", "tel", "view-source"}
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_NAMELESS = "A program without a name"


class Client(NamedTuple):
    """A program.

    Attributes:
        id: its id.
        name: what it calls itself; anybody's claim.
        redirect_uris: where it may return to.
        host: the host that publishes its description; empty where nobody vouches for it.
    """

    id: str
    name: str
    redirect_uris: list[str]
    host: str


def register(tx: Session, asked: Any) -> dict[str, Any]:
    """Register a program, without keeping anything.

    Raises:
        OAuthError: the description cannot be used; names the field.
    """
    if not isinstance(asked, dict):
        raise OAuthError("invalid_client_metadata", "send a JSON object")
    types = asked.get("grant_types", ["authorization_code", "refresh_token"])
    uris = asked.get("redirect_uris", [])
    for_devices = isinstance(types, list) and DEVICE_GRANT in types
    if not isinstance(uris, list) or len(uris) > MAX_REDIRECTS or not (uris or for_devices):
        raise OAuthError("invalid_redirect_uri", f"redirect_uris: a list of one to {MAX_REDIRECTS} addresses")
    for uri in uris:
        if not isinstance(uri, str) or not may_return_to(uri):
            told = str(uri)[:100]
            raise OAuthError(
                "invalid_redirect_uri",
                f'redirect_uris: "{told}" is neither https, http on this machine, nor a scheme of the program\'s own',
            )
    if asked.get("token_endpoint_auth_method", "none") not in {"none", "client_secret_post", "client_secret_basic"}:
        raise OAuthError("invalid_client_metadata", "token_endpoint_auth_method: only none; PKCE proves who asked")
    name = claimed_name(asked.get("client_name"))
    said = json.dumps({"n": name, "r": uris}, separators=(",", ":"))
    body = base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")
    client_id = f"dcr.{body}.{grants.sign(tx, body)}"
    if len(client_id) > MAX_CLIENT_ID:
        raise OAuthError("invalid_client_metadata", "redirect_uris and client_name are too long together")
    types = ["authorization_code", "refresh_token", *([DEVICE_GRANT] if for_devices else [])]
    return {
        "client_id": client_id, "client_id_issued_at": int(time.time()), "client_name": name, "redirect_uris": uris,
        "grant_types": types, "response_types": ["code"], "token_endpoint_auth_method": "none",
    }  # fmt: skip


def claimed_name(text: object) -> str:
    """Return what a program calls itself without signs that do not show or that turn the direction of writing."""
    shown = "".join(sign for sign in str(text or "")[:1000] if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    shown = " ".join(shown.split())[:MAX_NAME]
    return shown if visible_name(shown) else _NAMELESS


def may_return_to(uri: str) -> bool:
    """Whether a program may name this address: https, http on the user's own machine, or a scheme of its own."""
    if len(uri) > MAX_REDIRECT or not uri.isascii() or any(sign <= " " or sign in '\\\x7f"<>' for sign in uri):
        return False
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not _SCHEME.fullmatch(parts.scheme) or "#" in uri or "@" in parts.netloc or parts.scheme in _NEVER:
        return False
    if parts.scheme == "https":
        return bool(host)
    if parts.scheme == "http":
        return host in LOOPBACK
    return bool(parts.netloc or parts.path)


def returns_to(given: str, registered: list[str]) -> bool:
    """Whether an address of return is one of a program's; on the user's own machine its port may be any (RFC 8252)."""
    if given in registered:
        return True
    if not may_return_to(given):
        return False
    parts = urlsplit(given)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        return False
    same = (parts.hostname, parts.path, parts.query)
    return any(
        other.scheme == "http" and (other.hostname, other.path, other.query) == same
        for other in map(urlsplit, registered)
    )


class Clients:
    """Finds programs by their ids.

    Args:
        outside: asks programs for their descriptions.
    """

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._described: dict[str, tuple[Client, float]] = {}

    def find(self, tx: Session, client_id: str, *, fetch: bool = True) -> Client:
        """Find a program: one that registered itself, or, where `fetch` says so, one that describes itself at its id.

        Raises:
            OAuthError: no program has this id.
        """
        if client_id.startswith("dcr."):
            registered = _registered(tx, client_id)
            if registered is not None:
                return registered
        elif fetch and client_id.startswith(("https://", "http://")) and len(client_id) <= MAX_REDIRECT:
            return self._by_address(client_id)
        raise OAuthError("invalid_client", "this program is not known here: it has to register again")

    def _by_address(self, url: str) -> Client:
        """Read the description that a program publishes at its id (client id metadata document)."""
        known = self._described.get(url)
        if known is not None and time.monotonic() < known[1]:
            return known[0]
        client = self._read(url)
        if len(self._described) >= MAX_REMEMBERED:
            self._described.clear()
        self._described[url] = (client, time.monotonic() + METADATA_REMEMBERED_S)
        return client

    def _read(self, url: str) -> Client:
        parts = urlsplit(url)
        if parts.path in {"", "/"} or "?" in url or "#" in url or {".", ".."} & set(parts.path.split("/")):
            raise OAuthError(
                "invalid_client", "a client_id that is an address has a path, and neither query nor fragment"
            )
        try:
            answer = self._outside.send("GET", url, {"Accept": "application/json"}, timeout_s=METADATA_TIMEOUT_S, max_bytes=MAX_METADATA_BYTES)  # fmt: skip
            document = json.loads(answer.body) if answer.status == 200 and not answer.truncated else None  # noqa: PLR2004 - OK
        except (Refused, Unreachable, ValueError, RecursionError):
            document = None
        if not isinstance(document, dict) or document.get("client_id") != url:
            raise OAuthError("invalid_client", "the program does not describe itself at its client_id")
        if (
            document.get("token_endpoint_auth_method", "none") not in {"none", "private_key_jwt"}
            or "client_secret" in document
        ):
            raise OAuthError("invalid_client", "the program's description asks for a secret")
        uris = document.get("redirect_uris")
        good = (
            [uri for uri in uris[:20] if isinstance(uri, str) and may_return_to(uri)] if isinstance(uris, list) else []
        )
        if not good:
            raise OAuthError("invalid_client", "the program's description names no address to return to")
        return Client(url, claimed_name(document.get("client_name") or parts.hostname), good, parts.hostname or "")


def _registered(tx: Session, client_id: str) -> Client | None:
    _, _, signed = client_id.partition(".")
    body, _, signature = signed.rpartition(".")
    if len(client_id) > MAX_CLIENT_ID or not client_id.isascii() or "\0" in client_id:
        return None
    if not secrets.compare_digest(signature, grants.sign(tx, body)):
        return None
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return Client(client_id, said["n"], said["r"], "")
