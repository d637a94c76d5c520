"""The local stack, which `dev.run` becomes once the packages are installed.

This process starts the servers and the gateway, watches them, and starts again those that end by themselves. It serves no
requests and has no threads, so it can always stop the others.
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

from dev.issuer import AUDIENCE, DEMO_EMAIL, ISSUER, JWKS_PATH, PUBLISHED
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
# A process that ended this often within this time is not started again.
MANY_ENDS = 5
SHORT_TIME_S = 20.0
POLL_S = 0.02
STOP_TIMEOUT_S = 6.0
# One process serves all functions, so it has as many connections as threads, and some for the schedules.
POOL_SIZE = 20


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a run, from the environment.

    Attributes:
        port: port of the product.
        folder: data folder.
        seed: put the demo network into an empty database.
        frontend: build the front end when its sources have changed.
        database_url: a Postgres that runs elsewhere; empty: the stack runs one.
        redis_url: a Redis that runs elsewhere; empty: the stack runs one.
    """

    port: int
    folder: Path
    seed: bool
    frontend: bool
    database_url: str
    redis_url: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Options:
        """Read the options.

        Raises:
            StackError: an option is not valid.
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
    """A signal to stop; a BaseException, so that no `except Exception` catches it."""


def main() -> None:
    """Run the stack until a signal, or exit with the reason in one sentence."""
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
    """Raise `Stopped` once; a second Ctrl-C must not interrupt the orderly shutdown."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped(number)


def run(options: Options) -> None:
    """Start everything, print `ready`, and watch the processes until a signal.

    Raises:
        StackError: a process does not start, or keeps ending.
        Stopped: a signal came, and everything has been stopped.
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
        environment = gateway_environment(options.port, database_url, redis_url, options.folder)
        gateway = Gateway(folder, listening, environment)
        stack.callback(gateway.stop)
        gateway.start()
        gateway.wait_until_ready()
        if environment.get("DEV_MAILBOX"):
            say(f"e-mails land at http://localhost:{options.port}/dev/mailbox")
        print(f"ready: http://localhost:{options.port}", flush=True)
        watch(running, gateway)


def prepare(database_url: str, *, demo: bool, ours: bool) -> None:
    """Migrate the database, and add the demo network when it is missing.

    Args:
        database_url: URL of the owner.
        demo: whether to add the demo network.
        ours: whether the stack runs the server; another server gets the demo network only while it has no users.
    """
    with connected(database_url) as connection:
        migrate(connection, log=say)
    if demo:
        seed(database_url, only_if_empty=not ours, say=say)


@contextlib.contextmanager
def building(*, wanted: bool) -> Iterator[None]:
    """Build the front end while the servers start; the gateway's page says so meanwhile. Leaving the block ends the build.

    Args:
        wanted: whether to build at all.
    """
    if not wanted:
        yield
        return
    process = Popen(launched([sys.executable, "-m", "dev.frontend"]), cwd=PROJECT, start_new_session=True)
    try:
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # npm and its children
            process.wait()


def gateway_environment(port: int, database_url: str, redis_url: str, folder: Path) -> dict[str, str]:
    """Return the environment of the functions, with the settings that Terraform makes in the cloud."""
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
        "OPERATORS": os.environ.get("OPERATORS") or DEMO_EMAIL,
        "GOOGLE_CLOUD_PROJECT": "warmpath-local",
        "UPLOADS_URL": str(folder.absolute() / "uploads"),
        "SECRETS_KEY": os.environ.get("SECRETS_KEY") or key_file(folder),
        # Without an emulator the gateway's process delivers the events of the outbox.
        "EVENT_DELIVERY": "pubsub" if os.environ.get("PUBSUB_EMULATOR_HOST") else "outbox",
        # Without a mail server the gateway's process takes the e-mails, and shows them.
        **({} if os.environ.get("SMTP_URL") else {"SMTP_URL": f"smtp://{LOOPBACK}:{free_port()}", "DEV_MAILBOX": "1"}),
        "DEV_PUSH_TOKEN": secrets.token_urlsafe(24),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **ours}


def key_file(folder: Path) -> str:
    """The `SECRETS_KEY` of a data folder."""
    return f"file://{folder.absolute() / 'secrets.key'}"


class Gateway:
    """The process that answers HTTP.

    Args:
        folder: the data folder.
        listening: the socket to serve.
        environment: environment of the process.
        command: command of the process, which gets the socket's descriptor and the folder as arguments.
        output: file for the messages of the process; None: the terminal.
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
        """Start the process."""
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
        """Wait until the API and its database are healthy.

        Raises:
            StackError: the process ended, or is not healthy in time.
        """
        deadline = time.monotonic() + READY_TIMEOUT_S
        answer = "no answer"
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise StackError("the gateway ended while it started; its messages are above")
            answer = self._health()
            if answer.startswith("200"):
                return
            time.sleep(POLL_S)
        raise StackError(f"the API is not healthy after {READY_TIMEOUT_S:.0f} s: {answer}")

    def stop(self) -> None:
        """Stop the process, after a moment for requests in progress."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, signal.SIGQUIT, timeout_s=STOP_TIMEOUT_S)
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
    """Start a process again that ended by itself, say, for lack of memory; Postgres recovers all committed data.

    Raises:
        StackError: a process does not start any more, or keeps ending.
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
