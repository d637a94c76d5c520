"""Everything that runs: servers behind links, two processes of functions, a carrier of events, and the rest of the world."""

from __future__ import annotations

import contextlib
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import selfhost.emulator
from dev.issuer import KEY_FILE, PUBLISHED, Issuer, publish
from dev.postgres import Postgres
from dev.processes import LOOPBACK, data_folder, free_port, reserve_port
from dev.redis_server import Redis
from dev.stack import Gateway, gateway_environment
from shared.config import LetterLimits
from shared.manifest import functions
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.owner import connected
from tests.fakes.providers.server import fake_providers
from tests.faults.emulator import Emulator
from tests.faults.links import Links
from tests.faults.postbox import Postbox
from tests.faults.serving import CLOCK, CLOCK_FORMAT

if TYPE_CHECKING:
    import signal
    import socket
    from collections.abc import Iterator

    import pg8000.native

    from tests.fakes.providers.server import FakeProviders
    from tests.faults.links import Link

PROCESSES = 2
POOL_SIZE = 8
DISK_MB = 600
PREFIX = "warmpath-faults-"
PUSH_TOKEN = "faults-push"
PROVIDERS = ("domain", "gravatar", "hunter", "pdl")
# Little, so that a full disk is felt at once.
SETTINGS = {"max_wal_size": "64MB", "min_wal_size": "32MB", "shared_buffers": "64MB", "max_connections": "60"}


