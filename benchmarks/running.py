"""What the benchmarks of whole functions share: servers, a signed-in user with contacts, functions as processes."""

from __future__ import annotations

import contextlib
import http.client
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pg8000.native

from dev.issuer import AUDIENCE, ISSUER, Issuer, publish, subject_of
from dev.processes import data_folder, free_port
from dev.servers import servers
from shared.plumbing.postgres.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
EMAIL = "bench@example.com"
HELLO = """
import functions_framework

@functions_framework.http
def hello(request):
    return '{"hello":"world"}', 200, {"Content-Type": "application/json"}
"""


@dataclass(frozen=True)
class Ground:
    """What runs beside the functions.

    Attributes:
        environment: what a function needs to find it.
        token: of a user with contacts.
        contact_ids: some of them.
        owner_url: the database, as its owner.
    """

    environment: dict[str, str]
    token: str
    contact_ids: list[str]
    owner_url: str


@contextlib.contextmanager
def ground(contacts: int = 5000) -> Iterator[Ground]:
    """Postgres, Redis, an issuer of tokens and a user with contacts; all gone at the end."""
    with tempfile.TemporaryDirectory(prefix="warmpath-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with data_folder(folder), servers(folder, throwaway=True) as running:
            assert running.postgres is not None
            assert running.redis is not None
            issuer = Issuer(folder / "key.pem")
            url = running.postgres.url()
            ids = _populate(url, contacts)
            keys = publish(issuer, free_port())
            environment = os.environ | {
                "DATABASE_URL": url, "REDIS_URL": running.redis.url, "OIDC_ISSUER": ISSUER, "OIDC_AUDIENCE": AUDIENCE,
                "OIDC_JWKS_URL": f"http://127.0.0.1:{keys.server_port}", "RATE_LIMIT_PER_MINUTE": "6000000",
                "RATE_LIMIT_BURST": "1000000", "PYTHONPATH": str(ROOT), "EVENT_DELIVERY": "outbox",
                # Empty: byte code is kept, as in a deployed archive, whatever the shell says.
                "PYTHONDONTWRITEBYTECODE": "",
            }  # fmt: skip
            yield Ground(environment, issuer.token(EMAIL, "Bea Bench"), ids, url)
            keys.shutdown()
            keys.server_close()


def _populate(url: str, contacts: int) -> list[str]:
    parts = urlsplit(url)
    owner = pg8000.native.Connection(
        parts.username, parts.hostname, parts.path[1:], parts.port, parts.password, ssl_context=False
    )
    migrate(owner)
    user_id = owner.run(
        "select user_id from crm.sign_in(:issuer, :subject, :email, 'Bea Bench')",
        issuer=ISSUER,
        subject=subject_of(EMAIL),
        email=EMAIL,
    )[0][0]
    owner.run(
        """insert into crm.contacts (user_id, name, email, emails, company, title, location, notes, tags, source)
        select :user_id, 'Person ' || n, 'person' || n || '@firm' || n % 90 || '.example', array['person' || n || '@firm' || n % 90 || '.example'],
            'Firm ' || n % 90, 'Engineer', 'Lisbon, Portugal', 'Met at a conference about things that take a line or two to tell.',
            array['friend', 'tag' || n % 7], 'bench' from generate_series(1, :contacts) n""",
        user_id=user_id, contacts=contacts,
    )  # fmt: skip
    owner.run("vacuum analyze crm.contacts")
    ids = [
        str(row[0])
        for row in owner.run("select id from crm.contacts where user_id = :u order by id limit 200", u=user_id)
    ]
    owner.close()
    return ids


class PortTaken(Exception):
    """A port that was free has been taken before the process could."""


class Served:
    """One function under functions-framework and gunicorn, as it is deployed.

    Args:
        target: the function; `hello` is the framework's own floor.
        environment: of the process.
        folder: where it runs.
        threads: requests that it answers at once.
        source: the file with the function.
    """

    def __init__(
        self,
        target: str,
        environment: dict[str, str],
        folder: Path,
        threads: int = 8,
        *,
        source: Path = ROOT / "main.py",
    ) -> None:
        self.port = free_port()
        if target == "hello":
            source = folder / "hello.py"
            source.write_text(HELLO)
        command: list[str | Path] = [
            Path(sys.executable).with_name("functions-framework"),
            "--target",
            target,
            "--source",
            source,
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(
            command,
            env=environment | {"THREADS": str(threads)},
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def get(self, path: str, token: str, connection: http.client.HTTPConnection | None = None) -> int:
        """Asks once; the status."""
        return self.send("GET", path, token, connection=connection)

    def send(
        self,
        method: str,
        path: str,
        token: str,
        body: str | None = None,
        *,
        content_type: str = "application/json",
        connection: http.client.HTTPConnection | None = None,
    ) -> int:
        """Sends once; the status."""
        headers = {"Authorization": f"Bearer {token}"} | ({"Content-Type": content_type} if body else {})
        with contextlib.ExitStack() as stack:
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                stack.callback(connection.close)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status

    def wait(self, path: str, token: str) -> None:
        """Returns at the first 200."""
        self.wait_for(lambda: self.get(path, token) == 200)

    def wait_for(self, answered: Callable[[], object]) -> None:
        """Returns when an answer is as it shall be."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if answered():
                    return
            time.sleep(0.001)
        raise TimeoutError

    def has_port(self) -> bool:
        """Whether the port has become its own: gunicorn starts workers only then.

        Raises:
            PortTaken: another program was there first.
        """
        if self.process.poll() is not None:
            raise PortTaken
        return bool(self._workers())

    def cpu_ms(self) -> float:
        """Processor time that all its processes have used so far, to the nanosecond."""
        processes = [Path(f"/proc/{self.process.pid}"), *self._workers()]
        tasks = [task for process in processes for task in (process / "task").iterdir()]
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6

    def has_loaded(self, package: str) -> bool:
        """Whether a worker has imported a package that has compiled parts."""
        return any(f"/{package}" in (worker / "maps").read_text() for worker in self._workers())

    def peak_mb(self) -> float:
        """The most memory that a worker has had."""
        lines = [line for worker in self._workers() for line in (worker / "status").read_text().splitlines()]
        return max(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

    def _workers(self) -> list[Path]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [Path("/proc") / pid for pid in children.split()]

    def stop(self) -> None:
        """Ends it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 15)
        self.process.wait(20)
