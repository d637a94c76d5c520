"""The recording of requests and their durations: spans of sampled requests, metrics of all; almost free while off.

    with span("db", query.name):
        ...
    count("warmpath.credits.charged", 2, provider="hunter")
    measure("warmpath.event.age", 0.4, function="enrich_contact")

A span is named by its kind and a fixed word (a query's name, a route, a topic): never by a user's words or the message of
an error. Why these are not the SDK's own spans, and when they are exported: `docs/decisions/0035-telemetry.md`.
"""

from __future__ import annotations

import random
import re
import secrets
import threading
import time
from bisect import bisect_left
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    Note = str | int | float | bool
    Labels = tuple[tuple[str, str | int], ...]

# https://www.w3.org/TR/trace-context/#traceparent-header, and Google's older header of the same meaning.
_TRACEPARENT = re.compile(r"^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)")
_CLOUD_TRACE = re.compile(r"^(?!0{32})([0-9a-f]{32})(?:/(\d{1,20}))?(?:;o=(\d))?$")
_SAMPLED = 1
# The last 56 bits of a trace id are random by the standard, so every process decides alike whether to sample it.
_LOTS = 1 << 56
_SPAN_IDS = 1 << 64
# Metrics change slowly, and Cloud Monitoring takes at most one point of a series in a few seconds.
METRICS_EVERY_S = 60.0
# The most spans of one request: an import of many batches would fill the memory.
MAX_SPANS_OF_ONE = 500
# Upper ends of the buckets of every distribution, in seconds: from a query to an event that waited for an hour.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)


class Span:
    """A timed piece of work, from entering its `with` block to leaving it.

    Attributes:
        kind: http, call, consume, publish, db, cache, provider or mail; see `shared.plumbing.telemetry.otlp`.
        detail: the query, route, topic or other fixed word.
        notes: further attributes, under OpenTelemetry's names where it has some.
        error: type of the exception that ended the work; empty where none did.
    """

    __slots__ = ("detail", "end_ns", "error", "kind", "notes", "parent_id", "span_id", "start_ns", "trace")

    def __init__(self, trace: Trace, kind: str, detail: str) -> None:
        self.trace = trace
        self.kind = kind
        self.detail = detail
        self.notes: dict[str, Note] = {}
        self.error = ""
        self.span_id = _new_span_id()
        self.parent_id = trace.span_id
        self.start_ns = time.time_ns()
        self.end_ns = 0

    def __enter__(self) -> Self:
        self.trace.span_id = self.span_id
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.end_ns = time.time_ns()
        self.trace.span_id = self.parent_id
        if error_type is not None and not self.error:
            self.error = error_type.__qualname__
        spans = self.trace.spans
        if spans is not None and len(spans) < MAX_SPANS_OF_ONE:
            spans.append(self)

    def note(self, name: str, value: Note) -> None:
        """Add an attribute."""
        self.notes[name] = value


class _Nothing:
    """The span of a request that is not sampled; records nothing."""

    __slots__ = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def note(self, name: str, value: Note) -> None:
        """Drop an attribute."""


_NOTHING = _Nothing()


class Trace:
    """The part of a trace that one request, or one delivery of an event, has in this process.

    Attributes:
        trace_id: 32 hexadecimal digits.
        span_id: 16 hexadecimal digits of the open span; before any, of the caller's span.
        sampled: whether later processes are to sample the trace.
        spans: spans that have ended; None where none are kept.
    """

    __slots__ = ("_root", "_telemetry", "sampled", "span_id", "spans", "trace_id")

    def __init__(self, telemetry: Telemetry, trace_id: str, parent_id: str, *, sampled: bool) -> None:
        self.trace_id = trace_id
        self.span_id = parent_id
        self.sampled = sampled
        self.spans: list[Span] | None = [] if sampled and telemetry.exporter is not None else None
        self._telemetry = telemetry
        self._root: Span | None = None

    def begin(self, kind: str, detail: str) -> None:
        """Open the first span, and make this the trace of all later spans on this thread."""
        self.open(kind, detail)
        _here.set(self)

    def end(self, error: str, notes: dict[str, Note], *, at_once: bool = False) -> None:
        """Close the span of `begin`, and pass the spans to the exporter.

        Args:
            error: type of the error; empty without one.
            notes: attributes of the first span.
            at_once: no client waits for an answer, so wait for the export, up to a second.
        """
        _here.set(None)
        self.close(error, notes)
        if at_once and self.spans and self._telemetry.exporter is not None:
            self._telemetry.exporter.flush()

    def open(self, kind: str, detail: str) -> None:
        """Open the first span, without making this the thread's trace."""
        if self.spans is not None:
            self._root = Span(self, kind, detail)
            self._root.__enter__()

    def close(self, error: str, notes: dict[str, Note]) -> None:
        """Close the span of `open`, and pass the spans to the exporter."""
        if self._root is not None:
            self._root.error = error
            self._root.notes |= notes
            self._root.__exit__(None, None, None)
        if self._telemetry.exporter is not None:
            self._telemetry.exporter.add(self.spans or ())

    @property
    def traceparent(self) -> str:
        """The `traceparent` header that makes another process's work part of this trace."""
        return f"00-{self.trace_id}-{self.span_id or _new_span_id()}-{self.sampled:02x}"

    @property
    def metrics(self) -> Metrics | None:
        """The metrics of the process; None while telemetry is off."""
        return self._telemetry.metrics if self._telemetry.exporter is not None else None

    def branch(self, traceparent: str) -> Trace | None:
        """Return the trace of another request, which this one works for; None where that is not sampled."""
        if self._telemetry.exporter is None or not (match := _TRACEPARENT.match(traceparent)):
            return None
        sampled = bool(int(match[3], 16) & _SAMPLED)
        return Trace(self._telemetry, match[1], match[2], sampled=True) if sampled else None


