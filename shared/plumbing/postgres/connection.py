"""One Postgres connection: prepared statements, pipelined over pg8000's protocol layer.

pg8000 parses every statement again and waits three times for it; a transaction around it waits eight times. So each
statement is prepared once per connection, and the statements that must precede it (the calling user, the start of a
transaction) leave in the same packet: Bind, Execute, Bind, Execute, Sync. That uses pg8000's internals, hence the exact
version in `requirements.txt` and the test `tests/integration/plumbing/test_connection.py`.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from typing import TYPE_CHECKING, Any

import pg8000.core
from pg8000.converters import PY_TYPES, make_param, make_params
from pg8000.exceptions import DatabaseError, InterfaceError

from shared.errors import BadRequest, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

    Row = list[Any]
    Preamble = list[tuple[str, tuple[Any, ...]]]

STATEMENT_TIMEOUT_S = 10
# The socket waits a little longer than the server, so that normally the server's own time-out ends a statement.
SOCKET_GRACE_S = 5
# Every session: the role that owns nothing; plans made once (a pruned custom plan always looks cheaper, so `auto` would
# plan each time); no just-in-time compiler for millisecond queries; times in UTC.
_SESSION = f"""
set role crm_app; set plan_cache_mode = force_generic_plan; set jit = off; set timezone = 'UTC';
set search_path = crm, public; set statement_timeout = '{STATEMENT_TIMEOUT_S}s'; set lock_timeout = '3s';
set idle_in_transaction_session_timeout = '60s'
"""

# The notice of a trigger that has appended an event, before its topic.
_APPENDED = "appended "
_EXECUTE = b"E\x00\x00\x00\x09\x00\x00\x00\x00\x00"
_SYNC = b"S\x00\x00\x00\x04"
_header = struct.Struct("!ci").unpack_from
_int32 = struct.Struct("!i").pack
_int16 = struct.Struct("!H").pack

# SQLSTATEs of a temporary refusal (classes 08, 53, 57P and the retryable conflicts), and of a value at fault.
_NOT_NOW = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03", "40001", "40P01", "55P03", "25006"})
_BAD_TEXT = frozenset({"22021", "22P05"})
_OUT_OF_RANGE = "22003"
_STALE_PLAN = frozenset({"0A000", "26000"})
_CANCELED = "57014"


class ConstraintViolated(Exception):
    """A constraint refused the statement; a repository turns it into an error of the domain.

    Attributes:
        constraint: name of the constraint; on a partition, the partition's name for it.
        sqlstate: 23505 unique, 23503 foreign key, 23514 check, 23502 not null.
    """

    def __init__(self, constraint: str, sqlstate: str) -> None:
        super().__init__(f"{constraint} ({sqlstate})")
        self.constraint = constraint
        self.sqlstate = sqlstate


class ConnectionLost(Exception):
    """The connection to the server broke during a statement."""


def _fields(error: DatabaseError) -> dict[str, str]:
    """Return the fields of the server's error message: C the SQLSTATE, n the constraint, M the text."""
    return error.args[0] if error.args and isinstance(error.args[0], dict) else {}


def _translated(error: DatabaseError) -> Exception:
    """Translate the server's error into an error of the domain."""
    fields = _fields(error)
    state = fields.get("C", "")
    if state.startswith("23"):
        return ConstraintViolated(fields.get("n", ""), state)
    if state == _CANCELED:
        return Unavailable("this takes longer than it may; narrow the question or try again", retry_after_s=2)
    if state in _NOT_NOW or state.startswith(("08", "53")):
        return Unavailable("the database is busy or restarting; try again", retry_after_s=1)
    if state in _BAD_TEXT:
        return BadRequest("text may not hold the character NUL")
    if state == _OUT_OF_RANGE:
        return BadRequest(f"a number is too large or too small: {fields.get('M', '')}")
    result: Exception = error
    return result


