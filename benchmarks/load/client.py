"""A frugal HTTP client: it shares two cores with the servers, so what it costs is lost to them.

Kept connections, one request at a time on each, as many as are needed; nothing is ever sent twice.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from dataclasses import dataclass
from typing import Any

# gunicorn closes what lies idle for two seconds, and a request that meets the end of its connection would be lost.
IDLE_S = 1.0
TIMEOUT_S = 30.0
_LONGEST_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer.

    Attributes:
        status: its status.
        headers: in small letters.
        body: unpacked.
    """

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class _Kept:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used_s: float


class HttpClient:
    """Connections to any number of ports of this machine."""

    def __init__(self) -> None:
        self._idle: dict[int, list[_Kept]] = {}

    async def send(self, port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """One request and its answer.

        Raises:
            OSError, EOFError, TimeoutError: there is no answer.
        """
        async with asyncio.timeout(TIMEOUT_S):
            kept = self._take(port) or await self._connected(port)
            try:
                lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
                length = f"Content-Length: {len(body)}\r\n" if body else ""
                head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\n{lines}{length}\r\n"
                kept.writer.write(head.encode() + body)
                answer = await _read(kept.reader)
            except BaseException:
                kept.writer.close()
                raise
        if answer.headers.get("connection") == "close":
            kept.writer.close()
        else:
            kept.used_s = time.monotonic()
            self._idle.setdefault(port, []).append(kept)
        return answer

    def close(self) -> None:
        """Closes what lies idle."""
        for kept in self._idle.values():
            for connection in kept:
                connection.writer.close()
        self._idle.clear()

    def _take(self, port: int) -> _Kept | None:
        idle = self._idle.get(port)
        if not idle:
            return None
        kept = idle.pop()
        if time.monotonic() - kept.used_s < IDLE_S:
            return kept
        for old in (kept, *idle):  # those below were used even earlier
            old.writer.close()
        idle.clear()
        return None

    @staticmethod
    async def _connected(port: int) -> _Kept:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=_LONGEST_HEAD)
        return _Kept(reader, writer, time.monotonic())


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, separator, value = line.partition(":")
        if separator:
            headers[name.lower()] = value.strip()
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    if headers.get("content-encoding") == "gzip":
        body = zlib.decompress(body, 31)
    return Answer(int(first.split(" ", 2)[1]), headers, body)
