from __future__ import annotations

import json
import logging
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from opentelemetry.sdk.metrics.export import NumberDataPoint

from shared.config import ConfigurationError, Settings
from shared.plumbing.telemetry.logs import JsonFormatter, LineFormatter
from shared.plumbing.telemetry.otlp import METRICS, metrics_of
from shared.plumbing.telemetry.recording import (
    BOUNDS,
    Distribution,
    Metrics,
    Telemetry,
    count,
    current_trace,
    measure,
    span,
    trace_attributes,
)

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import Metric

ROOT = Path(__file__).parents[2]
NEEDED = {"DATABASE_URL": "x", "OIDC_ISSUER": "x", "OIDC_AUDIENCE": "x", "OIDC_JWKS_URL": "x"}
TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


class Kept:
    """In place of what sends."""

    def __init__(self):
        self.spans = []

    def add(self, spans):
        self.spans += spans

    def flush(self):
        pass


def telemetry(ratio="1", *, on=True):
    settings = Settings.from_environment(NEEDED | {"OTEL_TRACES_SAMPLER_ARG": ratio})
    return Telemetry(settings.trace_ratio, (lambda _: Kept()) if on else None)


@pytest.mark.parametrize(
    "header",
    [
        "", "nonsense", f"00-{TRACE}-{CALLER}", f"ff-{TRACE}-{CALLER}-01", f"00-{'0' * 32}-{CALLER}-01", f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{CALLER}-01", f"00-{TRACE}-{CALLER}-01\n-", f"00-{TRACE}-{CALLER}-zz",
    ],
)  # fmt: skip
def test_a_header_that_is_no_trace_begins_a_new_one(header):
    trace = telemetry().trace(header)

    assert trace.trace_id != TRACE
    assert re.fullmatch("[0-9a-f]{32}", trace.trace_id)
    assert trace.span_id == ""


def test_a_header_of_a_later_version_is_understood():
    assert telemetry().trace(f"01-{TRACE}-{CALLER}-01-more").trace_id == TRACE


def test_google_s_own_header_is_understood():
    trace = telemetry("0").trace("", f"{TRACE}/255;o=1")

    assert (trace.trace_id, trace.span_id, trace.sampled) == (TRACE, "00000000000000ff", True)
    assert telemetry("0").trace("", f"{TRACE}/255;o=0").sampled is False
    assert telemetry("0").trace("", TRACE).trace_id == TRACE


def test_a_share_of_the_traces_is_sampled_the_same_everywhere():
    ours, theirs = telemetry("0.05"), telemetry("0.05")
    traces = [ours.trace("") for _ in range(20_000)]

    assert 0.04 < sum(trace.sampled for trace in traces) / len(traces) < 0.06
    again = [theirs.trace(f"00-{trace.trace_id}-{CALLER}-00").sampled for trace in traces]
    assert again == [trace.sampled for trace in traces]
    assert not any(telemetry("0").trace("").sampled for _ in range(100))
    assert all(telemetry("1").trace("").sampled for _ in range(100))


def test_spans_are_nested_and_an_error_is_its_type():
    made = telemetry()
    trace = made.trace("")
    trace.begin("http", "GET /x")
    with pytest.raises(ValueError, match="secret"), span("db", "outer"), span("db", "inner"):
        raise ValueError("secret")
    trace.end("", {})

    inner, outer, first = made.exporter.spans
    assert (inner.parent_id, outer.parent_id, first.parent_id) == (outer.span_id, first.span_id, "")
    assert (inner.error, outer.error, first.error) == ("ValueError", "ValueError", "")
    assert current_trace() is None


def test_one_request_keeps_only_so_many_spans(monkeypatch):
    monkeypatch.setattr("shared.plumbing.telemetry.recording.MAX_SPANS_OF_ONE", 3)
    made = telemetry()
    trace = made.trace("")
    trace.begin("http", "GET /x")
    for _ in range(10):
        with span("db", "again"):
            pass
    trace.end("", {})

    assert len(made.exporter.spans) == 3


def test_off_means_that_nothing_is_kept():
    made = telemetry(on=False)
    trace = made.trace(f"00-{TRACE}-{CALLER}-01")
    trace.begin("http", "GET /x")
    with span("db", "query") as here:
        here.note("warmpath.x", 1)
        count("warmpath.emails")
        measure("warmpath.event.age", 1)
        attributes = trace_attributes()
    trace.end("", {})

    assert attributes == {"traceparent": f"00-{TRACE}-{CALLER}-01"}
    assert made.metrics.taken() == ({}, {})