_here: ContextVar[Trace | None] = ContextVar("trace", default=None)


def span(kind: str, detail: str) -> Span | _Nothing:
    """Make a span for a `with` block; it records nothing where the request is not sampled."""
    trace = _here.get()
    if trace is None or trace.spans is None:
        return _NOTHING
    return Span(trace, kind, detail)


def current_trace() -> Trace | None:
    """Return the trace of this thread."""
    return _here.get()


def trace_attributes() -> dict[str, str]:
    """Return the attributes that make an event part of this thread's trace."""
    trace = _here.get()
    return {} if trace is None else {"traceparent": trace.traceparent}


def count(name: str, amount: float = 1, **labels: str | int) -> None:
    """Add an amount to a sum."""
    trace = _here.get()
    if trace is not None and trace.metrics is not None:
        trace.metrics.count(name, amount, tuple(labels.items()))


def measure(name: str, value: float, **labels: str | int) -> None:
    """Add one value, in seconds, to a distribution."""
    trace = _here.get()
    if trace is not None and trace.metrics is not None:
        trace.metrics.measure(name, value, tuple(labels.items()))


class Distribution:
    """The count of values in each bucket; the buckets end at `BOUNDS`, and the last one is open."""

    __slots__ = ("buckets", "least", "most", "total")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.total = 0.0
        self.least = float("inf")
        self.most = float("-inf")

    def add(self, value: float) -> None:
        """Count one value."""
        self.buckets[bisect_left(BOUNDS, value)] += 1
        self.total += value
        self.least, self.most = min(self.least, value), max(self.most, value)

    def copy(self) -> Distribution:
        """Copy the present state."""
        copied = Distribution()
        copied.buckets = self.buckets.copy()
        copied.total, copied.least, copied.most = self.total, self.least, self.most
        return copied


class Metrics:
    """Sums and distributions since the process began, so that a later export makes up for one that was lost.

    Attributes:
        since_ns: when the process began.
    """

    def __init__(self) -> None:
        self.since_ns = time.time_ns()
        self._lock = threading.Lock()
        self._sums: dict[tuple[str, Labels], float] = {}
        self._distributions: dict[tuple[str, Labels], Distribution] = {}

    def count(self, name: str, amount: float, labels: Labels) -> None:
        """Add to a sum."""
        with self._lock:
            self._sums[name, labels] = self._sums.get((name, labels), 0) + amount

    def measure(self, name: str, value: float, labels: Labels) -> None:
        """Add to a distribution."""
        with self._lock:
            found = self._distributions.get((name, labels))
            if found is None:
                found = self._distributions[name, labels] = Distribution()
            found.add(value)

    def taken(self) -> tuple[dict[tuple[str, Labels], float], dict[tuple[str, Labels], Distribution]]:
        """Return all sums and distributions as they are now."""
        with self._lock:
            return dict(self._sums), {key: found.copy() for key, found in self._distributions.items()}


class ExporterLike(Protocol):
    """The interface of the exporter; see `shared.plumbing.telemetry.export`."""

    def add(self, spans: Sequence[Span]) -> None:
        """Queue spans; never wait."""

    def flush(self) -> None:
        """Wait a moment until the queued spans are sent."""


class Telemetry:
    """The telemetry of one process.

    Args:
        trace_ratio: share to sample of the traces that no caller samples, from 0 to 1.
        exporter: makes the exporter of spans and metrics; None turns telemetry off.

    Attributes:
        metrics: sums and distributions of the process.
        exporter: the exporter; None while telemetry is off.
    """

    def __init__(self, trace_ratio: float = 1.0, exporter: Callable[[Metrics], ExporterLike] | None = None) -> None:
        self.metrics = Metrics()
        self.exporter = exporter(self.metrics) if exporter is not None else None
        self._lots = trace_ratio * _LOTS

    def trace(self, traceparent: str, cloud_trace: str = "") -> Trace:
        """Continue the trace of a caller, or begin a new one.

        A trace that the caller samples is sampled here; of the others the share `trace_ratio` is.

        Args:
            traceparent: W3C's header; an invalid one counts as missing.
            cloud_trace: Google's `X-Cloud-Trace-Context`, for callers that send no `traceparent`.
        """
        sampled = False
        if match := _TRACEPARENT.match(traceparent):
            trace_id, parent_id, sampled = match[1], match[2], bool(int(match[3], 16) & _SAMPLED)
        elif match := _CLOUD_TRACE.match(cloud_trace):
            trace_id, number, sampled = match[1], int(match[2] or 0), match[3] == "1"
            parent_id = f"{number:016x}" if 0 < number < _SPAN_IDS else ""
        else:
            trace_id, parent_id = secrets.token_hex(16), ""
        if self.exporter is not None and not sampled:
            sampled = int(trace_id[-14:], 16) < self._lots
        return Trace(self, trace_id, parent_id, sampled=sampled)


def _new_span_id() -> str:
    # The id is not a secret; Python seeds the generator again after a fork.
    return f"{random.getrandbits(64) or 1:016x}"
