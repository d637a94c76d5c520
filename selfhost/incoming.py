"""An incoming request, collected piece by piece, so that no thread waits for the rest of a slow one.

gunicorn's parser reads the head and, later, the body; this module only decides when enough has come to be read. Where
the two disagree about an end, the parser finds too little or too much, and the connection is closed: leftover bytes are
never taken for a request.
"""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING

from gunicorn.http.body import ChunkedReader, LengthReader
from gunicorn.http.errors import LimitRequestHeaders, NoMoreData
from gunicorn.http.message import Request
from gunicorn.http.unreader import Unreader

from selfhost.bodies import BODY_LIMIT_BYTES, BodyTooLarge

if TYPE_CHECKING:
    from gunicorn.config import Config

    from selfhost.outgoing import Kept

REQUEST_LINE_BYTES = 8190
HEADER_FIELDS = 100
HEADER_FIELD_BYTES = 8190
# Limit of a whole head, as of Google's load balancer.
HEAD_LIMIT_BYTES = 64 * 1024
# A longer body goes into a temporary file.
IN_MEMORY_BYTES = 64 * 1024
# Time for a head; time for a body, and a second more for each LEAST_RATE bytes that have come.
HEAD_S = 10.0
BODY_S = 20.0
LEAST_RATE = 32 * 1024
# Chunks of one byte would cost a second of processor time for each megabyte; normal clients send larger ones.
MOST_CHUNKS, CHUNK_LEAST_BYTES = 4096, 256
_CHUNK_LINE_BYTES = 1024
_HEX_DIGITS = b"0123456789abcdefABCDEF"
_END_OF_HEAD = b"\r\n\r\n"


class NoRoom(Exception):
    """The bodies of slow clients exceed the space for them."""


class TooManyChunks(Exception):
    """A body in so many small chunks that reading it costs too much."""


