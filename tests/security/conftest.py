"""What the attacks share: a client that signs in once, and somebody else whose things must stay theirs."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev.issuer import AUDIENCE, ISSUER, JWKS_PATH
from dev.processes import free_port
from tests.conftest import TEMPLATE, Api, _run, _with_path
from tests.security.corpus import LEAKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

CONTACTS = "/api/crm/contacts"
GRAPH = "/api/crm/graph"
ME = "/api/crm/users/me"
TEAMS = "/api/crm/teams"
PROJECT = Path(__file__).parents[2]


class SignedIn(Api):
    """The API as a user whose one token is used for every call."""

    def __init__(self, api: Api) -> None:
        super().__init__(api.gateway, api.issuer, api.email)
        self.token = api.issuer.token(api.email, "Uma User")

    def open(self, *args: Any, headers: Any = None, **kwargs: Any) -> Any:
        return super().open(*args, headers={"Authorization": f"Bearer {self.token}", **(headers or {})}, **kwargs)


@pytest.fixture
def attacker(api: Api) -> SignedIn:
    """A user with an account of their own."""
    return SignedIn(api)


@pytest.fixture
def victim(api: Api) -> SignedIn:
    """Somebody else."""
    return SignedIn(api.as_user(f"victim-{uuid.uuid4().hex}@example.com"))


def check_harmless(answer: TestResponse, what: object) -> None:
    """An answer that is no failure of ours, in a form of the API, and tells nothing of how the house is built."""
    assert answer.status_code < 500, (what, answer.text)
    for leak in LEAKS:
        assert leak not in answer.text, (what, leak, answer.text[:300])
    assert "X-Injected" not in answer.headers, what


class Container:
    """Everything behind the gateway, as the image starts it: gunicorn in a process of its own, logs for the cloud."""

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Any = None) -> tuple[int, Any, bytes]:
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="session")
def container(gateway: Any, mailbox: Any, worker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    """A running container with a database of its own, whose users sign in with the tests' issuer."""
    admin, name = os.environ["TEST_DATABASE_URL"], f"{os.environ[TEMPLATE]}_{worker}_container"
    _run(admin, f"create database {name} template {os.environ[TEMPLATE]}")
    port, log = free_port(), tmp_path_factory.mktemp("container") / "log"
    settings = {
        "DATABASE_URL": _with_path(admin, name),
        "OIDC_ISSUER": ISSUER,
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_JWKS_URL": f"{os.environ['PUBLIC_URL']}{JWKS_PATH}",
        "PUBLIC_URL": "https://crm.example",
        "SMTP_URL": mailbox.url,
        "EVENT_DELIVERY": "outbox",
        "ENRICHMENT_PROVIDERS": "domain",
        "LOG_FORMAT": "json",
        "FUNCTION_TARGET": "",
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "selfhost.container"]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=PROJECT, env=os.environ | settings, stdout=output, stderr=output) as process,
    ):
        try:
            made = Container(port, log)
            _wait_for(made, process)
            yield made
        finally:
            process.terminate()
            process.wait(20)
    _run(admin, f"drop database if exists {name} with (force)")


def _wait_for(container: Container, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            if container.ask("GET", "/api/crm/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the container does not start: {container.log.read_text()}")
