"""What is asked of introductions in a query string."""

from __future__ import annotations

from typing import Literal

from shared.parameters import Page, Parameters, flag, one_of

Status = Literal[
    "requested", "connector_accepted", "introduced", "completed", "declined", "not_now", "withdrawn", "expired"
]
Role = Literal["requester", "connector", "target"]


class IntroductionRequestQuery(Parameters):
    """How an introduction is asked for: `dry_run` tells what everybody would read, and asks nobody."""

    dry_run: bool = flag()


class IntroductionListQuery(Page):
    """Which introductions.

    Attributes:
        status: only those in this state.
        role: only those that you asked for (requester), or that you were asked about (connector, target).
    """

    status: Status | None = one_of(Status)
    role: Role | None = one_of(Role)
