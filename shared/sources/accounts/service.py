"""The use cases of accounts: connecting one, reading it in slices, having it read now.

A slice is one delivery of an event. It reads for a while, and each part is counted in the transaction that stores the place behind it: a worker
that dies leaves nothing half counted, and the next slice goes on there. Lines that come again are known and write nothing.
"""

from __future__ import annotations

import base64
import json
import logging
import secrets
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from shared.errors import Conflict, CrmError, FieldError, NotFound, ValidationFailed
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority
from shared.plumbing.outbound.connections import within
from shared.plumbing.secrets.envelope import Place
from shared.plumbing.secrets.keys import SecretUnreadable
from shared.sources import service
from shared.sources.accounts import repository
from shared.sources.accounts.account import NeedsAttention, TryLater
from shared.sources.accounts.google import GoogleAccount
from shared.sources.accounts.http import Http
from shared.sources.accounts.kinds import BY_PASSWORD, open_account
from shared.sources.accounts.microsoft import MicrosoftAccount
from shared.sources.accounts.oauth import consent_url, exchange, revoke
from shared.sources.accounts.repository import End, Saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.plumbing.postgres.database import Database, Session
    from shared.plumbing.redis.cache import Cache
    from shared.plumbing.secrets.envelope import Sealer
    from shared.sources.accounts.account import Account, Part
    from shared.sources.accounts.kinds import Door
    from shared.sources.accounts.oauth import Provider
    from shared.sources.models import AccountBody, SignInBody

log = logging.getLogger(__name__)

TOPIC = "source-sync"
# A slice reads for so long, and may then finish the part it is at; the function's time-out is longer by that.
SLICE_S = 90.0
FINISH_S = 60.0
LEASE_S = 180
CHECK_S = 20.0
REVOKE_S = 5.0
CONSENT = "consent"
# An account that was read to its end is asked again after a quarter of an hour.
EVERY_S = 900.0
# An event that has not been handled by then is queued again.
REQUEUE_AFTER_S = 900
FIRST_WAIT_S, LONGEST_WAIT_S = 60.0, 6 * 3600.0
_MAX_DOUBLINGS = 10
_MAX_PROBLEM = 500
TABLE = "source_accounts"
# The page of the app to which providers send users back.
CONNECTED_PATH = "/sources/connected"
# A consent that takes longer begins again.
CONSENT_S = 900.0


class LostAccount(Exception):
    """The source was deleted, or another worker has it: the part must not be committed."""


class SignedIn(NamedTuple):
    """A consent that was given.

    Attributes:
        source_id: the source.
        address: of the mailbox.
        secret: the credentials.
    """

    source_id: UUID
    address: str
    secret: dict[str, Any]


