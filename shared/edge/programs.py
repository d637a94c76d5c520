"""Calls of programs: what their tokens allow, their rate limit, and the note of what they did."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from shared.errors import CrmError, InsufficientScope, InvalidToken

if TYPE_CHECKING:
    from shared.edge.auth import Program
    from shared.edge.call import Call
    from shared.manifest import Function

# Enough for any conversation; a program in a loop is slowed down long before it uses up the limit of all programs of its user.
PER_MINUTE, BURST = 300, 60

log = logging.getLogger(__name__)


def check_scope(function: Function, program: Program) -> None:
    """Refuse a function that a program's token does not allow.

    Raises:
        InvalidToken: the token was made for another part of Warmpath.
        InsufficientScope: names the word that the token lacks.
    """
    if program.resource and (program.resource == "mcp") != (function.area == "mcp"):
        raise InvalidToken("the token was made for another resource of this installation")
    if not function.scope:
        raise InsufficientScope(f"{function.trigger} is not for programs: only you yourself, signed in, may call it")
    if function.scope not in program.scopes:
        raise InsufficientScope(
            f'the token of "{program.name}" lacks "{function.scope}": it has {", ".join(sorted(program.scopes))}',
            scope=function.scope,
        )


def actor(program: Program | None) -> str:
    """Return the caller as the journal and the audit log name it."""
    return "user" if program is None else f"program:{program.name}"


def note(call: Call, status: int) -> None:
    """Add the call to what the programs of the user did, where a program called; a failure of that is logged."""
    if call.program is None or call.caller is None:
        return
    from shared.access.repository import note_call  # noqa: PLC0415 - only calls of programs are noted

    target = "/".join(part for part in call.request.path.split("/") if _is_id(part))
    try:
        with call.database.single(call.caller.id) as tx:
            note_call(
                tx,
                (call.program.id, call.program.name),
                call.function.name,
                target,
                succeeded=status < HTTPStatus.BAD_REQUEST,
                now=call.now,
            )
    except CrmError as error:
        log.warning("call.not_noted", extra={"function": call.function.name, "error": error.code})


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
