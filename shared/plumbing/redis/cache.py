"""The cache of the request path in Redis: contacts as they are answered, and the rate limit of each user.

It fails open: without Redis every answer comes from Postgres and no rate limit holds.

A contact is never stale once a change was answered, also when reads and writes race or a writer dies half-way:

- a reader that finds no value puts a *lease* in its place before it asks Postgres, and may fill in the value that it
  read only while its lease is still there;
- a writer puts a *mark* beside the contact before it commits, which removes every lease and prevents new ones, and
  removes the mark afterwards; the mark of a writer that died expires when its transaction is long over;
- a change of many contacts replaces the user's *epoch*, a part of every key, before and after; nothing is filled in
  between;
- a change with an unknown outcome leaves its mark, because the transaction may still commit;
- a writer that cannot reach Redis, which other instances may reach, *notes* the change in Postgres; then
  `shared.plumbing.redis.unseen_changes` removes the user's contacts from the cache.
"""

from __future__ import annotations

import contextlib
import heapq
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import hiredis

from shared.errors import CrmError, Unavailable
from shared.plumbing.redis.client import RedisUnavailable, Script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from shared.plumbing.redis.opening import Redis

    ScriptCall = tuple[Script, Sequence[str], Sequence[str | bytes | float]]

CONTACT_TTL_S = 3600
# Longer than a reader's query may take.
LEASE_TTL_S = 30
# Longer than a transaction on one contact may take, and one on many.
MARK_TTL_S = 60
BULK_MARK_TTL_S = 600
EPOCH_TTL_S = 2 * CONTACT_TTL_S
# Reads of a user who wrote go to the primary for this time, after which the replica has surely caught up.
WROTE_TTL_S = 10
OPENED_TTL_S = 2 * 86400
MAX_OPENED = 10_000
# Keys of one user are on one shard of a cluster, by a hash tag of this many hexadecimal digits of their id. All users of a tag are counted
# together, which keeps the number of counts limited; 4,096 tags are even to 3 % over 20 shards.
_TAG_DIGITS = 3

_LOOK_UP = Script(
    "look_up",
    """
if redis.call('EXISTS', KEYS[2], KEYS[3]) > 0 then return false end
if ARGV[6] == '1' then redis.call('ZINCRBY', KEYS[4], 1, ARGV[1] .. ARGV[2]) end
local epoch = redis.call('GET', KEYS[1])
if not epoch then epoch = ARGV[3] redis.call('SET', KEYS[1], epoch, 'EX', ARGV[5]) end
local key = 'contact:' .. ARGV[1] .. epoch .. ':' .. ARGV[2]
local held = redis.call('GET', key)
if not held then redis.call('SET', key, '?' .. ARGV[3], 'EX', ARGV[4]) return {key} end
if held:byte() == 61 then return held end
return false
""",
)
_FILL = Script(
    "fill",
    """
if redis.call('GET', KEYS[1]) == '?' .. ARGV[1] then redis.call('SET', KEYS[1], '=' .. ARGV[2], 'EX', ARGV[3]) end
""",
)
_FORGET = """
local epoch = redis.call('GET', KEYS[1])
if epoch then redis.call('DEL', 'contact:' .. ARGV[1] .. epoch .. ':' .. ARGV[2]) end
"""
_MARK = Script(
    "mark",
    _FORGET
    + """
redis.call('SADD', KEYS[2], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[4])
redis.call('SET', KEYS[3], 1, 'EX', ARGV[5])
""",
)
_UNMARK = Script("unmark", _FORGET + "redis.call('SREM', KEYS[2], ARGV[3])")
_BEGIN_BULK = Script(
    "begin_bulk",
    """
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('SET', KEYS[3], 1, 'EX', ARGV[4])
""",
)
_END_BULK = Script(
    "end_bulk",
    """
redis.call('SET', KEYS[1], ARGV[1] .. '+', 'EX', ARGV[2])
redis.call('SREM', KEYS[2], ARGV[1])
""",
)
_TAKE_TOKEN = Script(
    "take_token",
    """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = math.min(burst, (tonumber(kept[1]) or burst) + math.max(0, now - (tonumber(kept[2]) or now)) * rate)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) / rate) end
redis.call('HSET', KEYS[1], 'tokens', tokens, 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate) + 1000)
return {math.floor(tokens), wait}
""",
)
# Both scripts in one: a round trip is the largest part of the cost of a cached contact. A refused call looks nothing up.
_TAKE_TOKEN_AND_LOOK_UP = Script(
    "open_contact",
    f"""
local function take_token(KEYS, ARGV) {_TAKE_TOKEN.source} end
local function look_up(KEYS, ARGV) {_LOOK_UP.source} end
local taken = take_token({{KEYS[1]}}, {{ARGV[1], ARGV[2]}})
if taken[2] > 0 then return {{taken, false}} end
return {{taken, look_up({{unpack(KEYS, 2)}}, {{unpack(ARGV, 3)}})}}
""",
)