class Source(Unreader):  # type: ignore[misc]
    """The source of gunicorn's parser: the head, and then the collected body."""

    def __init__(self, head: bytes, body: IO[bytes]) -> None:
        super().__init__()
        self._head = head
        self._body = body

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next bytes; gunicorn calls this."""
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._body.read(max(size_hint or 0, IN_MEMORY_BYTES))


class Chunks:
    """The search for the end of a body in chunks.

    Attributes:
        size: size of the chunks' content so far.
        ended: whether the last chunk has come, or an invalid one, which gunicorn's reader then refuses.
    """

    def __init__(self) -> None:
        self.size = 0
        self.ended = False
        self._count = 0
        self._left = 0  # bytes left of the present chunk, with the line end after it
        self._line = b""
        self._is_trailer = False
        self._trailer_bytes = 0

    def feed(self, data: bytes) -> int:
        """Scan received bytes; return how many of them belong to the body.

        Raises:
            TooManyChunks: the chunks are too many for their content.
        """
        at = 0
        while at < len(data) and not self.ended:
            if self._left:
                step = min(self._left, len(data) - at)
                self._left -= step
                at += step
                continue
            end = data.find(b"\n", at)
            piece = data[at : end + 1] if end >= 0 else data[at:]
            at += len(piece)
            self._line += piece
            if end >= 0:
                line, self._line = self._line, b""
                self._follow(line)
            elif len(self._line) > _CHUNK_LINE_BYTES:
                self.ended = True
        return at

    def _follow(self, line: bytes) -> None:
        if self._is_trailer:
            self._trailer_bytes += len(line)
            self.ended = not line.strip(b"\r\n") or self._trailer_bytes > HEAD_LIMIT_BYTES
            return
        digits = line.split(b";", 1)[0].strip()
        size = int(digits, 16) if digits and not digits.strip(_HEX_DIGITS) else -1
        self._count += 1
        if self._count > MOST_CHUNKS + self.size // CHUNK_LEAST_BYTES:
            raise TooManyChunks
        self.ended = size < 0
        self._is_trailer = size == 0
        if size > 0:
            self.size += size
            self._left = size + len(b"\r\n")


class Incoming:
    """One request of a connection.

    Args:
        settings: gunicorn's settings.
        client: address of the client.
        number: number of the request on its connection.
        began: when the connection was ready for the request, by the monotonic clock.
        kept: counts the bytes of a body that is not small.

    Attributes:
        request: gunicorn's request, once the head is parsed; None before.
        error: the reason why the request cannot be read; None without one.
        complete: whether a thread may answer the request.
        continued: whether the client waits for `100 Continue`.
        size: received bytes of the body so far.
    """

    def __init__(self, settings: Config, client: object, number: int, began: float, kept: Kept) -> None:
        self._settings, self._client, self._number = settings, client, number
        self._head = bytearray()
        self._body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - closed with the request
        self._source: Source | None = None
        self._left = 0
        self._chunks: Chunks | None = None
        self._until = began + HEAD_S
        self._kept, self._counted = kept, 0
        self.request: Request | None = None
        self.error: Exception | None = None
        self.complete = self.continued = False
        self.size = 0

    @property
    def begun(self) -> bool:
        """Whether a byte of the request has come."""
        return bool(self._head) or self.request is not None

    @property
    def deadline(self) -> float:
        """Time by which the rest must have come."""
        return self._until + self.size / LEAST_RATE

    @property
    def wanted(self) -> int:
        """Number of bytes to receive at once."""
        return max(self._left, IN_MEMORY_BYTES)

    def restart(self, now: float) -> None:
        """Start the time for the head."""
        self._until = now + HEAD_S

    def feed(self, data: bytes, now: float) -> bytes:
        """Take received bytes; return those that belong to the next request."""
        if self.request is None:
            data = self._feed_head(data, now)
        return data if self.complete or self.request is None else self._feed_body(data)

    def end(self) -> None:
        """Handle the end of the client's data: half a request is answered only if that half is invalid."""
        if self.request is None and self._head:
            self._parse(bytes(self._head), 0.0)
        if not self.complete:
            self.fail(NoMoreData())

    def fail(self, error: Exception) -> None:
        """End the request with an error."""
        self.error, self.complete = error, True

    def close(self) -> None:
        """Delete the body."""
        self._body.close()
        self._kept.add(-self._counted)
        self._counted = 0

    def left_nothing(self) -> bool:
        """Whether the app's reader has read all of the body, and nothing after it."""
        assert self.request is not None
        assert self._source is not None
        if self._left or self._read_rest():
            return False
        return not self._source.take_buffered() and not self._body.read(1)

    def _read_rest(self) -> bool:
        """Read the rest of the body; return whether that fails."""
        assert self.request is not None
        try:
            while self.request.body.read(IN_MEMORY_BYTES):
                pass
        except Exception:  # noqa: BLE001 - gunicorn raises many kinds; the connection is closed
            return True
        return bool(self.request.body.failed)

    def _feed_head(self, data: bytes, now: float) -> bytes:
        searched = max(0, len(self._head) - len(_END_OF_HEAD))
        self._head += data
        end = self._head.find(_END_OF_HEAD, searched)
        if 0 <= end <= HEAD_LIMIT_BYTES:
            end += len(_END_OF_HEAD)
            head, rest = bytes(self._head[:end]), bytes(self._head[end:])
            self._parse(head, now)
            return rest
        if len(self._head) > HEAD_LIMIT_BYTES:
            # The parser distinguishes a line that is too long from too many lines.
            self._parse(bytes(self._head), now)
            if self.error is None or isinstance(self.error, NoMoreData):
                self.fail(LimitRequestHeaders(f"the head is longer than {HEAD_LIMIT_BYTES} bytes"))
        elif len(self._head) > REQUEST_LINE_BYTES + 2 and self._head.find(b"\r\n", 0, REQUEST_LINE_BYTES + 2) < 0:
            self._parse(bytes(self._head), now)
        return b""

    def _parse(self, head: bytes, now: float) -> None:
        self._source = Source(head, self._body)
        try:
            request = Request(self._settings, self._source, self._client, self._number)
        except StopIteration:
            self.fail(NoMoreData())
            return
        except Exception as error:  # noqa: BLE001 - every error becomes the answer
            self.fail(error)
            return
        self.request = request
        self._head = bytearray()
        self._until = now + BODY_S
        reader = request.body.reader
        if isinstance(reader, ChunkedReader):
            self._chunks = Chunks()
        elif isinstance(reader, LengthReader):
            self._left = reader.length
        if self._left > BODY_LIMIT_BYTES:  # the body is not awaited; the app refuses the request
            request.force_close()
        self.complete = self._chunks is None and not 0 < self._left <= BODY_LIMIT_BYTES
        self.continued = bool(request._expected_100_continue) and not self.complete  # noqa: SLF001 - gunicorn has no public name for it
        request._expected_100_continue = False  # noqa: SLF001 - else gunicorn sends 100 Continue again

    def _feed_body(self, data: bytes) -> bytes:
        if self._chunks is None:
            taken = min(self._left, len(data))
            self._left -= taken
            self.complete = not self._left
        else:
            try:
                taken = self._chunks.feed(data)
            except TooManyChunks as error:
                self.fail(error)
                return b""
            if self._chunks.size > BODY_LIMIT_BYTES:
                self.fail(BodyTooLarge())
                return b""
            self.complete = self._chunks.ended
        self.size += taken
        if self.size > IN_MEMORY_BYTES:
            if not self._kept.add(taken):
                self.fail(NoRoom())
                return b""
            self._counted += taken
        self._body.write(data[:taken])
        if self.complete:
            self._body.seek(0)
        return data[taken:]
