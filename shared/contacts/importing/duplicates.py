"""The choice between two values of a field, one of a file and one of a contact that exists already: made once for the whole file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import quoted
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from shared.contacts.importing.parsed import ParsedContact
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

UPDATE, NEWEST = "update", "newest"
# LinkedIn's file is the whole list as it is on its day, so the newest one is right about jobs.
DATED_FORMAT = "linkedin_csv"
DATE_COLUMN = "Connected On"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})", re.ASCII)


class Decision(NamedTuple):
    """How the rows of contacts that exist already are merged.

    Attributes:
        on_duplicate: `update` or `newest`.
        reason: a sentence for the user; None where nothing had to be decided.
    """

    on_duplicate: str
    reason: str | None


def day_of(contact: ParsedContact) -> str:
    """The day since when a contact of LinkedIn's file is one, as `YYYY-MM-DD`; empty where it is not said."""
    found = _DAY.fullmatch(contact.custom.get(DATE_COLUMN, ""))
    return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}" if found else ""


def decide(tx: Session, file_format: str, latest_day: str) -> Decision:
    """Decide by the days of a file, before any of its rows is merged.

    Args:
        tx: a transaction of the user.
        file_format: as `ContactFile.format`.
        latest_day: the latest `day_of` its contacts.
    """
    known = tx.value(QUERIES.latest_day, user_id=tx.user_id) if file_format == DATED_FORMAT and latest_day else None
    if known is None:
        return Decision(UPDATE, None)
    if latest_day >= known:
        return Decision(
            NEWEST,
            f"the latest {quoted(DATE_COLUMN)} of this list is {latest_day}, so it is the newest: its companies and titles take the place of"
            " others, which are kept, but not of those that you wrote yourself",
        )
    return Decision(
        UPDATE,
        f"the latest {quoted(DATE_COLUMN)} of this list is {latest_day}, and you have a contact of {known}: it is an older list, so what"
        " contacts have stays, and what differs is kept beside it",
    )
