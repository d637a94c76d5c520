"""What is sent to a client: at once as far as it takes it, and kept for it while it does not, so that no thread waits for it.

Whoever reads too slowly to be worth it is hung up on. A file is not copied: what is kept is where it is open.
"""

from __future__ import annotations

import os
import select
import tempfile
import threading
import time
from collections import deque
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import socket

# A client takes something for the first so many seconds, and for a second more for each so many bytes that it has taken.
ANSWER_S = 20.0
LEAST_RATE = 32 * 1024
# What one answer may have waiting; its thread waits beyond that.
MOST_WAITING = 16 * 1024 * 1024
IN_MEMORY_BYTES = 64 * 1024
_STEP_BYTES = 256 * 1024


class ClientTooSlow(OSError):
    """A client takes its answer too slowly, or is one of too many that do."""


class Kept:
    """How much of bodies and answers is kept for all connections together; a process has one.

    Args:
        limit_bytes: beyond it, whoever needs more is turned away.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._size = 0

    @property
    def size(self) -> int:
        """Of all that is kept."""
        return self._size

    def add(self, size: int) -> bool:
        """Take room for so many bytes more, or gives it back where negative; whether there was any."""
        with self._lock:
            if size > 0 and self._size + size > self.limit_bytes:
                return False
            self._size += size
            return True


class Outgoing:
    """The writing side of a connection; gunicorn takes it for the socket.

    One thread uses it at a time: the one that answers, and after that the one that looks after all connections.

    Args:
        connected: the connection's socket, which does not block.
        kept: where what waits is counted.
    """

    def __init__(self, connected: socket.socket, kept: Kept) -> None:
        self._socket = connected
        self._kept = kept
        # What is to be sent: bytes of the file of waiting ones, or a range of somebody's open file.
        self._parts: deque[tuple[int | None, int, int]] = deque()
        self._file: IO[bytes] | None = None
        self._written = 0
        self._taken = 0
        self._blocked_at: float | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether something is left to be sent."""
        return bool(self._parts)

    @property
    def deadline(self) -> float:
        """Until when the client must have taken something more."""
        return (self._blocked_at or time.monotonic()) + ANSWER_S + self._taken / LEAST_RATE

    def fileno(self) -> int:
        """Of the socket."""
        return self._socket.fileno()

    def sendall(self, data: bytes) -> None:
        """Send what the client takes at once, and keeps the rest.

        Raises:
            OSError: the client is gone, or too slow.
        """
        sent = self._sent(data) if self.flush() else 0
        if sent < len(data):
            self._keep(memoryview(data)[sent:])

    def send(self, data: bytes) -> int:
        """The same, as gunicorn calls it."""
        self.sendall(data)
        return len(data)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:
        """Send a part of a file; what the client does not take at once stays where it is.

        Raises:
            OSError: the client is gone.
        """
        size = os.fstat(file.fileno()).st_size - offset if count is None else count
        self._parts.append((os.dup(file.fileno()), offset, size))
        self.flush()
        return size

    def flush(self) -> bool:
        """Send what the client takes; whether that was all.

        Raises:
            OSError: the client is gone.
        """
        while self._parts:
            descriptor, offset, size = self._parts[0]
            sent = self._sent_part(descriptor, offset, size)
            if not sent:
                return False
            self._taken += sent
            if sent < size:
                self._parts[0] = (descriptor, offset + sent, size - sent)
                continue
            self._parts.popleft()
            if descriptor is not None:
                os.close(descriptor)
        self._forget()
        return True

    def shutdown(self, how: int) -> None:
        """Called by gunicorn for an answer that broke off; the loop closes it as all others."""
        raise OSError(f"not shut down here ({how})")

    def close(self) -> None:
        """Give up what waits."""
        for descriptor, _, _ in self._parts:
            if descriptor is not None:
                os.close(descriptor)
        self._parts.clear()
        self._forget()

    def _forget(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self._kept.add(-self._written)
        self._written = self._taken = 0
        self._blocked_at = None

    def _sent(self, data: bytes | memoryview) -> int:
        try:
            return self._socket.send(data)
        except BlockingIOError:
            if self._blocked_at is None:
                self._blocked_at = time.monotonic()
            return 0

    def _sent_part(self, descriptor: int | None, offset: int, size: int) -> int:
        if descriptor is None:
            assert self._file is not None
            self._file.seek(offset)
            return self._sent(self._file.read(min(size, _STEP_BYTES)))
        try:
            sent = os.sendfile(self._socket.fileno(), descriptor, offset, size)
        except BlockingIOError:
            if self._blocked_at is None:
                self._blocked_at = time.monotonic()
            return 0
        if not sent:
            raise OSError("a file became shorter while it was sent")
        return sent

    def _keep(self, data: memoryview) -> None:
        while self._written + len(data) > MOST_WAITING and not self.flush():
            self._wait()
        if not self._kept.add(len(data)):
            raise ClientTooSlow("more is kept for slow clients than there is room for")
        if self._file is None:
            self._file = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - closed when all is sent
        self._file.seek(self._written)
        self._file.write(data)
        self._parts.append((None, self._written, len(data)))
        self._written += len(data)

    def _wait(self) -> None:
        """Wait for a client that takes something, in time."""
        left = self.deadline - time.monotonic()
        waiting = select.poll()
        waiting.register(self._socket, select.POLLOUT)
        if left <= 0 or not waiting.poll(left * 1000):
            raise ClientTooSlow("the client takes the answer too slowly")
