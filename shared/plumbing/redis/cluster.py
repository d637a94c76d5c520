"""A cluster of caches, as Memorystore for Valkey or Redis Cluster: keys are spread over its shards.

redis-py follows the cluster's redirections and knows which shard has a key. Its import takes 0.16 s and a command three times the
processor time of our own client, which an installation with one server does not pay.
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import hiredis

from shared.plumbing.redis.client import PAUSE_AFTER_FAILURE_S, TIMEOUT_S, RedisUnavailable
from shared.plumbing.telemetry.recording import span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shared.plumbing.redis.client import Script

# Asking for the shards at a cluster that is gone tries each known address, so it is tried less often than one server is.
PAUSE_AFTER_OUTAGE_S = 3.0
_EVERYTHING = "everything"
# The most commands that one shard is sent at once: more would take longer than the time-out of an answer.
_BATCH = 512


class ClusterClient:
    """Commands to the shards of a cluster, from any thread; the same calls as those of `RedisClient`.

    A shard that does not answer is left alone for a moment, and the others go on serving.

    Args:
        url: `redis://[[user]:password@]host:port` of any shard, or of the address that names the shards; `rediss://` for TLS.
        ca_file: certificate authority of a `rediss://` cluster; empty: the system's.
        token: returns the password for a new connection, in place of one in the URL.
    """

    spreads = True

    def __init__(self, url: str, ca_file: str = "", token: Callable[[], str] | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"redis", "rediss"} or parts.path.strip("/") not in {"", "0"}:
            raise ValueError(
                f'a cluster\'s URL is redis://host:port or rediss://host:port without a database, not "{parts.scheme}://...{parts.path}"'
            )
        self._parts, self._ca_file, self._token = parts, ca_file, token
        self._lock = threading.Lock()
        self._opened: Any = None  # redis-py's calls have no types
        # By shard, by slot, or for everything.
        self._silent_until: dict[str, float] = {}

    def command(self, *words: str | bytes | float) -> Any:
        """Run one command on the shard of its key; raises as `RedisClient.command`."""
        with self._answering(str(words[0]), key=_key(words)) as cluster:
            return cluster.execute_command(*words)

    def commands(self, batch: Sequence[tuple[str | bytes | float, ...]], name: str = "") -> list[Any]:
        """Run several commands, those of a shard in one round trip; a refused one has a `ReplyError` as its answer."""
        answers: list[Any] = []
        for begin in range(0, len(batch), _BATCH):
            with self._answering(name or str(batch[0][0])) as cluster:
                pipeline = cluster.pipeline(transaction=False)
                for words in batch[begin : begin + _BATCH]:
                    pipeline.execute_command(*words)
                for answer in pipeline.execute(raise_on_error=False):
                    if isinstance(answer, Exception):
                        error = _translated(answer)
                        if not isinstance(error, hiredis.ReplyError):
                            raise error
                        answers.append(error)
                    else:
                        answers.append(answer)
        return answers

    def run(self, script: Script, keys: Sequence[str], arguments: Sequence[str | bytes | float]) -> Any:
        """Run a script on the shard of its keys, which all have one hash tag."""
        from redis.exceptions import NoScriptError  # noqa: PLC0415 - loaded by the first use of a cluster

        with self._answering(script.name, key=keys[0]) as cluster:
            try:
                return cluster.execute_command("EVALSHA", script.digest, len(keys), *keys, *arguments)
            except NoScriptError:  # each shard learns a script by itself
                return cluster.execute_command("EVAL", script.source, len(keys), *keys, *arguments)

    def on_every_server(self, *words: str) -> None:
        """Run a command on the primary of every shard.

        Raises:
            RedisUnavailable: a shard does not answer.
            hiredis.ReplyError: a shard refuses the command.
        """
        with self._answering(words[0]) as cluster:
            for node in cluster.get_primaries():
                cluster.execute_command(*words, target_nodes=node)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    @contextlib.contextmanager
    def _answering(self, name: str, key: str | bytes | None = None) -> Iterator[Any]:
        """Yield the cluster, and leave what does not answer alone for a moment."""
        places: tuple[str, ...] = ()
        try:
            self._refuse_silent(_EVERYTHING)
            cluster = self._cluster()
            places = _places_of(cluster, key)
            self._refuse_silent(*places)
            with span("cache", name):
                yield cluster
        except RedisUnavailable:
            raise
        except Exception as error:
            translated = _translated(error)
            if isinstance(translated, RedisUnavailable):
                self._note_failure(error, places)
            raise translated from error

    def _refuse_silent(self, *places: str) -> None:
        now = time.monotonic()
        if any(now < self._silent_until.get(place, 0.0) for place in places):
            raise RedisUnavailable

    def _note_failure(self, error: Exception, places: tuple[str, ...]) -> None:
        from redis.exceptions import RedisClusterException, SlotNotCoveredError  # noqa: PLC0415 - loaded already

        now = time.monotonic()
        nobody_answers = isinstance(error, RedisClusterException) and not isinstance(error, SlotNotCoveredError)
        if self._opened is None or nobody_answers:
            place, pause_s = _EVERYTHING, PAUSE_AFTER_OUTAGE_S
        elif places:
            # An answer of the shard is about the slot, which may be on its way to another.
            place, pause_s = places[0 if _is_of_the_network(error) else -1], PAUSE_AFTER_FAILURE_S
        else:
            return
        # Shards come and go over the months of a process.
        kept = {known: until for known, until in self._silent_until.items() if until > now}
        self._silent_until = {**kept, place: now + pause_s}

    def _cluster(self) -> Any:
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def _open(self) -> Any:
        from redis.backoff import NoBackoff  # noqa: PLC0415 - 0.16 s that one server should not cost
        from redis.cluster import RedisCluster  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        parts, options = self._parts, dict[str, Any]()
        if parts.scheme == "rediss":
            # The authority vouches for this one cluster; its certificates do not name the addresses of the shards.
            options |= {"ssl": True, "ssl_ca_certs": self._ca_file or None, "ssl_check_hostname": not self._ca_file}
        if self._token is not None:
            options["credential_provider"] = _by_token(self._token)
        elif parts.password:
            options |= {"username": unquote(parts.username or "") or None, "password": unquote(parts.password)}
        return RedisCluster(
            host=parts.hostname or "localhost",
            port=parts.port or 6379,
            protocol=2,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            # A request does without the cache rather than wait: the shards are asked for again, and the next request goes by the answer.
            retry=Retry(NoBackoff(), 0),
            # Users of the shards that are there keep their cache.
            require_full_coverage=False,
            **options,
        )


def _by_token(token: Callable[[], str]) -> Any:
    from redis.credentials import CredentialProvider  # noqa: PLC0415 - loaded already

    class ByToken(CredentialProvider):
        """A token for each new connection, as the password of the default user."""

        def get_credentials(self) -> tuple[str]:
            return (token(),)

    return ByToken()


def _places_of(cluster: Any, key: str | bytes | None) -> tuple[str, ...]:
    """Return the shard and the slot of a key."""
    if key is None:
        return ()
    from redis.exceptions import SlotNotCoveredError  # noqa: PLC0415 - loaded already

    slot = cluster.keyslot(key)
    try:
        node = cluster.nodes_manager.get_node_from_slot(slot)
    except SlotNotCoveredError:
        return (f"slot {slot}",)  # the command asks for the shards again
    return node.name, f"slot {slot}"


def _key(words: tuple[str | bytes | float, ...]) -> str | bytes | None:
    key = words[1] if len(words) > 1 else None
    return key if isinstance(key, (str, bytes)) else None


def _is_of_the_network(error: Exception) -> bool:
    from redis import exceptions as of  # noqa: PLC0415 - loaded already

    return isinstance(error, (of.ConnectionError, of.TimeoutError, OSError))


def _translated(error: Exception) -> Exception:
    """The same failure in the words of `RedisClient`: a refused command, or a cluster that does not answer now."""
    from redis import exceptions as of  # noqa: PLC0415 - loaded already

    passing = (of.AskError, of.TryAgainError, of.ClusterDownError, of.ReadOnlyError)
    if isinstance(error, of.ResponseError) and not isinstance(error, passing):
        return hiredis.ReplyError(str(error))
    if isinstance(error, (of.RedisError, OSError, of.SlotNotCoveredError)):
        return RedisUnavailable(str(error))
    if isinstance(error, of.RedisClusterException) and error.__cause__ is not None:
        return RedisUnavailable(str(error))  # without a cause it is a mistake of the caller: keys of several slots
    return error
