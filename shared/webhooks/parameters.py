"""The query strings of webhooks."""

from __future__ import annotations

from typing import Literal

from shared.parameters import Page, one_of

DeliveryState = Literal["waiting", "delivered", "failed"]


class DeliveryQuery(Page):
    """A page of what a webhook was sent.

    Attributes:
        state: only those in this state.
    """

    state: DeliveryState | None = one_of(DeliveryState)
