"""Google Cloud Storage as its JSON API documents it, as far as uploads need it: resumable sessions, ranges, metadata, deletion."""

from __future__ import annotations

import json
import re
import threading
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

UNIT = 256 * 1024


class FakeStorage(ThreadingHTTPServer):
    """The server.

    Attributes:
        objects: whole objects by name.
        sessions: uploads that are not finished: name, declared size, bytes so far, origin.
        breaks_after: the next downloads end after so many bytes each.
        failures: statuses of the next answers.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.sessions: dict[str, tuple[str, int, bytearray, str]] = {}
        self.breaks_after: list[int] = []
        self.failures: list[int] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that hang up."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeStorage
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _reply(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _is_refused(self) -> bool:
        if self.server.failures:
            self._reply(self.server.failures.pop(0))
            return True
        if self.headers.get("Authorization") != "Bearer right":
            self._reply(401)
            return True
        return False

    def do_POST(self) -> None:
        """Open a session."""
        self._body()
        if self._is_refused():
            return
        query = parse_qs(urlsplit(self.path).query)
        session = uuid.uuid4().hex
        size, origin = int(self.headers["X-Upload-Content-Length"]), self.headers.get("Origin", "")
        self.server.sessions[session] = (query["name"][0], size, bytearray(), origin)
        self._reply(200, headers={"Location": f"{self.server.url}/session/{session}"})

    def do_PUT(self) -> None:
        """Take a chunk; the address is the right to send it."""
        data = self._body()
        name, size, has, origin = self.server.sessions[self.path.rpartition("/")[2]]
        cors = {"Access-Control-Allow-Origin": origin} if self.headers.get("Origin") == origin else {}
        first = re.fullmatch(r"bytes (?:(\d+)-(\d+)|\*)/(\d+)", self.headers["Content-Range"])
        assert first
        if first[1] is not None:
            if len(data) % UNIT and int(first[2]) != size - 1:
                self._reply(400, headers=cors)
                return
            has += data[len(has) - int(first[1]) :]
        if len(has) == size:
            self.server.objects[name] = bytes(has)
            self._reply(200, json.dumps({"name": name}).encode(), cors)
            return
        self._reply(308, headers=cors | ({"Range": f"bytes=0-{len(has) - 1}"} if has else {}))

    def do_GET(self) -> None:
        """Answer metadata, or the object from a place."""
        if self._is_refused():
            return
        parts = urlsplit(self.path)
        data = self.server.objects.get(unquote(parts.path.rpartition("/")[2]))
        if data is None:
            self._reply(404)
        elif "alt=media" not in parts.query:
            self._reply(200, json.dumps({"size": str(len(data))}).encode())
        else:
            start = int(re.sub(r"\D", "", self.headers.get("Range", "0")))
            self.send_response_only(206)
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            most = self.server.breaks_after.pop(0) if self.server.breaks_after else len(data)
            self.wfile.write(data[start : start + most])
            self.close_connection = start + most < len(data)

    def do_DELETE(self) -> None:
        """Remove an object."""
        if not self._is_refused():
            gone = self.server.objects.pop(unquote(self.path.rpartition("/")[2]), None)
            self._reply(404 if gone is None else 204)


@contextmanager
def fake_storage() -> Iterator[FakeStorage]:
    """A running server."""
    server = FakeStorage()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
