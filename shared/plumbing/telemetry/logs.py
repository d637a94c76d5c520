"""Log entries: JSON with the fields that Cloud Logging knows in the cloud, lines for people on a developer's machine.

An entry's message is the name of an event; its fields are in `extra`: ids and fixed words. Messages of packages and of
exceptions may quote a user's words. So a JSON entry holds the type and the traceback of an exception without its message,
and the pattern of a package's message without its arguments.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

from flask import has_request_context, request

from shared.plumbing.telemetry.recording import current_trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.plumbing.telemetry.recording import Trace

OURS = ("shared", "functions", "dev", "deploy", "main")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_EXECUTION_ID = "Function-Execution-Id"


def in_the_cloud(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether Cloud Run started this process, or `LOG_FORMAT=json` asks for the same logs."""
    return environ.get("LOG_FORMAT") == "json" or "K_SERVICE" in environ


def log_json() -> None:
    """Log every entry as a line of JSON: the product's own from INFO on, those of packages from WARNING on."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(os.environ.get("GOOGLE_CLOUD_PROJECT", "")))
    handler.addFilter(_is_wanted)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def log_lines() -> None:
    """Log entries as lines for people, from WARNING on, with the messages of exceptions."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _is_wanted(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or _is_ours(record)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


class LineFormatter(logging.Formatter):
    """`event.buried function=enrich_contact code=not_found`."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Format the line without its traceback."""
        extras = "".join(f" {name}={value}" for name, value in _extras(record).items())
        return super().formatMessage(record) + extras


class JsonFormatter(logging.Formatter):
    """One JSON object a line; see https://cloud.google.com/logging/docs/structured-logging.

    Args:
        project: the project of the traces; empty: entries hold the trace's id alone.
    """

    def __init__(self, project: str) -> None:
        super().__init__()
        self._project = project

    def format(self, record: logging.LogRecord) -> str:
        """Format an entry as a JSON object."""
        entry: dict[str, Any] = {"severity": record.levelname, "message": str(record.msg), "logger": record.name}
        if _is_ours(record):
            entry |= _extras(record)
        if record.exc_info and record.exc_info[1] is not None:
            entry["error"] = _named(record.exc_info[1])
            entry["stack_trace"] = _traceback_of(record.exc_info[1])
        if (trace := current_trace()) is not None:
            entry |= self._place(trace)
        if has_request_context() and (execution_id := request.headers.get(_EXECUTION_ID)):
            entry["logging.googleapis.com/labels"] = {"execution_id": execution_id}
        return json.dumps(entry, default=str, ensure_ascii=False)

    def _place(self, trace: Trace) -> dict[str, Any]:
        name = f"projects/{self._project}/traces/{trace.trace_id}" if self._project else trace.trace_id
        place: dict[str, Any] = {
            "logging.googleapis.com/trace": name,
            "logging.googleapis.com/trace_sampled": trace.sampled,
        }
        if trace.span_id:
            place["logging.googleapis.com/spanId"] = trace.span_id
        return place


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _named(error: BaseException) -> str:
    """Name an exception by its type and its SQLSTATE; never by its message, which may quote values."""
    fields = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    return " ".join(filter(None, (type(error).__qualname__, str(fields.get("C", "")))))


def _traceback_of(error: BaseException) -> str:
    """Format a traceback with its causes, whose exceptions have their names but no messages."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [_traceback_of(before)] if before is not None else []
    frames = "".join(traceback.format_tb(error.__traceback__))
    parts.append(f"Traceback (most recent call last):\n{frames}{_named(error)}")
    return "\n\n".join(parts)
