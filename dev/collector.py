"""A collector of traces and metrics for this machine: `python -m dev.collector [PORT]` prints each trace as a tree.

Start the stack with `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 make run`. The tests use the same collector.
"""

from __future__ import annotations

import contextlib
import gzip
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_PORT = 4318
# A trace is printed when its last span ended this long ago.
QUIET_S = 2.0
OK = 200


@dataclass(frozen=True, slots=True)
class Received:
    """A received span.

    Attributes:
        kind: SERVER, CLIENT, PRODUCER, CONSUMER or INTERNAL.
        failed: the span's status is an error.
        resource: description of the sending process.
    """

    trace_id: str
    span_id: str
    parent_id: str
    name: str
    kind: str
    attributes: dict[str, Any]
    failed: bool
    started_ns: int
    ended_ns: int
    resource: dict[str, Any]


class Collector:
    """A server that takes OTLP over HTTP, decodes it and keeps it.

    Args:
        port: port to listen on; 0: any free one.

    Attributes:
        spans: all received spans.
        metrics: the latest count and sum of each metric, by name and labels.
        status: status of answers; anything but 200 refuses.
        is_open: while not set, requests wait for their answers.
        asked: set once a request has come.
    """

    def __init__(self, port: int = 0) -> None:
        self.spans: list[Received] = []
        self.metrics: dict[tuple[str, tuple[tuple[str, Any], ...]], tuple[float, float]] = {}
        self.status = OK
        self.is_open, self.asked = threading.Event(), threading.Event()
        self.is_open.set()
        collector = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.asked.set()
                collector.is_open.wait()
                if collector.status == OK:
                    is_packed = self.headers.get("Content-Encoding") == "gzip"
                    collector.take(self.path, gzip.decompress(body) if is_packed else body)
                self.send_response(collector.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None: ...  # a process that froze or ended breaks its connection

        self._server = Server(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Stop the server."""
        self.is_open.set()
        self._server.shutdown()
        self._server.server_close()

    def take(self, path: str, body: bytes) -> None:
        """Decode and keep the body of one request."""
        if path == "/v1/traces":
            self._take_spans(ExportTraceServiceRequest.FromString(body))
        elif path == "/v1/metrics":
            self._take_metrics(ExportMetricsServiceRequest.FromString(body))

    def trace(self, trace_id: str) -> list[Received]:
        """Return the spans of one trace, in the order of their starts."""
        return sorted((span for span in self.spans if span.trace_id == trace_id), key=lambda span: span.started_ns)

    def of(self, name: str) -> dict[tuple[Any, ...], tuple[float, float]]:
        """Return a metric's count and sum, by the values of its labels; equal for a metric that is a sum."""
        return {
            tuple(value for _, value in labels): found for (key, labels), found in self.metrics.items() if key == name
        }

    def _take_spans(self, request: ExportTraceServiceRequest) -> None:
        for part in request.resource_spans:
            resource = _values(part.resource.attributes)
            for span in (span for scope in part.scope_spans for span in scope.spans):
                self.spans.append(
                    Received(
                        trace_id=span.trace_id.hex(),
                        span_id=span.span_id.hex(),
                        parent_id=span.parent_span_id.hex(),
                        name=span.name,
                        kind=Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_"),
                        attributes=_values(span.attributes),
                        failed=span.status.code == Status.STATUS_CODE_ERROR,
                        started_ns=span.start_time_unix_nano,
                        ended_ns=span.end_time_unix_nano,
                        resource=resource,
                    )
                )

    def _take_metrics(self, request: ExportMetricsServiceRequest) -> None:
        for metric in (m for part in request.resource_metrics for scope in part.scope_metrics for m in scope.metrics):
            for point in metric.histogram.data_points:
                self.metrics[metric.name, tuple(_values(point.attributes).items())] = (point.count, point.sum)
            for point in metric.sum.data_points:
                value = point.as_double or point.as_int
                self.metrics[metric.name, tuple(_values(point.attributes).items())] = (value, value)


def _values(attributes: Any) -> dict[str, Any]:
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in attributes}


@contextlib.contextmanager
def collecting(port: int = 0) -> Iterator[Collector]:
    """Run a collector while the block lasts."""
    collector = Collector(port)
    try:
        yield collector
    finally:
        collector.close()


def tree(spans: list[Received]) -> str:
    """Draw a trace as lines, each span under its parent, with its start and duration in ms."""
    known = {span.span_id for span in spans}
    lines: list[str] = []

    def add(parent_id: str | None, depth: int) -> None:
        for span in spans:
            if span.parent_id == parent_id or (parent_id is None and span.parent_id not in known):
                at, took = (span.started_ns - spans[0].started_ns) / 1e6, (span.ended_ns - span.started_ns) / 1e6
                lines.append(f"{at:9.1f} {took:8.1f} ms  {'  ' * depth}{span.name}{'  FAILED' * span.failed}")
                add(span.span_id, depth + 1)

    add(None, 0)
    return "\n".join(lines)


def main() -> None:
    """Print traces until Ctrl-C."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_PORT
    with collecting(port) as collector, contextlib.suppress(KeyboardInterrupt):
        print(f"OTEL_EXPORTER_OTLP_ENDPOINT={collector.url}", flush=True)
        while True:
            time.sleep(QUIET_S)
            quiet_since_ns = time.time_ns() - int(QUIET_S * 1e9)
            for trace_id in dict.fromkeys(span.trace_id for span in collector.spans):
                spans = collector.trace(trace_id)
                if max(span.ended_ns for span in spans) < quiet_since_ns:
                    print(f"\ntrace {trace_id}\n{tree(spans)}", flush=True)
                    collector.spans = [span for span in collector.spans if span.trace_id != trace_id]


if __name__ == "__main__":
    main()
