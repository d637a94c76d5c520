"""The consumer of enrichment against one that does nothing, on the same framework in the same run.

Usage: python -m benchmarks.enrichment [EVENTS]

Both are served as the cloud serves them (functions-framework's app under gunicorn with threads, one process), events are
pushed over HTTP by 1, 8 and 32 clients, turn and turn about. The cache is warm: what hunter says of everybody is known,
so an event costs what the house itself does: read, merge, write, confirm. The cold column is another run of as many
events for which hunter, a server of our own that takes 50 ms, has to be asked, credits reserved and settled.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import queue
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dev.connections import connected
from dev.deliveries import push_body
from dev.processes import data_folder, free_port
from dev.servers import servers
from shared import outbox
from shared.database import Database
from shared.enrichment import repository
from shared.migrate import migrate
from shared.outbox import Priority
from shared.pool import Pool, connect_to_url
from tests.fakes.providers.answers import Person
from tests.fakes.providers.server import fake_providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.providers.server import FakeProviders

ROOT = Path(__file__).parent.parent
CLIENTS = (1, 8, 32)
THREADS = 32
ROUNDS = 3
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
            taken = outbox.take(tx, repository.TOPIC, count, room=(None, None, None), hold_s=3600)
        return [json.dumps(push_body(event)).encode() for event in taken]


@contextlib.contextmanager
def served(target: str, source: Path, environment: dict[str, str]) -> Iterator[int]:
    """A function, served by the command that the cloud runs."""
    port = free_port()
    command = [
        sys.executable, "-m", "functions_framework", "--target", target, "--source", str(source), "--port", str(port),
        "--host", "127.0.0.1",
    ]  # fmt: skip
    settings = {**os.environ, **environment, "THREADS": str(THREADS), "WORKERS": "1", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, env=settings, cwd=source.parent, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(400):
            with contextlib.suppress(OSError):
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            time.sleep(0.05)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def push_all(port: int, bodies: list[bytes], clients: int) -> float:
    """Pushes every event once and waits for all; events a second."""
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for body in bodies:
        waiting.put(body)
    failures: list[int] = []

    def push() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
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

    threads = [threading.Thread(target=push) for _ in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took_s = time.perf_counter() - started
    if failures:
        raise SystemExit(f"{len(failures)} events failed: {failures[:3]}")
    return len(bodies) / took_s


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
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
        (folder / "no_op.py").write_text(NO_OP)
        no_op = stack.enter_context(served("no_op", folder / "no_op.py", {}))
        environment = {
            **fake.environ("hunter", timeout_s=5), "DATABASE_URL": bench.url, "REDIS_URL": running.redis.url,
            "DATABASE_POOL_SIZE": "8", "EVENT_DELIVERY": "outbox", "OIDC_ISSUER": "x", "OIDC_AUDIENCE": "x",
            "OIDC_JWKS_URL": "http://127.0.0.1:9/",
        }  # fmt: skip
        consumer = stack.enter_context(served("enrich_contact", ROOT / "main.py", environment))
        measure(bench, no_op, consumer, count)
        bench.database.close()


def measure(bench: Bench, no_op: int, consumer: int, count: int) -> None:
    """Turn and turn about, several rounds; medians."""
    push_all(no_op, bench.events(50, warm=True), 8)
    push_all(consumer, bench.events(50, warm=True), 8)
    print(
        f"events a second, median of {ROUNDS} rounds of {count} events; one process, {os.cpu_count()} CPUs for everything"
    )
    print(f"{'clients':>8} {'no-op':>8} {'warm':>8} {'ratio':>7} {'cold':>8}")
    for clients in CLIENTS:
        rates: dict[str, list[float]] = {"no-op": [], "warm": [], "cold": []}
        for _ in range(ROUNDS):
            bodies = bench.events(count, warm=True)
            rates["no-op"].append(push_all(no_op, bodies, clients))
            rates["warm"].append(push_all(consumer, bodies, clients))
            rates["cold"].append(push_all(consumer, bench.events(max(40, count // 4), warm=False), clients))
        median = {name: statistics.median(values) for name, values in rates.items()}
        ratio = statistics.median(w / n for w, n in zip(rates["warm"], rates["no-op"], strict=True))
        print(
            f"{clients:>8} {median['no-op']:>8.0f} {median['warm']:>8.0f} {ratio:>7.2f} {median['cold']:>8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
