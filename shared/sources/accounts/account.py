"""The parts that are read of an account, and the reasons why reading ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from typing import Literal


class NeedsAttention(Exception):
    """Nothing can be read until the user does something; the text says what."""


class TryLater(Exception):
    """Nothing can be read for now.

    Attributes:
        retry_after_s: seconds until the server wants to be asked again; None where it does not say.
    """

    def __init__(self, problem: str, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(problem)


@dataclass(slots=True)
class Part:
    """Lines of an account, and how far it is read when they are counted.

    Attributes:
        lines: as `POST /sources/{id}/messages` or `/events` take them.
        of: what they are.
        cursor: where reading goes on; its `words` say it to the user.
        left_out: messages that are no lines, by reason.
        is_last: the account is read to its end.
        secret: credentials that replace the former ones; None where they stay.
    """

    lines: list[bytes]
    of: Literal["messages", "events"]
    cursor: dict[str, Any]
    left_out: Counter[str] | dict[str, int] = field(default_factory=dict)
    is_last: bool = False
    secret: dict[str, Any] | None = None


class Account(Protocol):
    """An account of some kind."""

    def check(self) -> None:
        """Sign in and out.

        Raises:
            NeedsAttention: the server refuses the credentials.
            TryLater: the server cannot be reached.
        """

    def close(self) -> None:
        """Close what is kept open between requests."""

    def parts(self, cursor: dict[str, Any]) -> Iterator[Part]:
        """Read on from a cursor, an empty one for a new account, to the end; closing the iterator ends the connection.

        Raises:
            NeedsAttention: the server refuses the credentials.
            TryLater: the server cannot be reached, or refuses for now.
        """
