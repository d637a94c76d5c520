"""Request bodies of operators' calls about events."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.models import Line, Model


class DeadLetterReplay(Model):
    """The dead letters to send again."""

    function: Line
    limit: Annotated[int, Field(ge=1, le=10_000)] = 1000
