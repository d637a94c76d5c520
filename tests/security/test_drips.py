"""Servers that are not ours and take their time: each of our questions ends when it says, in whatever phase it is."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest

from shared.edge import auth
from shared.edge.auth import KeyRing
from shared.email import transport
from shared.email.transport import SmtpTransport
from shared.enrichment.providers.http import JsonClient
from shared.enrichment.providers.provider import NoAnswer
from shared.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TIMEOUT_S = 1.0
# Beyond it: a busy machine.
SLACK_S = 0.7
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextlib.contextmanager
def behaving(behave: Callable[[socket.socket], None], *, reads: bool = True) -> Iterator[int]:
    """A server that behaves like that to everybody at once; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve(connection: socket.socket) -> None:
            with connection, contextlib.suppress(OSError):
                if reads:
                    connection.recv(65536)
                behave(connection)

        def take() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()

        threading.Thread(target=take, daemon=True).start()
        yield listening.getsockname()[1]


def drip(connection: socket.socket, data: bytes, pause_s: float = 0.1) -> None:
    for at in range(len(data)):
        connection.sendall(data[at : at + 1])
        time.sleep(pause_s)


def status_line(connection: socket.socket) -> None:
    drip(connection, OK)


def header(connection: socket.socket) -> None:
    connection.sendall(OK)
    drip(connection, b"X-A: " + b"a" * 1000)


def headers(connection: socket.socket) -> None:
    connection.sendall(OK)
    for number in range(90):
        connection.sendall(b"X%d: a\r\n" % number)
        time.sleep(0.1)


def go_on(connection: socket.socket) -> None:
    for _ in range(1000):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.05)


def go_on_with_headers(connection: socket.socket) -> None:
    for _ in range(1000):
        connection.sendall(b"HTTP/1.1 100 Continue\r\nX: y\r\n")
        time.sleep(0.05)


