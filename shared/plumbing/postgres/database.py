"""Sessions, through which repositories run queries under row-level security.

Two kinds, both passed to repositories as `tx`:

- `Database.read(user_id)`: each statement is a transaction of its own, may be answered by the replica, and is repeated
  once on a new connection when the old one turns out to be dead;
- `Database.transaction(user_id)`: all or nothing, begun with the first statement.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from shared.errors import Unavailable
from shared.plumbing.postgres.connection import SOCKET_GRACE_S, STATEMENT_TIMEOUT_S, ConnectionLost
from shared.plumbing.postgres.origin import origin
from shared.plumbing.telemetry.recording import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from shared.plumbing.postgres.connection import Connection, Preamble, Row
    from shared.plumbing.postgres.pool import Pool
    from shared.plumbing.postgres.sql import Query

_SET_USER = "select set_config('app.user_id', $1, true)"
# The settings that the journal's triggers read (shared/history/functions/journal.sql).
_SET_OPERATION = (
    "select set_config('app.user_id', $1, true), set_config('app.operation', $2, true),"
    " set_config('app.operation_kind', $3, true), set_config('app.actor', $4, true),"
    " set_config('app.operation_details', $5, true)"
)
_SET_TIMEOUT = "select set_config('statement_timeout', $1, true)"


class Session:
    """The `tx` of repositories: queries of one user under row-level security.

    Attributes:
        user_id: the user whose rows the queries see; None for work of no user, which sees no user's rows.
        topics: topics of the appended events, which the edge sends after the commit.
        rolled_back: whether the work was undone, as of an import on trial.
        operation_id: under this id the journal keeps what the session changes; None for a session that only reads.
    """

    def __init__(
        self, pool: Pool, user_id: UUID | None, *, timeout_s: float, transaction: bool, writes: bool = True
    ) -> None:
        self.user_id = user_id
        self.topics: set[str] = set()
        self.rolled_back = False
        self.operation_id = (origin().operation_id or uuid4()) if writes else None
        self._pool = pool
        self._timeout_s = timeout_s
        self._transaction = transaction
        self._connection: Connection | None = None

    def one(self, query: Query, /, **parameters: Any) -> Row | None:
        """Run a query and return its first row, or None."""
        rows = self._execute(query, parameters)[0]
        return rows[0] if rows else None

    def value(self, query: Query, /, **parameters: Any) -> Any:
        """Run a query and return the first column of its first row, or None."""
        rows = self._execute(query, parameters)[0]
        return rows[0][0] if rows else None

    def many(self, query: Query, /, **parameters: Any) -> list[Row]:
        """Run a query and return all rows."""
        return self._execute(query, parameters)[0]

    def run(self, query: Query, /, **parameters: Any) -> int:
        """Run a statement and return the count of rows changed."""
        return self._execute(query, parameters)[1]

    def copy_in(self, query: Query, chunks: Iterable[bytes]) -> int:
        """Stream chunks of COPY data into a `copy ... from stdin`; in a transaction only.

        Returns:
            The count of rows copied.
        """
        if self._connection is None:
            self._begin()
        assert self._connection is not None
        try:
            with span("db", query.name):
                return self._connection.copy_in(query.text, chunks)
        except ConnectionLost as error:
            raise Unavailable("the database went away; nothing was kept, try again") from error

    @contextlib.contextmanager
    def on_trial(self) -> Iterator[None]:
        """Undo the changes of the block when it ends, and go on with the transaction; in a transaction only."""
        if self._connection is None:
            self._begin()
        assert self._connection is not None
        try:
            self._connection.execute([], "savepoint trial", ())
            yield
            self._connection.execute([], "rollback to savepoint trial", ())
        except ConnectionLost as error:
            raise Unavailable("the database went away; nothing was kept, try again") from error

    @contextlib.contextmanager
    def going_on(self, *, timeout_s: float | None = None) -> Iterator[Session]:
        """Go on with an open transaction in another block, under the present origin; roll it all back where the block raises.

        Args:
            timeout_s: longest that one statement of the block may take.
        """
        connection = self._connection
        if connection is not None:
            preamble: Preamble = [self._identity()]
            if timeout_s is not None and timeout_s != self._timeout_s:
                self._timeout_s = timeout_s
                connection.wait_at_most(timeout_s + SOCKET_GRACE_S)
                preamble.append((_SET_TIMEOUT, (f"{timeout_s:g}s",)))
            try:
                connection.execute(preamble, "select 1", ())
            except ConnectionLost as error:
                raise Unavailable("the database went away; nothing was kept, try again") from error
        try:
            yield self
        except BaseException:
            self.rollback()
            raise

    @contextlib.contextmanager
    def trying(self, *, timeout_s: float | None = None) -> Iterator[Session]:
        """Go on as `going_on`, and undo the changes and events of the block when it ends."""
        with self.going_on(timeout_s=timeout_s):
            topics = set(self.topics)
            with self.on_trial():
                yield self
            self.topics = topics

    def commit(self) -> None:
        """Commit the transaction; do nothing where no statement has begun one."""
        if self._connection is not None:
            try:
                with span("db", "commit"):
                    self._connection.execute([], "commit", ())
                self.topics |= self._connection.appended_topics()
            except ConnectionLost as error:
                raise Unavailable("the database went away while this was saved; read it again to see") from error
            finally:
                self._release()

    def rollback(self) -> None:
        """Roll the transaction back."""
        self.rolled_back = True
        if self._connection is not None:
            try:
                if self._connection.usable:
                    self._connection.execute([], "rollback", ())
                self._connection.appended_topics()
            except ConnectionLost:
                pass  # the server undoes it
            finally:
                self._release()

    def _execute(self, query: Query, parameters: dict[str, Any]) -> tuple[list[Row], int]:
        if parameters.keys() != set(query.parameters):
            raise TypeError(f"{query.name} takes {query.parameters}, not {tuple(parameters)}")
        values = [parameters[name] for name in query.parameters]
        with span("db", query.name):
            if self._connection is None:
                return self._first(query.text, values)
            try:
                return self._connection.execute([], query.text, values)
            except ConnectionLost as error:
                raise Unavailable("the database went away; nothing was kept, try again") from error

    def _begin(self) -> None:
        self._first("select 1", ())

    def _first(self, text: str, values: Iterable[Any]) -> tuple[list[Row], int]:
        """Take a connection and run a statement on it; where it is dead, run it once more on a new connection."""
        preamble: Preamble = [("begin", ())] if self._transaction else []
        preamble.append(self._identity())
        if self._timeout_s != STATEMENT_TIMEOUT_S:
            preamble.append((_SET_TIMEOUT, (f"{self._timeout_s:g}s",)))
        connection = self._pool.take()
        try:
            answer = self._attempt(connection, preamble, text, values)
        except ConnectionLost:
            # The server was restarted while this connection was idle, so all idle ones are dead. Trying again is safe:
            # a read changes nothing, and a transaction whose first statement was not answered never commits.
            self._give_back(connection)
            self._pool.drop_idle()
            connection = self._pool.take()
            try:
                answer = self._attempt(connection, preamble, text, values)
            except ConnectionLost as error:
                self._give_back(connection)
                raise Unavailable("the database is not reachable; try again") from error
        if self._transaction:
            self._connection = connection
        else:
            self._give_back(connection)
        return answer

    def _identity(self) -> tuple[str, tuple[str, ...]]:
        user = "" if self.user_id is None else str(self.user_id)
        if self.operation_id is None:
            return _SET_USER, (user,)
        here = origin()
        return _SET_OPERATION, (user, str(self.operation_id), here.kind, here.actor, here.details)

    def _attempt(
        self, connection: Connection, preamble: Preamble, text: str, values: Iterable[Any]
    ) -> tuple[list[Row], int]:
        try:
            if self._timeout_s != STATEMENT_TIMEOUT_S:
                connection.wait_at_most(self._timeout_s + SOCKET_GRACE_S)
            return connection.execute(preamble, text, values)
        except ConnectionLost:
            raise
        except BaseException:
            if self._transaction:  # the failed transaction is still open: `rollback` ends it
                self._connection = connection
            else:
                self._give_back(connection)
            raise

    def _release(self) -> None:
        assert self._connection is not None
        connection, self._connection = self._connection, None
        self._give_back(connection)

    def _give_back(self, connection: Connection) -> None:
        if self._timeout_s != STATEMENT_TIMEOUT_S and connection.usable:
            connection.wait_at_most(STATEMENT_TIMEOUT_S + SOCKET_GRACE_S)
        self._pool.give_back(connection)


class Database:
    """The primary and, where there is one, its read replica.

    Args:
        primary: connections that may write.
        replica: connections to a read replica, which may lag; None: reads go to the primary.
    """

    def __init__(self, primary: Pool, replica: Pool | None = None) -> None:
        self._primary = primary
        self._replica = replica

    @property
    def has_replica(self) -> bool:
        """Whether a read replica is configured."""
        return self._replica is not None

    @contextlib.contextmanager
    def transaction(self, user_id: UUID | None, *, timeout_s: float = STATEMENT_TIMEOUT_S) -> Iterator[Session]:
        """Open a transaction, committed when the block ends and rolled back when it raises.

        Args:
            user_id: the user whose rows are seen and changed.
            timeout_s: longest that one statement may take.
        """
        session = Session(self._primary, user_id, timeout_s=timeout_s, transaction=True)
        with span("db", "transaction"):
            try:
                yield session
            except BaseException:
                session.rollback()
                raise
            session.commit()

    @contextlib.contextmanager
    def trial(self, user_id: UUID | None, *, timeout_s: float = STATEMENT_TIMEOUT_S) -> Iterator[Session]:
        """Open a transaction that is rolled back when the block ends: the result of a change without the change.

        Args:
            user_id: the user whose rows are seen and, inside the block, changed.
            timeout_s: longest that one statement may take.
        """
        session = Session(self._primary, user_id, timeout_s=timeout_s, transaction=True)
        with span("db", "trial"):
            try:
                yield session
            finally:
                session.rollback()

    @contextlib.contextmanager
    def read(
        self, user_id: UUID | None, *, replica: bool = False, timeout_s: float = STATEMENT_TIMEOUT_S
    ) -> Iterator[Session]:
        """Open a session for statements that change nothing; each is a transaction of its own.

        Args:
            user_id: the user whose rows are seen.
            replica: the answer may lag behind the latest writes.
            timeout_s: longest that one statement may take.
        """
        pool = self._replica if replica and self._replica is not None else self._primary
        yield Session(pool, user_id, timeout_s=timeout_s, transaction=False, writes=False)

    @contextlib.contextmanager
    def single(self, user_id: UUID | None) -> Iterator[Session]:
        """Open a session for one statement that is a transaction by itself, in one round trip.

        The statement may run twice, where the server goes away before it has answered; it must be idempotent.

        Args:
            user_id: the user whose rows are seen and changed.
        """
        yield Session(self._primary, user_id, timeout_s=STATEMENT_TIMEOUT_S, transaction=False)

    def connect(self) -> None:
        """Make sure that a connection to the primary is in the pool.

        Raises:
            Unavailable: the primary cannot be reached.
        """
        self._primary.give_back(self._primary.take())

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._primary.drop_idle()
        if self._replica is not None:
            self._replica.drop_idle()
