"""Accounts of calendars: a real Radicale, and servers that answer with what an XML reader must not do."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dev.processes import free_port
from tests.integration.sources.accounts.conftest import ME

pytest.importorskip("radicale", reason="pip install radicale")


class Radicale:
    """A running Radicale; anybody signs in with the password `secret`."""

    def __init__(self, folder: Any) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self._users = folder / "users"
        self._users.write_text("")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}", "--storage-filesystem-folder", str(folder / "data"),
             "--auth-type", "htpasswd", "--auth-htpasswd-filename", str(self._users), "--auth-htpasswd-encryption", "plain", "--auth-delay", "0",
             "--logging-level", "error"],
        )  # fmt: skip
        for _ in range(500):
            try:
                urllib.request.urlopen(f"{self.url}/.web/", timeout=1)
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.02)
            else:
                break

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def user(self, name: str, password: str = "secret") -> None:
        lines = [line for line in self._users.read_text().splitlines() if not line.startswith(f"{name}:")]
        self._users.write_text("\n".join([*lines, f"{name}:{password}", ""]))

    def ask(self, method: str, user: str, path: str, body: str = "", password: str = "secret") -> int:
        token = b64encode(f"{user}:{password}".encode()).decode()
        request = urllib.request.Request(
            f"{self.url}/{user}/{path}", body.encode(), {"Authorization": f"Basic {token}"}, method=method
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)

    def put(self, user: str, uid: str, *, days: float = 1, more: str = "") -> None:
        start = datetime.now(UTC) - timedelta(days=days)
        event = (
            f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{start + timedelta(minutes=30):%Y%m%dT%H%M%SZ}\r\nDTSTAMP:20260101T000000Z\r\n"
            f"SUMMARY:A secret\r\nDESCRIPTION:secret words\r\nORGANIZER:mailto:{ME}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@acme.example\r\n{more}END:VEVENT\r\n"
        )
        self.ask(
            "PUT", user, f"work/{uid}.ics", f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{event}END:VCALENDAR\r\n"
        )


@pytest.fixture(scope="session")
def radicale(tmp_path_factory):
    running = Radicale(tmp_path_factory.mktemp("radicale"))
    yield running
    running.stop()


@pytest.fixture
def calendar(radicale, user_id):
    """The name of a fresh user with an empty calendar."""
    name = f"u{user_id.hex[:12]}"
    radicale.user(name)
    made = '<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><displayname>Work</displayname></prop></set></C:mkcalendar>'
    assert radicale.ask("MKCALENDAR", name, "work/", made) == 201
    return name


@pytest.fixture
def connect_calendar(api):
    def make(url, username, password="secret", status=201):
        account = {"url": url, "username": username, "password": password}
        answer = api.post(
            "/api/crm/sources", json={"kind": "caldav", "name": "Calendar", "addresses": [ME], "account": account}
        )
        assert answer.status_code == status, answer.json
        return answer.json

    return make


def meetings(owner, user_id):
    [[count]] = owner.run(
        "select coalesce(sum(meetings), 0)::int from crm.evidence where user_id = :u::uuid and a = 0", u=user_id
    )
    return count


def test_a_calendar_keeps_itself_current(radicale, calendar, connect_calendar, deliver, shown, sync, owner, user_id):
    for number in range(250):
        radicale.put(calendar, f"e{number}", days=number + 1)
    source = connect_calendar(radicale.url, calendar)
    deliver()
    read = shown(source)
    assert (read["state"], read["counted"]) == ("ready", 250), read
    assert read["progress"].startswith("1 calendars are read to their end.")
    radicale.put(calendar, "new", days=2)
    radicale.ask("DELETE", calendar, "work/e1.ics")
    assert sync(source)["counted"] == 251
    assert sync(source)["counted"] == 251
    assert meetings(owner, user_id) == 251
    kept = str(owner.run("select to_jsonb(s)::text from crm.sources s where user_id = :u::uuid", u=user_id))
    assert "secret" not in kept


def test_an_event_counts_when_it_has_begun_and_a_series_goes_on(
    radicale, calendar, connect_calendar, deliver, sync, owner, user_id, monkeypatch
):
    radicale.put(calendar, "later", days=-1)
    radicale.put(calendar, "weekly", days=8, more="RRULE:FREQ=WEEKLY\r\n")
    source = connect_calendar(f"{radicale.url}/{calendar}/work/", calendar)
    deliver()
    assert meetings(owner, user_id) == 2
    from shared.edge.deps import deps

    later = datetime.now(UTC) + timedelta(days=8)
    monkeypatch.setattr(deps().accounts, "_now", lambda: later)
    monkeypatch.setattr(deps().accounts, "_door", deps().accounts._door._replace(clock=later.timestamp))
    sync(source)
    assert meetings(owner, user_id) == 4


def test_a_token_that_is_too_old_is_read_again_from_the_beginning(
    radicale, calendar, connect_calendar, deliver, sync, owner, user_id
):
    radicale.put(calendar, "e1")
    source = connect_calendar(radicale.url, calendar)
    deliver()
    owner.run(
        """update crm.sources set cursor = jsonb_set(cursor, array['calendars', (select min(k) from jsonb_object_keys(cursor -> 'calendars') k), 'token'], '"http://radicale.org/ns/sync/wrong"')
        where user_id = :u::uuid""",
        u=user_id,
    )
    radicale.put(calendar, "e2", days=10)
    assert sync(source)["counted"] == 2


def test_a_changed_password_of_a_calendar_asks_for_attention(radicale, calendar, connect_calendar, deliver, sync):
    source = connect_calendar(radicale.url, calendar)
    deliver()
    radicale.user(calendar, "another")
    read = sync(source)
    assert read["state"] == "needs_attention"
    assert "refuses the user name or the password" in read["problem"]


def test_a_wrong_password_or_no_calendar_is_refused_at_once(radicale, calendar, connect_calendar):
    assert "password" in connect_calendar(radicale.url, calendar, "wrong", 422)["detail"]
    radicale.ask("DELETE", calendar, "work/")
    assert "no calendar" in connect_calendar(radicale.url, calendar, status=422)["detail"]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><d:multistatus xmlns:d='DAV:'>&i;</d:multistatus>"
)
FILES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><d:multistatus xmlns:d="DAV:">&f;</d:multistatus>'


@pytest.fixture
def answering():
    """A server that answers everything with one body: its URL, by status and body."""
    running = []

    def make(status: int, body: bytes, **headers: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_PROPFIND = do_REPORT = do_GET = do_POST = _answer  # noqa: N815 - names of the library

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield make
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "headers", "told"),
    [
        (207, LAUGHS.encode(), {}, "does not answer as WebDAV does"),
        (207, FILES.encode(), {}, "does not answer as WebDAV does"),
        (207, b"<html>", {}, "does not answer as WebDAV does"),
        (302, b"", {"Location": "http://169.254.169.254/"}, "sends on to http://169.254.169.254/"),
        (429, b"", {"Retry_After": "120"}, "answers 429"),
        (503, b"", {}, "answers 503"),
        (404, b"", {}, "no calendar"),
        (207, b"x" * (33 * 1024 * 1024), {}, "more than 32 MB"),
    ],
)
def test_what_a_hostile_server_answers_is_refused(answering, connect_calendar, status, body, headers, told):
    assert told in connect_calendar(answering(status, body, **headers), "u", status=422)["detail"]
