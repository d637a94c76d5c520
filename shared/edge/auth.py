"""From a bearer token to the calling user: a person's OIDC token, or a program's token that was made here.

A token is verified by signature (RS256 alone, so that neither `none` nor a key used as an HMAC secret is ever accepted),
issuer, audience and expiry. A verified token is remembered for up to `REMEMBERED_S`, because verifying costs more than
the rest of a cached read. A program's token is looked up by its hash, and remembered for `PROGRAM_REMEMBERED_S` at most, so that
a revoked one ends soon.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from shared.access import codes
from shared.access.repository import find_holder
from shared.deferred_imports import load_when_used
from shared.errors import InvalidToken, Unauthenticated, Unavailable
from shared.names import visible_name
from shared.plumbing.outbound.connections import TimedHTTPConnection, TimedHTTPSConnection, within
from shared.users import repository

# PyJWT imports x509 to distinguish certificates from HMAC secrets, which are not accepted here: a tenth of a cold start.
load_when_used("cryptography", "x509")

import jwt  # noqa: E402 - its imports are deferred above

if TYPE_CHECKING:
    from uuid import UUID

    from shared.config import Settings
    from shared.plumbing.postgres.database import Database

ALGORITHM = "RS256"
# The largest difference between the clocks of issuer and verifier.
CLOCK_SKEW_S = 30
KEYS_TTL_S = 3600
# An unknown key id causes one more fetch, at most this often: anybody can write a key id into a token.
KEYS_COOLDOWN_S = 30
# After a failed fetch without known keys, callers are refused at once for this long: if each waited for its own attempt,
# they would occupy all threads.
KEYS_PAUSE_S = 1
KEYS_TIMEOUT_S = 3
MAX_KEYS_BYTES = 1_000_000
_CHUNK_BYTES = 65_536
MAX_TOKEN_LENGTH = 8192
# The limit of the column users.subject; OpenID Connect allows half of it.
MAX_SUBJECT_LENGTH = 500
# In the audit log a session that the identity provider names is one sign-in for as long as sessions last; others are one an hour.
SESSION_S, UNNAMED_SESSION_S = 90 * 86_400.0, 3600.0
_FAR_FUTURE = 2**40
# Another process may have erased the user: this one notices after at most this time.
REMEMBERED_S = 300
MAX_REMEMBERED = 20_000
# The longest that another process lets a program in whose token was revoked.
PROGRAM_REMEMBERED_S = 30
_PREFIX = "wm"

log = logging.getLogger(__name__)


class Program(NamedTuple):
    """The program that calls for a user.

    Attributes:
        id: of its personal token or its grant.
        name: what the user calls it.
        scopes: what its token may be used for.
        resource: what its token was made for, `mcp` or `api`; empty for both.
    """

    id: UUID
    name: str
    scopes: frozenset[str]
    resource: str


class User(NamedTuple):
    """The calling user.

    Attributes:
        id: key of all rows of the user.
        email: the token's address; None unless the issuer verified it.
        name: the token's name; empty where it shows nothing.
        program: the program that calls for the user; None where the user is signed in.
    """

    id: UUID
    email: str | None
    name: str
    program: Program | None = None


# Every error of a fetch that does not bring keys.
_NO_KEYS = (
    OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError, RecursionError, jwt.PyJWTError,
)  # fmt: skip


class _NoRedirect(HTTPRedirectHandler):
    """A redirect handler that follows none: keys come from the configured address only."""

    def redirect_request(self, *_: Any) -> None:
        return None


class _Http(HTTPHandler):
    """HTTP over connections with one deadline for everything."""

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(TimedHTTPConnection, req)


class _Https(HTTPSHandler):
    """HTTPS over connections with one deadline for everything."""

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(TimedHTTPSConnection, req)


def _read(url: str) -> bytes:
    """Fetch the document at a configured address.

    Raises:
        OSError, HTTPException: it does not come within `KEYS_TIMEOUT_S`, or is longer than `MAX_KEYS_BYTES`.
    """
    parts: list[bytes] = []
    opener = build_opener(_NoRedirect, _Http, _Https)
    with within(KEYS_TIMEOUT_S), opener.open(Request(url), timeout=KEYS_TIMEOUT_S) as answer:  # noqa: S310 - not a caller's
        while part := answer.read1(_CHUNK_BYTES):
            parts.append(part)
            if sum(map(len, parts)) > MAX_KEYS_BYTES:
                raise OSError(f"the keys are longer than {MAX_KEYS_BYTES:,} bytes")
    return b"".join(parts)


class KeyRing:
    """The issuer's public keys, fetched over HTTP and kept; a new key is fetched when a token first names it.

    One thread fetches. Threads that ask for a known key go on with it meanwhile; threads that ask for an unknown one wait.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str, Any] = {}
        self._fetched_at = float("-inf")
        self._not_before = float("-inf")
        self._lock = threading.Lock()

    def key(self, key_id: str) -> Any:
        """Return the key with an id.

        Raises:
            Unauthenticated: the issuer has no such key.
            Unavailable: the keys cannot be fetched.
        """
        known = key_id in self._keys
        if self._are_old(known=known) and self._lock.acquire(blocking=not known):
            try:
                if self._are_old(known=key_id in self._keys):  # another thread may have fetched them by now
                    self._fetch()
            finally:
                self._lock.release()
        keys = self._keys
        if not keys:
            raise Unavailable("the keys of the token issuer cannot be fetched; try again", retry_after_s=KEYS_PAUSE_S)
        try:
            return keys[key_id]
        except KeyError:
            raise InvalidToken("the token is signed with a key that its issuer does not publish") from None

    def _are_old(self, *, known: bool) -> bool:
        """Whether to fetch the keys again; sooner for a key that is not among them."""
        now = time.monotonic()
        return now >= self._not_before and now - self._fetched_at > (KEYS_TTL_S if known else KEYS_COOLDOWN_S)

    def _fetch(self) -> None:
        try:
            keys = {
                str(entry["kid"]): jwt.PyJWK(entry, ALGORITHM).key
                for entry in json.loads(_read(self._url))["keys"]
                if entry.get("kty") == "RSA" and "kid" in entry and entry.get("use", "sig") == "sig"
            }
        except _NO_KEYS as error:
            log.warning("auth.keys_unavailable", extra={"url": self._url, "error": type(error).__qualname__})
            # Known keys stay valid while the issuer does not answer; the next attempt is after the cool-down.
            self._not_before = time.monotonic() + (KEYS_COOLDOWN_S if self._keys else KEYS_PAUSE_S)
            return
        self._keys = keys
        self._fetched_at = time.monotonic()