def test_nothing_happens_outside_of_a_request():
    with span("db", "query"):
        count("warmpath.emails")

    assert trace_attributes() == {}


def test_values_fall_into_the_bucket_that_ends_at_or_above_them():
    found = Distribution()
    for value in (0.005, 0.0051, 3600, 3601):
        found.add(value)

    assert found.buckets[:2] == [1, 1]
    assert found.buckets[-2:] == [1, 1]
    assert (found.least, found.most) == (0.005, 3601)
    assert found.total == pytest.approx(7201.0101)
    assert len(found.buckets) == len(BOUNDS) + 1


def number_of(metric: Metric) -> NumberDataPoint:
    """The only metric of a sum."""
    [point] = metric.data.data_points
    assert isinstance(point, NumberDataPoint)
    return point


def test_metrics_are_sums_since_the_process_began():
    metrics = Metrics()
    for _ in range(3):
        metrics.count("warmpath.emails", 2, (("outcome", "accepted"),))
    first, second = (number_of(metrics_of(metrics)[0]) for _ in range(2))

    assert (first.value, second.value) == (6, 6)
    assert second.start_time_unix_nano == metrics.since_ns


def test_every_metric_is_described_and_recorded():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "shared").rglob("*.py"))
    page = (ROOT / "docs" / "observability.md").read_text(encoding="utf-8")

    assert set(re.findall(r'(?:count|measure)\(\s*"([\w.]+)"', code)) == set(METRICS)
    assert set(re.findall(r"^\| `([\w.]+)`", page, re.MULTILINE)) >= set(METRICS)


@pytest.mark.parametrize("value", ["1.5", "-1", "nan", "many"])
def test_a_share_that_is_none_is_refused(value):
    with pytest.raises(ConfigurationError, match="OTEL_TRACES_SAMPLER_ARG"):
        Settings.from_environment(NEEDED | {"OTEL_TRACES_SAMPLER_ARG": value})


def record(name="shared.edge.web", message="call.failed", level=logging.ERROR, args=(), error=None, **extra):
    exc_info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord(name, level, __file__, 1, message, args, exc_info)
    made.__dict__ |= extra
    return made


def test_an_entry_has_the_fields_of_cloud_logging():
    trace = telemetry().trace(f"00-{TRACE}-{CALLER}-01")
    trace.begin("http", "GET /x")
    entry = json.loads(JsonFormatter("acme-crm").format(record(function="get_contact", credits=3)))
    trace.end("", {})

    assert entry == {
        "severity": "ERROR", "message": "call.failed", "logger": "shared.edge.web", "function": "get_contact", "credits": 3,
        "logging.googleapis.com/trace": f"projects/acme-crm/traces/{TRACE}",
        "logging.googleapis.com/spanId": trace._root.span_id, "logging.googleapis.com/trace_sampled": True,
    }  # fmt: skip


def test_of_an_exception_its_type_and_its_way_are_told_and_never_what_it_says():
    try:
        try:
            {"": ""}["ana@acme.example"]
        except KeyError as missing:
            raise RuntimeError("Ana Amaral") from missing
    except RuntimeError:
        raised = sys.exc_info()[1]
    entry = json.loads(JsonFormatter("").format(record(error=raised)))

    assert entry["error"] == "RuntimeError"
    assert re.search(r"KeyError\n\nTraceback .*test_telemetry.*\nRuntimeError$", entry["stack_trace"], re.DOTALL)
    assert "RuntimeError: " not in entry["stack_trace"]


def test_of_a_package_s_entry_only_the_pattern_is_told():
    entry = json.loads(
        JsonFormatter("").format(record("urllib3.connectionpool", "Retrying: %s", args=("/find?email=ana",), url="ana"))
    )

    assert (entry["message"], entry.get("url")) == ("Retrying: %s", None)


def test_a_line_for_people_has_all():
    error = RuntimeError("Ana Amaral").with_traceback(None)
    line = LineFormatter("%(levelname)s %(message)s").format(record(error=error, function="get_contact"))

    assert line.startswith("ERROR call.failed function=get_contact\nRuntimeError")
    assert line.endswith("RuntimeError: Ana Amaral")
