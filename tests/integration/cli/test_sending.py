"""The command line against a server that loses the line, is busy, and forgets sources."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from warmpath import api, sending, terminal
from warmpath.program import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Server:
    """Sources that count lines once each, with faults to come.

    Attributes:
        faults: of the next batches: a status to answer, or "cut" for a line that breaks after the batch has arrived.
    """

    def __init__(self) -> None:
        self.sources: list[dict[str, Any]] = []
        self.lines: dict[str, dict[str, Any]] = {}
        self.batches: list[int] = []
        self.faults: list[int | str] = []
        self.deleted: set[str] = set()
        self.tokens: set[str | None] = set()

    def answer(self, method: str, path: str, token: str | None, body: bytes) -> tuple[int, Any]:
        self.tokens.add(token)
        if method == "POST" and path == "/api/crm/sources":
            source = {**json.loads(body), "id": f"s{len(self.sources)}"}
            self.sources.append(source)
            return 201, source
        *_, source_id, of = path.split("/")
        assert of in {"messages", "events"}
        if source_id in self.deleted:
            return 404, {"title": "Not found", "status": 404, "detail": "The source does not exist"}
        lines = [json.loads(line) for line in body.splitlines()]
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, int):
            return fault, {"title": "Busy", "status": fault, "detail": "Try again"}
        fresh = {line["id"]: line for line in lines if line["id"] not in self.lines}
        self.lines |= fresh
        self.batches.append(len(lines))
        if fault == "cut":
            return 0, None
        return 200, {
            "received": len(lines), "counted": len(fresh), "known": len(lines) - len(fresh), "left_out": {}, "failed": 0, "errors": [],
        }  # fmt: skip


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    state = _Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = state.answer("POST", self.path, self.headers["Authorization"], body)
            if not status:
                self.close_connection = True
                return
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(api, "_FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(sending, "MOST_LINES", 10)
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    monkeypatch.setenv("WARMPATH_URL", f"http://127.0.0.1:{http.server_port}")
    monkeypatch.setenv("WARMPATH_TOKEN", "wmp_test")
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    yield state
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    path = tmp_path / "all.mbox"
    people = ("me@acme.example", "Ben <ben@globex.example>")
    path.write_text(
        "".join(
            "From x Tue Jul  1 08:52:37 2003\n"
            f"X-Gmail-Labels: {'Sent' if number % 2 else 'Inbox'}\n"
            f"From: {people[1 - number % 2]}\nTo: {people[number % 2]}\n"
            f"Date: Tue, 1 Jul 2003 10:52:37 +0200\nMessage-ID: <{number}@x.example>\nSubject: secret\n\nsecret\n\n"
            for number in range(35)
        )
        + "From x Tue Jul  1 08:52:37 2003\nX-Gmail-Labels: Spam\nFrom: a@b.example\n\n"
    )
    return path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert isinstance(exit_.value.code, int)
    return exit_.value.code


def test_a_mailbox_is_sent_in_batches_without_a_text_or_a_subject(
    server: _Server, mailbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("mail", str(mailbox), "--mine", "me@acme.example", "--json") == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["left_out"] == {"spam": 1}
    assert outcome["people"] == [{"address": "ben@globex.example", "name": "Ben", "sent": 17, "received": 18}]
    assert (outcome["sent"]["counted"], outcome["sent"]["known"]) == (35, 0)
    assert server.batches == [10, 10, 10, 5]
    assert server.sources == [{"kind": "mail_file", "name": "all.mbox", "addresses": ["me@acme.example"], "id": "s0"}]
    assert "secret" not in json.dumps(server.lines)
    assert server.tokens == {"Bearer wmp_test"}


def test_a_line_that_breaks_and_a_busy_server_lose_nothing_and_count_nothing_twice(
    server: _Server, mailbox: Path
) -> None:
    server.faults = ["cut", 503, 429, "cut"]
    assert run("mail", str(mailbox), "--mine", "me@acme.example") == 0
    assert sorted(server.lines) == sorted(f"{number}@x.example" for number in range(35))


def test_a_run_that_was_refused_goes_on_where_it_was(
    server: _Server, mailbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.faults = ["none", 422]
    assert run("mail", str(mailbox), "--mine", "me@acme.example") == 1
    assert "Try again" in capsys.readouterr().err
    assert run("mail", str(mailbox), "--mine", "me@acme.example") == 0
    assert server.batches == [10, 10, 10, 5]
    assert len(server.sources) == 1


def test_a_source_that_was_deleted_meanwhile_is_made_again_by_the_next_run(
    server: _Server, mailbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.faults = ["none", 422]
    run("mail", str(mailbox), "--mine", "me@acme.example")
    server.deleted = {"s0"}
    assert run("mail", str(mailbox), "--mine", "me@acme.example") == 1
    assert "run the command again" in capsys.readouterr().err
    assert run("mail", str(mailbox), "--mine", "me@acme.example") == 0
    assert [source["id"] for source in server.sources] == ["s0", "s1"]


def test_without_somebody_to_ask_it_says_which_addresses_are_likely(
    server: _Server, mailbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("mail", str(mailbox)) == 2
    assert "likely ones: me@acme.example" in capsys.readouterr().err
    assert server.sources == []


def test_a_dry_run_sends_nothing(server: _Server, mailbox: Path) -> None:
    assert run("mail", str(mailbox), "--mine", "me@acme.example", "--dry-run") == 0
    assert server.sources == []


def test_a_calendar_is_sent_as_meetings(server: _Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "work.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nX-WR-CALNAME:me@acme.example\nBEGIN:VEVENT\nUID:e\nDTSTART:20240110T090000Z\n"
        "SUMMARY:secret\nRRULE:FREQ=WEEKLY;COUNT=3\nATTENDEE:mailto:me@acme.example\nATTENDEE:mailto:ben@globex.example\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    assert run("calendar", str(path)) == 2
    assert "me@acme.example" in capsys.readouterr().err
    assert run("calendar", str(path), "--mine", "me@acme.example") == 0
    assert [server.lines[f"e/202401{day}T090000"]["start"] for day in (10, 17, 24)] == [
        f"2024-01-{day}T09:00:00Z" for day in (10, 17, 24)
    ]
    assert server.sources[0]["kind"] == "calendar_file"
    assert "secret" not in json.dumps(server.lines)


def test_a_file_that_is_not_mail_is_refused_in_a_sentence(
    server: _Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert run("mail", str(tmp_path / "notes.txt")) == 1
    assert "notes.txt" in capsys.readouterr().err
    assert run("mail", str(tmp_path / "absent.mbox")) == 1
    assert "absent.mbox" in capsys.readouterr().err
    assert run("mail", str(tmp_path), "--url", "crm.example.com", "--mine", "a@b.example") == 1


def test_an_answer_may_be_numbers_addresses_or_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["7\n", "1 b@x.example\n", "\n"])
    monkeypatch.setattr(
        "sys.stdin", type("Terminal", (), {"isatty": lambda _: True, "readline": lambda _: next(answers)})()
    )
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    options = [("a@x.example", "3 sent"), ("c@x.example", "1 sent")]
    assert terminal.choose("Which?", options, ["c@x.example"]) == ["a@x.example", "b@x.example"]
    assert "7 is not one of them" in capsys.readouterr().err
    assert terminal.choose("Which?", options, ["c@x.example"]) == ["c@x.example"]
