"""Real servers for the tests: one Postgres and one Redis for a whole run, a database of its own for each worker.

`TEST_DATABASE_URL` (an owner that may create databases) and `TEST_REDIS_URL` point at servers that run already;
`TEST_POSTGRES_BIN` names the binaries to start, instead of the embedded ones.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pg8000.native
import pytest
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import Client, TestResponse

from dev.collector import Collector, collecting
from dev.issuer import AUDIENCE, ISSUER, JWKS_PATH, Issuer, subject_of
from dev.mailbox import Mailbox
from dev.processes import data_folder, free_port
from dev.servers import servers
from dev.tools import tools
from selfhost.gateway import Gateway, create_gateway
from selfhost.serve import disk_uploads
from shared.edge.deps import deps
from shared.errors import CrmError
from shared.manifest import functions
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.plumbing.redis.cache import Cache
from shared.plumbing.redis.client import RedisClient
from shared.plumbing.telemetry.export import Exporter
from shared.plumbing.telemetry.recording import Telemetry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER_PREFIX = "warmpath-test-"
PUSH_TOKEN = "push-secret"
REDIS_DATABASES = 16
# What the process that pytest was called as tells its workers, which inherit its environment.
TEMPLATE = "WARMPATH_TEST_TEMPLATE"
FAILURE = "WARMPATH_TEST_FAILURE"

running = pytest.StashKey[contextlib.ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Starts the servers before any worker exists, in the process that outlives them all."""
    if hasattr(config, "workerinput") or config.option.collectonly or _needs_no_server(config):
        return
    stack = config.stash.setdefault(running, contextlib.ExitStack())
    try:
        _start(stack)
    except CrmError as error:
        os.environ[FAILURE] = str(error)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops what was started."""
    if running in config.stash:
        config.stash[running].close()


def _needs_no_server(config: pytest.Config) -> bool:
    folders = {config.rootpath / "tests" / name for name in ("unit", "terraform", "deploy")}
    paths = [Path(argument.split("::")[0]).absolute() for argument in config.args]
    return all(path in folders or folders & set(path.parents) for path in paths)


def _start(stack: contextlib.ExitStack) -> None:
    given_database, given_redis = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
    if not (given_database and given_redis):
        _remove_left_behind()
        folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)  # as root, the servers run as another user, who must pass through
        stack.enter_context(data_folder(folder))
        binaries = os.environ.get("TEST_POSTGRES_BIN")
        started = stack.enter_context(
            servers(
                folder,
                postgres=not given_database,
                redis=not given_redis,
                throwaway=True,
                binaries=Path(binaries) if binaries else None,
            )
        )
        if started.postgres:
            os.environ["TEST_DATABASE_URL"] = started.postgres.url()
        if started.redis:
            os.environ["TEST_REDIS_URL"] = started.redis.url
    template = f"warmpath_test_{uuid.uuid4().hex[:8]}"
    os.environ[TEMPLATE] = template
    admin = os.environ["TEST_DATABASE_URL"]
    _run(admin, f"create database {template}")
    stack.callback(_run, admin, f"drop database if exists {template} with (force)")
    with connected(_with_path(admin, template)) as connection:
        migrate(connection)


def _remove_left_behind() -> None:
    """Removes the folders of runs that were killed: nobody holds their locks."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        with contextlib.suppress(OSError), (folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def connected(url: str) -> Iterator[pg8000.native.Connection]:
    """A connection of the owner, past row-level security."""
    parts = urlsplit(url)
    connection = pg8000.native.Connection(
        parts.username, parts.hostname, parts.path[1:], parts.port or 5432, parts.password, ssl_context=False
    )
    try:
        yield connection
    finally:
        connection.close()


def _run(url: str, statement: str) -> None:
    with connected(url) as connection:
        connection.run(statement)


def _with_path(url: str, path: str) -> str:
    return urlsplit(url)._replace(path=f"/{path}").geturl()


