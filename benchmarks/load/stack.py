"""What the load goes to: the local stack on a new database, its functions as processes of their own or all in one.

- `functions`: as in the cloud, each function that is used is functions-framework under gunicorn with the manifest's
  concurrency as threads and the usual pool of connections. The client sends by method and path as the load balancer
  does; the gateway carries events, keeps the schedules, takes e-mails and publishes the issuer's keys.
- `gateway`: what `make run` and a container serve, one process of 16 threads for everything.

Providers of enrichment are the tests' own server, which takes as long as a real one.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pg8000.native

from benchmarks.load.mix import SHARES
from benchmarks.load.people import CONTACTS, MOST_CONTACTS, USERS, populate
from benchmarks.running import PortTaken, Served
from dev.issuer import KEY_FILE, Issuer
from dev.processes import data_folder, free_port, launched, reserve_port
from dev.servers import servers
from dev.stack import Gateway, gateway_environment, prepare
from selfhost.routing import Router
from shared.config import LetterLimits
from shared.manifest import functions
from shared.plumbing.postgres.owner import connected
from shared.plumbing.postgres.pool import url_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.load.people import People

FORMS = ("functions", "gateway")
# terraform/variables.tf: `database.pool_size`.
POOL_SIZE = 2
# Health, and what carries events and e-mails on.
ALSO = ("get_health", "enrich_contact", "send_email", "reward_activation", "relay_outbox")


@dataclass(frozen=True)
class Size:
    """How much is in the database: users beside the one with the most contacts, the contacts of each, and of that one."""

    users: int = USERS
    contacts: int = CONTACTS
    most: int = MOST_CONTACTS


@dataclass(frozen=True)
class Stack:
    """A running stack.

    Attributes:
        port: where a method and a path are answered.
        people: its users.
        issuer: of tokens.
        mailbox: the folder of e-mails.
        processes: the first process of each server by name.
        owner_url: the database, as its owner.
        redis_url: the cache.
    """

    port: Callable[[str, str], int]
    people: People
    issuer: Issuer
    mailbox: Path
    processes: dict[str, int]
    owner_url: str
    redis_url: str

    def waiting_events(self) -> int:
        """How many events wait for their consumer."""
        with connected(self.owner_url) as owner:
            return int(owner.run("select count(*) from crm.outbox")[0][0])


@contextlib.contextmanager
def running(form: str, size: Size, *, settings: dict[str, str] | None = None) -> Iterator[Stack]:
    """Starts everything, gives it people, and stops it at the end.

    Args:
        form: one of `FORMS`.
        size: of the database.
        settings: more of the functions' environment.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warmpath-load-")))
        folder.chmod(0o711)
        stack.enter_context(data_folder(folder))
        beside = stack.enter_context(servers(folder))
        assert beside.postgres is not None
        assert beside.redis is not None
        url = beside.postgres.url()
        prepare(url, demo=False, ours=True)
        issuer = Issuer(folder / KEY_FILE)
        # Filling the tables takes longer than the functions would wait for a connection.
        with contextlib.closing(pg8000.native.Connection(**url_arguments(url) | {"timeout": None})) as owner:
            people = populate(owner, issuer, users=size.users, contacts=size.contacts, most=size.most)
        port = free_port()
        listening = stack.enter_context(contextlib.closing(reserve_port(port)))
        without_limits = {f"LETTERS_{name.upper()}": "0" for name in LetterLimits._fields}
        environment = (
            gateway_environment(port, url, beside.redis.url, folder)
            | without_limits
            | _providers(stack)
            | (settings or {})
        )
        served = _serve(stack, environment, folder) if form == "functions" else {}
        ports = {name: function.port for name, function in served.items()}
        command = [sys.executable, "-m", "benchmarks.load.front", json.dumps(ports)] if served else None
        gateway = (
            Gateway(folder, listening, environment, command=command)
            if command
            else Gateway(folder, listening, environment)
        )
        stack.callback(gateway.stop)
        gateway.start()
        gateway.wait_until_ready()
        assert gateway.process is not None
        processes = {name: function.process.pid for name, function in served.items()}
        for name, process in (
            ("gateway", gateway.process), ("postgres", beside.postgres.process), ("redis", beside.redis.process),
        ):  # fmt: skip
            assert process is not None
            processes[name] = process.pid
        yield Stack(_routing(ports, port), people, issuer, folder / "mailbox", processes, url, beside.redis.url)


def _providers(stack: contextlib.ExitStack) -> dict[str, str]:
    """Starts the providers; the settings that lead to them."""
    command = launched([sys.executable, "-m", "benchmarks.load.providers"])
    process = stack.enter_context(Popen(command, stdout=PIPE, text=True))
    stack.callback(process.kill)
    assert process.stdout is not None
    settings: dict[str, str] = json.loads(process.stdout.readline())
    return settings


def _serve(stack: contextlib.ExitStack, environment: dict[str, str], folder: Path) -> dict[str, Served]:
    root = Path(__file__).parents[2]
    settings = environment | {"DATABASE_POOL_SIZE": str(POOL_SIZE), "PYTHONPATH": str(root)}

    def started(name: str) -> Served:
        function = Served(name, settings, folder, threads=functions()[name].settings["concurrency"])
        stack.callback(function.stop)
        return function

    served = {name: started(name) for name in (*SHARES, *ALSO)}
    for name, function in list(served.items()):
        try:
            function.wait_for(function.has_port)
        except PortTaken:
            served[name] = started(name)
            served[name].wait_for(served[name].has_port)
    return served


def _routing(ports: dict[str, int], gateway: int) -> Callable[[str, str], int]:
    """By method and path, as the manifest says; without processes of their own all is at the gateway's."""
    if not ports:
        return lambda _method, _path: gateway
    router = Router(functions().values())

    def port(method: str, path: str) -> int:
        route = router.match(urlsplit(path).path)
        function = route.function_for(method) if route else None
        return ports[function.name] if function else gateway

    return port
