"""The list of deployed functions, read from `functions/manifest.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_PATH = Path(__file__).parent.parent / "functions" / "manifest.json"


class Function(NamedTuple):
    """One entry of the manifest: exactly one of `http`, `topic`, `schedule`, `dav` and `private` is set.

    Attributes:
        name: name of the Cloud Function, of its file and of its `def`.
        area: folder in `functions/`.
        settings: memory_mb, timeout_s, instances and the like, with defaults filled in.
        http: `METHOD /path/{parameter}`.
        topic: Pub/Sub topic that the function consumes.
        schedule: cron expression.
        dav: beginning of the addresses of which the function serves all methods.
        private: operators call the function.
        reads: the function may read from the replica.
        audit: each successful call is added to the user's audit log.
        scope: the word that a program's token needs; empty where only a signed-in user may call it.
    """

    name: str
    area: str
    settings: dict[str, Any]
    http: str | None = None
    topic: str | None = None
    schedule: str | None = None
    dav: str | None = None
    private: bool = False
    reads: bool = False
    audit: bool = False
    scope: str = ""

    @property
    def method(self) -> str:
        """The HTTP method in upper case; POST for a function without a route."""
        return self.http.split(" ")[0] if self.http else "POST"

    @property
    def path(self) -> str:
        """The path template; empty for a function without a route."""
        return self.http.split(" ")[1] if self.http else ""

    @property
    def is_public(self) -> bool:
        """Whether anybody may send it requests."""
        return bool(self.http or self.dav)

    @property
    def trigger(self) -> str:
        """The trigger of the function, as the first line of its docstring has it."""
        if self.http:
            return self.http
        if self.topic:
            return f"topic {self.topic}"
        if self.dav:
            return f"dav {self.dav}"
        return f"schedule {self.schedule}" if self.schedule else "private"


@cache
def functions() -> dict[str, Function]:
    """Return every function by its name, in the order of the manifest."""
    document = json.loads(_PATH.read_text(encoding="utf-8"))
    attributes = {"area", "http", "topic", "schedule", "dav", "private", "reads", "audit", "scope"}
    return {
        name: Function(
            name=name,
            settings=document["defaults"] | {key: value for key, value in entry.items() if key not in attributes},
            **{key: value for key, value in entry.items() if key in attributes},
        )
        for name, entry in document["functions"].items()
    }