class Connection:
    """One connection with its prepared statements; used by one thread at a time.

    Attributes:
        usable: false once answers may not match their statements any more; the pool then drops the connection.
    """

    def __init__(self, raw: pg8000.core.CoreConnection) -> None:
        self._raw = raw
        self._prepared: dict[str, tuple[bytes, list[Any], list[Any]]] = {}
        self.usable = True
        # Without TCP_NODELAY a parameter of some 20 kB waits 40 ms for an acknowledgement.
        if raw._usock.family != socket.AF_UNIX:
            raw._usock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        raw._usock.settimeout(STATEMENT_TIMEOUT_S + SOCKET_GRACE_S)
        raw.register_out_adapter(list, _array)
        raw.execute_simple(_SESSION)

    def close(self) -> None:
        """Close the connection; a server that is gone already is not an error."""
        self.usable = False
        with contextlib.suppress(InterfaceError, OSError):
            self._raw.close()

    def wait_at_most(self, seconds: float) -> None:
        """Set how long the socket waits for the server."""
        self._raw._usock.settimeout(seconds)

    def appended_topics(self) -> set[str]:
        """Return the topics to which triggers have appended events since the last call; a notice names each."""
        notices = self._raw.notices
        topics = {bytes(notice[b"M"]).decode().removeprefix(_APPENDED) for notice in notices if _appended(notice)}
        notices.clear()
        return topics

    def execute(self, preamble: Preamble, text: str, values: Iterable[Any]) -> tuple[list[Row], int]:
        """Run a statement behind those of a preamble, in one round trip once all are prepared.

        Args:
            preamble: statements with their parameters, whose answers are dropped.
            text: the statement, with `$1`, `$2`, ...
            values: parameters of the statement.

        Returns:
            The rows (empty for a statement that answers none) and the count of rows returned or changed.

        Raises:
            ConnectionLost: the server is gone, and whether the statement took effect is unknown.
            ConstraintViolated, Unavailable, BadRequest: the server refused the statement.
        """
        try:
            packets: list[bytes] = []
            for statement, parameters in preamble:
                packets += self._bind(self._prepare(statement)[0], parameters)
            name, columns, converters = self._prepare(text)
            packets += self._bind(name, values)
            packets.append(_SYNC)
            self._raw._sock.write(b"".join(packets))
            self._raw._sock.flush()
            context = pg8000.core.Context(text, columns=columns, input_funcs=converters)
            self._read(context, skip=len(preamble))
        except (InterfaceError, OSError, struct.error) as error:
            self.close()
            raise ConnectionLost from error
        except DatabaseError as error:
            raise self._judged(error) from error
        return context.rows or [], context.row_count

    def copy_in(self, text: str, chunks: Iterable[bytes]) -> int:
        """Stream chunks into a `copy ... from stdin`.

        Returns:
            The count of rows copied.
        """
        try:
            return int(self._raw.execute_unnamed(text, stream=chunks).row_count)
        except DatabaseError as error:
            raise self._judged(error) from error
        except BaseException as error:
            # The source failed half-way: the server still waits for data, so this connection cannot be kept.
            self.close()
            if isinstance(error, (InterfaceError, OSError, struct.error)):
                raise ConnectionLost from error
            raise

    def _prepare(self, text: str) -> tuple[bytes, list[Any], list[Any]]:
        prepared = self._prepared.get(text)
        if prepared is None:
            name, columns, converters = self._raw.prepare_statement(text, ())
            prepared = self._prepared[text] = (name, columns or [], converters)
        return prepared

    def _bind(self, name: bytes, values: Iterable[Any]) -> tuple[bytes, bytes]:
        """Bind and Execute for a prepared statement; every parameter and every result goes as text."""
        parameters = make_params(self._raw.py_types, tuple(values))
        parts = [b"\x00", name, b"\x00\x00", _int16(len(parameters))]
        for parameter in parameters:
            if parameter is None:
                parts.append(b"\xff\xff\xff\xff")
            else:
                encoded = parameter.encode()
                parts += (_int32(len(encoded)), encoded)
        parts.append(b"\x00\x00")
        body = b"".join(parts)
        return b"B" + _int32(len(body) + 4) + body, _EXECUTE

    def _read(self, context: pg8000.core.Context, skip: int) -> None:
        """Read answers up to ReadyForQuery, dropping those of the first `skip` statements."""
        read = self._raw._sock.read
        handlers = self._raw.message_types
        code = b""
        while code != pg8000.core.READY_FOR_QUERY:
            header = read(5)
            code, length = _header(header)
            body = read(length - 4)
            if len(body) != length - 4:
                raise InterfaceError("the connection was closed in the middle of a message")
            if skip and code in (pg8000.core.DATA_ROW, pg8000.core.COMMAND_COMPLETE):
                skip -= code == pg8000.core.COMMAND_COMPLETE
            else:
                handlers[code](body, context)
        if context.error is not None:
            raise context.error

    def _judged(self, error: DatabaseError) -> Exception:
        state = _fields(error).get("C", "")
        if state.startswith("57P"):
            self.close()
            return ConnectionLost()
        if state in _STALE_PLAN:  # a migration changed a table under a prepared statement
            self.close()
        return _translated(error)


def _appended(notice: dict[bytes, bytes]) -> bool:
    return notice.get(b"M", b"").startswith(_APPENDED.encode())


def _array(items: list[Any]) -> str:
    """Write a list as a Postgres array. Every element is quoted: pg8000 leaves a text `null` bare, which means NULL."""
    return "{" + ",".join(map(_element, items)) + "}"


def _element(item: Any) -> str:
    if item is None:
        return "NULL"
    if isinstance(item, list):
        return _array(item)
    text: str = make_param(PY_TYPES, item)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
