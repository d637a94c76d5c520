"""What a tool may use: the user's sessions, the time, the limits; and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import CrmError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from shared.config import LetterLimits
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.redis.cache import Cache


class Context(NamedTuple):
    """One call of a tool for one user.

    Attributes:
        user_id: the user.
        scopes: what the program's token allows; None where the user is signed in.
        now: the time.
        letters: limits of letters to strangers.
        public_url: of the app.
        cache: Redis.
        read: opens a session for reading.
        change: opens a transaction; takes the function of the API that does the same, for the journal.
        trial: opens a transaction that is undone.
        calls: notes the tool that is called; an empty text for none.
        about: notes the id of the contact that the call is about.
        fails: notes that the answer says no.
    """

    user_id: UUID
    scopes: frozenset[str] | None
    now: datetime
    letters: LetterLimits
    public_url: str
    cache: Cache
    read: Callable[[], AbstractContextManager[Session]]
    change: Callable[[str], AbstractContextManager[Session]]
    trial: Callable[[], AbstractContextManager[Session]]
    calls: Callable[[str], None]
    about: Callable[[str], None]
    fails: Callable[[], None]


class Ambiguous(CrmError):
    """Several people fit.

    Attributes:
        candidates: who they are.
    """

    code = "ambiguous"

    def __init__(self, message: str, candidates: list[dict[str, Any]]) -> None:
        super().__init__(message)
        self.candidates = candidates
