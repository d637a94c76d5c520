"""The consumer of enrichment against one that does nothing, on the same framework in the same run.

    python -m benchmarks.enrichment [--clients 1,8,32] [--events 600] [--rounds 3]

Both are served as the cloud serves them (functions-framework's app under gunicorn with threads, one process), events are
pushed over HTTP by 1, 8 and 32 clients, turn and turn about. The cache is warm: what hunter says of everybody is known,
so an event costs what the house itself does: read, merge, write, confirm. Cold are other events, fewer, for which hunter,
a server of our own that takes 50 ms, has to be asked, credits reserved and settled. The ratio is of the workers' processor
time for an event, which does not count what Postgres and the clients use beside them.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import queue
import statistics
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.results import Row, Table, run
from benchmarks.running import ROOT, Served
from dev.processes import data_folder
from dev.servers import servers
from selfhost.deliveries import push_body
from shared.enrichment import repository
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Priority
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.owner import connected
from shared.plumbing.postgres.pool import Pool, connect_to_url
from tests.fakes.providers.answers import Person
from tests.fakes.providers.server import fake_providers

if TYPE_CHECKING:
    import argparse

    from tests.fakes.providers.server import FakeProviders

THREADS = 32
NO_OP_NAME, WARM, COLD = "no-op", "warm", "cold (a provider of 50 ms)"
HUNTER_S = 0.05
TOPIC_PATH = f"/projects/bench/topics/{repository.TOPIC}"
NO_OP = '''
import functions_framework

@functions_framework.cloud_event
def no_op(cloud_event):
    """Nothing."""
'''


class Bench:
    """Servers, one user, and contacts of whom hunter knows everything."""

    def __init__(self, url: str, fake: FakeProviders) -> None:
        self.url, self.fake = url, fake
        self.database = Database(Pool(connect_to_url(url), 2))
        self.numbers = itertools.count()

    def run(self, statement: str, **parameters: Any) -> list[Any]:
        """As the owner."""
        with connected(self.url) as owner:
            return list(owner.run(statement, **parameters) or [])

    def events(self, count: int, *, warm: bool) -> list[bytes]:
        """Queues new contacts of a new user, and takes their events as push bodies."""
        name = uuid.uuid4().hex
        ((user_id,),) = self.run("select user_id from crm.sign_in('bench', :name, null, 'Uma')", name=name)
        self.run("select crm.grant_credits(:id, 1000000, 'bench')", id=user_id)
        emails = [f"p{next(self.numbers)}@{name}.example" for _ in range(count)]
        self.run(
            "insert into crm.contacts (user_id, email) select :id, unnest(cast(:emails as text[]))",
            id=user_id,
            emails=emails,
        )
        if warm:
            self.run(
                """insert into crm.provider_answers (provider, email_hash, scope, outcome, answer, fetched_at, expires_at)
                select 'hunter', crm.email_hash(e), '00000000-0000-0000-0000-000000000000', 'found', cast(:answer as jsonb), now(),
                now() + interval '7 days' from unnest(cast(:emails as text[])) e""",
                emails=emails,
                answer=json.dumps(
                    {
                        name: {"value": f"A {name}", "confidence": 0.9}
                        for name in ("name", "title", "company", "location")
                    }
                ),
            )
        else:
            self.fake.knows(*(Person(email, linkedin=uuid.uuid4().hex) for email in emails))
        ids = [
            row[0] for row in self.run("select id from crm.contacts where user_id = :id and not is_self", id=user_id)
        ]
        with self.database.transaction(user_id) as tx:
            repository.request(tx, ids, Priority.NORMAL, force=False)
        with self.database.transaction(None) as tx:
            taken = outbox.take(tx, repository.TOPIC, count, max_in_flight=(None, None, None), retake_after_s=3600)
        return [json.dumps(push_body(event)).encode() for event in taken]


class Pushed(NamedTuple):
    """Events a second, and microseconds of the workers' processor time for one."""

    rate: float
    cpu_us: float


def push_all(served: Served, bodies: list[bytes], clients: int) -> Pushed:
    """Pushes every event once and waits for all."""
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for body in bodies:
        waiting.put(body)
    failures: list[int] = []

    def push() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        while True:
            try:
                body = waiting.get_nowait()
            except queue.Empty:
                connection.close()
                return
            connection.request("POST", TOPIC_PATH, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(answer.status)

    cpu_ms, began = served.cpu_ms(), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for future in [pool.submit(push) for _ in range(clients)]:
            future.result()
    took_s = time.perf_counter() - began
    if failures:
        raise RuntimeError(f"{len(failures)} events failed: {failures[:3]}")
    return Pushed(len(bodies) / took_s, (served.cpu_ms() - cpu_ms) / len(bodies) * 1000)


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--clients", default="1,8,32")
    parser.add_argument("--events", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> list[Table]:
    """Starts everything, and measures with each number of clients."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o711)
        stack.enter_context(data_folder(folder / "data"))
        running = stack.enter_context(servers(folder / "data", throwaway=True))
        assert running.postgres is not None
        assert running.redis is not None
        with connected(running.postgres.url()) as owner:
            migrate(owner)
        fake = stack.enter_context(fake_providers())
        fake.latency_s = HUNTER_S
        bench = Bench(running.postgres.url(), fake)
        stack.callback(bench.database.close)
        environment = {
            **os.environ, **fake.environ("hunter", timeout_s=5), "DATABASE_URL": bench.url, "REDIS_URL": running.redis.url,
            "DATABASE_POOL_SIZE": "8", "EVENT_DELIVERY": "outbox", "OIDC_ISSUER": "x", "OIDC_AUDIENCE": "x",
            "OIDC_JWKS_URL": "http://127.0.0.1:9/", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        (folder / "no_op.py").write_text(NO_OP)
        no_op = Served("no_op", environment, folder, source=folder / "no_op.py", threads=THREADS)
        stack.callback(no_op.stop)
        consumer = Served("enrich_contact", environment, folder, threads=THREADS)
        stack.callback(consumer.stop)
        for each in (no_op, consumer):
            each.wait_for(partial(push_all, each, bench.events(1, warm=True), 1))
            push_all(each, bench.events(50, warm=True), 8)
        rows = [
            row
            for clients in options.clients.split(",")
            for row in rows_of(bench, {NO_OP_NAME: no_op, WARM: consumer, COLD: consumer}, int(clients), options)
        ]
    return [Table("consumer", rows, floor=f"{NO_OP_NAME}'s CPU", sizes="clients")]


def rows_of(bench: Bench, ways: dict[str, Served], clients: int, options: argparse.Namespace) -> list[Row]:
    """Turn and turn about, several rounds; medians."""
    # each waits for a provider: so many that a round takes seconds
    counts = {COLD: min(options.events // 4, 40 * clients)}
    pushed: dict[str, list[Pushed]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name, way in ways.items():
            events = bench.events(counts.get(name, options.events), warm=name != COLD)
            pushed[name].append(push_all(way, events, clients))
    rows = []
    for name, own in pushed.items():
        ratios = [each.cpu_us / floor.cpu_us for each, floor in zip(own, pushed[NO_OP_NAME], strict=True)]
        metrics = {
            "events/s": statistics.median(each.rate for each in own),
            "CPU us": statistics.median(each.cpu_us for each in own),
        }
        rows.append(Row(name, metrics, clients, ratio=None if name == NO_OP_NAME else statistics.median(ratios)))
    return rows


if __name__ == "__main__":
    run(__doc__, measure, arguments)
