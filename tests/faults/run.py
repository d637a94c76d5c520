"""One run: people at work, faults meanwhile, everything healed, and an audit of what is left."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.faults.audit import audit
from tests.faults.caller import TOKEN_AGE_S, Caller
from tests.faults.evidence import Evidence
from tests.faults.faults import Faults
from tests.faults.journal import Journal
from tests.faults.people import Reader, User
from tests.faults.schedule import schedule
from tests.faults.world import POOL_SIZE, PROCESSES, World, wait_until, world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.faults import Happened
    from tests.faults.schedule import Fault

USERS = 10
READERS = 3
IN_A_TEAM = 3
# Between two faults, on average.
GAP_S = 0.7
WARM_UP_S = 2.0
# The longest that anything may keep us after all is healed: a request that holds on, a lease, an event that waits its turn.
SETTLE_S = 120.0
# After the last trouble with Redis, what was written past it is known to it again.
CATCH_UP_S = 15.0
TOUCHES_CACHE = ("redis", "postgres", "functions", "disk")


@dataclass(slots=True)
class Report:
    """What a run showed.

    Attributes:
        findings: promises that were not kept, by promise.
        metrics: for people.
    """

    seed: int
    carrier: str
    findings: dict[str, list[str]]
    metrics: dict[str, Any]
    by_kind: dict[str, tuple[int, float]]
    skipped: list[str]

    def __str__(self) -> str:
        lines = [f"seed {self.seed}, events by {self.carrier}"]
        lines += [f"  {name}: {value}" for name, value in self.metrics.items()]
        lines += ["  fault: times, longest until all was well"]
        lines += [f"    {kind}: {times}, {longest:.1f} s" for kind, (times, longest) in sorted(self.by_kind.items())]
        lines += [f"  left out: {reason}" for reason in self.skipped]
        for name, found in self.findings.items():
            lines += [f"  NOT KEPT, {name}:", *(f"    {what}" for what in found)]
        return "\n".join([*lines, "  every promise was kept" if not self.findings else ""]).rstrip()


@dataclass(slots=True)
class Crowd:
    """Users and readers of e-mail, at work in a world."""

    world: World
    seed: int
    faults: Faults
    journal: Journal = field(default_factory=Journal)
    users: list[User] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    given_up: threading.Event = field(default_factory=threading.Event)

    def caller(self, email: str) -> Caller:
        """A client of the processes of functions, as a user or, without an address, as nobody."""
        issued = int(time.time()) - TOKEN_AGE_S
        token = self.world.issuer.token(email, email.partition("@")[0], iat=issued) if email else ""
        ports = [process.port for process in self.world.functions]
        rng = random.Random(f"{self.seed} {email} asks")
        return Caller(ports, self.journal, token, rng, lambda: not self.given_up.is_set())

    def start(self, users: int) -> None:
        """Everybody begins; the first few make a team."""
        for number in range(users):
            email = f"user-{number}@example.com"
            rng = random.Random(f"{self.seed} {email}")
            self.users.append(
                User(email, self.caller(email), self.journal, rng, self.world.providers, self._cache_is_sound)
            )
        self.users[0].make_team("Lens makers", self.users[1:IN_A_TEAM])
        self.readers = [
            Reader(
                self.world.postbox.taken,
                self.caller,
                self.journal,
                random.Random(f"{self.seed} reader {number}"),
                (number, READERS),
            )
            for number in range(READERS)
        ]
        for thread in (*self.users, *self.readers):
            thread.start()

    def _cache_is_sound(self) -> bool:
        now = time.monotonic()
        return not any(
            fault.fault.target.startswith(TOUCHES_CACHE) and now < (fault.well or now) + CATCH_UP_S
            for fault in list(self.faults.happened)
        )

    def stop_users(self) -> None:
        """No new doings; what was begun is ended."""
        for user in self.users:
            user.stop.set()
        for user in self.users:
            user.join(SETTLE_S)

    def stop_readers(self) -> None:
        """All e-mails have been read."""
        for reader in self.readers:
            reader.stop.set()
        self.given_up.set()
        for reader in self.readers:
            reader.join(SETTLE_S)


def run(seed: int, lasts_s: float, *, carrier: str, users: int = USERS, gap_s: float = GAP_S) -> Report:
    """Runs once.

    Args:
        seed: of the faults and of what people do.
        lasts_s: how long faults are made.
        carrier: of events, `outbox` or `pubsub`.
        users: how many people are at work.
        gap_s: between two faults, on average.
    """
    with crowded(seed, carrier=carrier, users=users) as crowd:
        time.sleep(WARM_UP_S)
        has = frozenset(name for name, there in _offers(crowd.world).items() if there)
        planned = schedule(seed, lasts_s, gap_s=gap_s, has=has)
        make_all(crowd.faults, planned)
        settled_s = settle(crowd)
        with evidence(crowd) as seen:
            findings = audit(seen)
        return _report(crowd, seed, findings, settled_s)


@contextlib.contextmanager
def crowded(seed: int, *, carrier: str, users: int = USERS) -> Iterator[Crowd]:
    """A world with people at work in it."""
    with world(carrier=carrier) as made:
        crowd = Crowd(made, seed, Faults(made))
        try:
            crowd.start(users)
            yield crowd
        finally:
            crowd.given_up.set()
            threads: list[User | Reader] = [*crowd.users, *crowd.readers]
            for thread in threads:
                thread.stop.set()


@contextlib.contextmanager
def evidence(crowd: Crowd) -> Iterator[Evidence]:
    """What there is to look at."""
    with crowd.world.owner() as owner:
        yield Evidence(
            owner,
            crowd.journal,
            crowd.world.postbox.taken,
            crowd.world.providers.log,
            crowd.faults.happened,
            crowd.caller,
            PROCESSES,
            POOL_SIZE,
            crowd.world.postgres.url(),
        )


def _offers(made: World) -> dict[str, bool]:
    return {"disk": made.disk, "pubsub": made.carrier == "pubsub"}


def make_all(faults: Faults, planned: list[Fault]) -> None:
    """Makes faults when it is time for each; returns when the last one is healed."""
    started = time.monotonic()
    threads = []
    for fault in planned:
        time.sleep(max(0.0, started + fault.at_s - time.monotonic()))
        threads.append(threading.Thread(target=faults.make, args=(fault,), name=f"{fault.kind} {fault.target}"))
        threads[-1].start()
        faults.remember()
    for thread in threads:
        thread.join()
    faults.heal_all()


def settle(crowd: Crowd) -> float:
    """Lets all that was begun come to its end; how long that took, in seconds."""
    started = time.monotonic()
    crowd.stop_users()
    wait_until(lambda: _is_quiet(crowd), SETTLE_S)
    crowd.stop_readers()
    wait_until(lambda: _is_quiet(crowd), SETTLE_S)
    return time.monotonic() - started


def _is_quiet(crowd: Crowd) -> bool:
    with crowd.world.owner() as owner:
        # without what follows a second colon: an address, an exception
        letters = "select topic, regexp_replace(reason, '^([^:]*: [^:]*):.*', '\\1'), count(*) from crm.dead_letters group by 1, 2"
        for topic, reason, count in owner.run(letters) or []:
            # As an operator does, by the runbook.
            crowd.journal.counts[f"dead letters raised ({topic}: {reason})"] += count
            owner.run("select crm.replay_dead_letters(:topic, 10000)", topic=topic)
        left = owner.run(
            """select (select count(*) from crm.outbox) + (select count(*) from crm.enrichments where outcome is null)
            + (select count(*) from crm.credit_reservations where state = 'reserved')
            + (select count(*) from crm.emails where status in ('queued', 'sending'))
            + (select count(*) from pg_stat_activity where application_name = 'warmpath' and state like 'idle in tr%'
                and now() - state_change > interval '2 s')"""
        )
    return left == [[0]]


def _report(crowd: Crowd, seed: int, findings: dict[str, list[str]], settled_s: float) -> Report:
    made = crowd.world
    by_kind: dict[str, list[Happened]] = defaultdict(list)
    for fault in crowd.faults.happened:
        by_kind[fault.name].append(fault)
        if fault.noted or not fault.well:
            findings.setdefault("recovery", []).append(
                f"after {fault.fault}: {fault.noted or 'nothing was well again'}"
            )
    copies = Counter(mail.message_id for mail in made.postbox.taken)
    metrics = {
        "faults": len(crowd.faults.happened),
        **crowd.journal.metrics(),
        "introductions": len(crowd.journal.introductions),
        "e-mails": len(copies),
        "e-mails delivered again after a fault": sum(copies.values()) - len(copies),
        "slowest answer": f"{max((r.took_s for r in crowd.journal.requests), default=0):.1f} s",
        "settled after": f"{settled_s:.1f} s",
    }
    return Report(
        seed,
        made.carrier,
        findings,
        metrics,
        {kind: (len(those), max(_recovery_s(fault) for fault in those)) for kind, those in by_kind.items()},
        [] if made.disk else ["full disk: nothing may be mounted here (needs root)"],
    )


def _recovery_s(fault: Happened) -> float:
    return fault.well - fault.healed if fault.well else float("inf")
