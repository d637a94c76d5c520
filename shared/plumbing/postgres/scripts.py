"""Run a script on a connection, report its failure in the server's words, and try again while somebody else holds a lock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from shared.plumbing.postgres.migration_files import MigrationFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# A session that waits for a table makes every later request for that table wait behind it, so it gives up soon and tries again.
LOCK_TIMEOUT_MS = 3_000
LOCK_TRIES = 60
LOCK_PAUSE_S = 5.0
# SQLSTATEs: a lock was not there in time; the server ended one of two sessions that waited for each other.
_LOCK_NOT_AVAILABLE, _DEADLOCK = "55P03", "40P01"


class Connection(Protocol):
    """The part of pg8000's native connection that this module uses: a script without parameters, or one statement with some."""

    def run(self, sql: str, **params: object) -> Sequence[Sequence[object]] | None:
        """Run `sql` and return its rows."""
        ...


def run_script(connection: Connection, sql: str, failed: str) -> None:
    """Run a script.

    Args:
        connection: where to run it.
        sql: the script.
        failed: the beginning of the error's sentence, e.g. "0002_contacts.sql failed and left nothing behind".

    Raises:
        MigrationFailed: the server refused a statement.
    """
    try:
        connection.run(sql)
    except Exception as error:
        raise MigrationFailed(f"{failed}: {_reason(error, sql)}") from error


def patiently(work: Callable[[], None], name: str, log: Callable[[str], None]) -> None:
    """Do some work; while another session holds a lock that it needs, do it again after a pause, for about eight minutes.

    Args:
        work: may be repeated after a `MigrationFailed`.
        name: of the file, for the log.
        log: called with one line for each pause.

    Raises:
        MigrationFailed: from the work, or from its last try.
    """
    for tries_left in range(LOCK_TRIES - 1, -1, -1):
        try:
            work()
        except MigrationFailed as error:
            if sqlstate(error) not in {_LOCK_NOT_AVAILABLE, _DEADLOCK} or not tries_left:
                raise
            log(f"{name} waits for another session; next try in {LOCK_PAUSE_S:g} s")
            time.sleep(LOCK_PAUSE_S)
        else:
            return


def sqlstate(error: MigrationFailed) -> object:
    """Return the SQLSTATE of the server's error; None where it has none."""
    return _fields(error.__cause__).get("C")


def _fields(error: BaseException | None) -> dict[str, object]:
    fields = error.args[0] if error and error.args else None
    return fields if isinstance(fields, dict) else {}


def _reason(error: Exception, sql: str) -> str:
    """Return the server's own sentences. pg8000 raises its fields as one dict: M message, D detail, H hint, P position."""
    fields = _fields(error)
    if not fields:
        return str(error)
    sentences = [str(fields[key]) for key in ("M", "D", "H") if key in fields]
    if "P" in fields:
        sentences.insert(0, f"line {sql.count(chr(10), 0, int(str(fields['P'])) - 1) + 1}:")
    return " ".join(sentences)
