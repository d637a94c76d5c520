"""What a request does and how long it takes: spans of those that are sampled, metrics of all; next to nothing while it is off.

    with span("db", query.name):
        ...
    count("warmpath.credits.charged", 2, provider="hunter")
    measure("warmpath.event.age", 0.4, function="enrich_contact")

A span is named by its kind and a word of our own (a query's name, a route, a topic): nothing that a user wrote, and no
message of an error, ever goes into one. Why these are not the SDK's own spans, and when they are exported:
`docs/decisions/0035-telemetry.md`.
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
# The last 56 bits of a trace id are random by the standard, so every process draws the same lot from them.
_LOTS = 1 << 56
_SPAN_IDS = 1 << 64
# Figures change slowly, and Cloud Monitoring takes a point of a series every few seconds at the most.
METRICS_EVERY_S = 60.0
# One request keeps no more spans than this: an import of many batches would fill the memory.
MAX_SPANS_OF_ONE = 500
# Upper ends of the buckets of every distribution, in seconds: from a query to an event that waited for an hour.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)


class Span:
    """A piece of work, from `with` to its end.

    Attributes:
        kind: http, call, consume, publish, db, cache, provider or mail; see `shared.plumbing.telemetry.otlp`.
        detail: which one, in words of our own.
        notes: what else is known, under OpenTelemetry's names where there are some.
        error: the type of the exception that ended it; empty where none did.
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
        """Note what is known by now."""
        self.notes[name] = value


class _Nothing:
    """The span of what is not sampled."""

    __slots__ = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def note(self, name: str, value: Note) -> None:
        """Forget it."""


_NOTHING = _Nothing()


class Trace:
    """The part of a trace that one request, or one delivery of an event, has in this process.

    Attributes:
        trace_id: 32 hexadecimal digits.
        span_id: 16, of the span that is open; before any, of the caller's.
        sampled: whether whoever comes later is to sample it.
        spans: those that have ended; None where none are kept.
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
        """Open the first span and make this the trace of all that follows on this thread."""
        self.open(kind, detail)
        _here.set(self)

    def end(self, error: str, notes: dict[str, Note], *, at_once: bool = False) -> None:
        """Close what `begin` opened, and hands the spans on.

        Args:
            error: what went wrong, by its type; empty where nothing did.
            notes: of the first span.
            at_once: nobody waits for an answer, so the export is waited for, for a moment.
        """
        _here.set(None)
        self.close(error, notes)
        if at_once and self.spans and self._telemetry.exporter is not None:
            self._telemetry.exporter.flush()

    def open(self, kind: str, detail: str) -> None:
        """Open the first span, without becoming the trace of anything else."""
        if self.spans is not None:
            self._root = Span(self, kind, detail)
            self._root.__enter__()

    def close(self, error: str, notes: dict[str, Note]) -> None:
        """Close what `open` opened, and hands the spans on."""
        if self._root is not None:
            self._root.error = error
            self._root.notes |= notes
            self._root.__exit__(None, None, None)
        if self._telemetry.exporter is not None:
            self._telemetry.exporter.add(self.spans or ())

    @property
    def traceparent(self) -> str:
        """What makes somebody else's work a part of this trace."""
        return f"00-{self.trace_id}-{self.span_id or _new_span_id()}-{self.sampled:02x}"

    @property
    def metrics(self) -> Metrics | None:
        """Where metrics go; None while telemetry is off."""
        return self._telemetry.metrics if self._telemetry.exporter is not None else None

    def branch(self, traceparent: str) -> Trace | None:
        """The trace of somebody else who is worked for; None where that one is not sampled."""
        if self._telemetry.exporter is None or not (match := _TRACEPARENT.match(traceparent)):
            return None
        sampled = bool(int(match[3], 16) & _SAMPLED)
        return Trace(self._telemetry, match[1], match[2], sampled=True) if sampled else None


_here: ContextVar[Trace | None] = ContextVar("trace", default=None)


def span(kind: str, detail: str) -> Span | _Nothing:
    """A span around a block; nothing where the request is not sampled."""
    trace = _here.get()
    if trace is None or trace.spans is None:
        return _NOTHING
    return Span(trace, kind, detail)


def current_trace() -> Trace | None:
    """The trace of what runs on this thread."""
    return _here.get()


def trace_attributes() -> dict[str, str]:
    """What makes an event part of the trace that causes it, as attributes of the event."""
    trace = _here.get()
    return {} if trace is None else {"traceparent": trace.traceparent}


def count(name: str, amount: float = 1, **labels: str | int) -> None:
    """Add to a sum."""
    trace = _here.get()
    if trace is not None and trace.metrics is not None:
        trace.metrics.count(name, amount, tuple(labels.items()))


def measure(name: str, value: float, **labels: str | int) -> None:
    """Add one value, in seconds, to a distribution."""
    trace = _here.get()
    if trace is not None and trace.metrics is not None:
        trace.metrics.measure(name, value, tuple(labels.items()))


class Distribution:
    """How many values fell into each of the buckets that end at `BOUNDS`, the last one being open."""

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
        """As it is now."""
        copied = Distribution()
        copied.buckets = self.buckets.copy()
        copied.total, copied.least, copied.most = self.total, self.least, self.most
        return copied


class Metrics:
    """Sums and distributions since the process began; so one that is not delivered is made up for by the next.

    Attributes:
        since_ns: when that was.
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
        """All of them, as they are now."""
        with self._lock:
            return dict(self._sums), {key: found.copy() for key, found in self._distributions.items()}


class ExporterLike(Protocol):
    """What sends; see `shared.plumbing.telemetry.export`."""

    def add(self, spans: Sequence[Span]) -> None:
        """Take spans over; never waits."""

    def flush(self) -> None:
        """Wait a moment until what was taken over is sent."""


class Telemetry:
    """Of one process.

    Args:
        trace_ratio: our share of the traces that no caller samples, from 0 to 1.
        exporter: makes what sends the metrics and spans; None turns telemetry off.

    Attributes:
        metrics: what was counted.
        exporter: what sends it; None while telemetry is off.
    """

    def __init__(self, trace_ratio: float = 1.0, exporter: Callable[[Metrics], ExporterLike] | None = None) -> None:
        self.metrics = Metrics()
        self.exporter = exporter(self.metrics) if exporter is not None else None
        self._lots = trace_ratio * _LOTS

    def trace(self, traceparent: str, cloud_trace: str = "") -> Trace:
        """The trace that a caller began, or a new one.

        A caller who samples is followed; of the others our own share is sampled.

        Args:
            traceparent: W3C's header; what is none counts as missing.
            cloud_trace: Google's `X-Cloud-Trace-Context`, for callers who know only that.
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
    # An id, no secret; the generator is seeded anew after a fork.
    return f"{random.getrandbits(64) or 1:016x}"
