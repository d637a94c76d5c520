"""The local stack: what `dev.run` does once its packages are there.

This process starts the servers and the gateway, watches over them, and starts again what ends by itself. It serves
nothing and has no threads, so it is always there to stop the others.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import signal
import sys
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import IO, TYPE_CHECKING, NoReturn

from dev.issuer import AUDIENCE, ISSUER, JWKS_PATH, PUBLISHED
from dev.processes import LOOPBACK, StackError, data_folder, free_port, launched, reserve_port, say, stop
from dev.seed.load import seed
from dev.servers import Servers, servers
from selfhost.launch import end_with_parent
from shared.errors import CrmError
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.owner import connected

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator, Mapping, Sequence

PROJECT = Path(__file__).parent.parent
HIGHEST_PORT = 65_535
READY_TIMEOUT_S = 60.0
WATCH_S = 0.25
# Who ends so often in so short a time will do so again.
MANY_ENDS = 5
SHORT_TIME_S = 20.0
POLL_S = 0.02
STOP_PATIENCE_S = 6.0
# One process answers for all functions here, so it has as many connections as threads, and some for the schedules.
POOL_SIZE = 20


@dataclass(frozen=True, slots=True)
class Options:
    """What the environment asks of a run.

    Attributes:
        port: where the product answers.
        folder: where the data is kept.
        seed: whether the demo network is put into an empty database.
        frontend: whether the front end is built when its sources have changed.
        database_url: a Postgres that runs elsewhere; empty: one of our own.
        redis_url: a Redis that runs elsewhere; empty: one of our own.
    """

    port: int
    folder: Path
    seed: bool
    frontend: bool
    database_url: str
    redis_url: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Options:
        """Read them.

        Raises:
            StackError: one of them makes no sense.
        """
        port = environ.get("PORT") or "8080"
        if not (port.isascii() and port.isdigit() and 0 < int(port) <= HIGHEST_PORT):
            raise StackError(f'PORT must be a number from 1 to {HIGHEST_PORT}, not "{port}"')
        for name, usual in (("SEED", "demo"), ("FRONTEND", "build")):
            if environ.get(name, "") not in {"", usual, "none"}:
                raise StackError(f'{name} must be {usual} or none, not "{environ[name]}"')
        return cls(
            port=int(port),
            folder=Path(environ.get("DATA_DIR") or PROJECT / ".data").expanduser(),
            seed=environ.get("SEED") != "none",
            frontend=environ.get("FRONTEND") != "none",
            database_url=environ.get("DATABASE_URL", ""),
            redis_url=environ.get("REDIS_URL", ""),
        )


class Stopped(BaseException):
    """A signal asked us to stop; no `except Exception` may take it for something else."""


def main() -> None:
    """Run the stack until a signal; say in one sentence why it cannot."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    if os.environ.get("MAKELEVEL"):
        end_with_parent(os.getppid(), signal.SIGTERM)
    try:
        run(Options.from_environment())
    except Stopped:
        say("stopped")
    except CrmError as error:
        sys.exit(f"warmpath: {error}")
    except PermissionError as error:
        sys.exit(f"warmpath: {error.filename} belongs to another user: run as that user, or choose another DATA_DIR")


