"""A copy of the project, and stand-ins for the programs that a deployment runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
STAND_IN = Path(__file__).with_name("stand_in.py")
CLOUD: dict[str, Any] = {
    "account": "ana@example.com",
    "applied": None,
    "audience": "",
    "billing": True,
    "buckets": {},
    "certificate": "ACTIVE",
    "cluster_stays": False,
    "clusters": {},
    "cmek_key": "",
    "coming": [],
    "credentials": True,
    "deletion_protection": False,
    "federated": False,
    "functions": {},
    "gone": [],
    "held": 0,
    "identity_platform": False,
    "images": [],
    "instances": {},
    "job": None,
    "migration_minutes": 1,
    "migration_works": True,
    "objects": {},
    "operations": {},
    "paused": [],
    "peering": False,
    "projects": ["acme-crm"],
    "resources": {},
    "schedules": ["relay-outbox", "warm-contacts"],
    "secrets": [],
    "services": {},
    "stuck": [],
    "terraform_version": "1.11.4",
    "wanted_secrets": {},
}
ANSWERS = {
    "/api/crm/health": (200, "application/json", b'{"status":"ok","database":"ok","cache":"ok"}'),
    "/api/crm/contacts": (401, "application/problem+json", b"{}"),
    "/api/crm/no-such-thing": (404, "text/plain", b""),
    "/": (200, "text/html; charset=utf-8", b"<html>"),
    "/contacts/deep/link": (200, "text/html", b"<html>"),
}


@dataclass
class Machine:
    """An operator's machine with the project on it."""

    folder: Path
    url: str

    @property
    def state_file(self) -> Path:
        return self.folder.parent / "state.json"

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.state_file.read_text())
        return state

    def set_cloud(self, **changes: Any) -> None:
        state = self.state
        state["cloud"] |= changes
        self.state_file.write_text(json.dumps(state))

    def run(
        self, command: str, *options: str, without: str = "", given: str | None = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs one of deploy's commands for the project acme-crm; `calls` afterwards holds what it ran."""
        state = self.state
        state["calls"] = []
        self.state_file.write_text(json.dumps(state))
        programs = self.folder.parent / "bin"
        for program in ("gcloud", "terraform", "npm"):
            (programs / program).unlink(missing_ok=True)
            if program != without:
                (programs / program).symlink_to(programs / "stand_in")
        return subprocess.run(
            [
                sys.executable, "-m", "deploy", command, "--project=acme-crm", "--region=europe-west1",
                "--domain=crm.example.com", f"--url={self.url}", "--wait=0", *options,
            ],
            cwd=self.folder,
            env={"PATH": str(programs), "STAND_IN_STATE": str(self.state_file), "HOME": str(self.folder)} | variables,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip

    def calls(self, *beginning: str) -> list[list[str]]:
        return [call for call in self.state["calls"] if call[: len(beginning)] == list(beginning)]


@pytest.fixture
def answers() -> dict[str, tuple[int, str, bytes]]:
    """What the deployment answers; a test may change it."""
    return dict(ANSWERS)


@pytest.fixture
def url(answers: dict[str, tuple[int, str, bytes]]) -> Iterator[str]:
    """Where a deployment answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Authorization"] != "Bearer identity":
                answers[self.path] = (403, "text/html", b"")
            self.do_GET()

        def do_GET(self) -> None:
            status, kind, body = answers.get(self.path, (404, "text/plain", b"nothing is here"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError):
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def machine(tmp_path: Path, url: str) -> Machine:
    """The project's files that a deployment reads, stand-ins on the PATH, an empty cloud."""
    folder = tmp_path / "project"
    for tree in ("deploy", "functions", "selfhost", "shared"):
        shutil.copytree(PROJECT / tree, folder / tree, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "terraform" / "environments", folder / "terraform" / "environments")
    (folder / "frontend").mkdir()
    for file in (".dockerignore", "Dockerfile", "main.py", "requirements.lock"):
        shutil.copy(PROJECT / file, folder / file)
    programs = tmp_path / "bin"
    programs.mkdir()
    stand_in = programs / "stand_in"
    stand_in.write_text(f"#!{sys.executable} -IS\n" + STAND_IN.read_text())
    stand_in.chmod(0o755)
    made = Machine(folder, url)
    made.state_file.write_text(json.dumps({"calls": [], "unknown": [], "cloud": CLOUD}))
    return made
