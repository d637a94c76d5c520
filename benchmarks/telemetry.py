"""CPU that a request costs with telemetry off, on for a share of the requests, and on for all, in one interleaved run.

    python -m benchmarks.telemetry [--rounds 9] [--requests 1500]

The ratio is worker CPU per request, the export included, against
the same function with telemetry off. What takes the spans is a process of its own that throws them away.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import timeit
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.http_cost import load
from benchmarks.results import Limit, Table, by_round, run
from benchmarks.running import Served, ground
from dev.processes import free_port
from shared.config import Settings
from shared.plumbing.telemetry.export import Exporter
from shared.plumbing.telemetry.recording import Telemetry, span

if TYPE_CHECKING:
    import argparse

LIMITS = {"on, 5 %": Limit(1.2)}
SINK = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_): ...

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Sink).serve_forever()
"""


def span_ns() -> tuple[float, float]:
    """What a span costs a request that is not sampled, and one that is, in nanoseconds."""
    needed = {"DATABASE_URL": "x", "OIDC_ISSUER": "x", "OIDC_AUDIENCE": "x", "OIDC_JWKS_URL": "x"}
    times = []
    settings = Settings.from_environment(needed | {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"})
    for exporter in (None, partial(Exporter, settings)):
        trace = Telemetry(exporter=exporter).trace("")
        trace.begin("http", "GET /")

        def once() -> None:
            with span("db", "find_contact"):
                pass

        times.append(min(timeit.repeat(once, number=20_000, repeat=9)) / 20_000 * 1e9)
    return times[0], times[1]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--requests", type=int, default=1500)


def measure(options: argparse.Namespace) -> list[Table]:
    """Worker CPU of each request with each setting, round by round."""
    port = free_port()
    sink = subprocess.Popen([sys.executable, "-c", SINK, str(port)])
    on = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}"}
    modes = {
        "off": {},
        "on, 5 %": on | {"OTEL_TRACES_SAMPLER_ARG": "0.05"},
        "on, 100 %": on | {"OTEL_TRACES_SAMPLER_ARG": "1"},
    }
    with ground() as beside, tempfile.TemporaryDirectory() as name:
        without_cache = {"REDIS_URL": "", "RATE_LIMIT_PER_MINUTE": "0"}
        contact = f"/api/crm/contacts/{beside.contact_ids[0]}"
        requests = {
            "cached contact": ("get_contact", contact, {}),
            "contact from Postgres": ("get_contact", contact, without_cache),
            "list of 50": ("list_contacts", "/api/crm/contacts?limit=50", without_cache),
        }
        cases = {
            (request, mode): (Served(target, beside.environment | more | setting, Path(name)), path)
            for request, (target, path, more) in requests.items()
            for mode, setting in modes.items()
        }
        try:
            for served, path in cases.values():
                served.wait(path, beside.token)
                load(served, path, beside.token, 300)
            costs: dict[tuple[str, str], list[float]] = {case: [] for case in cases}
            for _ in range(options.rounds):
                for case, (served, path) in cases.items():
                    costs[case].append(load(served, path, beside.token, options.requests))
        finally:
            for served, _ in cases.values():
                served.stop()
            sink.kill()
            sink.wait()
    rows = [
        by_round(f"{request}: {mode}", "CPU us", values, costs[request, "off"], LIMITS.get(mode))
        for (request, mode), values in costs.items()
    ]
    off_ns, on_ns = span_ns()
    note = f"A span costs {off_ns / 1000:.2f} us where it is not kept, {on_ns / 1000:.1f} us where it is."
    return [Table("requests", rows, floor="off", note=note)]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
