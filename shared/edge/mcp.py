"""The edge of the Model Context Protocol: who may call, and what tools are given of a request."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from shared.edge import programs
from shared.edge.deps import deps
from shared.mcp.context import Context
from shared.plumbing.postgres.origin import acting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.edge.call import Call
    from shared.plumbing.postgres.database import Session

_HERE = ("http://localhost", "http://127.0.0.1", "http://[::1]")


def may_call(origin: str, root: str) -> bool:
    """Whether a page may call: pages send their origin, and a page of another site can have its name point here (DNS rebinding).

    Args:
        origin: of the request; empty from programs.
        root: of this installation. On one's own machine, pages of other programs there may call.
    """
    if origin in {"", root}:
        return True
    name, _, port = origin.rpartition(":")
    return root.startswith(_HERE) and (origin in _HERE or (name in _HERE and port.isascii() and port.isdigit()))


def context_of(call: Call) -> Context:
    """Return what tools may use of a request; their changes are named by the function of the API that does the same."""
    program = call.program

    @contextlib.contextmanager
    def change(act: str) -> Iterator[Session]:
        with acting(act, programs.actor(program)), call.transaction() as tx:
            yield tx

    def calls(tool: str) -> None:
        call.act = tool

    def about(target: str) -> None:
        call.target = target

    def fails() -> None:
        call.failed = True

    call.act = ""  # but for tools, the protocol's own messages are not worth a line

    settings = deps().settings
    scopes = None if program is None else program.scopes
    return Context(
        user_id=call.user_id,
        scopes=scopes,
        now=call.now,
        letters=settings.letters,
        public_url=call.root,
        cache=call.cache,
        read=call.read,
        change=change,
        trial=call.trial,
        calls=calls,
        about=about,
        fails=fails,
    )
