"""Nothing lost, nothing charged twice, whatever dies: `pytest -m slow -s tests/integration/enrichment/test_faults.py`.

Consumers are killed at every step between two statements, events are delivered one to five times at once, taken events are
dropped on the floor, Redis and Postgres go away in turn, and the providers limit, hang, reset, cut off and lie. At the end the
books must agree with the log of the providers' server.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev.processes import data_folder, free_port
from dev.servers import servers
from selfhost.deliveries import push_body
from shared.enrichment import credits as ledger
from shared.enrichment import repository
from shared.errors import CrmError
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.pool import Pool, connect_to_url
from tests.fakes.providers.answers import Person
from tests.integration.enrichment.faulty_consumer import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.plumbing.events.outbox import Event
    from tests.fakes.providers.server import FakeProviders

ROOT = Path(__file__).parents[3]
USERS = 20
CONTACTS = int(os.environ.get("FAULT_CONTACTS", "2000"))
CONSUMERS = 3
DEATHS_PER_STEP = int(os.environ.get("FAULT_DEATHS_PER_STEP", "3"))
FAULTS = ("busy", "error", "rate_limited", "hang", "reset", "no_json", "truncated", "stranger", "list")
FAULT_SHARE = 0.15
COST = {"gravatar": 0, "hunter": 1, "pdl": 2}
MAX_ATTEMPTS = 60
HOLD_S = 6
PATIENCE_S = 1500

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@dataclass
class World:
    """The servers, the users and what is true of their contacts."""

    database: Database
    servers: Any
    fake: FakeProviders
    folder: Path
    users: list[uuid.UUID] = field(default_factory=list)
    contacts: list[tuple[uuid.UUID, uuid.UUID, str]] = field(default_factory=list)  # user, contact, e-mail
    knows: dict[str, set[str]] = field(default_factory=dict)  # provider -> e-mails
    random: random.Random = field(default_factory=lambda: random.Random(2026))

    def rows(self, statement: str, **parameters: Any) -> list[Any]:
        """As the owner, past row-level security."""
        import pg8000.native

        from shared.plumbing.postgres.pool import url_arguments

        with contextlib.closing(pg8000.native.Connection(**url_arguments(self.servers.postgres.url()))) as owner:
            return list(owner.run(statement, **parameters) or [])

    def system(self, action: Any) -> Any:
        with self.database.transaction(None) as tx:
            return action(tx)


@pytest.fixture
def world(tmp_path, fake, request) -> Iterator[World]:
    if request.config.getoption("collectonly"):
        return
    tmp_path.chmod(0o711)
    for parent in tmp_path.parents:
        if parent.owner() == tmp_path.owner() and parent != Path("/tmp"):
            with contextlib.suppress(OSError):
                parent.chmod(0o711)
    with data_folder(tmp_path), servers(tmp_path, throwaway=True) as running:
        assert running.postgres is not None
        import pg8000.native

        from shared.plumbing.postgres.pool import url_arguments

        with contextlib.closing(pg8000.native.Connection(**url_arguments(running.postgres.url()))) as owner:
            migrate(owner)
        database = Database(Pool(connect_to_url(running.postgres.url()), 8))
        made = World(database, running, fake, tmp_path)
        populate(made)
        yield made
        database.close()


def populate(world: World) -> None:
    """20 users with 100 contacts each, a quarter of whom several users know."""
    rng = world.random
    common = [f"common-{number}@company-{number}.example" for number in range(CONTACTS // 12)]
    for number in range(USERS):
        ((user_id,),) = world.rows("select user_id from crm.sign_in('test', :name, null, 'Uma')", name=f"user {number}")
        world.users.append(user_id)
        emails = rng.sample(common, CONTACTS // USERS // 4)
        emails += [f"p{n}-of-{number}@company-{n}.example" for n in range(CONTACTS // USERS - len(emails))]
        for email in emails:
            ((contact_id,),) = world.rows(
                "insert into crm.contacts (user_id, email) values (:user, :email) returning id",
                user=user_id,
                email=email,
            )
            world.contacts.append((user_id, contact_id, email))
    every = sorted({email for _, _, email in world.contacts})
    world.fake.knows(
        *(
            Person(email, name=f"N {email}", title=f"T {email}", company=f"C {email}", linkedin=uuid.uuid4().hex)
            for email in every
        )
    )
    world.knows = {
        "gravatar": set(rng.sample(every, len(every) // 10)),
        "hunter": set(rng.sample(every, len(every) // 2)),
    }
    # Of those that hunter does not know: so no other answer makes one needless that died with its consumer, each is
    # asked for until it is kept, and what was delivered can be compared with what was charged one to one.
    rest = [email for email in every if email not in world.knows["hunter"]]
    world.knows["pdl"] = set(rng.sample(rest, len(rest) // 2))
    world.fake.chance = lambda provider, email: chance(world, provider, email)
    world.fake.hang_s, world.fake.wait_s, world.fake.latency_s = 0.8, 0.1, 0.005


def chance(world: World, provider: str, email: str) -> str:
    if world.random.random() < FAULT_SHARE:
        fault = world.random.choice(FAULTS)
        return "error" if (provider, fault) in {("pdl", "stranger"), ("gravatar", "stranger")} else fault
    return "hit" if email in world.knows[provider] else "miss"


class Consumers:
    """Processes that answer pushes; whoever dies is started again, with the next step to die at."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.deaths = world.folder / "deaths"
        self.deaths.touch()
        self.ports = [free_port() for _ in range(CONSUMERS)]
        self.fates = itertools.chain.from_iterable(itertools.repeat(STEPS, DEATHS_PER_STEP))
        self.processes: list[subprocess.Popen[bytes]] = [self.start(port) for port in self.ports]
        self.stopping = threading.Event()
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        self.watcher.start()

    def start(self, port: int) -> subprocess.Popen[bytes]:
        step = next(self.fates, None)
        fate = [] if step is None else [step, str(self.world.random.randint(1, 6))]
        environment = {
            **os.environ, **self.world.fake.environ("domain", "gravatar", "hunter", "pdl", timeout_s=0.5),
            "DATABASE_URL": self.world.servers.postgres.url(), "DATABASE_POOL_SIZE": "8",
            "REDIS_URL": self.world.servers.redis.url, "EVENT_DELIVERY": "outbox", "PYTHONPATH": str(ROOT),
            "OIDC_ISSUER": "x", "OIDC_AUDIENCE": "x", "OIDC_JWKS_URL": "http://127.0.0.1:9/",
        }  # fmt: skip
        program = Path(__file__).with_name("faulty_consumer.py")
        return subprocess.Popen(
            [sys.executable, str(program), str(port), str(self.deaths), *fate],
            env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def watch(self) -> None:
        while not self.stopping.wait(0.05):
            for slot, process in enumerate(self.processes):
                if process.poll() is not None:
                    self.processes[slot] = self.start(self.ports[slot])

    def died_at(self) -> Counter[str]:
        return Counter(self.deaths.read_text().splitlines())

    def stop(self) -> None:
        self.stopping.set()
        self.watcher.join()
        for process in self.processes:
            process.kill()
            process.wait()


class Carrier:
    """What Pub/Sub does, with worse manners: several deliveries at once, some events dropped and only sent again later."""

    def __init__(self, world: World, consumers: Consumers) -> None:
        self.world, self.consumers = world, consumers
        self.pool = ThreadPoolExecutor(24)
        self.copies = ThreadPoolExecutor(60)
        self.stopping = threading.Event()
        self.deliveries = self.events = self.dropped = self.to_drop = 0
        self.thread = threading.Thread(target=self.carry, daemon=True)
        self.thread.start()

    def carry(self) -> None:
        under_way: set[Any] = set()
        while not self.stopping.is_set():
            under_way = {future for future in under_way if not future.done()}
            events: list[Event] = []
            with contextlib.suppress(CrmError, OSError):
                free = 24 - len(under_way)
                events = self.world.system(
                    lambda tx, free=free: outbox.take(
                        tx, repository.TOPIC, free, max_in_flight=(None,) * 3, retake_after_s=HOLD_S
                    )
                )
            for event in events:
                self.events += 1
                if self.to_drop > 0:
                    self.to_drop, self.dropped = self.to_drop - 1, self.dropped + 1
                else:
                    under_way.add(self.pool.submit(self.deliver, event))
            time.sleep(0.01 if events else 0.05)

    def deliver(self, event: Event) -> None:
        body = json.dumps(push_body(event)).encode()
        copies = [self.copies.submit(self.post, body) for _ in range(self.world.random.choice((1, 1, 1, 2, 3, 5)))]
        wait(copies)
        if any(copy.result() for copy in copies):
            return
        with contextlib.suppress(CrmError, OSError):
            if event.sends >= MAX_ATTEMPTS:
                self.world.system(
                    lambda tx: outbox.bury(
                        tx, topic=event.topic, reason=None, data={}, event_id=event.id, attributes={}
                    )
                )
            else:
                delay_s = self.world.random.uniform(0.1, 1)
                self.world.system(lambda tx: outbox.retry(tx, event.id, delay_s=delay_s))

    def post(self, body: bytes) -> bool:
        self.deliveries += 1
        port = self.world.random.choice(self.consumers.ports)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            path = f"/projects/p/topics/{repository.TOPIC}"
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join()
        self.pool.shutdown()
        self.copies.shutdown()


def queue_everything(world: World) -> None:
    for user_id in world.users:
        mine = [contact for user, contact, _ in world.contacts if user == user_id]
        for priority in Priority:
            part = mine[priority :: len(Priority)]
            with world.database.transaction(user_id) as tx:
                assert repository.request(tx, part, priority, force=False) == len(part)


def left(world: World) -> tuple[int, int]:
    """Contacts that are not done, and those that wait for credits."""
    ((pending, poor),) = world.rows(
        "select count(*) filter (where finished_at is null), count(*) filter (where outcome = 'no_credits') from crm.enrichments"
    )
    return pending, poor


def sweep(world: World) -> None:
    """What the schedule does every five minutes."""
    with contextlib.suppress(CrmError):
        world.system(lambda tx: ledger.release_reservations(tx, 1000))
        world.system(lambda tx: ledger.resume(tx, most=1000))
        world.system(lambda tx: repository.fail_buried(tx, 1000))


def disturb(world: World, carrier: Carrier, done: int, disturbed: list[str]) -> None:
    """Each disturbance once, as the work proceeds."""
    share = done / CONTACTS
    if share > 0.15 and "publisher" not in disturbed:
        disturbed.append("publisher")
        carrier.to_drop = 40
    if share > 0.3 and "redis" not in disturbed:
        disturbed.append("redis")
        world.servers.redis.stop()
        time.sleep(3)
        world.servers.redis.start()
    if share > 0.5 and "postgres" not in disturbed:
        disturbed.append("postgres")
        world.servers.postgres.kill()
        time.sleep(1)
        world.servers.postgres.start()
    if share > 0.7 and "grant" not in disturbed:
        disturbed.append("grant")
        for user_id in world.users[::2]:
            world.system(lambda tx, user_id=user_id: ledger.grant(tx, user_id, 200, "fault test"))


def run_until_done(world: World, carrier: Carrier, consumers: Consumers) -> list[str]:
    disturbed: list[str] = []
    deadline = time.monotonic() + PATIENCE_S
    swept = 0.0
    while True:
        pending, poor = left(world)
        disturb(world, carrier, CONTACTS - pending, disturbed)
        if time.monotonic() - swept > 2:
            swept = time.monotonic()
            sweep(world)
        if pending == 0 and poor == 0 and world.rows("select count(*) from crm.outbox") == [[0]]:
            return disturbed
        if pending == 0 and poor:
            for user_id in world.users:
                world.system(lambda tx, user_id=user_id: ledger.grant(tx, user_id, 50, "fault test"))
        assert time.monotonic() < deadline, (
            pending,
            poor,
            world.rows("select sends, last_error, count(*) from crm.outbox group by 1, 2"),
        )
        time.sleep(0.5)


def net_charges(world: World) -> Counter[tuple[uuid.UUID, uuid.UUID, str]]:
    rows = world.rows(
        "select user_id, contact_id, provider, -sum(credits) from crm.credit_ledger where kind <> 'grant' group by 1, 2, 3"
    )
    return Counter({(user, contact, provider): int(total) for user, contact, provider, total in rows if total})


def test_nothing_is_lost_and_nothing_charged_twice_whatever_dies(world):
    started = time.monotonic()
    queue_everything(world)
    consumers = Consumers(world)
    carrier = Carrier(world, consumers)
    try:
        disturbed = run_until_done(world, carrier, consumers)
    finally:
        carrier.stop()
        consumers.stop()
    took_s = time.monotonic() - started
    sweep(world)
    report(world, carrier, consumers, disturbed, took_s)
    check_contacts(world)
    check_books(world)
    if DEATHS_PER_STEP:
        never = set(STEPS) - set(consumers.died_at())
        assert not never, f"no consumer died {sorted(never)}"
    assert disturbed == ["publisher", "redis", "postgres", "grant"]


def check_contacts(world: World) -> None:
    """Every event is done or a dead letter, every contact has what its provider said."""
    assert world.rows("select count(*) from crm.dead_letters") == [[0]]
    told = {
        (user, contact): (title, company, enrichment)
        for user, contact, title, company, enrichment in world.rows(
            "select user_id, id, title, company, enrichment from crm.contacts where not is_self"
        )
    }
    for user, contact, email in world.contacts:
        title, company, enrichment = told[user, contact]
        known = email in world.knows["gravatar"] | world.knows["hunter"] | world.knows["pdl"]
        assert enrichment["status"] == "done", (email, enrichment)
        assert title == (f"T {email}" if known else None), (email, enrichment)
        assert company == (f"C {email}" if known else "Company " + email.rpartition("-")[2].removesuffix(".example"))


def check_books(world: World) -> None:
    """Ledger = balance = what the providers' own log says was delivered and costs something."""
    assert (
        world.rows(
            "select u.id from crm.users u where u.credit_balance <> "
            "(select coalesce(sum(l.credits), 0) from crm.credit_ledger l where l.user_id = u.id)"
        )
        == []
    )
    assert world.rows("select count(*) from crm.credit_ledger where balance_after < 0") == [[0]]
    assert world.rows("select count(*) from crm.credit_reservations where state = 'reserved'") == [[0]]
    charged = net_charges(world)
    assert all(amount == COST[provider] for (_, _, provider), amount in charged.items()), charged.most_common(3)

    emails = {(user, contact): email for user, contact, email in world.contacts}
    by_address = Counter((provider, emails[user, contact]) for user, contact, provider in charged)
    delivered_by_hunter = set(world.fake.delivered("hunter"))
    # shared by all users: whoever asked first has paid, once
    assert dict.fromkeys(delivered_by_hunter, 1) == {
        email: count for (provider, email), count in by_address.items() if provider == "hunter"
    }
    # not shared: every contact of whom it delivered somebody pays once
    paid_pdl = {(user, contact) for user, contact, provider in charged if provider == "pdl"}
    assert {emails[key] for key in paid_pdl} == set(world.fake.delivered("pdl"))
    shown = world.rows(
        "select c.user_id, c.id, a ->> 'provider', (a ->> 'credits')::int from crm.contacts c, "
        "jsonb_array_elements(c.enrichment -> 'attempts') a where (a ->> 'credits')::int > 0"
    )
    assert Counter({(user, contact, provider): cost for user, contact, provider, cost in shown}) == charged


def report(world: World, carrier: Carrier, consumers: Consumers, disturbed: list[str], took_s: float) -> None:
    behaviours = Counter(entry.behaviour for entry in world.fake.log)
    charged = net_charges(world)
    lines = dict(world.rows("select kind, count(*) from crm.credit_ledger group by 1"))
    deaths = consumers.died_at()
    print(f"\n{CONTACTS} contacts of {USERS} users in {took_s:.0f} s")
    print(
        f"  {carrier.deliveries} deliveries of {carrier.events} events, {carrier.dropped} events dropped after they were taken"
    )
    print(
        f"  {sum(deaths.values())} consumers killed, at {len(deaths)} of {len(STEPS)} steps; dropped in turn: {', '.join(disturbed)}"
    )
    print(f"  providers: {len(world.fake.log)} requests: {dict(behaviours.most_common())}")
    print(f"  ledger: {lines}, {sum(charged.values())} credits charged for {len(charged)} answers")
