"""What the tests of enrichment share: providers that are ours to command, and a courier that delivers on demand."""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from selfhost.deliveries import Deliveries, Rules
from shared.edge.deps import deps
from shared.enrichment import lookups, repository, runs
from shared.enrichment.providers.catalog import make_waterfall
from shared.enrichment.runs import Enricher
from shared.errors import Unavailable
from shared.manifest import functions
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority
from shared.plumbing.redis.breaker import Breakers
from shared.plumbing.redis.client import RedisClient
from tests.fakes.providers.answers import Person
from tests.fakes.providers.server import FakeProviders, fake_providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.plumbing.events.outbox import Event


@pytest.fixture
def fake() -> Iterator[FakeProviders]:
    """Every provider, on this machine."""
    with fake_providers() as running:
        yield running


@pytest.fixture
def breakers(redis_url: str) -> Iterator[Breakers]:
    """Circuit breakers, all closed."""
    redis = RedisClient(redis_url)
    for key in (*redis.command("KEYS", "breaker:*"), *redis.command("KEYS", "pause:*")):
        redis.command("DEL", key)
    yield Breakers(redis)
    redis.close()


@pytest.fixture
def person() -> Person:
    """Somebody whom no other test asks about."""
    name = uuid.uuid4().hex[:12]
    return Person(f"{name}@corp-{name}.example", linkedin=name, domain=f"corp-{name}.example")


class Contact:
    """A contact of a user, as the tests look at it."""

    def __init__(self, owner: Any, user_id: uuid.UUID, contact_id: uuid.UUID) -> None:
        self.owner, self.user_id, self.id = owner, user_id, contact_id

    def column(self, name: str) -> Any:
        return self.owner.run(
            f"select {name} from crm.contacts where user_id = :user and id = :id", user=self.user_id, id=self.id
        )[0][0]

    @property
    def enrichment(self) -> dict[str, Any]:
        found: dict[str, Any] = self.column("enrichment")
        return found

    @property
    def status(self) -> str:
        return self.enrichment["status"]

    @property
    def outcomes(self) -> dict[str, str]:
        return {attempt["provider"]: attempt["outcome"] for attempt in self.enrichment["attempts"]}

    @property
    def charged(self) -> dict[str, int]:
        return {attempt["provider"]: attempt["credits"] for attempt in self.enrichment["attempts"]}

    def ledger(self) -> list[tuple[str, int]]:
        rows = self.owner.run(
            "select kind, credits from crm.credit_ledger where user_id = :user and contact_id = :id order by seq",
            user=self.user_id, id=self.id,
        )  # fmt: skip
        return [tuple(row) for row in rows]


@pytest.fixture
def balance(owner, user_id):
    def read(user=None):
        return owner.run("select credit_balance from crm.users where id = :id", id=user or user_id)[0][0]

    return read


@pytest.fixture
def add_contact(owner, database, user_id):
    """Adds a contact and queues it, as POST /contacts does."""

    def add(
        email: str | None,
        *,
        user: uuid.UUID | None = None,
        priority: Priority = Priority.NORMAL,
        queue: bool = True,
        **columns: Any,
    ) -> Contact:
        user = user or user_id
        names = "".join(f", {name}" for name in columns)
        values = "".join(f", :{name}" for name in columns)
        contact_id = owner.run(
            f"insert into crm.contacts (user_id, email{names}) values (:user, :email{values}) returning id",
            user=user, email=email, **columns,
        )[0][0]  # fmt: skip
        contact = Contact(owner, user, contact_id)
        if queue:
            with database.transaction(user) as tx:
                repository.request(tx, [contact_id], priority, force=False)
        return contact

    return add


@pytest.fixture
def request_again(database):
    def request(contact: Contact, *, force: bool = False, priority: Priority = Priority.NORMAL) -> int:
        with database.transaction(contact.user_id) as tx:
            return repository.request(tx, [contact.id], priority, force=force)

    return request


