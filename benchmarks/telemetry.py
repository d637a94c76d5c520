"""CPU that a request costs with telemetry off, on for a share of the requests, and on for all, in one interleaved run.

Run: `python -m benchmarks.telemetry` (about two minutes). The ratio is worker CPU per request, the export included, against
the same function with telemetry off. What takes the spans is a process of its own that throws them away.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import timeit
from pathlib import Path

from benchmarks.http_cost import load
from benchmarks.running import Served, ground
from dev.processes import free_port
from shared.config import Settings
from shared.telemetry import Telemetry, span

LIMITS = {"on, 5 %": 1.2}
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
    for endpoint in ("", "http://127.0.0.1:9"):
        trace = Telemetry(Settings.from_environment(needed | {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint})).trace("")
        trace.begin("http", "GET /")

        def once() -> None:
            with span("db", "find_contact"):
                pass

        times.append(min(timeit.repeat(once, number=20_000, repeat=9)) / 20_000 * 1e9)
    return times[0], times[1]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--requests", type=int, default=1500)
    options = parser.parse_args()
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
    print("| request | telemetry | worker CPU, us (median) | ratio to off (median, min-max by round) | limit |")
    print("|---|---|---|---|---|")
    for (request, mode), values in costs.items():
        ratios = [value / base for value, base in zip(values, costs[request, "off"], strict=True)]
        print(
            f"| {request} | {mode} | {statistics.median(values):.0f} | {statistics.median(ratios):.2f} "
            f"({min(ratios):.2f}-{max(ratios):.2f}) | {LIMITS.get(mode, '')} |"
        )
    off_ns, on_ns = span_ns()
    print(f"\nA span costs {off_ns / 1000:.2f} us where it is not kept, {on_ns / 1000:.1f} us where it is.")


if __name__ == "__main__":
    main()
