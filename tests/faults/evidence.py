"""What an audit looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pg8000.native

    from tests.fakes.providers.server import Delivery
    from tests.faults.caller import Caller
    from tests.faults.faults import Happened
    from tests.faults.journal import Journal
    from tests.faults.postbox import Taken


@dataclass(slots=True)
class Evidence:
    """What is left when all is over.

    Attributes:
        owner: the database, past row-level security.
        journal: what callers were told.
        taken: what the mail server took.
        delivered: the log of the providers.
        happened: the faults.
        caller: makes a client of a user.
        processes: how many processes of functions there are.
        pool_size: connections that each may have.
        url: of the database, as its owner.
        users: addresses by id, as far as they are known.
    """

    owner: pg8000.native.Connection
    journal: Journal
    taken: Sequence[Taken]
    delivered: Sequence[Delivery]
    happened: Sequence[Happened]
    caller: Callable[[str], Caller]
    processes: int
    pool_size: int
    url: str
    users: dict[Any, str] = field(default_factory=dict)

    def rows(self, statement: str, **parameters: Any) -> list[list[Any]]:
        """What the database answers."""
        found: list[list[Any]] = list(self.owner.run(statement, **parameters) or [])
        return found

    def email_of(self, user_id: Any) -> str:
        """The address of a user."""
        if user_id not in self.users:
            self.users.update({row[0]: row[1] for row in self.rows("select id, email from crm.users")})
        return self.users.get(user_id, "")


def some(found: Sequence[str], most: int = 5) -> list[str]:
    """The first of what was found, and how much more there is."""
    more = [f"... and {len(found) - most} more"] if len(found) > most else []
    return [*found[:most], *more]