class Courier:
    """Delivers a contact's events straight to an `Enricher`, when told to."""

    def __init__(self, database: Any, owner: Any, enricher: Enricher) -> None:
        self.database, self.owner, self.enricher = database, owner, enricher
        self.lock = threading.Lock()  # the owner's connection serves one thread at a time

    def events(self, contact: Contact) -> list[tuple[uuid.UUID, str]]:
        """Waiting events of a contact, also those that are for later."""
        return [event[:2] for event in self.timed_events(contact)]

    def timed_events(self, contact: Contact) -> list[tuple[uuid.UUID, str, bool]]:
        """The same, and whether each is due."""
        with self.lock:
            rows = self.owner.run(
                "select id, data::text, available_at <= now() from crm.outbox "
                "where user_id = :user and data ->> 'contact_id' = :id order by seq",
                user=contact.user_id, id=str(contact.id),
            )  # fmt: skip
        return [tuple(row) for row in rows]

    def deliver(self, event: tuple[uuid.UUID, str]) -> bool:
        """Delivers once and confirms, as the edge does."""
        confirmed = self.enricher.process(*event)
        if not confirmed:
            with self.database.transaction(None) as tx:
                outbox.finish(tx, event[0])
        return confirmed

    def run(self, contact: Contact, *, patience_s: float = 20) -> Contact:
        """Delivers what is due until nothing is left to do for the contact."""
        deadline = time.monotonic() + patience_s
        while (events := self.timed_events(contact)) and time.monotonic() < deadline:
            for event_id, data, due in events:
                if due:
                    with contextlib.suppress(Unavailable):
                        self.deliver((event_id, data))
            time.sleep(0.01)
        return contact


@pytest.fixture
def courier(database, owner, cache, breakers, fake, monkeypatch):
    """A courier for a waterfall: `courier("domain", "hunter")`."""
    monkeypatch.setattr(lookups, "RETRY_S", 0.01)
    monkeypatch.setattr(runs, "LEAST_WAIT_S", 0.01)

    def make(*providers: str, timeout_s: float = 1.0, lease_s: int = 60) -> Courier:
        waterfall = make_waterfall(fake.environ(*providers, timeout_s=timeout_s))
        return Courier(
            database, owner, Enricher(database, cache, breakers, waterfall, lambda: datetime.now(UTC), lease_s)
        )

    return make


@pytest.fixture
def deliveries(gateway, fake, breakers) -> Iterator[Any]:
    """The local stack's own deliveries, with the providers asked for."""
    started: list[Deliveries] = []

    def start(*providers: str, rules: Rules | None = None) -> Deliveries:
        waterfall = make_waterfall(fake.environ(*(providers or ("domain",))))
        kept = deps().__dict__
        kept["waterfall"] = waterfall
        kept["enricher"] = Enricher(deps().database, deps().cache, breakers, waterfall, deps().now)
        made = Deliveries(
            functions(),
            gateway._functions.app,
            lambda: deps().database,
            rules or Rules(least_backoff_s=0.1, poll_s=0.02),
        )
        made.start()
        started.append(made)
        return made

    yield start
    for running in started:
        running.stop()
    for name in ("waterfall", "enricher"):
        deps().__dict__.pop(name, None)


@pytest.fixture
def eventually():
    """Waits for something to become true."""

    def wait(condition, patience_s: float = 10):
        deadline = time.monotonic() + patience_s
        while not (value := condition()):
            assert time.monotonic() < deadline, f"not within {patience_s} s"
            time.sleep(0.02)
        return value

    return wait


def events_of(database: Any, most: int = 100) -> list[Event]:
    """Takes events of enrichment, as a courier of many contacts does."""
    with database.transaction(None) as tx:
        return outbox.take(tx, repository.TOPIC, most, max_in_flight=(None, None, None), retake_after_s=60)
