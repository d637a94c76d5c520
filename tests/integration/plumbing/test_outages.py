"""The servers go away under load: clear answers meanwhile, recovery by itself, and nothing lost that was acknowledged."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import threading
import time
from collections import Counter

import pytest

from dev.issuer import Issuer
from dev.processes import data_folder, free_port, reserve_port
from dev.servers import servers
from dev.stack import Gateway, gateway_environment
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.owner import connected

OUTAGE_S = 5


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """Servers and a gateway of their own, as `make run` starts them."""
    folder = tmp_path_factory.mktemp("outages")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # as root, the servers run as another user, who must pass through
    with data_folder(folder / "data") as data, servers(data) as running, contextlib.ExitStack() as stack:
        assert running.postgres is not None
        assert running.redis is not None
        with connected(running.postgres.url()) as owner:
            migrate(owner)
        port = free_port()
        listening = stack.enter_context(reserve_port(port))
        listening.listen(256)
        environment = gateway_environment(port, running.postgres.url(), running.redis.url, data)
        gateway = Gateway(data, listening, environment | {"RATE_LIMIT_PER_MINUTE": "0"})
        stack.callback(gateway.stop)
        gateway.start()
        gateway.wait_until_ready()
        yield running, port, data


class Load:
    """Threads that create contacts and read them again, and remember what was answered."""

    def __init__(self, port, token, threads=4):
        self.port, self.token = port, token
        self.statuses: Counter[int | str] = Counter()
        self.acknowledged = []
        self.slowest_s = 0.0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, thread):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        number = 0
        while not self._stop.is_set():
            number += 1
            status, body = self.ask(connection, "POST", "/api/crm/contacts", {"name": f"Person {thread}-{number}"})
            if status == 201:
                self.acknowledged.append(json.loads(body)["id"])
                self.ask(connection, "GET", f"/api/crm/contacts/{self.acknowledged[-1]}")
            else:
                time.sleep(0.05)
        connection.close()

    def ask(self, connection, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        started = time.monotonic()
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        data = answer.read()
        self.slowest_s = max(self.slowest_s, time.monotonic() - started)
        self.statuses[answer.status] += 1
        if answer.status == 503:
            assert int(answer.headers["Retry-After"]) >= 1
            assert json.loads(data)["code"] == "unavailable"
        return answer.status, data


def count_of(load):
    connection = http.client.HTTPConnection("127.0.0.1", load.port, timeout=60)
    status, body = load.ask(connection, "GET", "/api/crm/contacts?include_total=true&limit=1")
    connection.close()
    return json.loads(body)["total"] if status == 200 else None


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_postgres_may_be_killed_under_load(stack):
    running, port, data = stack
    token = Issuer(data / "issuer-key.pem").token("outage@example.com", "Otto Outage")
    with Load(port, token) as load:
        time.sleep(1)
        before = len(load.acknowledged)
        running.postgres.kill()
        time.sleep(OUTAGE_S)
        running.postgres.start()
        deadline = time.monotonic() + 30
        after = len(load.acknowledged)
        while len(load.acknowledged) < after + 50 and time.monotonic() < deadline:
            time.sleep(0.1)

    assert before > 10
    assert len(load.acknowledged) >= after + 50, "writes are taken again without a restart of the functions"
    assert set(load.statuses) <= {200, 201, 503}, load.statuses
    assert load.statuses[503] > 0
    with connected(running.postgres.url()) as owner:
        kept = {str(row[0]) for row in owner.run("select id from crm.contacts where name like 'Person %'")}
    assert set(load.acknowledged) <= kept, "a write that was answered 201 is missing"


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_redis_may_be_killed_and_stay_dead(stack):
    running, port, data = stack
    token = Issuer(data / "issuer-key.pem").token("no-redis@example.com", "Rita")
    with Load(port, token) as load:
        time.sleep(1)
        running.redis.process.send_signal(signal.SIGKILL)
        at_the_kill = sum(load.statuses.values())
        time.sleep(3)

    assert sum(load.statuses.values()) > at_the_kill + 50
    assert set(load.statuses) == {200, 201}, load.statuses
    assert load.slowest_s < 3
    assert count_of(load) == len(load.acknowledged) + 1