class Lookup(NamedTuple):
    """The cache's answer about a contact.

    Attributes:
        value: the contact as JSON; None when it has to be read from Postgres.
        key: key to fill the contact in under; empty when filling in is not allowed now.
        lease: the right to fill the contact in; empty without one.
    """

    value: bytes | None = None
    key: str | bytes = ""
    lease: str = ""


class Allowance(NamedTuple):
    """The rest of a rate limit.

    Attributes:
        remaining: requests that would be answered right now.
        retry_after_ms: 0 when this request is allowed; else the time until the next one is.
    """

    remaining: int
    retry_after_ms: int


class Cache:
    """Typed access to the cache in Redis.

    Args:
        redis: the server; None without a cache.
        note_unseen: records in Postgres that a user's contacts change within a number of seconds, unseen by Redis.
    """

    def __init__(self, redis: Redis | None, note_unseen: Callable[[UUID, int], None] | None = None) -> None:
        self._redis = redis
        self._note_unseen = note_unseen
        self._spreads = redis is not None and redis.spreads

    def is_up(self) -> bool:
        """Whether the server answers, and in a cluster every shard."""
        try:
            if self._redis is None:
                return False
            self._redis.on_every_server("PING")
        except (RedisUnavailable, hiredis.ReplyError):
            return False
        return True

    def empty(self) -> None:
        """Forget everything of every user; also limits are counted from zero.

        Raises:
            Unavailable: the server cannot be reached.
        """
        if self._redis is None:
            return
        try:
            self._redis.on_every_server("FLUSHDB")
        except (RedisUnavailable, hiredis.ReplyError) as error:
            raise Unavailable(f"the cache cannot be emptied: {error}") from error

    def close(self) -> None:
        """Close the idle connections."""
        if self._redis is not None:
            self._redis.close()

    def look_up_contact(self, user_id: UUID, contact_id: UUID, now: datetime, *, opened: bool = True) -> Lookup:
        """Look up a contact, or get the right to fill it in.

        Args:
            user_id: the user whose contact it is.
            contact_id: the contact.
            now: the time of the call.
            opened: count the look-up as an opening of the contact by the user.
        """
        if self._redis is None:
            return Lookup()
        lease = secrets.token_hex(8)
        try:
            held = self._redis.run(*self._look_up(user_id, contact_id, now, lease, opened=opened))
        except (RedisUnavailable, hiredis.ReplyError):
            return Lookup()
        return _found(held, lease)

    def open_contact(
        self, user_id: UUID, contact_id: UUID, now: datetime, *, per_minute: int, burst: int
    ) -> tuple[Allowance | None, Lookup]:
        """Call `take_token` and `look_up_contact` in one round trip; a refused call looks nothing up."""
        if self._redis is None or per_minute == 0:
            return None, self.look_up_contact(user_id, contact_id, now)
        lease = secrets.token_hex(8)
        _, keys, arguments = self._look_up(user_id, contact_id, now, lease, opened=True)
        _, rate_keys, rate = self._take_token(user_id, per_minute, burst)
        try:
            taken, held = self._redis.run(_TAKE_TOKEN_AND_LOOK_UP, (*rate_keys, *keys), (*rate, *arguments))
        except (RedisUnavailable, hiredis.ReplyError):
            return None, Lookup()
        return Allowance(*taken), _found(held, lease)

    def fill_contact(self, lookup: Lookup, value: str) -> None:
        """Fill in a contact that was read, unless it was changed since `lookup`."""
        if self._redis is not None and lookup.lease:
            with contextlib.suppress(RedisUnavailable, hiredis.ReplyError):
                self._redis.run(_FILL, (lookup.key,), (lookup.lease, value, CONTACT_TTL_S))  # type: ignore[arg-type]

    @contextlib.contextmanager
    def changing_contact(self, user_id: UUID, contact_id: UUID) -> Iterator[None]:
        """Wrap the transaction that changes one contact.

        Raises:
            Unavailable: neither Redis nor Postgres takes the notice of the change.
        """
        user, token = self._tagged(user_id), secrets.token_hex(8)
        keys = (f"epoch:{user}", f"marks:{user}:{contact_id}", f"wrote:{user}")
        arguments = (f"{user}:", str(contact_id), token)
        self._announce(user_id, MARK_TTL_S, _MARK, keys, (*arguments, MARK_TTL_S, WROTE_TTL_S))
        with _once_known(lambda: self._announce(user_id, MARK_TTL_S, _UNMARK, keys[:2], arguments)):
            yield

    @contextlib.contextmanager
    def changing_contacts(self, user_id: UUID) -> Iterator[None]:
        """Wrap a transaction that may change any number of a user's contacts; raises as `changing_contact`."""
        user, token = self._tagged(user_id), secrets.token_hex(8)
        keys = (f"epoch:{user}", f"bulks:{user}")
        arguments = (token, EPOCH_TTL_S, BULK_MARK_TTL_S, WROTE_TTL_S)
        self._announce(user_id, BULK_MARK_TTL_S, _BEGIN_BULK, (*keys, f"wrote:{user}"), arguments)
        with _once_known(lambda: self._announce(user_id, BULK_MARK_TTL_S, _END_BULK, keys, (token, EPOCH_TTL_S))):
            yield

    def forget_contacts(self, user_id: UUID) -> bool:
        """Remove every contact of a user from the cache; return False where Redis does not answer."""
        if self._redis is None:
            return True
        try:
            self._redis.command("SET", f"epoch:{self._tagged(user_id)}", secrets.token_hex(8), "EX", EPOCH_TTL_S)
        except (RedisUnavailable, hiredis.ReplyError):
            return False
        return True

    def _announce(
        self, user_id: UUID, within_s: int, script: Script, keys: Sequence[str], arguments: Sequence[Any]
    ) -> Any:
        """Announce a change to Redis; where Redis does not answer, note the change in Postgres."""
        if self._redis is None:
            return None
        try:
            return self._redis.run(script, keys, arguments)
        except (RedisUnavailable, hiredis.ReplyError):
            if self._note_unseen is not None:
                self._note_unseen(user_id, within_s)
            return None

    def note_write(self, user_id: UUID) -> None:
        """Send the user's next reads to the primary, before a change of data that is not cached."""
        if self._redis is not None:
            with contextlib.suppress(RedisUnavailable, hiredis.ReplyError):
                self._redis.command("SET", f"wrote:{self._tagged(user_id)}", "1", "EX", WROTE_TTL_S)

    def wrote_lately(self, user_id: UUID) -> bool:
        """Whether a replica may still lack this user's last write; True while Redis does not answer."""
        try:
            return self._redis is None or self._redis.command("EXISTS", f"wrote:{self._tagged(user_id)}") == 1
        except (RedisUnavailable, hiredis.ReplyError):
            return True

    def most_opened_contacts(self, now: datetime, limit: int) -> list[tuple[UUID, UUID]]:
        """List the contacts that were opened most today, as pairs of user id and contact id."""
        if self._redis is None:
            return []
        keys = self._opened_keys(now)
        try:
            answers = self._redis.commands([("ZREVRANGE", key, 0, limit - 1, "WITHSCORES") for key in keys])
            used = [key for key, found in zip(keys, answers, strict=True) if found]
            tidying = [(("ZREMRANGEBYRANK", key, 0, -MAX_OPENED - 1), ("EXPIRE", key, OPENED_TTL_S)) for key in used]
            if tidying:
                self._redis.commands([command for pair in tidying for command in pair])
        except (RedisUnavailable, hiredis.ReplyError):
            return []
        counted = [
            (float(score), member)
            for found in answers
            if isinstance(found, list)
            for member, score in zip(found[::2], found[1::2], strict=True)
        ]
        most = heapq.nlargest(limit, counted)
        pairs = (member.decode().split(":")[-2:] for _, member in most)
        return [(UUID(user), UUID(contact)) for user, contact in pairs]

    def take_token(self, owner: UUID | str, *, per_minute: int, burst: int) -> Allowance | None:
        """Count one request against a rate limit; return None when no limit can be kept.

        Args:
            owner: owner of the limit: a user's id, or the hash of a secret.
            per_minute: requests allowed in a minute on average.
            burst: requests allowed at once.
        """
        if self._redis is None or per_minute == 0:
            return None
        try:
            return Allowance(*self._redis.run(*self._take_token(owner, per_minute, burst)))
        except (RedisUnavailable, hiredis.ReplyError):
            return None

    def _look_up(self, user_id: UUID, contact_id: UUID, now: datetime, lease: str, *, opened: bool) -> ScriptCall:
        user, contact = self._tagged(user_id), str(contact_id)
        keys = (f"epoch:{user}", f"marks:{user}:{contact}", f"bulks:{user}", self._opened_key(now, user_id))
        return _LOOK_UP, keys, (f"{user}:", contact, lease, LEASE_TTL_S, EPOCH_TTL_S, int(opened))

    def _take_token(self, owner: UUID | str, per_minute: int, burst: int) -> ScriptCall:
        return _TAKE_TOKEN, (f"rate:{self._tagged(owner)}",), (per_minute / 60_000, burst)

    def _tagged(self, owner: UUID | str) -> str:
        """Return an owner's part of keys; in a cluster with the hash tag that keeps them on one shard."""
        return f"{{{str(owner)[-_TAG_DIGITS:]}}}:{owner}" if self._spreads else str(owner)

    def _opened_key(self, now: datetime, user_id: UUID) -> str:
        # a date's text is ten times as fast as strftime
        return f"opened:{{{str(user_id)[-_TAG_DIGITS:]}}}:{now.date()}" if self._spreads else f"opened:{now.date()}"

    def _opened_keys(self, now: datetime) -> list[str]:
        tags = [f"{tag:0{_TAG_DIGITS}x}" for tag in range(16**_TAG_DIGITS)]
        return [f"opened:{{{tag}}}:{now.date()}" for tag in tags] if self._spreads else [f"opened:{now.date()}"]


def _found(held: Any, lease: str) -> Lookup:
    if isinstance(held, bytes):
        return Lookup(value=held[1:])
    return Lookup(key=held[0], lease=lease) if isinstance(held, list) else Lookup()


@contextlib.contextmanager
def _once_known(end: Callable[[], object]) -> Iterator[None]:
    """Call `end` after a block with a known outcome: it succeeded, or raised an error other than `Unavailable`."""
    try:
        yield
    except CrmError as error:
        if not isinstance(error, Unavailable):
            end()
        raise
    else:
        end()
