"""The shape of health."""

from __future__ import annotations

from typing import Literal

from shared.models import Answer


class Health(Answer):
    """Whether the parts answer; a cache that is down slows things, and fails nothing."""

    status: Literal["ok"]
    database: Literal["ok"]
    cache: Literal["ok", "down"]