def _stop(number: int, _frame: object) -> NoReturn:
    """Once: what follows is the orderly end, which a second Ctrl-C must not break off."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped(number)


def run(options: Options) -> None:
    """Start everything, say `ready`, and watches until a signal.

    Raises:
        StackError: something does not start, or keeps ending.
        Stopped: a signal came; everything has been stopped.
    """
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(data_folder(options.folder))
        listening = stack.enter_context(contextlib.closing(reserve_port(options.port)))
        stack.enter_context(building(wanted=options.frontend))
        started = time.monotonic()
        running = stack.enter_context(servers(folder, postgres=not options.database_url, redis=not options.redis_url))
        say(f"servers are up, data in {folder} ({time.monotonic() - started:.1f} s)")
        database_url = running.postgres.url() if running.postgres else options.database_url
        redis_url = running.redis.url if running.redis else options.redis_url
        prepare(database_url, demo=options.seed, ours=running.postgres is not None)
        environment = gateway_environment(options.port, database_url, redis_url)
        gateway = Gateway(folder, listening, environment)
        stack.callback(gateway.stop)
        gateway.start()
        gateway.wait_until_ready()
        if environment.get("DEV_MAILBOX"):
            say(f"e-mails land at http://localhost:{options.port}/dev/mailbox")
        print(f"ready: http://localhost:{options.port}", flush=True)
        watch(running, gateway)


def prepare(database_url: str, *, demo: bool, ours: bool) -> None:
    """Bring the database up to date and put the demo network into it when it is not there.

    Args:
        database_url: of the owner.
        demo: whether the demo network is wanted.
        ours: whether the server is our own; into another's the demo network goes only when nobody is there.
    """
    with connected(database_url) as connection:
        migrate(connection, log=say)
    if demo:
        seed(database_url, only_if_empty=not ours, say=say)


@contextlib.contextmanager
def building(*, wanted: bool) -> Iterator[None]:
    """Build the front end beside the servers, whose page says so meanwhile; leaving the block early breaks it off.

    Args:
        wanted: whether it is to be built at all.
    """
    if not wanted:
        yield
        return
    process = Popen(launched([sys.executable, "-m", "dev.frontend"]), cwd=PROJECT, start_new_session=True)
    try:
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # npm, and what it has started
            process.wait()


def gateway_environment(port: int, database_url: str, redis_url: str) -> dict[str, str]:
    """What the functions find in their environment, as Terraform would set it."""
    address = f"http://localhost:{port}"
    ours = {
        "DATABASE_URL": database_url,
        "DATABASE_POOL_SIZE": str(POOL_SIZE),
        "REDIS_URL": redis_url,
        "OIDC_ISSUER": ISSUER,
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_JWKS_URL": f"http://{LOOPBACK}:{free_port()}{JWKS_PATH}",
        PUBLISHED: "1",
        "PUBLIC_URL": address,
        "GOOGLE_CLOUD_PROJECT": "warmpath-local",
        # Without an emulator the stack itself delivers what is in the outbox.
        "EVENT_DELIVERY": "pubsub" if os.environ.get("PUBSUB_EMULATOR_HOST") else "outbox",
        # Without a mail server the stack itself takes what is sent, and shows it.
        **({} if os.environ.get("SMTP_URL") else {"SMTP_URL": f"smtp://{LOOPBACK}:{free_port()}", "DEV_MAILBOX": "1"}),
        "DEV_PUSH_TOKEN": secrets.token_urlsafe(24),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **ours}


class Gateway:
    """The process that answers HTTP.

    Args:
        folder: the data folder.
        listening: the socket that it serves.
        environment: of the process.
        command: what it runs, with the socket's descriptor and the folder as arguments.
        output: where its messages go; None: to the terminal.
    """

    def __init__(
        self,
        folder: Path,
        listening: socket.socket,
        environment: dict[str, str],
        command: Sequence[str] = (sys.executable, "-m", "dev.serve"),
        output: IO[bytes] | None = None,
    ) -> None:
        self._folder = folder
        self._listening = listening
        self._environment = environment
        self._command = command
        self._output = output
        self.process: Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        descriptor = self._listening.fileno()
        command = [*self._command, str(descriptor), str(self._folder)]
        self.process = Popen(
            launched(command),
            cwd=PROJECT,
            env=self._environment,
            pass_fds=(descriptor,),
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,
        )

    def wait_until_ready(self) -> None:
        """Wait for the health of the API, database included.

        Raises:
            StackError: it ended, or is not healthy in time.
        """
        deadline = time.monotonic() + READY_TIMEOUT_S
        answer = "no answer"
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise StackError("the gateway ended while it started; its last words are above")
            answer = self._health()
            if answer.startswith("200"):
                return
            time.sleep(POLL_S)
        raise StackError(f"the API is not healthy after {READY_TIMEOUT_S:.0f} s: {answer}")

    def stop(self) -> None:
        """Let requests under way finish, for a moment."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, signal.SIGQUIT, patience_s=STOP_PATIENCE_S)
            self.process = None

    def _health(self) -> str:
        port = self._listening.getsockname()[1]
        with contextlib.closing(http.client.HTTPConnection(LOOPBACK, port, timeout=READY_TIMEOUT_S)) as connection:
            try:
                connection.request("GET", "/api/crm/health")
                answer = connection.getresponse()
                return f"{answer.status} {answer.read().decode(errors='replace')}"
            except (OSError, http.client.HTTPException) as error:
                return str(error)


def watch(running: Servers, gateway: Gateway) -> NoReturn:
    """Start again what ended by itself, say, for lack of memory; Postgres recovers what was committed.

    Raises:
        StackError: it does not start any more, or keeps ending.
    """
    watched = [
        (name, server)
        for name, server in (("Postgres", running.postgres), ("Redis", running.redis), ("the gateway", gateway))
        if server is not None
    ]
    ends: deque[float] = deque(maxlen=MANY_ENDS)
    while True:
        time.sleep(WATCH_S)
        for name, server in watched:
            if server.process is not None and server.process.poll() is not None:
                ends.append(time.monotonic())
                if len(ends) == MANY_ENDS and ends[-1] - ends[0] < SHORT_TIME_S:
                    raise StackError(f"{name} keeps ending by itself; see above and the logs in the data folder")
                say(f"{name} ended by itself, starting it again")
                server.start()


if __name__ == "__main__":
    main()
