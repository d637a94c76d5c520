"""A worker of gunicorn with threads that survives clients which send and read slowly, or not at all.

gunicorn's own worker gives a thread to a connection with its first byte, and keeps the thread while the rest of the
request comes in and the answer goes out. Here one loop watches all connections: a thread gets a complete request, and is
free as soon as its answer is made. The loop ends every phase of a connection at its deadline, whatever the threads do.
"""

from __future__ import annotations

import errno
import itertools
import logging
import selectors
import socket
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from gunicorn.workers.gthread import ThreadWorker

from selfhost.incoming import Incoming, NoRoom
from selfhost.outgoing import LEAST_RATE, ClientTooSlow, Kept, Outgoing
from selfhost.refusals import TooSlow, refusal
from selfhost.waiting import WaitingPool

if TYPE_CHECKING:
    from concurrent.futures import Future

# The most bytes kept for all connections together: sixteen of the largest uploads.
KEPT_BYTES = 512 * 1024 * 1024
ACCEPTED_AT_ONCE = 64
MOST_RECEIVED = 1024 * 1024
SWEEP_EVERY_S = 0.25
# After its answer a closed connection is read until the client closes it, too: else the client may get a reset and no answer.
LINGER_S = 5.0
LINGER_BYTES = 64 * 1024 * 1024
STOPPING_LINGER_S = 2.0

_GONE = frozenset({errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN})

log = logging.getLogger(__name__)


