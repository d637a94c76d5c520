"""One request to one function: the user, the database and the inputs that its handler asks for."""

from __future__ import annotations

import contextlib
import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from shared.edge import programs
from shared.edge.deps import deps
from shared.edge.reply import etag_of, matches
from shared.errors import BadRequest, NotFound, PreconditionFailed, RateLimited, TooLarge, UnsupportedFormat, quoted
from shared.plumbing.postgres.origin import origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import EllipsisType

    from flask import Request
    from pydantic import BaseModel

    from shared.edge.auth import Program, User
    from shared.edge.upload import Upload
    from shared.manifest import Function
    from shared.parameters import Parameters
    from shared.plumbing.postgres.database import Database, Session
    from shared.plumbing.redis.cache import Allowance, Cache, Lookup

ModelT = TypeVar("ModelT", bound="BaseModel")
ParametersT = TypeVar("ParametersT", bound="Parameters")

MAX_JSON_BYTES = 1_000_000
MAX_FORM_BYTES = 20_000
_NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")


class Call:
    """One request to one function.

    Attributes:
        request: the HTTP request.
        function: the entry of the manifest.
        database: Postgres.
        cache: Redis.
        now: when the call began.
        limits: headers with the rest of the caller's rate limit.
        notes: further headers of a successful answer.
        caller: who has been found to call, also where the call was refused then.
        act: what the call does, for the audit log and the list of what programs did; empty for nothing worth a line.
        target: the id that the call is about, where its path does not say.
        failed: the answer says no, though its status does not.
        held: the transaction of the whole call, where an `Idempotency-Key` makes it one; None: each block commits.
    """

    def __init__(self, request: Request, function: Function) -> None:
        self.request = request
        self.function = function
        self.now: datetime = deps().now()
        self.limits: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.caller: User | None = None
        self.act = function.name
        self.target = ""
        self.failed = False
        self.held: Session | None = None
        self._around: contextlib.ExitStack | None = None

    def header(self, name: str) -> str:
        """Return a header of the request, in any case of its name; empty where it is not there."""
        return self.request.headers.get(name, "")

    @property
    def root(self) -> str:
        """The address of this installation, without a slash at the end."""
        return deps().settings.public_url.rstrip("/")

    @property
    def database(self) -> Database:
        """Postgres."""
        return deps().database

    @property
    def cache(self) -> Cache:
        """Redis."""
        return deps().cache

    @cached_property
    def user(self) -> User:
        """The calling user.

        Raises:
            Unauthenticated: the token is missing or not valid.
            InsufficientScope: the caller is a program whose token does not allow this function.
        """
        user = self.caller = deps().authenticator.user(self.request.headers.get("Authorization"))
        if user.program is not None:
            programs.check_scope(self.function, user.program)
        return user

    @property
    def program(self) -> Program | None:
        """The program that calls for the user; None where the user is signed in, or has not been asked for."""
        return None if self.caller is None else self.caller.program

    @property
    def user_id(self) -> UUID:
        """The id of the calling user."""
        return self.user.id

    @contextlib.contextmanager
    def transaction(
        self, *, as_user: UUID | EllipsisType | None = ..., timeout_s: float | None = None
    ) -> Iterator[Session]:
        """Open a transaction: all statements of the block or none. Appended events are sent after the commit.

        Args:
            as_user: the user whose rows are seen and changed, for calls that prove their right without a bearer token;
                None for work of no user. The caller unless given.
            timeout_s: longest that one statement may take.
        """
        if self.held is not None and as_user is ...:
            with self.held.going_on(timeout_s=timeout_s) as tx:
                yield tx
                self._note_act(tx)
            self.notes["Operation-Id"] = str(tx.operation_id)
            return
        limit = {} if timeout_s is None else {"timeout_s": timeout_s}
        with self.database.transaction(self.user_id if as_user is ... else as_user, **limit) as tx:
            yield tx
            self._note_act(tx)
        self.notes["Operation-Id"] = str(tx.operation_id)
        self._send_events(tx)

    @contextlib.contextmanager
    def one_transaction(self) -> Iterator[Session]:
        """Open a transaction that every other one of the block, and every session that reads, becomes a part of."""
        with contextlib.ExitStack() as around:
            with self.database.transaction(self.user_id) as tx:
                self.held, self._around = tx, around
                try:
                    yield tx
                finally:
                    self.held = self._around = None
            self._send_events(tx)

    def changing_contact(self, contact_id: UUID) -> AbstractContextManager[None]:
        """Announce a change of a contact to the cache, and enter it around the transaction of the change."""
        return self._changing(self.cache.changing_contact(self.user_id, contact_id))

    def changing_contacts(self) -> AbstractContextManager[None]:
        """Announce changes of any of the user's contacts, as `changing_contact`."""
        return self._changing(self.cache.changing_contacts(self.user_id))

    def _changing(self, change: AbstractContextManager[None]) -> AbstractContextManager[None]:
        if self._around is None:
            return change
        self._around.enter_context(change)
        return contextlib.nullcontext()

    def _send_events(self, tx: Session) -> None:
        # Triggers append events also where the function may not publish to their topic; the relay sends these.
        topics = tx.topics.intersection(self.function.settings.get("publishes", ()))
        if topics and deps().publisher is not None:
            from shared.edge.pubsub import send_appended  # noqa: PLC0415 - only functions that append pay for it

            send_appended(topics)

    def _note_act(self, tx: Session) -> None:
        """Add what the function does to the user's audit log, with the change itself: both are kept or none."""
        actor = origin().actor
        if tx.user_id is None or not self.function.http or tx.rolled_back:
            return
        if self.function.audit or actor not in {"user", "system"}:
            from shared.users import audit  # noqa: PLC0415 - few functions are audited

            audit.note(tx, self.act, actor, tx.operation_id)

    def note_reading(self, **details: str) -> None:
        """Add a call that changes nothing to the user's audit log, before the answer begins."""
        from shared.users import audit  # noqa: PLC0415 - few functions are audited

        with self.database.transaction(self.user_id) as tx:
            audit.note(tx, self.function.name, origin().actor, None, details)

    @contextlib.contextmanager
    def system_transaction(self) -> Iterator[Session]:
        """Open a transaction of no user, for schedules and operators; otherwise as `transaction`."""
        with self.database.transaction(None) as tx:
            yield tx
        self._send_events(tx)

    def trial(self, *, timeout_s: float | None = None) -> AbstractContextManager[Session]:
        """Open a transaction that is rolled back when the block ends, and send no event: the result of a change without it."""
        if self.held is not None:
            return self.held.trying(timeout_s=timeout_s)
        limit = {} if timeout_s is None else {"timeout_s": timeout_s}
        return self.database.trial(self.user_id, **limit)

    def read(self, *, latest: bool = False) -> AbstractContextManager[Session]:
        """Open a session of the caller for statements that change nothing; on the replica where the manifest allows it.

        A user always sees their own writes: shortly after one, reads go to the primary.

        Args:
            latest: the answer must include the latest writes of other users, so the replica is not asked.
        """
        if self.held is not None:
            return self.held.going_on()
        database = self.database
        may_lag = self.function.reads and not latest
        replica = database.has_replica and may_lag and not self.cache.wrote_lately(self.user_id)
        return database.read(self.user_id, replica=replica)

    def uuid(self, name: str) -> UUID:
        """Return a path parameter as an id.

        Raises:
            NotFound: the parameter is not a UUID, so nothing can have it as id.
        """
        value = self.path_parameter(name)
        try:
            return UUID(value)
        except ValueError:
            raise NotFound from None

    def path_parameter(self, name: str) -> str:
        """Return a path parameter by its name in the manifest.

        Raises:
            NotFound: the path is shorter than the manifest's template.
        """
        position = self.function.path.split("/").index("{" + name + "}")
        parts = self.request.path.split("/")
        if position >= len(parts):
            raise NotFound
        return parts[position]

    def limit(self) -> None:
        """Count the call against the user's rate limit.

        Raises:
            RateLimited: the limit is used up.
        """
        program = self.user.program
        if program is None:
            self._keep_to(self.cache.take_token(self.user_id, **_rate()))
        elif deps().settings.rate_limit_per_minute:
            # All programs of a user together have as much as the user, whom they never lock out.
            self._keep_to(self.cache.take_token(f"programs:{self.user_id}", **_rate()), "programs")
            each = {"per_minute": programs.PER_MINUTE, "burst": programs.BURST}
            self._keep_to(self.cache.take_token(program.id, **each), "token", **each)

    def open_contact(self, name: str) -> tuple[UUID, Lookup]:
        """Look up the contact of a path parameter in the cache, and count the call against the rate limit.

        Returns:
            The contact's id, and the cache's answer.

        Raises:
            NotFound: the parameter is not a UUID.
            RateLimited: the limit is used up.
        """
        user_id = self.user_id
        try:
            contact_id = self.uuid(name)
        except NotFound:
            self.limit()
            raise
        if self.program is not None:
            self.limit()
            return contact_id, self.cache.look_up_contact(user_id, contact_id, self.now)
        allowance, found = self.cache.open_contact(user_id, contact_id, self.now, **_rate())
        self._keep_to(allowance)
        return contact_id, found

    def _keep_to(
        self, allowance: Allowance | None, policy: str = "user", *, per_minute: int = 0, burst: int = 0
    ) -> None:
        """Add the headers of a limit, and refuse the call where it is used up; the limit of a user unless given."""
        if allowance is None:
            return
        if not per_minute:
            per_minute, burst = _rate().values()
        wait_s = allowance.retry_after_ms / 1000
        self._add_limit("RateLimit-Policy", f'"{policy}";q={burst};w={max(1, burst * 60 // per_minute)}')
        self._add_limit("RateLimit", f'"{policy}";r={allowance.remaining};t={max(1, round(wait_s))}')
        if wait_s:
            raise RateLimited(f"at most {burst} requests at once and {per_minute} a minute", retry_after_s=wait_s)

    def _add_limit(self, header: str, value: str) -> None:
        known = self.limits.get(header)
        self.limits[header] = f"{known}, {value}" if known else value

    def show_letters_left(self, left: int | None) -> None:
        """Add to the `RateLimit` header how many letters to strangers the caller may still send; None adds nothing."""
        if left is not None:
            self._add_limit("RateLimit", f'"letters";r={left}')

    def limit_secret(self, secret: str, *, per_minute: int) -> None:
        """Count the call against the rate limit of a secret link, whose holder calls without a token.

        Secrets are too long to guess; the limit bounds the use of a known one.

        Raises:
            RateLimited: the limit is used up.
        """
        if deps().settings.rate_limit_per_minute == 0:
            return
        digest = hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
        allowance = self.cache.take_token(digest, per_minute=per_minute, burst=per_minute)
        self._keep_to(allowance, "link", per_minute=per_minute, burst=per_minute)

    def query(self, parameters: type[ParametersT]) -> ParametersT:
        """Parse the query string.

        Raises:
            ValidationFailed: a parameter is missing, unknown or not valid; names each.
        """
        return parameters.parse(dict(self.request.args.lists()))

    def body(self, model: type[ModelT], *, media_types: tuple[str, ...] = ("application/json",)) -> ModelT:
        """Parse the JSON body as a model.

        Raises:
            UnsupportedFormat: `Content-Type` is not one of `media_types`.
            TooLarge: the body exceeds `MAX_JSON_BYTES`.
            BadRequest: the body is not JSON.
            ValidationFailed: the body does not fit the model; names each field at fault.
        """
        if self.request.mimetype not in media_types:
            raise UnsupportedFormat(f'send {media_types[0]}, not "{self.request.mimetype}"')
        self.limit_body(MAX_JSON_BYTES)
        from shared.models import validated  # noqa: PLC0415 - 60 ms for pydantic, which only functions with bodies pay

        data = self.request.get_data(cache=False)
        if len(data) > MAX_JSON_BYTES:  # read before this limit was set
            raise TooLarge(f"the body may have {MAX_JSON_BYTES:,} bytes, not {len(data):,}")
        return validated(model, data)

    def json(self, *, max_bytes: int) -> Any:
        """Parse a small JSON body whose form another standard gives.

        Raises:
            TooLarge: the body exceeds `max_bytes`.
            BadRequest: the body is not JSON.
        """
        self.limit_body(max_bytes)
        try:
            return json.loads(self.request.get_data(cache=False))
        except (ValueError, RecursionError):
            raise BadRequest("the body is not JSON") from None

    def form(self) -> dict[str, str]:
        """Read a form of OAuth, in which no field may stand twice.

        Raises:
            UnsupportedFormat: `Content-Type` is not `application/x-www-form-urlencoded`.
            BadRequest: a field stands twice.
        """
        if self.request.mimetype != "application/x-www-form-urlencoded":
            raise UnsupportedFormat(f'send application/x-www-form-urlencoded, not "{self.request.mimetype}"')
        self.limit_body(MAX_FORM_BYTES)
        for name, values in self.request.form.lists():
            if len(values) > 1:
                raise BadRequest(f"{quoted(name)} may stand once in the form")
        return dict(self.request.form)

    def upload(self, *, max_bytes: int) -> Upload:
        """Read the uploaded file: the body itself, or the part `file` of a form.

        Raises:
            TooLarge: the file exceeds `max_bytes`.
            BadRequest: the form has no part `file`.
        """
        from shared.edge.upload import FORM_BYTES, read_upload  # noqa: PLC0415 - two functions take files

        self.limit_body(max_bytes + (FORM_BYTES if self.request.mimetype == "multipart/form-data" else 0))
        return read_upload(self.request)

    def lines(self, *, max_bytes: int) -> list[bytes]:
        """Read the lines of an NDJSON body.

        Raises:
            UnsupportedFormat: `Content-Type` is not `application/x-ndjson`.
            TooLarge: the body exceeds `max_bytes`.
        """
        if self.request.mimetype not in _NDJSON:
            raise UnsupportedFormat(f'send {_NDJSON[0]}, not "{self.request.mimetype}"')
        self.limit_body(max_bytes)
        return self.request.get_data(cache=False).split(b"\n")

    def limit_body(self, max_bytes: int) -> None:
        """Limit the length of the body; refuse it at once where `Content-Length` exceeds the limit.

        Raises:
            TooLarge: `Content-Length` exceeds `max_bytes`.
        """
        if (self.request.content_length or 0) > max_bytes:
            raise TooLarge(f"the body may have {max_bytes:,} bytes, not {self.request.content_length:,}")
        self.request.max_content_length = max_bytes

    def forget_user(self) -> None:
        """Drop the caller's remembered tokens, because the user was erased."""
        deps().authenticator.forget(self.user_id)

    def forget_program(self, program_id: UUID) -> None:
        """Drop the remembered tokens of a program that was revoked."""
        deps().authenticator.forget_program(program_id)

    def check_if_match(self, document: str) -> None:
        """Refuse a change of a document that was changed since the caller read it: compare `If-Match` with its ETag.

        `If-None-Match` refuses the change of a document that the caller wants only where it is not there (`*`), or is another.

        Raises:
            PreconditionFailed: the document was changed, or is there.
        """
        unwanted = self.request.headers.get("If-None-Match")
        if unwanted is not None and matches(etag_of(document), unwanted):
            raise PreconditionFailed("it is there already, and If-None-Match asks for a change only where it is not")
        header = self.request.headers.get("If-Match")
        if header is not None and not matches(etag_of(document), header):
            raise PreconditionFailed


def _rate() -> dict[str, int]:
    settings = deps().settings
    return {"per_minute": settings.rate_limit_per_minute, "burst": settings.rate_limit_burst}