def _need_servers() -> None:
    """Fails a test whose servers did not start, or whose database could not be migrated."""
    if FAILURE in os.environ:
        pytest.fail(f"no test servers, `make test` installs what they need: {os.environ[FAILURE]}", pytrace=False)


@pytest.fixture(scope="session")
def worker() -> str:
    """Which of the parallel workers this is, e.g. "gw3"."""
    return os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@pytest.fixture(scope="session")
def owner_url(worker: str) -> Iterator[str]:
    """The owner's connection URL of this worker's own migrated database."""
    _need_servers()
    admin, template = os.environ["TEST_DATABASE_URL"], os.environ[TEMPLATE]
    name = f"{template}_{worker}"
    _run(admin, f"create database {name} template {template}")
    yield _with_path(admin, name)
    _run(admin, f"drop database if exists {name} with (force)")


@contextlib.contextmanager
def new_database(owner_url: str, *, migrated: bool) -> Iterator[str]:
    """A database beside the worker's: empty, or a copy of the template, which takes a tenth of the time of migrating one."""
    template = os.environ[TEMPLATE] if migrated else "template1"
    name = f"warmpath_test_{uuid.uuid4().hex[:12]}"
    _run(owner_url, f"create database {name} template {template}")
    yield _with_path(owner_url, name)
    _run(owner_url, f"drop database {name} with (force)")


@pytest.fixture
def empty_url(owner_url: str) -> Iterator[str]:
    """A database of its own without anything in it."""
    with new_database(owner_url, migrated=False) as url:
        yield url


@pytest.fixture
def migrated_url(owner_url: str) -> Iterator[str]:
    """A database of its own, migrated, with nobody in it; its hash keys are those of the worker's."""
    with new_database(owner_url, migrated=True) as url:
        yield url


@pytest.fixture(scope="session")
def redis_url(worker: str) -> str:
    """A Redis, with a database number of this worker's own."""
    _need_servers()
    number = int(worker.removeprefix("gw")) % REDIS_DATABASES
    return _with_path(os.environ["TEST_REDIS_URL"], str(number))


@pytest.fixture
def owner(owner_url: str) -> Iterator[pg8000.native.Connection]:
    """A connection of the owner, who sees the rows of every user."""
    with connected(owner_url) as connection:
        yield connection


@pytest.fixture(scope="session")
def database(owner_url: str) -> Iterator[Database]:
    """What repositories are given: sessions as `crm_app`, under row-level security."""
    made = Database(Pool(connect_to_url(owner_url), 4))
    yield made
    made.close()


@pytest.fixture(scope="session")
def cache(redis_url: str) -> Iterator[Cache]:
    """Redis as the functions use it."""
    made = Cache(RedisClient(redis_url))
    yield made
    made.close()


@pytest.fixture
def user_email() -> str:
    """An address nobody had before."""
    return f"user-{uuid.uuid4().hex}@example.com"