class Functions(Gateway):
    """A process that serves all functions, with links of its own."""

    def __init__(self, world: World, number: int, listening: socket.socket, environment: dict[str, str]) -> None:
        self.number = number
        self.port: int = listening.getsockname()[1]
        self.database, self.redis = world.links.open(world.postgres.port), world.links.open(world.redis.port)
        self.clock_file = world.folder / f"clock-{number}"
        self.clock_file.write_bytes(CLOCK_FORMAT.pack(0.0))
        own = {
            "DATABASE_URL": _at(world.postgres.url(), self.database.port),
            "REDIS_URL": _at(world.redis.url, self.redis.port),
            CLOCK: str(self.clock_file),
        }
        listening.listen(256)
        self._log = world.log.open("ab")
        command = (sys.executable, "-m", "tests.faults.serving")
        super().__init__(world.folder, listening, environment | own, command, self._log)

    def wrong_by(self, seconds: float) -> None:
        """Sets its clock wrong."""
        with self.clock_file.open("r+b") as file, mmap.mmap(file.fileno(), CLOCK_FORMAT.size) as held:
            CLOCK_FORMAT.pack_into(held, 0, seconds)

    def workers(self) -> list[int]:
        """The processes that answer."""
        if self.process is None:
            return []
        return children(self.process.pid)

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to it and to what answers for it."""
        if self.process is not None:
            send(number, self.process.pid, *self.workers())

    def close(self) -> None:
        """Stops it for good."""
        self.stop()
        self._listening.close()
        self._log.close()


def children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def send(number: signal.Signals, *pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _at(url: str, port: int) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc.rpartition(':')[0]}:{port}").geturl()


class World:
    """What runs.

    Attributes:
        folder: with the data of the servers.
        disk: whether that is a small disk of its own, which may be filled.
        carrier: `outbox` or `pubsub`.
        log: what the processes of functions say; `FAULTS_LOG` keeps it.
        front: the address that pushes and the links of e-mails lead to.
        starter: the one thread that starts servers, which Linux ends together with the thread that started them.
    """

    def __init__(self, folder: Path, *, carrier: str, disk: bool, providers: FakeProviders) -> None:
        self.folder, self.carrier, self.disk, self.providers = folder, carrier, disk, providers
        self.log = Path(os.environ.get("FAULTS_LOG") or folder.with_name("functions.log"))
        self.links = Links()
        self.postgres, self.redis = Postgres(folder, throwaway=True), Redis(folder)
        self.postgres.settings = {**self.postgres.settings, **SETTINGS}
        self.emulator = Emulator() if carrier == "pubsub" else None
        self.project = f"faults-{uuid.uuid4().hex[:12]}"
        self.functions: list[Functions] = []
        self.starter = ThreadPoolExecutor(1, thread_name_prefix="starter")
        self.issuer = Issuer(folder / KEY_FILE)
        self.keys = publish(self.issuer, free_port())

    def run(self, action: Any, *arguments: Any) -> Any:
        """Does something in the thread that starts servers."""
        return self.starter.submit(action, *arguments).result()

    def start(self, mail_folder: Path, stack: contextlib.ExitStack) -> None:
        """Starts everything, in the thread that starts servers."""
        stack.callback(self.keys.server_close)
        stack.callback(self.keys.shutdown)
        self.run(self._start_servers, stack)
        self.postbox = Postbox(mail_folder, free_port())
        self.postbox.start()
        stack.callback(self.postbox.stop)
        sockets = [reserve_port(free_port()) for _ in range(PROCESSES)]
        ports: list[int] = [listening.getsockname()[1] for listening in sockets]
        self.front = self.links.open(*ports)
        self.smtp = self.links.open(urlsplit(self.postbox.url).port or 0)
        self.provider_link = self.links.open(self.providers.port)
        self.functions = [
            Functions(self, number, listening, self._environment(ports[number]))
            for number, listening in enumerate(sockets)
        ]
        for process in self.functions:
            stack.callback(self.run, process.close)
            self.run(process.start)
        for process in self.functions:
            process.wait_until_ready()
        if self.emulator:
            stack.callback(self.run, self.emulator.kill)
            self.run(self.start_emulator)

    def _start_servers(self, stack: contextlib.ExitStack) -> None:
        for server in (self.postgres, self.redis):
            stack.callback(self.run, server.stop)
            server.start()
        with connected(self.postgres.url()) as owner:
            migrate(owner)

    def start_emulator(self) -> None:
        """Starts the emulator, and makes anew what it has forgotten."""
        assert self.emulator is not None
        self.emulator.start()
        os.environ["PUBSUB_EMULATOR_HOST"] = self.emulator.address
        try:
            selfhost.emulator.MOST_BACKOFF_S = 2
            selfhost.emulator.make_subscriptions(
                functions().values(),
                project=self.project,
                base_url=f"http://{LOOPBACK}:{self.front.port}",
                token=PUSH_TOKEN,
                least_backoff_s=0.2,
            )
        finally:
            del os.environ["PUBSUB_EMULATOR_HOST"]

    def _environment(self, port: int) -> dict[str, str]:
        ours = self.providers.environ(*PROVIDERS)
        behind = f":{self.provider_link.port}/"
        providers = {name: value.replace(f":{self.providers.port}/", behind) for name, value in ours.items()}
        return {
            **gateway_environment(port, "", "", self.folder),
            **providers,
            "DATABASE_POOL_SIZE": str(POOL_SIZE),
            "RATE_LIMIT_PER_MINUTE": "0",
            **{f"LETTERS_{name.upper()}": "0" for name in LetterLimits._fields},
            "PUBLIC_URL": f"http://{LOOPBACK}:{self.front.port}",
            "SMTP_URL": f"smtp://{LOOPBACK}:{self.smtp.port}",
            "EMAIL_FROM": "introductions@warmpath.example",
            "OIDC_JWKS_URL": f"http://{LOOPBACK}:{self.keys.server_port}",
            PUBLISHED: "",
            "DEV_MAILBOX": "",
            "DEV_PUSH_TOKEN": PUSH_TOKEN,
            "EVENT_DELIVERY": self.carrier,
            "GOOGLE_CLOUD_PROJECT": self.project,
            "PUBSUB_EMULATOR_HOST": self.emulator.address if self.emulator else "",
        }

    def all_links(self) -> dict[str, Link]:
        """Every link by name."""
        named = {"smtp": self.smtp, "providers": self.provider_link, "front": self.front}
        for process in self.functions:
            named[f"postgres-{process.number}"] = process.database
            named[f"redis-{process.number}"] = process.redis
        return named

    @contextlib.contextmanager
    def owner(self) -> Iterator[pg8000.native.Connection]:
        """The database as its owner, past links and row-level security."""
        with connected(self.postgres.url()) as connection:
            yield connection


@contextlib.contextmanager
def world(*, carrier: str) -> Iterator[World]:
    """Everything, running; gone at the end."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        disk = folder / "disk"
        disk.mkdir()
        mounted = _mounted(disk)
        if mounted:
            stack.callback(lambda: subprocess.run(["umount", "--lazy", disk], check=False))
        disk.chmod(0o711)
        stack.enter_context(data_folder(disk))
        providers = stack.enter_context(fake_providers())
        made = World(disk, carrier=carrier, disk=mounted, providers=providers)
        stack.callback(made.starter.shutdown)
        stack.callback(made.links.close)
        made.start(folder / "mail", stack)
        yield made


def _mounted(folder: Path) -> bool:
    """Mounts a small disk there, where this machine lets us."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"):
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=711", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def wait_until(condition: Any, patience_s: float, poll_s: float = 0.2) -> bool:
    """Whether something became true in time."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(poll_s)
    return True
