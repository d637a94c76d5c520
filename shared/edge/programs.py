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
    from shared.edge.reply import Reply
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


def finish(call: Call, reply: Reply) -> None:
    """Say in a refusal by the MCP server where programs are let in, and note the call of a program."""
    if call.function.area == "mcp" and "WWW-Authenticate" in reply.headers:
        reply.headers["WWW-Authenticate"] += _where_to_ask(call)
    if call.program is not None and reply.status != HTTPStatus.TOO_MANY_REQUESTS:
        _note(call, reply.status)


def _where_to_ask(call: Call) -> str:
    """Return the part of a challenge that says where a program is let in (RFC 9728), and for what."""
    from shared.access.metadata import RESOURCE_PATH  # noqa: PLC0415 - only refused calls need it
    from shared.access.scopes import GRANTED  # noqa: PLC0415

    asked = f', resource_metadata="{call.root}{RESOURCE_PATH}"'
    return asked if call.program else f'{asked}, scope="{" ".join(GRANTED)}"'


def actor(program: Program | None) -> str:
    """Return the caller as the journal and the audit log name it."""
    return "user" if program is None else f"program:{program.name}"


def _note(call: Call, status: int) -> None:
    """Add the call to what the programs of the user did, where a program called; a failure of that is logged."""
    if call.program is None or call.caller is None or not call.act:
        return
    from shared.access.repository import note_call  # noqa: PLC0415 - only calls of programs are noted

    target = call.target or "/".join(part for part in call.request.path.split("/") if _is_id(part))
    try:
        with call.database.single(call.caller.id) as tx:
            note_call(
                tx,
                (call.program.id, call.program.name),
                call.act,
                target,
                succeeded=status < HTTPStatus.BAD_REQUEST and not call.failed,
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