class Accounts:
    """The accounts of an installation.

    Args:
        database: Postgres.
        cache: Redis.
        sealer: seals credentials.
        door: what accounts are opened with.
        now: the present time.
        public_url: where the app is, to which providers send users back.
        slice_s: seconds after which a slice leaves the rest to the next one.
    """

    def __init__(
        self,
        database: Database,
        cache: Cache,
        sealer: Sealer,
        door: Door,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        public_url: str = "",
        slice_s: float = SLICE_S,
    ) -> None:
        self._redirect_uri = f"{public_url}{CONNECTED_PATH}"
        self._database = database
        self._cache = cache
        self._sealer = sealer
        self._door = door
        self._now = now
        self._slice_s = slice_s

    def check(self, kind: str, body: AccountBody) -> None:
        """Sign in with what a user has entered, before anything is stored.

        Raises:
            ValidationFailed: the kind takes no password, or the server refuses it or cannot be reached.
        """
        if kind not in BY_PASSWORD:
            raise ValidationFailed([FieldError("account", f"a source of the kind {kind} has no password")])
        account, secret = body.parts(kind)
        try:
            with within(CHECK_S), closing(open_account(kind, account, secret, self._door)) as opened:
                opened.check()
        except (NeedsAttention, TryLater) as error:
            raise ValidationFailed([FieldError("account", str(error))]) from error

    def connect(self, tx: Session, source_id: UUID, kind: str, body: AccountBody) -> None:
        """Keep the account of a source, and have it read."""
        account, secret = body.parts(kind)
        repository.set_account(tx, source_id, account, self._sealed(tx.user_id, source_id, secret))
        self._ask(tx, source_id)

    def sync(self, tx: Session, source_id: UUID) -> None:
        """Have an account read as soon as possible.

        Raises:
            NotFound: the user has no such source.
            Conflict: it has no credentials.
        """
        if repository.get_account(tx, source_id).secret is None:
            raise Conflict("this source has no account to read: its facts are sent to it")
        self._ask(tx, source_id)

    def begin_sign_in(self, user_id: UUID, source_id: UUID, kind: str) -> str:
        """Return the address at which the user consents.

        Raises:
            Conflict: the kind is not signed in to so, or this installation has no client of it.
        """
        verifier = secrets.token_urlsafe(48)
        pending = json.dumps({"verifier": verifier, "ends_at": self._now().timestamp() + CONSENT_S}).encode()
        sealed = self._sealer.seal(pending, Place(CONSENT, user_id, source_id))
        state = f"{source_id}.{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"
        return consent_url(self._provider(kind), self._redirect_uri, state, verifier)

    def finish_sign_in(self, user_id: UUID, body: SignInBody) -> SignedIn:
        """Exchange what a provider has sent the user back with for credentials.

        Raises:
            ValidationFailed: the state is not of this user or too old, or the provider refuses.
        """
        source_id, verifier = self._consent(user_id, body.state)
        with self._database.transaction(user_id) as tx:
            kind = repository.get_account(tx, source_id).kind
        provider = self._provider(kind)
        if body.code is None:
            raise ValidationFailed([FieldError("error", f"{provider.name} says: {body.error}; nothing was connected")])
        try:
            with within(CHECK_S), closing(Http(self._door.gate)) as http:
                now = self._now().timestamp()
                secret = exchange(
                    http, provider, code=body.code, verifier=verifier, redirect_uri=self._redirect_uri, now=now
                )
                with closing(open_account(kind, {}, secret, self._door)) as account:
                    address = account.address() if isinstance(account, GoogleAccount | MicrosoftAccount) else ""
        except (NeedsAttention, TryLater) as error:
            raise ValidationFailed([FieldError("code", str(error))]) from error
        return SignedIn(source_id, address.lower(), secret)

    def keep_signed_in(self, tx: Session, signed_in: SignedIn) -> None:
        """Keep the credentials of a consent, and have the account read; its address is the user's own."""
        source_id = signed_in.source_id
        repository.set_account(
            tx, source_id, {"username": signed_in.address}, self._sealed(tx.user_id, source_id, signed_in.secret)
        )  # fmt: skip
        repository.add_address(tx, source_id, signed_in.address)
        self._ask(tx, source_id)

    def give_back(self, user_id: UUID, source_id: UUID, known: repository.Known) -> None:
        """Revoke the access of a source that is forgotten; never raises, for the user can do the same at the provider."""
        provider = self._door.providers.get(known.kind)
        if provider is None or known.secret is None:
            return
        try:
            with within(REVOKE_S), closing(Http(self._door.gate)) as http:
                revoke(http, provider, self._opened(user_id, source_id, known.secret))
        except (CrmError, NeedsAttention, TryLater, OSError):
            log.info("source.not_revoked", extra={"source_id": str(source_id)})

    def _provider(self, kind: str) -> Provider:
        provider = self._door.providers.get(kind)
        if provider is None:
            raise Conflict(f"a source of the kind {kind} is not signed in to at a provider")
        if not provider.client_id:
            raise Conflict(f"this installation has no client of {provider.name}: docs/accounts.md says how to get one")
        return provider

    def _consent(self, user_id: UUID, state: str) -> tuple[UUID, str]:
        """The source and the verifier of a state, which opens for its user alone."""
        try:
            name, _, text = state.partition(".")
            source_id = UUID(name)
            sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            pending = json.loads(self._sealer.open(sealed, Place(CONSENT, user_id, source_id)))
        except (ValueError, SecretUnreadable) as error:
            raise ValidationFailed(
                [FieldError("state", "is not of a sign-in that you have begun: begin again")]
            ) from error
        if pending["ends_at"] < self._now().timestamp():
            raise ValidationFailed([FieldError("state", "the sign-in took too long: begin again")])
        return source_id, str(pending["verifier"])

    def process(self, data: str) -> None:
        """Read on in the account of an event.

        Raises:
            Unavailable: Postgres or the key is out of reach; another delivery goes on.
        """
        event = json.loads(data)
        user_id, source_id, lease = UUID(event["user_id"]), UUID(event["source_id"]), uuid4()
        with self._database.transaction(user_id) as tx:
            taken = repository.take(tx, source_id, lease, lease_s=LEASE_S)
        if taken is None:
            return  # deleted, paused, waiting for its user, or in good hands
        try:
            secret = self._opened(user_id, source_id, taken.secret)
            with (
                within(self._slice_s + FINISH_S),
                closing(open_account(taken.kind, taken.account, secret, self._door)) as account,
            ):
                done = self._read(user_id, source_id, lease, account, taken.cursor)
            end = End("ready", None, EVERY_S, 0) if done else End("running", None, 0.0, 0)
        except LostAccount:
            log.info("source.lost", extra={"source_id": str(source_id)})
            return
        except NeedsAttention as error:
            end = End("needs_attention", _clean(error), None, taken.failures)
        except (TryLater, OSError) as error:
            end = End("failed", _clean(error), _wait_s(error, taken.failures + 1), taken.failures + 1)
        log.info("source.slice", extra={"source_id": str(source_id), "kind": taken.kind, "state": end.state})
        with self._database.transaction(user_id) as tx:
            repository.end_slice(tx, source_id, lease, end)
            if end.state == "running":
                self._ask(tx, source_id)

    def _read(self, user_id: UUID, source_id: UUID, lease: UUID, account: Account, cursor: dict[str, Any]) -> bool:
        """Count part after part until the account is read to its end or the time is over; return whether it is."""
        until = time.monotonic() + self._slice_s
        with closing(account.parts(cursor)) as parts:  # type: ignore[type-var]
            for part in parts:
                self._count(user_id, source_id, lease, part)
                if part.is_last:
                    return True
                if time.monotonic() > until:
                    return False
        return True

    def _count(self, user_id: UUID, source_id: UUID, lease: UUID, part: Part) -> None:
        left_out = dict(part.left_out)
        sealed = None if part.secret is None else self._sealed(user_id, source_id, part.secret)
        if part.lines:
            self._cache.note_write(user_id)
        with self._database.transaction(user_id, timeout_s=FINISH_S) as tx:
            if part.lines:
                try:
                    service.count_lines(tx, source_id, part.lines, of=part.of, now=self._now())
                except NotFound as error:
                    raise LostAccount from error
                except ValidationFailed:  # not one of them can be used, and nothing was written
                    left_out["unreadable"] = left_out.get("unreadable", 0) + len(part.lines)
            if not repository.save_part(tx, source_id, lease, Saved(part.cursor, left_out, sealed), lease_s=LEASE_S):
                raise LostAccount

    def _opened(self, user_id: UUID, source_id: UUID, sealed: bytes) -> dict[str, Any]:
        try:
            opened: dict[str, Any] = json.loads(self._sealer.open(sealed, Place(TABLE, user_id, source_id)))
        except SecretUnreadable as error:  # of a backup that came back without its key
            raise NeedsAttention("the stored password cannot be opened any more: enter it again") from error
        return opened

    def _sealed(self, user_id: UUID | None, source_id: UUID, secret: dict[str, Any]) -> bytes:
        assert user_id is not None
        return self._sealer.seal(json.dumps(secret).encode(), Place(TABLE, user_id, source_id))

    def _ask(self, tx: Session, source_id: UUID) -> None:
        repository.ask_now(tx, source_id, REQUEUE_AFTER_S)
        self._append(tx, source_id)

    @staticmethod
    def _append(tx: Session, source_id: UUID) -> None:
        outbox.append(tx, TOPIC, {"user_id": str(tx.user_id), "source_id": str(source_id)}, priority=Priority.LOW)


def queue_due(tx: Session, most: int) -> int:
    """Queue the accounts that are to be read now; return how many."""
    queued = repository.queue_due(tx, most, REQUEUE_AFTER_S)
    if queued:
        tx.topics.add(TOPIC)
    return queued


def _wait_s(error: Exception, failures: int) -> float:
    """Seconds until an account that could not be read is tried again: twice as many each time, or as many as the server says."""
    wait: float = min(FIRST_WAIT_S * 2 ** min(failures - 1, _MAX_DOUBLINGS), LONGEST_WAIT_S)
    asked = error.retry_after_s if isinstance(error, TryLater) else None
    return max(wait, min(asked or 0.0, LONGEST_WAIT_S))


def _clean(error: Exception) -> str:
    return str(error)[:_MAX_PROBLEM].replace("\0", "")
