"""Telemetry of a function as it is deployed: a process of its own that is frozen between requests, and ended."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev.processes import free_port
from shared.plumbing.telemetry.export import FLUSH_S

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
HEALTH = "/api/crm/health"


class Function:
    """A deployed function."""

    def __init__(self, target: str, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.log = log
        command = [
            str(Path(sys.executable).with_name("functions-framework")),
            "--target",
            target,
            "--port",
            str(self.port),
        ]
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | environment | {"PYTHONUNBUFFERED": "1"}, stdout=out, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip

    def get(self, path: str = HEALTH, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def started(self) -> Function:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                self.get()
                return self
            time.sleep(0.02)
        raise TimeoutError(self.log.read_text())

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def end(self) -> None:
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        self.process.wait(20)


@pytest.fixture
def function(gateway, collector, tmp_path) -> Iterator[Function]:
    made = Function(
        "get_health", {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_TRACES_SAMPLER_ARG": "1"}, tmp_path / "log"
    )
    yield made.started()
    collector.is_open.set()
    made.end()


def until(condition, patience_s=15):
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {patience_s} s"
        time.sleep(0.02)


def test_no_answer_waits_for_the_export(function, collector):
    collector.is_open.clear()
    collector.asked.clear()
    started = time.monotonic()
    trace_ids = [function.get().headers["X-Request-Id"] for _ in range(20)]
    assert time.monotonic() - started < 20 * FLUSH_S / 2  # a twentieth of that on an idle machine
    assert collector.asked.wait(10)
    assert not [span for span in collector.spans if span.trace_id in trace_ids]

    collector.is_open.set()
    until(lambda: {span.trace_id for span in collector.spans} >= set(trace_ids))


def test_what_a_frozen_instance_has_not_sent_is_sent_when_it_thaws(function, collector):
    until(lambda: collector.spans)
    collector.is_open.clear()
    collector.asked.clear()
    trace_id = function.get().headers["X-Request-Id"]
    assert collector.asked.wait(10)  # the export is under way
    function.signal(signal.SIGSTOP)
    collector.status = 400  # what was under way is lost, and the SDK's own tries do not begin again for this one
    collector.is_open.set()
    time.sleep(0.3)
    collector.status = 200
    assert not collector.trace(trace_id)

    function.signal(signal.SIGCONT)
    until(lambda: collector.trace(trace_id), 30)


def test_what_is_left_is_sent_when_the_instance_is_told_to_end(function, collector):
    until(lambda: collector.spans)
    trace_id = function.get().headers["X-Request-Id"]
    function.end()

    assert collector.trace(trace_id)
    assert collector.of("http.server.request.duration")["get_health", 200][0] >= 2


def test_a_collector_that_is_away_disturbs_nobody(gateway, tmp_path):
    nowhere = f"http://127.0.0.1:{free_port()}"
    function = Function(
        "get_health", {"OTEL_EXPORTER_OTLP_ENDPOINT": nowhere, "OTEL_TRACES_SAMPLER_ARG": "1"}, tmp_path / "log"
    )
    try:
        function.started()
        assert [function.get().status for _ in range(50)] == [200] * 50
    finally:
        function.end()


def test_off_imports_nothing_of_opentelemetry(gateway):
    script = f"""
import sys
from functions_framework import create_app
client = create_app("get_health", {str(ROOT / "main.py")!r}).test_client()
assert client.get({HEALTH!r}).status_code == 200
found = sorted(name for name in sys.modules if "opentelemetry" in name or name == "shared.plumbing.telemetry.export")
assert not found, found
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, env=environment, timeout=60)


def test_on_no_request_imports_opentelemetry_itself(gateway, collector):
    """The thread that sends does; at a cold start the first answer comes before it."""
    script = f"""
import sys, threading
from functions_framework import create_app
importers = set()
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("opentelemetry"):
            importers.add(threading.current_thread().name)
sys.meta_path.insert(0, Watch())
client = create_app("get_health", {str(ROOT / "main.py")!r}).test_client()
assert client.get({HEALTH!r}).status_code == 200
from shared.edge.deps import deps
deps().telemetry.exporter.close()
assert importers == {{"telemetry"}}, importers
"""
    environment = os.environ | {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, env=environment, timeout=60)
    assert [span.name for span in collector.spans if span.parent_id == ""] == [f"GET {HEALTH}"]


def test_entries_in_the_cloud_are_json_with_the_trace(gateway, tmp_path):
    environment = {
        "K_SERVICE": "get-contact", "GOOGLE_CLOUD_PROJECT": "acme-crm", "LOG_EXECUTION_ID": "true",
        "OIDC_JWKS_URL": f"http://127.0.0.1:{free_port()}/keys",
    }  # fmt: skip
    function = Function("get_contact", environment, tmp_path / "log").started()
    token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJzdWIiOiJ4In0.eA"
    answer = function.get("/api/crm/contacts/1", Authorization=f"Bearer {token}")
    function.end()

    assert answer.status == 503
    entries = [json.loads(line) for line in function.log.read_text().splitlines()]
    (entry,) = [entry for entry in entries if entry["message"] == "auth.keys_unavailable"]
    assert entry["severity"] == "WARNING"
    assert entry["logging.googleapis.com/trace"] == f"projects/acme-crm/traces/{answer.headers['X-Request-Id']}"
    assert len(entry["logging.googleapis.com/labels"]["execution_id"]) == 12
    assert token not in function.log.read_text()