@pytest.fixture
def user_id(owner: pg8000.native.Connection, user_email: str) -> uuid.UUID:
    """A fresh user with its self contact; `api` signs in as the same one."""
    rows = owner.run(
        "select user_id from crm.sign_in(:issuer, :subject, :email, 'Uma User')",
        issuer=ISSUER,
        subject=subject_of(user_email),
        email=user_email,
    )
    made: uuid.UUID = rows[0][0]
    return made


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    """Signs tokens that the functions accept."""
    return Issuer(tmp_path_factory.mktemp("issuer") / "key.pem")


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any, **__: Any) -> None:
        pass


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """The mail server of this worker: `mailbox.mails("ana@example.com")`."""
    made = Mailbox(tmp_path_factory.mktemp("mailbox"), free_port())
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def gateway(
    owner_url: str, redis_url: str, issuer: Issuer, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    """All functions in this process, on this worker's database; the address below serves it over HTTP too."""
    app = create_gateway(functions(), tools=tools(issuer, mailbox), uploads=disk_uploads, push_token=PUSH_TOKEN)
    port = free_port()
    http = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    settings = {
        "DATABASE_URL": owner_url,
        "REDIS_URL": redis_url,
        "OIDC_ISSUER": ISSUER,
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_JWKS_URL": f"http://127.0.0.1:{port}{JWKS_PATH}",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "RATE_LIMIT_PER_MINUTE": "0",
        # what the other tests of a worker send to example.com would be counted together
        "LETTERS_DOMAIN_PER_DAY": "0",
        "LETTERS_INSTALLATION_PER_DAY": "0",
        "SMTP_URL": mailbox.url,
        "EVENT_DELIVERY": "outbox",
        "UPLOADS_URL": str(tmp_path_factory.mktemp("uploads")),
        "ACCOUNT_NETWORKS": "127.0.0.0/8",
        "SECRETS_KEY": str(tmp_path_factory.mktemp("keys") / "secrets.key"),
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in settings.items():
            environment.setenv(name, value)
        deps.cache_clear()
        yield app
        deps().database.close()
        deps().cache.close()
        deps.cache_clear()
    http.shutdown()
    http.server_close()


@pytest.fixture
def base_url(gateway: Gateway) -> str:
    """Where the gateway answers over HTTP, for tests of what only a real connection shows."""
    return os.environ["PUBLIC_URL"]


class Reply(TestResponse):
    """An answer whose JSON is what the test takes it for."""

    @property
    def json(self) -> Any:
        return super().json


class Api(Client):
    """Calls the functions through the gateway, as one user.

    `api.get("/api/crm/contacts")`, `api.post(path, json={...})`; answers are werkzeug's, with `.status_code`, `.json`,
    `.headers`, `.data`. `api.as_user("ana@example.com")` is the same for somebody else, `api.anonymous()` for nobody.
    """

    def __init__(self, app: Gateway, issuer: Issuer, email: str | None) -> None:
        super().__init__(app, Reply)
        self.gateway = app
        self.issuer = issuer
        self.email = email or ""

    if TYPE_CHECKING:  # werkzeug says of these that they answer what it made itself
        get: Callable[..., Reply]
        post: Callable[..., Reply]
        put: Callable[..., Reply]
        patch: Callable[..., Reply]
        delete: Callable[..., Reply]

    def open(self, *args: Any, headers: Any = None, **kwargs: Any) -> Any:
        """Sends a request, with the user's token unless the headers carry another."""
        sent = dict(headers or {})
        if self.email:
            sent.setdefault("Authorization", f"Bearer {self.issuer.token(self.email, 'Uma User')}")
        return super().open(*args, headers=sent, **kwargs)

    def as_user(self, email: str) -> Api:
        """The same API as another user."""
        return Api(self.gateway, self.issuer, email)

    def anonymous(self) -> Api:
        """The same API without a token."""
        return Api(self.gateway, self.issuer, None)


@pytest.fixture
def api(gateway: Gateway, issuer: Issuer, user_email: str) -> Api:
    """A client of the whole API as a fresh user, the same as `user_id`."""
    return Api(gateway, issuer, user_email)


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector of traces and metrics: `collector.spans`, `collector.of("warmpath.emails")`."""
    with collecting() as running:
        yield running


@pytest.fixture
def traced(gateway: Gateway, collector: Collector) -> Iterator[Any]:
    """Turns telemetry on: `traced(0.05)` traces one request in twenty; gives the telemetry."""
    kept: list[Exporter] = []

    def exporter(*arguments: Any) -> Exporter:
        kept.append(Exporter(deps().settings._replace(otlp_endpoint=collector.url), *arguments))
        return kept[-1]

    def turn_on(ratio: float = 1.0) -> Telemetry:
        made = Telemetry(ratio, exporter)
        deps().__dict__["telemetry"] = made
        return made

    yield turn_on
    collector.is_open.set()
    deps().__dict__.pop("telemetry", None)
    for each in kept:
        each.close()
