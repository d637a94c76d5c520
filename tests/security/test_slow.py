"""Clients that take their time, against the server as a container runs it: nobody else waits for them."""

from __future__ import annotations

import contextlib
import json
import resource
import selectors
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from selfhost.incoming import BODY_S, HEAD_S, REQUEST_LINE_BYTES
from selfhost.outgoing import ANSWER_S
from selfhost.serve import CONNECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.security.conftest import Container

MANY = 1000
HEALTH = "/api/crm/health"
# Of a request that is not slowed down, on a machine that does other things, too; it was never answered before.
SOON_S = 2.0
SWEEP_S = 5.0
DRIP_S = 2.0

UNFINISHED = b"GET /api/crm/health HTTP/1.1\r\nHost: localhost\r\nX-A: "
POST = b"POST /api/crm/viral/invitations/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
BODY = POST + b"Content-Length: 5000\r\n\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n1000\r\n"
# One after the other: together more than the system holds for a connection.
LARGE = 40 * b"GET /api/crm/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(autouse=True, scope="module")
def enough_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, CONNECTIONS + 1024)), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Crowd:
    """Connections that all begin in the same way, and then send a byte now and then; or read one.

    Attributes:
        answers: what came, by connection, once it was closed.
    """

    def __init__(self, container: Container, count: int, begin: bytes, *, reads: bool = False) -> None:
        self._reads = reads
        self.began = time.monotonic()
        self._open: dict[socket.socket, bytes] = {}
        for _ in range(count):
            connection = socket.socket()
            if reads:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(30)
            connection.connect(("127.0.0.1", container.port))
            if begin:
                connection.sendall(begin)
            connection.setblocking(False)
            self._open[connection] = b""
        self.answers: list[bytes] = []
        self.ended_s: list[float] = []

    def __len__(self) -> int:
        return len(self._open)

    def drip(self, data: bytes = b"a") -> None:
        """A byte more of each; takes note of who was hung up on."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                if data and not self._reads:
                    connection.send(data)
            self._receive(connection)

    def _receive(self, connection: socket.socket) -> None:
        try:
            while data := connection.recv(1 if self._reads else 65536):
                self._open[connection] += data
                if self._reads:
                    return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.answers.append(self._open.pop(connection))
        self.ended_s.append(time.monotonic() - self.began)
        connection.close()

    def close(self) -> None:
        for connection in self._open:
            connection.close()


def latencies(container: Container, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> list[float]:
    """Of requests one after the other, while something else goes on in a thread."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.is_set():
            began = time.monotonic()
            meanwhile()
            ended.wait(max(0.0, DRIP_S - (time.monotonic() - began)))

    thread = threading.Thread(target=go_on)
    thread.start()
    taken, until = [], time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            began = time.monotonic()
            assert container.ask("GET", HEALTH)[0] == 200
            taken.append(time.monotonic() - began)
            time.sleep(0.02)
    finally:
        ended.set()
        thread.join()
    return sorted(taken)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "limit_s"),
    [(UNFINISHED, HEAD_S), (b"", HEAD_S), (BODY, BODY_S), (CHUNKED, BODY_S)],
    ids=["heads", "idle", "bodies", "chunks"],
)
def test_a_thousand_that_drip_hold_nobody_up_and_are_hung_up_on(
    container: Container, begin: bytes, limit_s: float
) -> None:
    before = latencies(container, 2)
    crowd = Crowd(container, MANY, begin)
    try:
        assert container.ask("GET", HEALTH)[0] == 200
        during = latencies(container, limit_s + SWEEP_S, lambda: crowd.drip(b"a" if begin else b""))
        print(f"p95 {before[len(before) * 95 // 100]:.4f} s before, {during[len(during) * 95 // 100]:.4f} s meanwhile")
        crowd.drip(b"")
        assert not len(crowd)
        assert max(crowd.ended_s) < limit_s + SWEEP_S
        assert during[len(during) * 95 // 100] < SOON_S
        if begin:
            assert {answer[:13] for answer in crowd.answers} == {b"HTTP/1.1 408 "}
            head, _, body = crowd.answers[0].partition(b"\r\n\r\n")
            assert b"application/problem+json" in head
            assert json.loads(body)["code"] == "timeout"
        else:
            assert set(crowd.answers) == {b""}
    finally:
        crowd.close()


@pytest.mark.slow
def test_a_thousand_that_do_not_read_their_answers_hold_nobody_up(container: Container) -> None:
    crowd = Crowd(container, MANY, LARGE, reads=True)
    try:
        during = latencies(container, ANSWER_S + 2 * SWEEP_S, crowd.drip)
        assert during[len(during) * 95 // 100] < SOON_S
    finally:
        crowd.close()


def test_who_asks_to_be_closed_and_stays_holds_nobody_up(container: Container) -> None:
    crowd = Crowd(container, 100, b"GET /api/crm/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    try:
        time.sleep(0.5)
        began = time.monotonic()
        assert container.ask("GET", HEALTH)[0] == 200
        assert time.monotonic() - began < SOON_S
    finally:
        crowd.close()


def test_more_than_there_is_room_for_make_room_for_those_who_ask(container: Container) -> None:
    count = CONNECTIONS + 200
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < count + 256:
        pytest.skip("this machine lets a process open too few files")
    crowd = Crowd(container, count, UNFINISHED)
    try:
        began = time.monotonic()
        assert container.ask("GET", HEALTH)[0] == 200
        assert time.monotonic() - began < SOON_S
    finally:
        crowd.close()


def answered(container: Container, *parts: bytes, pause_s: float = 0.0) -> bytes:
    with socket.create_connection(("127.0.0.1", container.port), timeout=30) as connection:
        received = b""
        for part in parts:
            connection.sendall(part)
            time.sleep(pause_s)
        with contextlib.suppress(ConnectionResetError), selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            while data := connection.recv(65536):
                received += data
    return received


GET = b"GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n"


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (GET % (b"/" + b"a" * REQUEST_LINE_BYTES, b""), 414, "uri_too_long"),
        (b"GET /" + b"a" * 1_000_000, 414, "uri_too_long"),
        (GET % (b"/", b"X: " + b"a" * 9000 + b"\r\n"), 431, "headers_too_large"),
        (GET % (b"/", b"".join(b"X%d: a\r\n" % number for number in range(101))), 431, "headers_too_large"),
        (GET % (b"/", b"".join(b"X%d: %s\r\n" % (n, b"a" * 5000) for n in range(50))), 431, "headers_too_large"),
        (GET % (b"/", b"Expect: more\r\n"), 417, "expectation_failed"),
        (GET % (b"/", b"Transfer-Encoding: br\r\n"), 501, "not_implemented"),
        (GET % (b"/", b"X Y: 1\r\n"), 400, "bad_request"),
        (b"GET / HTTP/9.9\r\n\r\n", 400, "bad_request"),
        (b"\x16\x03\x01\x02\r\n\r\n", 400, "bad_request"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 10_000, 400, "bad_request"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n", 413, "too_large"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0x1\r\n", 400, "bad_request"),
        (POST + b"Content-Length: 99999999\r\nConnection: close\r\n\r\n", 413, "too_large"),
        (POST + b"Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n", 413, "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_with_a_document_of_why(
    container: Container, request_: bytes, status: int, code: str
) -> None:
    head, _, body = answered(container, request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"Content-Type: application/problem+json" in head
    assert b"nosniff" in head
    assert b"X-Request-Id: " in head
    assert json.loads(body)["code"] == code


def test_a_request_in_pieces_is_one_and_what_follows_it_is_the_next(container: Container) -> None:
    body = b'{"code": "x"}'
    head = POST + b"Content-Length: %d\r\n\r\n" % len(body)
    last = b"GET /api/crm/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    chunked = (
        POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\n" + body[:3] + b"\r\na;x=y\r\n" + body[3:] + b"\r\n0\r\n\r\n"
    )
    whole = head + body + chunked + head + body + last
    for size in (7, 100, len(whole)):
        pieces = [whole[start : start + size] for start in range(0, len(whole), size)]
        answer = answered(container, *pieces, pause_s=0.002)
        assert answer.count(b"HTTP/1.1 404 ") == 3, answer
        assert answer.count(b"HTTP/1.1 200 ") == 1


def test_who_waits_to_go_on_with_a_body_is_told_to_once(container: Container) -> None:
    body = b'{"code": "x"}'
    head = POST + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    answer = answered(container, head, body, pause_s=0.3)
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 ")
    assert answer.count(b"HTTP/1.1 ") == 2
