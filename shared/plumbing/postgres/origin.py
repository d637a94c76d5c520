"""Which function of the product is at work, for the journal: every transaction passes it on to the database.

The edge names it once for a call or an event, so nothing in between has to carry it, and no write goes without a name.
"""

from __future__ import annotations

import contextlib
import json
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


class Origin(NamedTuple):
    """Where changes come from.

    Attributes:
        kind: the function, by its name in the manifest.
        actor: "user", or "system" for consumers and schedules.
        operation_id: the operation that all transactions belong to; None: each is one.
        details: what else the journal notes of it, as JSON; empty for nothing.
    """

    kind: str
    actor: str
    operation_id: UUID | None = None
    details: str = ""


_UNNAMED = Origin("direct", "system")
_here: ContextVar[Origin] = ContextVar("origin", default=_UNNAMED)


def origin() -> Origin:
    """The origin of what this thread changes now."""
    return _here.get()


@contextlib.contextmanager
def acting(
    kind: str, actor: str, *, operation_id: UUID | None = None, details: dict[str, Any] | None = None
) -> Iterator[None]:
    """Name the origin of all changes of the block; the arguments are those of `Origin`."""
    token = _here.set(Origin(kind, actor, operation_id, json.dumps(details) if details else ""))
    try:
        yield
    finally:
        _here.reset(token)
