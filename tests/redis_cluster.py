"""A real cluster of Redis servers on the loopback address, whose slots can be moved and whose servers can go away."""

from __future__ import annotations

import contextlib
import random
import secrets
import signal
import socket
import time
from typing import TYPE_CHECKING, Any

from dev.processes import LOOPBACK, StackError, last_lines, spawn
from dev.redis_server import embedded_binary
from shared.plumbing.redis.client import RedisClient, RedisUnavailable

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

SLOTS = 16384
START_TIMEOUT_S = 30
POLL_S = 0.05
BUS = 10_000  # a server's port for the others, above that for clients

CONFIGURATION = """
bind 127.0.0.1
port {port}
requirepass {password}
masterauth {password}
cluster-enabled yes
cluster-config-file {folder}/nodes-{port}.conf
cluster-node-timeout 1000
cluster-require-full-coverage no
cluster-replica-validity-factor 0
cluster-announce-ip 127.0.0.1
cluster-announce-port {announced}
cluster-announce-bus-port {bus}
repl-diskless-sync yes
repl-diskless-sync-delay 0
save ""
appendonly no
loglevel warning
"""


class Server:
    """One server of a cluster.

    Attributes:
        port: where it listens.
        announced: the port that it tells clients of, where something stands before it.
        identity: name within the cluster.
    """

    def __init__(self, folder: Path, password: str, announced: int | None = None) -> None:
        self.folder, self.password = folder, password
        self.port = _port_with_bus()
        self.announced = announced or self.port
        self.identity = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers.

        Raises:
            StackError: it does not.
        """
        configuration = self.folder / f"redis-{self.port}.conf"
        configuration.write_text(
            CONFIGURATION.format(
                port=self.port,
                announced=self.announced,
                bus=self.port + BUS,
                password=self.password,
                folder=self.folder,
            )
        )
        log = self.folder / f"redis-{self.port}.log"
        self._process = spawn([embedded_binary(), configuration], account=None, folder=self.folder, log=log)
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            with contextlib.suppress(RedisUnavailable):
                self.identity = self.ask("CLUSTER", "MYID").decode()
                return
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise StackError(last_lines(log))
            time.sleep(POLL_S)

    def ask(self, *words: str | float) -> Any:
        """Runs a command on this server, past the cluster's clients."""
        client = RedisClient(f"redis://:{self.password}@{LOOPBACK}:{self.port}")
        try:
            return client.command(*words)
        finally:
            client.close()

    def kill(self) -> None:
        """Ends it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self, *, hanging: bool = True) -> None:
        """Lets it answer nothing, or again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP if hanging else signal.SIGCONT)


class Cluster:
    """Masters with equal parts of the slots, each with as many replicas."""

    def __init__(
        self, folder: Path, *, masters: int = 3, replicas: int = 0, announced: list[int] | None = None
    ) -> None:
        self.password = secrets.token_urlsafe(12)
        ports: list[int | None] = [*announced] if announced else [None] * masters
        self.masters = [Server(folder, self.password, port) for port in ports]
        self.replicas = [Server(folder, self.password) for _ in range(masters * replicas)]

    @property
    def url(self) -> str:
        """The URL of one of them."""
        return f"redis://:{self.password}@{LOOPBACK}:{self.masters[0].port}"

    def start(self) -> None:
        """Starts the servers and makes them a cluster."""
        for server in (*self.masters, *self.replicas):
            server.start()
        for index, server in enumerate(self.masters):
            own = range(index * SLOTS // len(self.masters), (index + 1) * SLOTS // len(self.masters))
            server.ask("CLUSTER", "ADDSLOTS", *own)
            server.ask("CLUSTER", "SET-CONFIG-EPOCH", index + 1)
        first = self.masters[0]
        for server in (*self.masters[1:], *self.replicas):
            server.ask("CLUSTER", "MEET", LOOPBACK, first.port, first.port + BUS)
        servers = [*self.masters, *self.replicas]
        _wait(lambda: all(_info(server)["cluster_known_nodes"] == str(len(servers)) for server in servers))
        for index, server in enumerate(self.replicas):
            server.ask("CLUSTER", "REPLICATE", self.masters[index % len(self.masters)].identity)
        _wait(lambda: all(_info(server)["cluster_state"] == "ok" for server in servers))
        _wait(lambda: all(b"master_link_status:up" in server.ask("INFO", "replication") for server in self.replicas))

    def stop(self) -> None:
        """Ends all of it."""
        for server in (*self.masters, *self.replicas):
            server.kill()

    def owner_of(self, slot: int) -> Server:
        """The master that has a slot."""
        for begin, end, (_, port, *_), *_ in self.masters[0].ask("CLUSTER", "SLOTS"):
            if begin <= slot <= end:
                return next(server for server in self.masters if server.announced == port)
        raise AssertionError(f"nobody has slot {slot}")

    def move(self, slot: int, to: Server, *, pause_s: float = 0.0) -> None:
        """Moves a slot with its keys; with a pause while some of them have moved and others have not."""
        source = self.owner_of(slot)
        to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", source.identity)
        source.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", to.identity)
        first = True
        while keys := source.ask("CLUSTER", "GETKEYSINSLOT", slot, 1 if first else 100):
            source.ask("MIGRATE", LOOPBACK, to.port, "", 0, 5000, "AUTH", self.password, "KEYS", *keys)
            if first:
                time.sleep(pause_s)
            first = False
        for server in (to, source, *self.masters):
            server.ask("CLUSTER", "SETSLOT", slot, "NODE", to.identity)


@contextlib.contextmanager
def redis_cluster(folder: Path, **shape: Any) -> Iterator[Cluster]:
    """A running cluster; see `Cluster`."""
    cluster = Cluster(folder, **shape)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def _info(server: Server) -> dict[str, str]:
    lines: list[str] = server.ask("CLUSTER", "INFO").decode().split()
    return dict(line.split(":", 1) for line in lines)


def _wait(condition: Any) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline, "the cluster does not come together"
        time.sleep(POLL_S)


def _port_with_bus() -> int:
    """A port that is free, as is the one of the bus; both are below those that the system gives to outgoing connections."""
    while True:
        port = random.randrange(11_000, 20_000)
        with contextlib.suppress(OSError), socket.socket() as own, socket.socket() as bus:
            own.bind((LOOPBACK, port))
            bus.bind((LOOPBACK, port + BUS))
            return port
