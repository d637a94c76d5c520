"""The query strings of users."""

from __future__ import annotations

from shared.parameters import Page, text


class AuditQuery(Page):
    """A page of the audit log; of one act where it is given."""

    act: str | None = text(longest=100)
