"""The answer of the health check."""

from __future__ import annotations

from typing import Literal

from shared.models import Answer


class Health(Answer):
    """Whether the database and the cache answer. A cache that is down makes answers slower; none fails."""

    status: Literal["ok"]
    database: Literal["ok"]
    cache: Literal["ok", "down"]
