from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from shared.plumbing.outbound import connections
from shared.plumbing.outbound.public import Outside, Refused, Unreachable


class Server(BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_GET(self) -> None:
        if self.path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            for _ in range(40):
                time.sleep(0.1)
                self.wfile.write(b"x")
                self.wfile.flush()
            return
        self.send_response(302 if self.path == "/redirect" else 200)
        self.send_header("Location", "/elsewhere")
        self.send_header("X-Seen", self.path)
        self.end_headers()
        self.wfile.write(b"y" * 100_000 if self.path == "/large" else b"hello")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def served():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def get(trusted, url, **given):
    return Outside(trusted).send("GET", url, {}, **{"timeout_s": 2, "max_bytes": 1000, **given})


def test_a_trusted_address_is_asked_and_nothing_beside_it(served):
    assert get(served, f"{served}x?y=1").headers["x-seen"] == "/x?y=1"
    with pytest.raises(Refused):
        get(served, "http://127.0.0.1:1/")


def test_a_redirect_is_not_followed(served):
    assert get(served, f"{served}redirect").status == 302


def test_a_large_answer_is_cut(served):
    answer = get(served, f"{served}large")
    assert (len(answer.body), answer.truncated) == (1000, True)


def test_an_answer_that_drips_ends_with_the_time(served):
    began = time.monotonic()
    with pytest.raises(Unreachable):
        get(served, f"{served}drip", timeout_s=0.5)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f.1", "2130706433", "017700000001", "0"])
def test_a_name_of_an_inside_address_is_refused_however_it_is_written(host):
    with pytest.raises((Refused, Unreachable)):
        get("", f"https://{host}/")


def test_one_inside_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(connections, "_looked_up", lambda *_: found)
    with pytest.raises(Refused):
        get("", "https://rebinding.example/")
