"""The query of the health check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


def ping(tx: Session) -> None:
    """Ask the database for an answer.

    Raises:
        Unavailable: the database does not answer.
    """
    tx.value(QUERIES.ping)
