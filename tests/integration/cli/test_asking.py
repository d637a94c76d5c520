"""The command line against the API itself: signing in three ways, questions, small changes, completion."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from warmpath import completion, program
from warmpath.program import main

if TYPE_CHECKING:
    from pathlib import Path

ACCESS = "/api/crm/access"


class Terminal:
    """Runs commands: `terminal("search", "Ana")` returns status and what was printed."""

    def __init__(self, capsys: Any, url: str) -> None:
        self.capsys, self.url, self.said = capsys, url, ""

    def __call__(self, *arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--url", self.url] if arguments[0] != "completion" else arguments)
        shown = self.capsys.readouterr()
        self.said = shown.err
        return int(ended.value.code or 0), shown.out

    def json(self, *arguments: str) -> Any:
        status, text = self(*arguments, "--json")
        assert status == 0, self.said
        return json.loads(text)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch, capsys, base_url) -> Terminal:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("WARMPATH_TOKEN", raising=False)
    return Terminal(capsys, base_url)


@pytest.fixture
def signed_in(terminal, api) -> Terminal:
    token = api.post(f"{ACCESS}/tokens", json={"name": "cli", "scopes": ["read", "write"], "days": 1}).json["token"]
    assert terminal("login", "--token", token)[0] == 0, terminal.said
    return terminal


def add(api, name, **fields):
    return api.post("/api/crm/contacts", json={"name": name, "enrich": False, **fields}).json["id"]


def stored(tmp_path: Path) -> Any:
    path = tmp_path / "warmpath" / "login.json"
    assert path.stat().st_mode & 0o077 == 0
    return json.loads(path.read_text())


def test_a_login_by_the_browser_and_the_next_token(terminal, api, monkeypatch, tmp_path, owner):
    def browser(page):
        asked = dict(parse_qsl(urlsplit(page).query))
        seen = api.post(f"{ACCESS}/request", json=asked).json
        assert (seen["on_this_machine"], seen["resource"]) == (True, "api")
        to = api.post(f"{ACCESS}/approvals", json={**asked, "granted": seen["scopes"]}).json["redirect_to"]
        threading.Thread(target=lambda: urllib.request.urlopen(to).read()).start()
        return True

    monkeypatch.setattr("webbrowser.open", browser)
    assert terminal("login")[0] == 0, terminal.said
    kept = stored(tmp_path)
    assert kept["token"].startswith("wma_")
    assert terminal.json("due")["items"] == []

    ended = kept | {"token": kept["token"][:-1] + ("A" if kept["token"][-1] != "A" else "B")}
    (tmp_path / "warmpath" / "login.json").write_text(json.dumps(ended))
    assert terminal.json("due")["items"] == []
    assert stored(tmp_path)["refresh_token"] != kept["refresh_token"]


def test_a_no_in_the_browser_ends_the_login(terminal, api, monkeypatch):
    def browser(page):
        asked = dict(parse_qsl(urlsplit(page).query))
        to = api.post(f"{ACCESS}/approvals", json={**asked, "granted": []}).json["redirect_to"]
        threading.Thread(target=lambda: urllib.request.urlopen(to).read()).start()
        return True

    monkeypatch.setattr("webbrowser.open", browser)
    assert terminal("login")[0] == 1
    assert "Not let in" in terminal.said


def test_a_login_by_a_code_that_is_typed_elsewhere(terminal, api, monkeypatch, tmp_path, owner):
    def typed(_):
        """In the place of the pause between two questions: somebody types the code, and time passes."""
        code = owner.run("select user_code from crm.device_requests where grant_id is null")
        if code:
            api.post(f"{ACCESS}/approvals", json={"user_code": code[0][0], "granted": ["read", "write"]})
        owner.run("update crm.device_requests set asked_at = now() - interval '1 minute'")

    monkeypatch.setattr("warmpath.signing_in.time.sleep", typed)
    assert terminal("login", "--device")[0] == 0, terminal.said
    assert "/connect" in terminal.said
    assert stored(tmp_path)["token"].startswith("wma_")


def test_people_are_found_and_paths_to_them(signed_in, api):
    me = api.get("/api/crm/users/me").json["self_contact_id"]
    ana, bo = add(api, "Ana Lima", company="Acme", location="Lisbon"), add(api, "Bo \x1b[31mBerg")
    for one, other in ((me, ana), (ana, bo)):
        tie = {"from_contact_id": one, "to_contact_id": other, "strength": 0.8, "mutual": True}
        api.put("/api/crm/graph/relationships", json=tie)
    status, text = signed_in("search", "lima")
    assert (status, text.strip()) == (0, "Ana Lima, Acme, Lisbon")
    assert signed_in("search", "nobody at all")[0] == 1
    status, text = signed_in("path", bo)
    assert (status, "Ana Lima > Bo" in text, "\x1b" in text) == (0, True, False)


def test_notes_and_talks_are_written_once(signed_in, api):
    ana = add(api, "Ana Lima", email="ana@acme.example")
    assert signed_in("note", "ana lima", "Likes", "lenses")[0] == 0
    assert [each["text"] for each in api.get(f"/api/crm/contacts/{ana}/notes").json["items"]] == ["Likes lenses"]
    asked = ("log", "ana@acme.example", "--kind", "meeting", "--at", "2026-03-01T09:00+00:00", "--note", "In Porto")
    assert signed_in(*asked)[0] == 0, signed_in.said
    (kept,) = api.get(f"/api/crm/contacts/{ana}/interactions").json["items"]
    assert (kept["kind"], kept["note"], kept["source"]) == ("meeting", "In Porto", "program")


def test_nobody_is_guessed(signed_in, api):
    first, second = add(api, "Ana Lima"), add(api, "Ana Lima")
    assert signed_in("note", "Ana Lima", "x")[0] == 1
    assert first in signed_in.said
    assert second in signed_in.said
    assert signed_in("note", "Zoe", "x")[0] == 1
    assert 'Nobody is called "Zoe"' in signed_in.said


def test_exports_and_sources(signed_in, api, tmp_path):
    add(api, "Ana Lima")
    file = tmp_path / "all.csv"
    assert signed_in("export", "--output", str(file))[0] == 0
    assert "Ana Lima" in file.read_text()
    api.post("/api/crm/sources", json={"kind": "mail_file", "name": "Old mail", "addresses": ["me@example.com"]})
    status, text = signed_in("sync", "status")
    assert (status, text.startswith("Old mail (mail_file): ")) == (0, True)


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_shells_complete_every_command(terminal, shell):
    status, script = terminal("completion", shell)
    assert status == 0
    assert all(name in script for name in program.COMMANDS)


def test_bash_offers_commands_options_and_choices(terminal):
    _, script = terminal("completion", "bash")
    bash = shutil.which("bash")
    assert bash
    for words, place, wanted in (("se", 1, "search"), ("sync n", 2, "now"), ("log --ki", 2, "--kind")):
        run = script + f'\nCOMP_WORDS=(warmpath {words}); COMP_CWORD={place}; _warmpath; echo "${{COMPREPLY[@]}}"'
        offered = subprocess.run([bash, "-c", run], capture_output=True, text=True, check=True).stdout
        assert offered.split() == [wanted]
