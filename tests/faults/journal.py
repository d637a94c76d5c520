"""What callers were told, kept outside of the product: the truth that the audit holds the product to."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

YES, PERHAPS = "yes", "perhaps"


@dataclass(frozen=True, slots=True)
class Request:
    """One request and its answer.

    Attributes:
        method: of HTTP.
        path: without the query.
        process: which process of functions was asked.
        began: seconds of `time.monotonic`.
        took_s: until the answer was complete, or until there was none.
        status: 0 where no answer came.
        retry_after: the header of that name.
        words: of an answer that is an error.
    """

    method: str
    path: str
    process: int
    began: float
    took_s: float
    status: int
    retry_after: str
    words: str


@dataclass(slots=True)
class Contact:
    """A contact as far as its creator was told.

    Attributes:
        user: address of the user.
        name: nobody else's.
        created: `yes`, or `perhaps` where no answer came.
        removed: the same; empty while nobody has tried.
        notes: what it may hold: the last acknowledged, and what was sent since without an answer.
    """

    user: str
    name: str
    email: str | None = None
    id: str = ""
    created: str = PERHAPS
    removed: str = ""
    notes: set[str] = field(default_factory=lambda: {""})
    interactions: set[str] = field(default_factory=set)

    @property
    def is_certain(self) -> bool:
        """Whether its state is known, so that what is told next is, too."""
        return self.created == YES and bool(self.id) and not self.removed and len(self.notes) == 1


@dataclass(slots=True)
class Introduction:
    """An introduction as far as its requester was told."""

    user: str
    target_id: str
    connector: str
    target: str
    id: str = ""
    ended: str = ""
    completed: str = ""


@dataclass(slots=True)
class Reply:
    """What somebody answered to a question that an e-mail asked.

    Attributes:
        decision: theirs; they keep to it however often they have to say it.
        first_at: seconds of `time.monotonic`.
        heard: whether it was acknowledged.
    """

    decision: str
    first_at: float
    heard: bool = False


@dataclass(slots=True)
class Join:
    """Somebody who was invited.

    Attributes:
        invited: whether the inviter was told so.
        accepted: whether the joiner was told so.
        contacts: how many of theirs were acknowledged.
    """

    inviter: str
    invited: bool = False
    accepted: bool = False
    contacts: int = 0


@dataclass(slots=True)
class Journal:
    """Everything that was asked and answered.

    Attributes:
        ties: what the strength of a tie may be, by user, from and to.
        sharing: what a user may be sharing with the team.
        members: users by the name of the team that they were told they are in.
        findings: what was wrong at once: an answer that nobody may get.
    """

    requests: list[Request] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    ties: dict[tuple[str, str, str], set[float]] = field(default_factory=dict)
    introductions: list[Introduction] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    enrichments: set[str] = field(default_factory=set)
    sharing: dict[str, set[bool]] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, request: Request) -> None:
        """Keeps a request."""
        with self.lock:
            self.requests.append(request)

    def find(self, words: str) -> None:
        """Keeps what is wrong."""
        with self.lock:
            self.findings.append(f"{words} (at {time.monotonic():.1f})")

    def acknowledged(self) -> int:
        """How many writes were."""
        return sum(1 for r in self.requests if r.method != "GET" and 200 <= r.status < 300)

    def metrics(self) -> dict[str, Any]:
        """For people."""
        statuses = Counter(request.status for request in self.requests)
        return {
            "requests": len(self.requests),
            "acknowledged writes": self.acknowledged(),
            "503": statuses[503],
            "no answer": statuses[0],
            **self.counts,
        }
