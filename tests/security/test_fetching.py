"""What we fetch: from configured addresses alone, whatever a contact, an answer or a token would like to be asked."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
import time
import tracemalloc
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from shared.edge.auth import MAX_KEYS_BYTES, KeyRing
from shared.enrichment.providers.catalog import make_waterfall
from shared.enrichment.providers.domain import Domain
from shared.enrichment.providers.http import JsonClient
from shared.enrichment.providers.provider import Hints, NoAnswer
from shared.errors import CrmError, Unavailable
from tests.fakes.providers.server import fake_providers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Hosts inside, in every way to write them; a rebound name is one of ours to the resolver alone.
INSIDE = [
    "127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0177.0.0.1", "017700000001", "localhost", "localhost.", "127.0.0.1.nip.io", "169.254.169.254", "0xa9fea9fe", "2852039166",
    "metadata.google.internal", "metadata", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fd00::1]", "[fe80::1]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "①②⑦.⓪.⓪.①", "127。0。0。1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "evil.example#@127.0.0.1", "127.0.0.1:6379", "user:pass@127.0.0.1", "127.0.0.1/x?", "redis", "postgres", "rebind.example",
]  # fmt: skip
REMOTE = ("gravatar", "github", "hunter", "pdl", "apollo")
REPLY = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n"


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> set[Any]:
    """Where connections go, and names that are looked up."""
    asked: set[Any] = set()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def noted(self: socket.socket, address: Any) -> Any:
        asked.add(address)
        return connect(self, address)

    def looked_up(host: Any, *rest: Any, **named: Any) -> Any:
        asked.add(host)
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return asked


@pytest.mark.parametrize("host", INSIDE)
def test_the_domain_of_an_address_is_never_asked(connected: set[Any], host: str) -> None:
    """The company is guessed offline: there is nothing to fetch, so nothing to be lured to."""
    for address in (f"ana@{host}", f"ana@x.{host}", f"ana@{host}.example"):
        Domain().enrich(address, Hints())
    assert connected == set()


@pytest.mark.parametrize("name", REMOTE)
def test_a_provider_is_asked_at_its_own_address_whatever_a_contact_says(connected: set[Any], name: str) -> None:
    with fake_providers() as fake:
        [provider] = make_waterfall(fake.environ(name))
        for number, host in enumerate(INSIDE):
            texts = (
                f"ana@{host}",
                f"a@b@{host}",
                f"x/../../{host}@x.example",
                f"x?u=http://{host}/@x.example",
                f"x#@{host}",
            )
            with contextlib.suppress(NoAnswer, CrmError):
                provider.enrich(texts[number % len(texts)], Hints(f"http://{host}/"))
        assert connected <= {("127.0.0.1", fake.port), "127.0.0.1"}
        assert fake.requests
        assert all(path.startswith(f"/{name}/") for _, path, _ in fake.requests)
        assert not any("/../" in path.partition("?")[0] for _, path, _ in fake.requests)


@contextlib.contextmanager
def answering(send: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that reads a request and then does as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection, contextlib.suppress(OSError):
                    connection.recv(65536)
                    send(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def client(url: str) -> JsonClient:
    return JsonClient(url, {}, 1.0)


@pytest.mark.parametrize(
    "status", [b"301 Moved", b"302 Found", b"303 See Other", b"307 Temporary", b"308 Permanent", b"300 Choices"]
)
@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/",
        "//evil.example/",
        "/elsewhere",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "http://[::ffff:127.0.0.1]:1/",
    ],
)
def test_a_redirect_is_an_answer_and_no_direction(connected: set[Any], status: bytes, to: str) -> None:
    asked = 0

    def send(connection: socket.socket) -> None:
        nonlocal asked
        asked += 1
        connection.sendall(
            REPLY % status + f"Location: {to}\r\nRefresh: 0; url={to}\r\nContent-Length: 2\r\n\r\n{{}}".encode()
        )

    with answering(send) as url:
        assert client(url).ask("GET", "/x").status == int(status[:3])
    assert asked == 1
    assert {host for host in connected if isinstance(host, str)} <= {"127.0.0.1"}


def drip(connection: socket.socket) -> None:
    connection.sendall(REPLY % b"200 OK" + b"Content-Length: 100000\r\n\r\n{")
    for _ in range(200):
        connection.sendall(b" ")
        time.sleep(0.05)


UNPACKED = 40_000_000


@cache
def packed(times: int) -> bytes:
    data = b'{"a": "' + b"0" * UNPACKED + b'"}'
    for _ in range(times):
        data = gzip.compress(data, 9)
    return data


def bomb(connection: socket.socket, times: int = 1) -> None:
    encodings = ", ".join(["gzip"] * times).encode()
    connection.sendall(REPLY % b"200 OK" + b"Content-Encoding: " + encodings + b"\r\n\r\n" + packed(times))


def bomb_in_a_bomb(connection: socket.socket) -> None:
    bomb(connection, 2)


def announced(connection: socket.socket) -> None:
    connection.sendall(REPLY % b"200 OK" + b"Content-Length: 99999999999\r\n\r\n{}")


def endless(connection: socket.socket) -> None:
    connection.sendall(REPLY % b"200 OK" + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"0" * 65536 + b"\r\n")


def headers_without_end(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X: " + b"a" * 60_000 + b"\r\n")


def silent(connection: socket.socket) -> None:
    time.sleep(5)


def nested(connection: socket.socket) -> None:
    connection.sendall(REPLY % b"200 OK" + b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000)


@pytest.mark.parametrize("send", [drip, bomb, bomb_in_a_bomb, announced, endless, headers_without_end, silent, nested])
def test_no_answer_is_too_long_too_slow_or_too_deep(send: Callable[[socket.socket], None]) -> None:
    for times in (1, 2):
        packed(times)
    tracemalloc.start()
    try:
        with answering(send) as url, pytest.raises(NoAnswer):
            client(url).ask("GET", "/x")
        assert tracemalloc.get_traced_memory()[1] < UNPACKED / 2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://x",
        "gopher://x",
        "//x",
        "",
        "http://",
        "https:///x",
        "http://x/?a=b",
        "http://x/#y",
        "javascript:1",
    ],
)
def test_an_operator_cannot_configure_what_is_no_http_address(url: str) -> None:
    with pytest.raises(ValueError, match="must be an address such as"):
        client(url)


def keys(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"keys": list(entries)}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"null", b'{"keys": 1}', b'{"keys": [1]}', b"[" * 200_000, b'{"keys": [' + b" " * (MAX_KEYS_BYTES + 10) + b"]}", keys({"kty": "RSA", "kid": "a"}),
        keys({"kty": "RSA", "kid": ["a"], "n": "AQAB", "e": "AQAB"}), keys({"kty": "oct", "kid": "a", "k": "c2VjcmV0"}), b"\xff\xfe",
    ],
)  # fmt: skip
def test_keys_that_make_no_sense_open_nothing(body: bytes) -> None:
    def send(connection: socket.socket) -> None:
        connection.sendall(REPLY % b"200 OK" + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    with answering(send) as url, pytest.raises(CrmError):
        KeyRing(url).key("a")


def test_keys_that_drip_hold_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    from shared.edge import auth

    monkeypatch.setattr(auth, "KEYS_TIMEOUT_S", 0.3)
    sent = 0

    def counted(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(REPLY % b"200 OK" + b"Content-Length: 100000\r\n\r\n{")
        while sent < 1000:
            connection.sendall(b" ")
            sent += 1
            time.sleep(0.05)

    with answering(counted) as url, pytest.raises(Unavailable):
        KeyRing(url).key("a")
    assert sent < 200


@pytest.mark.parametrize("to", ["http://127.0.0.1:1/", "file:///etc/passwd"])
def test_keys_are_fetched_where_the_configuration_says(connected: set[Any], to: str) -> None:
    def send(connection: socket.socket) -> None:
        connection.sendall(REPLY % b"302 Found" + f"Location: {to}\r\nContent-Length: 0\r\n\r\n".encode())

    with answering(send) as url, pytest.raises(Unavailable):
        KeyRing(url).key("a")
    assert ("127.0.0.1", 1) not in connected
