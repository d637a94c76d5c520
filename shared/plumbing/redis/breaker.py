"""Circuit breakers for outside services, shared by all instances through Redis.

A service that fails several times in a row is not called for a while; then one call tries it, and the others follow only
when that one succeeds. A service that names a pause (`Retry-After`) is not called until its end. Without Redis every
call is allowed: its time-out limits it anyway.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import hiredis

from shared.plumbing.redis.client import RedisUnavailable, Script

if TYPE_CHECKING:
    from shared.plumbing.redis.opening import Redis

# This many failures within the window, without a success in between, open the circuit.
FAILURES, WINDOW_S = 5, 30
# How long the circuit stays open; twice as long after each failed trial.
OPEN_S, MAX_OPEN_S = 20, 300
# Time of one trial; after it another call may try.
TRIAL_S = 15
_FORGET_S = 900

_ASK = Script(
    "breaker_ask",
    """
local paused = redis.call('PTTL', KEYS[2])
if paused > 0 then return paused end
local kept = redis.call('HMGET', KEYS[1], 'until', 'trial')
if not kept[1] then return 0 end
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local wait = math.max(tonumber(kept[1]), tonumber(kept[2] or 0)) - now
if wait > 0 then return wait end
redis.call('HSET', KEYS[1], 'trial', now + tonumber(ARGV[1]))
return 0
""",
)
_FAILED = Script(
    "breaker_failed",
    """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'until', 'open', 'count', 'since')
local open = tonumber(kept[2])
if kept[1] then
  if tonumber(kept[1]) > now then return end
  open = math.min(open * 2, tonumber(ARGV[4]))
else
  local count = 1
  if kept[4] and now - tonumber(kept[4]) < tonumber(ARGV[2]) then count = tonumber(kept[3]) + 1 end
  if count == 1 then redis.call('HSET', KEYS[1], 'since', now) end
  redis.call('HSET', KEYS[1], 'count', count)
  if count >= tonumber(ARGV[1]) then open = tonumber(ARGV[3]) end
end
if open then redis.call('HSET', KEYS[1], 'until', now + open, 'open', open, 'trial', 0) end
redis.call('EXPIRE', KEYS[1], ARGV[5])
""",
)


class Breakers:
    """One circuit breaker for each name.

    Args:
        redis: holds the state; None: no circuit ever opens.
    """

    def __init__(self, redis: Redis | None) -> None:
        self._redis = redis

    def wait_s(self, name: str) -> float:
        """Return the seconds until the service may be called; 0 allows this call, which may be the one trial."""
        if self._redis is None:
            return 0
        with contextlib.suppress(RedisUnavailable, hiredis.ReplyError):
            return float(self._redis.run(_ASK, self._keys(name), (TRIAL_S * 1000,))) / 1000
        return 0

    def succeeded(self, name: str) -> None:
        """Close the circuit of a service that answered."""
        if self._redis is not None:
            with contextlib.suppress(RedisUnavailable, hiredis.ReplyError):
                self._redis.command("DEL", self._keys(name)[0])

    def failed(self, name: str) -> None:
        """Count a failure of a service: no answer, or an unusable one."""
        if self._redis is not None:
            limits = (FAILURES, WINDOW_S * 1000, OPEN_S * 1000, MAX_OPEN_S * 1000, _FORGET_S)
            with contextlib.suppress(RedisUnavailable, hiredis.ReplyError):
                self._redis.run(_FAILED, self._keys(name)[:1], limits)

    def pause(self, name: str, seconds: float) -> None:
        """Keep calls from a service that has asked for a pause."""
        if self._redis is not None and seconds > 0:
            with contextlib.suppress(RedisUnavailable, hiredis.ReplyError):
                self._redis.command("SET", self._keys(name)[1], "1", "PX", max(1, round(seconds * 1000)))

    def _keys(self, name: str) -> tuple[str, str]:
        # In a cluster the braces are the hash tag: both keys are on one shard.
        owner = f"{{{name}}}" if self._redis is not None and self._redis.spreads else name
        return f"breaker:{owner}", f"pause:{owner}"