def body(connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Length: 1000\r\n\r\n{")
    drip(connection, b" " * 1000)


def chunks(connection: socket.socket) -> None:
    connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    drip(connection, b"1\r\n \r\n" * 200)


def chunk_line(connection: socket.socket) -> None:
    connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    drip(connection, b"0" * 1000)


def trailers(connection: socket.socket) -> None:
    connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")
    drip(connection, b"X: y\r\n" * 200)


def packed(connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\x03")
    drip(connection, b"a" * 1000)


def silent(_connection: socket.socket) -> None:
    time.sleep(20)


def redirect(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n")
    drip(connection, b"X: " + b"a" * 1000)


def busy(connection: socket.socket) -> None:
    time.sleep(0.4)
    connection.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


SLOW = [
    status_line, header, headers, go_on, go_on_with_headers, body, chunks, chunk_line, trailers, packed, silent,
    redirect,
]  # fmt: skip


@contextlib.contextmanager
def in_time(seconds: float = TIMEOUT_S) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds + SLACK_S


@pytest.mark.parametrize("behave", SLOW)
def test_a_question_to_a_vendor_ends_in_time_in_every_phase(behave: Callable[[socket.socket], None]) -> None:
    with behaving(behave) as port, in_time(), pytest.raises(NoAnswer):
        JsonClient(f"http://127.0.0.1:{port}", {}, TIMEOUT_S).ask("GET", "/x")


def test_a_vendor_who_is_busy_is_asked_again_within_the_same_time() -> None:
    with behaving(busy) as port, in_time(), contextlib.suppress(NoAnswer):
        JsonClient(f"http://127.0.0.1:{port}", {}, TIMEOUT_S).ask("GET", "/x")


def test_a_kept_connection_gets_the_time_of_each_question_anew() -> None:
    answers = iter([b"", b"", b"slow"])

    def behave(connection: socket.socket) -> None:
        while True:
            if next(answers) == b"slow":
                header(connection)
            connection.sendall(OK + b"Content-Length: 2\r\n\r\n{}")
            connection.recv(65536)

    with behaving(behave) as port:
        client = JsonClient(f"http://127.0.0.1:{port}", {}, TIMEOUT_S)
        assert client.ask("GET", "/x").status == 200
        time.sleep(TIMEOUT_S)
        assert client.ask("GET", "/x").status == 200
        with in_time(), pytest.raises(NoAnswer):
            client.ask("GET", "/x")


@pytest.mark.parametrize("behave", [silent, lambda connection: drip(connection, b"\x16\x03\x03\x40\x00" + b"a" * 1000)])
def test_a_handshake_that_does_not_end_does(behave: Callable[[socket.socket], None]) -> None:
    with behaving(behave) as port, in_time(), pytest.raises(NoAnswer):
        JsonClient(f"https://127.0.0.1:{port}", {}, TIMEOUT_S).ask("GET", "/x")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a server at 127.0.0.1, with its key."""
    made = tmp_path_factory.mktemp("certificate") / "server.pem"
    command = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(made), "-out", f"{made}.crt",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    made.write_text(made.read_text() + (made.parent / f"{made.name}.crt").read_text())
    return made


@pytest.mark.parametrize("behave", [header, go_on, body, None])
def test_an_encrypted_answer_ends_in_time_too(
    behave: Callable[[socket.socket], None] | None, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)

    def encrypted(connection: socket.socket) -> None:
        with server.wrap_socket(connection, server_side=True) as wrapped:
            wrapped.recv(65536)
            if behave is None:
                wrapped.sendall(OK + b"Content-Length: 2\r\n\r\n{}")
            else:
                behave(wrapped)

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with behaving(encrypted, reads=False) as port, in_time():
        client = JsonClient(f"https://127.0.0.1:{port}", {}, TIMEOUT_S)
        if behave is None:
            assert client.ask("GET", "/x").body == {}
        else:
            with pytest.raises(NoAnswer):
                client.ask("GET", "/x")


@pytest.fixture
def nobody_home() -> Iterator[int]:
    """The port of a server that takes no more connections: they are neither made nor refused."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        port = listening.getsockname()[1]
        queued = []
        for _ in range(4):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex(("127.0.0.1", port))
            queued.append(connection)
        time.sleep(0.2)
        yield port
        for connection in queued:
            connection.close()


def test_a_connection_that_is_never_made_ends_in_time(nobody_home: int, monkeypatch: pytest.MonkeyPatch) -> None:
    address = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", nobody_home))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [address] * 20)
    monkeypatch.setattr("shared.plumbing.outbound.connections.CONNECT_S", 0.3)
    with in_time(), pytest.raises(NoAnswer):
        JsonClient("http://vendor.example", {}, TIMEOUT_S).ask("GET", "/x")


def test_a_name_that_is_never_found_ends_in_time_and_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, let = [], threading.Event()

    def look_up(host: Any, *_: Any, **__: Any) -> Any:
        asked.append(host)
        let.wait(30)
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    client = JsonClient("http://vendor.example", {}, TIMEOUT_S)
    with ThreadPoolExecutor(8) as pool, in_time():
        errors = [pool.submit(client.ask, "GET", "/x") for _ in range(8)]
        assert {type(error.exception(10)) for error in errors} == {NoAnswer}
    assert asked == ["vendor.example"]
    let.set()


def test_a_vendor_that_drips_holds_no_thread_longer_than_it_may() -> None:
    """Each of the threads that deliver events is free for somebody else's when its question's time is over."""
    with behaving(header) as slow, behaving(lambda one: one.sendall(OK + b"Content-Length: 2\r\n\r\n{}")) as quick:
        stuck = JsonClient(f"http://127.0.0.1:{slow}", {}, TIMEOUT_S)
        other = JsonClient(f"http://127.0.0.1:{quick}", {}, TIMEOUT_S)
        with ThreadPoolExecutor(8) as pool, in_time():
            for _ in range(8):
                pool.submit(stuck.ask, "GET", "/x")
            assert pool.submit(other.ask, "GET", "/x").result(10).status == 200


@pytest.mark.parametrize("behave", SLOW)
def test_the_keys_of_the_issuer_end_in_time_in_every_phase(
    behave: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "KEYS_TIMEOUT_S", TIMEOUT_S)
    with behaving(behave) as port, in_time(), pytest.raises(Unavailable):
        KeyRing(f"http://127.0.0.1:{port}/keys").key("a")


def test_the_keys_of_an_issuer_whose_handshake_does_not_end_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "KEYS_TIMEOUT_S", TIMEOUT_S)
    with behaving(silent) as port, in_time(), pytest.raises(Unavailable):
        KeyRing(f"https://127.0.0.1:{port}/keys").key("a")


def greeting(connection: socket.socket) -> None:
    drip(connection, b"220-" + b"a" * 1000)


def greetings(connection: socket.socket) -> None:
    for _ in range(1000):
        connection.sendall(b"220-hello\r\n")
        time.sleep(0.1)


def talk(connection: socket.socket) -> None:
    connection.sendall(b"220 here\r\n")
    connection.recv(65536)
    drip(connection, b"250-" + b"a" * 1000)


@pytest.mark.parametrize("behave", [greeting, greetings, talk, silent])
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_an_e_mail_is_handed_over_in_time_or_not(
    behave: Callable[[socket.socket], None], scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TOTAL_TIMEOUT_S", TIMEOUT_S)
    with behaving(behave, reads=False) as port, in_time(), pytest.raises(Unavailable):
        SmtpTransport(f"{scheme}://127.0.0.1:{port}").send(EmailMessage(), "a@b.example", ["c@d.example"])