class Authenticator:
    """The verifier of tokens, and the users that they name.

    Args:
        settings: issuer, audience and address of the keys.
        database: stores a user at the first call.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self._issuer = settings.oidc_issuer
        self._audience = settings.oidc_audience
        self._keys = KeyRing(settings.oidc_jwks_url)
        self._database = database
        self._remembered: dict[bytes, tuple[User, float]] = {}

    def user(self, authorization: str | None) -> User:
        """Return the user that an `Authorization` header names, adding them at their first call.

        Raises:
            Unauthenticated: the token is missing or not valid.
            Unavailable: keys or users cannot be read now.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("send a token: Authorization: Bearer <token>")
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        remembered = self._remembered.get(digest)
        if remembered is not None and time.time() < remembered[1]:
            return remembered[0]
        if token.startswith(_PREFIX):
            user, until = self._program(token, digest)
        else:
            user, until = self._person(token)
        if len(self._remembered) >= MAX_REMEMBERED:
            self._remembered.clear()
        self._remembered[digest] = (user, until)
        return user

    def _person(self, token: str) -> tuple[User, float]:
        claims = self._verified(token)
        user = self._sign_in(claims)
        return user, min(time.time() + REMEMBERED_S, float(claims["exp"]) + CLOCK_SKEW_S)

    def _program(self, token: str, digest: bytes) -> tuple[User, float]:
        holder = None
        now = datetime.now(UTC)
        if codes.is_made_here(token, "wmp_", "wma_"):
            holder = find_holder(self._database, digest, now)
        if holder is None:
            raise InvalidToken("the token is not valid: it was mistyped, has expired, or was revoked")
        program = Program(holder.program_id, holder.program, holder.scopes, holder.resource)
        until = min(now.timestamp() + PROGRAM_REMEMBERED_S, holder.expires_at.timestamp())
        return User(holder.user_id, holder.email, holder.name, program), until

    def forget(self, user_id: UUID) -> None:
        """Drop every remembered token of an erased user, so that the next call signs in again."""
        for digest, (user, _) in list(self._remembered.items()):
            if user.id == user_id:
                self._remembered.pop(digest, None)

    def forget_program(self, program_id: UUID) -> None:
        """Drop every remembered token of a program that was revoked."""
        for digest, (user, _) in list(self._remembered.items()):
            if user.program is not None and user.program.id == program_id:
                self._remembered.pop(digest, None)

    def _verified(self, token: str) -> dict[str, Any]:
        if len(token) > MAX_TOKEN_LENGTH:
            raise InvalidToken(f"the token is longer than {MAX_TOKEN_LENGTH} characters")
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") != ALGORITHM:
                raise InvalidToken(f"the token must be signed with {ALGORITHM}")
            claims: dict[str, Any] = jwt.decode(
                token,
                self._keys.key(str(header.get("kid", ""))),
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=self._issuer,
                leeway=CLOCK_SKEW_S,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise InvalidToken("the token has expired: sign in again") from error
        except (jwt.PyJWTError, ValueError) as error:
            raise InvalidToken(f"the token is not valid: {error}") from error
        if not _text(claims["sub"]) or claims["iss"] != self._issuer:
            raise InvalidToken("the token names no subject, or more than one issuer")
        if len(claims["sub"]) > MAX_SUBJECT_LENGTH:
            raise InvalidToken(f"the token's subject is longer than {MAX_SUBJECT_LENGTH} characters")
        return claims

    def _sign_in(self, claims: dict[str, Any]) -> User:
        # Only verified addresses count: many issuers let people write any address into their profile.
        verified = claims.get("email_verified")
        email = _text(claims.get("email")) if verified is True or verified == "true" else ""
        name = _text(claims.get("name"))
        if not visible_name(name):
            name = ""
        session, once_in_s = _session(claims)
        with self._database.read(None) as tx:
            user_id = repository.sign_in(
                tx,
                issuer=self._issuer,
                subject=claims["sub"],
                email=email or None,
                name=name,
                session=session,
                once_in_s=once_in_s,
            )
        return User(id=user_id, email=email or None, name=name)


def _session(claims: dict[str, Any]) -> tuple[str, float]:
    """Name the session at the identity provider, and the seconds in which it is one sign-in.

    Providers renew tokens without asking the user again; `auth_time` says when the user was asked.
    """
    asked_at = claims.get("auth_time")
    if isinstance(asked_at, int) and 0 < asked_at < _FAR_FUTURE:
        return str(asked_at), SESSION_S
    return "", UNNAMED_SESSION_S


def _text(claim: Any) -> str:
    """Return a claim that is a text which Postgres can store (no NUL, no lone surrogate); else an empty text."""
    is_text = isinstance(claim, str) and "\0" not in claim and claim.encode("utf-8", "replace").decode() == claim
    return claim if is_text else ""
