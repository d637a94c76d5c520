"""What only a real connection shows, against the server as a container runs it: smuggled requests, split answers, files elsewhere."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from shared.manifest import functions

if TYPE_CHECKING:
    from tests.security.conftest import Container

PATH = "/api/crm/viral/invitations/open"
# Answered with 404; a request hidden in another one's body would be answered with this page's 200.
HIDDEN = b"GET /api/crm/openapi.json HTTP/1.1\r\nHost: hidden\r\n\r\n"


def talk(container: Container, *parts: bytes) -> bytes:
    """All that comes back on one connection."""
    with socket.create_connection(("127.0.0.1", container.port), timeout=10) as connection:
        for part in parts:
            connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while data := connection.recv(65536):
                received += data
        except ConnectionResetError:
            pass
    return received


def posted(*headers: str, body: bytes) -> bytes:
    head = [f"POST {PATH} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (("Content-Length: 4", "Transfer-Encoding: chunked"), b"0\r\n\r\n" + HIDDEN),
        (("Transfer-Encoding: chunked", "Content-Length: 4"), b"0\r\n\r\n" + HIDDEN),
        (("Content-Length: 0", f"Content-Length: {len(HIDDEN)}"), HIDDEN),
        ((f"Content-Length: {len(HIDDEN)}", "Content-Length: 0"), HIDDEN),
        ((f"Content-Length: 0, {len(HIDDEN)}",), HIDDEN),
        (("Content-Length: -1",), HIDDEN),
        (("Content-Length: +0",), HIDDEN),
        (("Content-Length: 0x0",), HIDDEN),
        (("Content-Length: 1_0",), HIDDEN),
        (("Content-Length : 0",), HIDDEN),
        (("Content-Length:\x0b0",), HIDDEN),
        (("Transfer-Encoding: xchunked",), b"0\r\n\r\n" + HIDDEN),
        (("Transfer-Encoding : chunked",), b"0\r\n\r\n" + HIDDEN),
        (("Transfer-Encoding: chunked", "Transfer-Encoding: identity"), b"0\r\n\r\n" + HIDDEN),
        (("Transfer-Encoding:\x0bchunked",), b"0\r\n\r\n" + HIDDEN),
        (("X: y\r\n Transfer-Encoding: chunked",), b"0\r\n\r\n" + HIDDEN),
        (("Transfer-Encoding: chunked",), b"-1\r\n" + HIDDEN),
        (("Transfer-Encoding: chunked",), b"0x1\r\na\r\n0\r\n\r\n" + HIDDEN),
        (("Transfer-Encoding: chunked",), b"ffffffffffffffff\r\n" + HIDDEN),
        (("Transfer-Encoding: chunked",), b"1\r\naX\r\n0\r\n\r\n" + HIDDEN),
        (("X\0Y: 1", "Content-Length: 0"), HIDDEN),
        (("X: a\0b", "Content-Length: 0"), HIDDEN),
        (("X: a\nContent-Length: 0",), HIDDEN),
        (("X Y: 1", "Content-Length: 0"), HIDDEN),
    ],
)  # fmt: skip
def test_a_length_that_can_be_read_in_two_ways_hides_no_second_request(
    container: Container, headers: tuple[str, ...], body: bytes
) -> None:
    answered = talk(container, posted(*headers, body=body))
    assert b'"openapi"' not in answered
    assert b"HTTP/1.1 200" not in answered
    assert b"HTTP/1.1 5" not in answered.replace(b"HTTP/1.1 501", b"")


def test_an_honest_body_leaves_the_connection_in_step(container: Container) -> None:
    """So the test above would see a second request, had it been taken for one."""
    body = b'{"code": "x"}'
    answered = talk(container, posted(f"Content-Length: {len(body)}", body=body), HIDDEN)
    assert answered.count(b"HTTP/1.1 404") == 1
    assert b'"openapi"' in answered


@pytest.mark.parametrize(
    "broken",
    ["%0d%0aX-Injected:%201", "%0aX-Injected:%201", "%E5%98%8A%E5%98%8DX-Injected:%201", "%00", "%0d%0a%0d%0a<script>"],
)
@pytest.mark.parametrize(
    "place",
    ["/{}", "/respond/{}", "/api/crm/contacts/{}", "/api/crm/viral/invitations/{}", "/?to={}", "/assets/{}", "/api/{}"],
)
def test_an_address_writes_no_header(container: Container, place: str, broken: str) -> None:
    answered = talk(
        container, f"GET {place.format(broken)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    )
    head = answered.partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 ")
    assert b"\r\nx-injected" not in head
    assert not head.startswith(b"http/1.1 5")


@pytest.mark.parametrize(
    "value",
    [
        "x\r\nX-Injected: 1",
        "00-" + "a" * 32 + "-" + "b" * 16 + "-01\r\nX-Injected: 1",
        "a" * 60_000,
        "é",
        "\x7f",
        "../x",
    ],
)
@pytest.mark.parametrize(
    "name", ["traceparent", "X-Cloud-Trace-Context", "X-Request-Id", "Host", "If-None-Match", "Origin"]
)
def test_a_header_comes_back_in_no_header(container: Container, name: str, value: str) -> None:
    request = f"GET /api/crm/health HTTP/1.1\r\n{name}: {value}\r\nConnection: close\r\n\r\n".encode("latin-1")
    head = talk(container, request).partition(b"\r\n\r\n")[0]
    assert b"X-Injected" not in head
    assert b"a" * 100 not in head


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/pyproject.toml", "/..%2f..%2fpyproject.toml", "/assets/../../pyproject.toml", "/assets/..%2f..%2f..%2fpyproject.toml",
        "//etc/passwd", "/%2fetc/passwd", "/..\\..\\pyproject.toml", "/%5c..%5cpyproject.toml", "/.git/config", "/%252e%252e/pyproject.toml", "/assets/%00../../pyproject.toml",
        "/..;/pyproject.toml", "/./../pyproject.toml", "http://localhost/../pyproject.toml", "/respond/../../pyproject.toml", "/~root/.profile", "/config.json/../../package.json",
        "/c:/windows/win.ini", "/" + "a/" * 5000 + "x", "/" + "%2e%2e/" * 100 + "etc/passwd",
    ],
)  # fmt: skip
def test_no_file_outside_of_the_app_is_served(container: Container, path: str) -> None:
    answered = talk(container, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert answered.startswith(b"HTTP/1.1 ")
    for inside in (b"[project]", b"root:x:", b"[core]", b'"devDependencies"'):
        assert inside not in answered


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "crm.example", "[::1]:8080"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/dev/token"), ("GET", "/dev/token"), ("GET", "/dev/mailbox"), ("GET", "/dev/"), ("POST", "//dev/token"), ("POST", "/dev/../dev/token"), ("POST", "/%64ev/token"),
        ("GET", "/.well-known/jwks.json"), ("GET", "/.well-known/openid-configuration"),
        ("POST", "/projects/local/topics/email"), ("POST", "/projects/local/topics/email?token="), ("POST", "/projects/x/topics/contact-enrichment?token=push-secret"),
    ],
)  # fmt: skip
def test_a_container_has_no_tools_of_development(container: Container, method: str, path: str, host: str) -> None:
    status, _, body = container.ask(
        method, path, b"{}" if method == "POST" else None, {"Host": host, "Content-Type": "application/json"}
    )
    assert status == 404 or b"<h1>The app is not built" in body or b'<div id="root">' in body
    for told in (b"access_token", b'"keys"', b"jwks_uri", b'"items"'):
        assert told not in body


@pytest.mark.parametrize("name", [name for name, function in functions().items() if not function.http])
def test_what_schedules_topics_and_operators_call_has_no_address(container: Container, name: str) -> None:
    area = functions()[name].area
    for path in (
        f"/{name}",
        f"/api/{name}",
        f"/api/crm/{name}",
        f"/api/crm/{area}/{name}",
        f"/api/crm/{area}/{name.replace('_', '-')}",
    ):
        for method in ("GET", "POST", "PUT"):
            status, _, body = container.ask(method, path, b"{}")
            assert status in {401, 404, 405} or b"<html" in body, (method, path)


def test_the_secret_of_a_push_may_hold_any_letters(api) -> None:
    for token in ("%C3%A9", "%00", "", "x" * 5000, "push-secre", "push-secret%00"):
        assert api.anonymous().post(f"/projects/local/topics/email?token={token}", json={}).status_code == 403
