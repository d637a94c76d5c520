"""Spans and metrics in OpenTelemetry's form, over OTLP. Imported by the exporting thread, never by a request (0.2 s)."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricExportResult,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from shared.plumbing.telemetry.recording import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from requests import Session

    from shared.config import Settings
    from shared.plumbing.telemetry.recording import Distribution, Labels, Metrics, Note, Span

EXPORT_TIMEOUT_S = 5.0
SCOPE = InstrumentationScope("warmpath")
_SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)

# By a span's kind: OpenTelemetry's kind, the word before the detail in its name, the attribute that holds the detail,
# and attributes that are always the same.
KINDS: dict[str, tuple[SpanKind, str, str, dict[str, Note]]] = {
    "http": (SpanKind.SERVER, "", "", {}),
    "call": (SpanKind.SERVER, "", "faas.name", {}),
    "publish": (SpanKind.PRODUCER, "publish", "messaging.destination.name", {"messaging.system": "gcp_pubsub"}),
    "consume": (SpanKind.CONSUMER, "process", "messaging.destination.name", {"messaging.system": "gcp_pubsub"}),
    "outbox": (SpanKind.PRODUCER, "append", "messaging.destination.name", {"messaging.system": "postgresql"}),
    "db": (SpanKind.CLIENT, "", "db.operation.name", {"db.system.name": "postgresql"}),
    "cache": (SpanKind.CLIENT, "redis", "db.operation.name", {"db.system.name": "redis"}),
    "provider": (SpanKind.CLIENT, "ask", "warmpath.provider", {}),
    "mail": (SpanKind.CLIENT, "send", "warmpath.email", {}),
}

# Every metric: its unit and its description. A test compares this list with the code and with docs/observability.md.
METRICS = {
    "http.server.request.duration": ("s", "Requests by function and status, and how long they took"),
    "warmpath.event.duration": ("s", "Deliveries of events by function and outcome, and how long they took"),
    "warmpath.event.age": ("s", "Age of an event when its consumer gets it, by function"),
    "warmpath.provider.duration": ("s", "Questions to providers by outcome, and how long the answer took"),
    "warmpath.credits.charged": ("{credit}", "Credits charged by provider"),
    "warmpath.emails": ("{email}", "E-mails by what the mail server said to them, recipient by recipient"),
    "warmpath.webhooks": ("{message}", "Messages of webhooks by what became of the attempt"),
    "warmpath.email_reports": ("{report}", "Reports of mail providers, by kind"),
}


class Sender:
    """OpenTelemetry's exporters of spans and of metrics, and the description of this process.

    Args:
        settings: hold the collector's address and the project.
    """

    def __init__(self, settings: Settings) -> None:
        base = settings.otlp_endpoint.rstrip("/")
        session = _google_session() if (urlsplit(base).hostname or "").endswith(".googleapis.com") else None
        self._spans = OTLPSpanExporter(
            f"{base}/v1/traces", timeout=EXPORT_TIMEOUT_S, compression=Compression.Gzip, session=session
        )
        self._metrics = OTLPMetricExporter(
            f"{base}/v1/metrics", timeout=EXPORT_TIMEOUT_S, compression=Compression.Gzip, session=session
        )
        # OTEL_RESOURCE_ATTRIBUTES adds to these.
        self._resource = Resource.create(dict(resource_of(settings)))

    def send_spans(self, spans: Sequence[Span]) -> bool:
        """Send spans; return whether the collector took them."""
        return self._spans.export([_readable(span, self._resource) for span in spans]) is SpanExportResult.SUCCESS

    def send_metrics(self, metrics: Metrics) -> bool:
        """Send all metrics with their present values; return whether the collector took them."""
        points = metrics_of(metrics)
        if not points:
            return True
        scope = ScopeMetrics(SCOPE, points, "")
        data = MetricsData([ResourceMetrics(self._resource, [scope], "")])
        return self._metrics.export(data) is MetricExportResult.SUCCESS


def resource_of(settings: Settings) -> dict[str, str]:
    """Describe this process: by Cloud Run's names in the cloud, by one name for all functions elsewhere."""
    environ = settings.environ
    attributes = {
        "service.name": environ.get("OTEL_SERVICE_NAME") or environ.get("K_SERVICE", "warmpath"),
        "service.version": environ.get("K_REVISION", ""),
        "service.namespace": "warmpath",
        # Distinguishes the sums of two processes.
        "service.instance.id": uuid.uuid4().hex,
        # The Telemetry API refuses data without a project.
        "gcp.project_id": settings.google_cloud_project,
    }
    return {name: value for name, value in attributes.items() if value}


def _google_session() -> Session:
    """Make an HTTP session with the service account of the function."""
    import google.auth  # noqa: PLC0415 - only in Google's cloud
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415

    session: Session = AuthorizedSession(google.auth.default(scopes=_SCOPES)[0])  # type: ignore[no-untyped-call]
    return session


def _readable(span: Span, resource: Resource) -> ReadableSpan:
    kind, word, attribute, constant = KINDS[span.kind]
    trace_id = int(span.trace.trace_id, 16)
    attributes = {**constant, **span.notes}
    if attribute:
        attributes[attribute] = span.detail
    if span.kind == "http":
        attributes["http.request.method"], attributes["http.route"] = span.detail.split(" ")
    if span.error:
        attributes["error.type"] = span.error
    return ReadableSpan(
        name=f"{word} {span.detail}" if word else span.detail,
        context=_context(trace_id, span.span_id, is_remote=False),
        parent=_context(trace_id, span.parent_id, is_remote=False) if span.parent_id else None,
        resource=resource,
        attributes=attributes,
        kind=kind,
        status=Status(StatusCode.ERROR if span.error else StatusCode.UNSET),
        start_time=span.start_ns,
        end_time=span.end_ns,
        instrumentation_scope=SCOPE,
    )


def _context(trace_id: int, span_id: str, *, is_remote: bool) -> SpanContext:
    return SpanContext(trace_id, int(span_id, 16), is_remote, TraceFlags(TraceFlags.SAMPLED))


def metrics_of(metrics: Metrics) -> list[Metric]:
    """Convert the recorded metrics, in the order of `METRICS`."""
    sums, distributions = metrics.taken()
    now = time.time_ns()
    points: dict[str, list[NumberDataPoint]] = {}
    histograms: dict[str, list[HistogramDataPoint]] = {}
    for (name, labels), value in sums.items():
        points.setdefault(name, []).append(NumberDataPoint(dict(labels), metrics.since_ns, now, value))
    for (name, labels), found in distributions.items():
        histograms.setdefault(name, []).append(_histogram(labels, found, metrics.since_ns, now))
    made = []
    for name, (unit, what) in METRICS.items():
        if name in points:
            total = Sum(points[name], AggregationTemporality.CUMULATIVE, is_monotonic=True)
            made.append(Metric(name, what, unit, total))
        if name in histograms:
            made.append(Metric(name, what, unit, Histogram(histograms[name], AggregationTemporality.CUMULATIVE)))
    return made


def _histogram(labels: Labels, found: Distribution, since_ns: int, now_ns: int) -> HistogramDataPoint:
    return HistogramDataPoint(
        attributes=dict(labels),
        start_time_unix_nano=since_ns,
        time_unix_nano=now_ns,
        count=sum(found.buckets),
        sum=found.total,
        bucket_counts=found.buckets,
        explicit_bounds=BOUNDS,
        min=found.least,
        max=found.most,
    )
