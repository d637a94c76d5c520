"""What operators say of events."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.models import Line, Model


class DeadLetterReplay(Model):
    """Which dead letters get another chance."""

    function: Line
    limit: Annotated[int, Field(ge=1, le=10_000)] = 1000
