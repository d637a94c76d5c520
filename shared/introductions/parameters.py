"""The query parameters of introductions."""

from __future__ import annotations

from typing import Literal

from shared.parameters import Page, Parameters, flag, one_of

Status = Literal[
    "requested", "connector_accepted", "introduced", "completed", "declined", "not_now", "withdrawn", "expired"
]
Role = Literal["requester", "connector", "target"]


class IntroductionRequestQuery(Parameters):
    """How to request an introduction: `dry_run` answers the letters that everybody would get, and asks nobody."""

    dry_run: bool = flag()


class IntroductionListQuery(Page):
    """Which introductions to list.

    Attributes:
        status: only those with this status.
        role: only those that you requested (requester), or that you were asked about (connector, target).
    """

    status: Status | None = one_of(Status)
    role: Role | None = one_of(Role)