class Connection:
    """The connection of one client.

    Args:
        connected: socket of the connection.
        client: address of the client.
        server: address of this server.
        kept: counts the bytes kept for the connection.

    Attributes:
        sock: writing side of the connection, for gunicorn.
        deadline: end of the present phase; checked while no thread has the connection.
        incoming: the present request.
        rest: received bytes after the present request.
    """

    def __init__(self, connected: socket.socket, client: object, server: object, kept: Kept) -> None:
        self.socket, self.client, self.server, self.kept = connected, client, server, kept
        self.sock = Outgoing(connected, kept)
        self.deadline = 0.0
        self.number = 0
        self.incoming: Incoming | None = None
        self.rest = b""
        self.drained = 0

    @property
    def is_idle(self) -> bool:
        """Whether the connection waits for the first byte of a request."""
        return self.incoming is not None and not self.incoming.begun

    @property
    def is_unfinished(self) -> bool:
        """Whether at most a part of the head has come."""
        return self.incoming is not None and self.incoming.request is None

    def forget_request(self) -> None:
        """End the present request."""
        if self.incoming is not None:
            self.incoming.close()
            self.incoming = None

    def close(self) -> None:
        """Close the connection and drop its waiting bytes."""
        self.forget_request()
        self.sock.close()
        self.socket.close()


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker, with a loop of its own between sockets and threads."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.kept = Kept(KEPT_BYTES)
        # Connections that the loop watches, in the order of their last change of phase.
        self._watched: dict[Connection, None] = {}
        self._swept_at = 0.0
        # Requests in threads, or queued for them.
        self._busy = 0

    def get_thread_pool(self) -> WaitingPool:
        """Make the pool of threads; gunicorn calls this."""
        return WaitingPool(self.cfg.threads)

    # New connections

    def accept(self, listener: socket.socket) -> None:
        """Accept new connections; gunicorn calls this when clients connect."""
        for _ in range(ACCEPTED_AT_ONCE):
            if self.nr_conns >= self.worker_connections - 1:
                self._evict()
            try:
                connected, client = listener.accept()
            except OSError as error:
                if error.errno in {errno.EMFILE, errno.ENFILE}:
                    self._evict()
                elif error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                    raise
                return
            connected.setblocking(False)
            self.nr_conns += 1
            self._await_request(Connection(connected, client, listener.getsockname(), self.kept), is_new=True)

    def _evict(self) -> None:
        """Close a connection for a new one: the oldest without a request, else the oldest."""
        unfinished = (each for each in self._watched if each.is_unfinished)
        for connection in itertools.chain(unfinished, self._watched):
            self._close(connection)
            return

    # Requests

    def _await_request(self, connection: Connection, *, is_new: bool = False) -> None:
        now = time.monotonic()
        connection.number += 1
        incoming = Incoming(self.cfg, connection.client, connection.number, now, self.kept)
        connection.incoming = incoming
        if connection.rest:
            connection.rest = incoming.feed(connection.rest, now)
            self._go_on(connection)
            return
        connection.deadline = incoming.deadline if is_new else now + self.cfg.keepalive
        if not self.alive:
            connection.deadline = min(connection.deadline, now + STOPPING_LINGER_S)
        self._watch(connection, selectors.EVENT_READ, self._on_first)

    def _on_first(self, connection: Connection) -> None:
        """Handle the first bytes: most requests come as a whole, so a free thread reads them, and returns an incomplete one."""
        if self._busy < self.cfg.threads:
            self._unwatch(connection)
            self.enqueue_req(connection)
            return
        self._receive(connection)
        self._unwatch(connection)
        self._go_on(connection)

    def enqueue_req(self, conn: Connection) -> None:
        """Pass a connection to the threads."""
        self._busy += 1
        super().enqueue_req(conn)

    def _on_more(self, connection: Connection) -> None:
        incoming = connection.incoming
        assert incoming is not None
        self._receive(connection)
        if incoming.complete:
            self._unwatch(connection)
            self._go_on(connection)
        else:
            connection.deadline = incoming.deadline

    @staticmethod
    def _receive(connection: Connection) -> None:
        incoming = connection.incoming
        assert incoming is not None
        try:
            data = connection.socket.recv(min(incoming.wanted, MOST_RECEIVED))
        except BlockingIOError:
            return
        except OSError as error:
            incoming.fail(error)
            return
        if not data:
            incoming.end()
            return
        if not incoming.begun:
            incoming.restart(time.monotonic())
        connection.rest = incoming.feed(data, time.monotonic())
        if incoming.continued:
            incoming.continued = False
            try:
                connection.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            except OSError as error:
                incoming.fail(error)

    def _go_on(self, connection: Connection) -> None:
        incoming = connection.incoming
        assert incoming is not None
        if not incoming.complete:
            connection.deadline = incoming.deadline
            self._watch(connection, selectors.EVENT_READ, self._on_more)
        elif incoming.error is not None:
            self._refuse(connection, incoming.error)
        else:
            self.enqueue_req(connection)

    def _refuse(self, connection: Connection, error: Exception) -> None:
        """Answer an invalid request, and close the connection."""
        if isinstance(error, OSError):  # the client is gone
            self._close(connection)
            return
        self.handle_error(None, connection.sock, connection.client, error)
        connection.rest = b""
        connection.forget_request()
        self._send_rest(connection, keeps=False)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ARG002 - gunicorn's
        """Answer an error; gunicorn calls this, too, with the socket as `client`."""
        answer = refusal(exc)
        if answer.status >= 500 and not isinstance(exc, NoRoom):  # noqa: PLR2004 - HTTP's own number
            log.error("gateway.failed", exc_info=exc)
        else:
            log.info("gateway.refused", extra={"status": answer.status, "error": type(exc).__qualname__})
        try:
            client.sendall(answer.data)
        except OSError:
            log.debug("gateway.gone")

    # Threads

    def handle(self, conn: Connection) -> bool | None:
        """Answer a request in one of the threads.

        Returns:
            Whether the connection can be used again; None when the request is not complete.
        """
        incoming = conn.incoming
        assert incoming is not None
        if not incoming.complete:
            self._receive(conn)
        if not incoming.complete or incoming.error is not None:
            return None
        try:
            return bool(self.handle_request(incoming.request, conn)) and incoming.left_nothing()
        except StopIteration:
            log.debug("gateway.gone")
        except OSError as error:
            if isinstance(error, ClientTooSlow) or error.errno in _GONE:
                log.debug("gateway.gone", extra={"error": type(error).__qualname__})
            else:
                log.exception("gateway.failed")
        except Exception as error:  # noqa: BLE001 - an error of the app or of its body is answered like one of the parser
            self.handle_error(incoming.request, conn.sock, conn.client, error)
        return False

    def finish_request(self, conn: Connection, fs: Future[bool | None]) -> None:
        """Take a connection back from a thread; gunicorn calls this in the loop."""
        self._busy -= 1
        try:
            keeps = False if fs.cancelled() else fs.result()
            if keeps is None:
                self._go_on(conn)
                return
            conn.forget_request()
            self._send_rest(conn, keeps=keeps)
        except Exception:
            log.exception("gateway.failed")
            self._close(conn)

    # Answers

    def _send_rest(self, connection: Connection, *, keeps: bool) -> None:
        if connection.sock.is_waiting:
            connection.deadline = connection.sock.deadline
            self._watch(connection, selectors.EVENT_WRITE, partial(self._on_writable, keeps=keeps))
        elif keeps:
            self._await_request(connection)
        else:
            self._linger(connection)

    def _on_writable(self, connection: Connection, *, keeps: bool) -> None:
        try:
            is_sent = connection.sock.flush()
        except OSError:
            self._close(connection)
            return
        connection.deadline = connection.sock.deadline
        if is_sent:
            self._unwatch(connection)
            self._send_rest(connection, keeps=keeps)

    def _linger(self, connection: Connection) -> None:
        try:
            connection.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(connection)
            return
        connection.deadline = time.monotonic() + LINGER_S
        self._watch(connection, selectors.EVENT_READ, self._on_lingering)

    def _on_lingering(self, connection: Connection) -> None:
        try:
            data = connection.socket.recv(MOST_RECEIVED)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        connection.drained += len(data)
        connection.deadline += len(data) / LEAST_RATE
        if not data or connection.drained > LINGER_BYTES:
            self._close(connection)

    # The loop

    def _watch(self, connection: Connection, event: int, then: Any) -> None:
        self._watched[connection] = None
        self.poller.register(connection.socket, event, lambda _socket: then(connection))

    def _unwatch(self, connection: Connection) -> None:
        self._watched.pop(connection, None)
        self.poller.unregister(connection.socket)

    def _close(self, connection: Connection) -> None:
        if connection in self._watched:
            self._unwatch(connection)
        self.nr_conns -= 1
        connection.close()

    def murder_keepalived(self, force: bool = False) -> None:
        """Close the connections whose deadline is over; gunicorn calls this in each round of the loop."""
        now = time.monotonic()
        if not force and now - self._swept_at < SWEEP_EVERY_S:
            return
        self._swept_at = now
        for connection in [each for each in self._watched if force or each.deadline < now]:
            incoming = connection.incoming
            if not force and incoming is not None and incoming.begun:
                self._unwatch(connection)
                incoming.fail(TooSlow())
                self._go_on(connection)
            else:
                self._close(connection)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for events, at most until the next check of deadlines; gunicorn calls this."""
        super().wait_for_and_dispatch_events(min(timeout, SWEEP_EVERY_S) if self._watched else timeout)

    def _cap_keepalive(self, deadline: float) -> None:
        """Shorten the deadlines of idle connections; gunicorn calls this when it stops."""
        for connection in self._watched:
            if connection.is_idle:
                connection.deadline = min(connection.deadline, deadline)
