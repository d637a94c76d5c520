"""The query strings of operations and changes."""

from __future__ import annotations

from typing import Literal

from shared.parameters import Page, Parameters, flag, one_of, text, whole

Actor = Literal["user", "system", "program"]


class OperationListQuery(Page):
    """A page of operations; of one kind, or by one actor, where it is given; `program` stands for every program."""

    kind: str | None = text(longest=100)
    actor: Actor | None = one_of(Actor)


class ChangeQuery(Parameters):
    """The place in the feed of changes to go on from, and the most changes of the answer."""

    since: str | None = text(longest=20_000)
    limit: int = whole(100, least=1, most=1000)


class UndoQuery(Parameters):
    """Whether to answer the outcome without taking anything back, for callers who ask as they do of imports."""

    dry_run: bool = flag(default=False)
