"""Answers to clients: sent at once as far as a client takes them, and kept for slow ones, so that no thread waits.

The connection of a client that reads too slowly is closed. Files are not copied: the open file itself is kept.
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

# A client may pause for ANSWER_S, and for a second more for each LEAST_RATE bytes that it has taken.
ANSWER_S = 20.0
LEAST_RATE = 32 * 1024
# The most kept bytes of one answer; beyond it the answer's thread waits.
MOST_WAITING = 16 * 1024 * 1024
IN_MEMORY_BYTES = 64 * 1024
_STEP_BYTES = 256 * 1024


class ClientTooSlow(OSError):
    """A client takes its answer too slowly, or the space for slow clients is used up."""


class Kept:
    """The count of kept bytes of bodies and answers, for all connections of a process together.

    Args:
        limit_bytes: the most kept bytes; beyond it a request is refused.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._size = 0

    @property
    def size(self) -> int:
        """Number of kept bytes."""
        return self._size

    def add(self, size: int) -> bool:
        """Count more kept bytes, or fewer where negative; return False, and count nothing, beyond the limit."""
        with self._lock:
            if size > 0 and self._size + size > self.limit_bytes:
                return False
            self._size += size
            return True


class Outgoing:
    """The writing side of a connection, which gunicorn uses as its socket.

    One thread uses it at a time: the one that answers, and after that the loop of all connections.

    Args:
        connected: the connection's socket, which does not block.
        kept: counts the waiting bytes.
    """

    def __init__(self, connected: socket.socket, kept: Kept) -> None:
        self._socket = connected
        self._kept = kept
        # Waiting parts: a range of `_file` (None), or of another open file (its descriptor).
        self._parts: deque[tuple[int | None, int, int]] = deque()
        self._file: IO[bytes] | None = None
        self._written = 0
        self._taken = 0
        self._blocked_at: float | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether bytes wait to be sent."""
        return bool(self._parts)

    @property
    def deadline(self) -> float:
        """Time by which the client must have taken more bytes."""
        return (self._blocked_at or time.monotonic()) + ANSWER_S + self._taken / LEAST_RATE

    def fileno(self) -> int:
        """Return the descriptor of the socket."""
        return self._socket.fileno()

    def sendall(self, data: bytes) -> None:
        """Send the bytes that the client takes at once, and keep the rest.

        Raises:
            OSError: the client is gone, or too slow.
        """
        sent = self._sent(data) if self.flush() else 0
        if sent < len(data):
            self._keep(memoryview(data)[sent:])

    def send(self, data: bytes) -> int:
        """Call `sendall`; gunicorn uses both names."""
        self.sendall(data)
        return len(data)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:
        """Send a part of a file; the part that the client does not take at once stays in the file.

        Raises:
            OSError: the client is gone.
        """
        size = os.fstat(file.fileno()).st_size - offset if count is None else count
        self._parts.append((os.dup(file.fileno()), offset, size))
        self.flush()
        return size

    def flush(self) -> bool:
        """Send the waiting bytes that the client takes; return whether all are sent.

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
        """Refuse the shutdown that gunicorn calls for an aborted answer; the loop closes all connections."""
        raise OSError(f"not shut down here ({how})")

    def close(self) -> None:
        """Drop the waiting bytes."""
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
            raise ClientTooSlow("the space for answers to slow clients is used up")
        if self._file is None:
            self._file = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - closed when all is sent
        self._file.seek(self._written)
        self._file.write(data)
        self._parts.append((None, self._written, len(data)))
        self._written += len(data)

    def _wait(self) -> None:
        """Wait until the client takes more bytes, up to the deadline."""
        left = self.deadline - time.monotonic()
        waiting = select.poll()
        waiting.register(self._socket, select.POLLOUT)
        if left <= 0 or not waiting.poll(left * 1000):
            raise ClientTooSlow("the client takes the answer too slowly")
