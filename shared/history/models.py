"""The bodies of requests about operations."""

from __future__ import annotations

from shared.models import Model


class UndoRequest(Model):
    """Whether to answer the outcome without taking anything back."""

    dry_run: bool = False
