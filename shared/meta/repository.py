"""Asks the database whether it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


def ping(tx: Session) -> None:
    """Returns when the database answers.

    Raises:
        Unavailable: it does not.
    """
    tx.value(QUERIES.ping)
