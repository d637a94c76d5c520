"""The whole product as people meet it: a real stack, Debian's Chromium, nothing mocked.

`E2E_URL` points at a stack that runs already; otherwise one is started for the run, with a demo network and with
stand-ins for the enrichment providers. `CHROMIUM` names the browser. `SCREENSHOTS=docs/screenshots` keeps pictures.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev.frontend import build
from dev.processes import free_port
from tests.fakes.providers.answers import Person
from tests.fakes.providers.server import fake_providers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page, ViewportSize

playwright = pytest.importorskip("playwright.sync_api", reason="pip install -r tests/e2e/requirements.txt")

PROJECT = Path(__file__).parents[2]
STARTED_WITHIN_S = 420
MOST_TABS = 90
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 760}
# Without these Chromium asks Google's hosts for things at every start; as root it needs --no-sandbox.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LINKEDIN = """Notes:
"When exporting your connection data, you may notice that some addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Mei,Tanaka,https://www.linkedin.com/in/mei-tanaka,mei@globex.example,Globex,CTO,12 Mar 2024
Bruno,Okafor,https://www.linkedin.com/in/bruno-okafor,,Acme,"Head of Design, Brand",01 Feb 2023
,,,bad@@mail,Initech,Nobody,05 Jan 2022
"""
KNOWN_TO_PROVIDERS = Person(email="known@globex.example", name="Mei Tanaka", title="CTO", company="Globex")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes its time, and the first test waits for the stack: these run with `-m slow`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(600))


class Receiver(ThreadingHTTPServer):
    """A server of somebody else that webhooks are sent to; `refuses` has it answer 500."""

    refuses = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Receiving)
        self.messages: list[dict[str, Any]] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}/"


class _Receiving(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.messages.append({"id": self.headers["webhook-id"]} | body)
        self.send_response(500 if self.server.refuses else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing in the output of the tests."""


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """A receiver of webhooks, which the stack of this run may send to."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[str]:
    """Where the app is."""
    if given := os.environ.get("E2E_URL"):
        yield given.rstrip("/")
        return
    build(print)
    with contextlib.ExitStack() as stack:
        providers = stack.enter_context(fake_providers())
        providers.knows(KNOWN_TO_PROVIDERS)
        port = free_port()
        environment = (
            os.environ
            | providers.environ("hunter", timeout_s=5)
            | {
                "PORT": str(port),
                "FRONTEND": "none",
                "OUTSIDE_TRUSTED": receiver.address,
                "DATA_DIR": str(tmp_path_factory.mktemp("stack")),
            }
        )
        log = tmp_path_factory.mktemp("log") / "stack.log"
        output = stack.enter_context(log.open("w"))
        process = subprocess.Popen(
            [sys.executable, "-m", "dev.stack"],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        stack.callback(_end, process)
        _wait(process, log)
        yield f"http://localhost:{port}"


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits for the stack's line."""
    deadline = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        if "ready: " in log.read_text():
            return
        time.sleep(0.5)
    pytest.fail("the stack did not start:\n" + log.read_text()[-3000:])


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a screen."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: apt-get install chromium")
        pytest.skip("no Chromium: apt-get install chromium, or set CHROMIUM")
    with playwright.sync_playwright() as manager:
        launched = manager.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield launched
        launched.close()


class Client:
    """The API as somebody, to prepare what a test is not about, and to check."""

    def __init__(self, base_url: str, email: str) -> None:
        self.base_url = base_url
        self.email = email

    def api(self, method: str, path: str, body: Any = None, content_type: str = "application/json") -> Any:
        """Calls the API; returns the parsed answer, None for an empty one."""
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode() if body is not None else None
        headers = {"Authorization": f"Bearer {token(self.base_url, self.email)}", "Content-Type": content_type}
        request = urllib.request.Request(self.base_url + "/api/crm" + path, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def make_network(self) -> dict[str, str]:
        """Me - Ana - Bruno - Mei, with addresses; returns their ids."""
        ids = {"me": self.api("GET", "/users/me")["self_contact_id"]}
        for name in ("ana", "bruno", "mei"):
            address = f"{name}-{self.email}"
            contact = {"name": name.capitalize() + " Lindqvist", "email": address, "company": "Globex", "enrich": False}
            ids[name] = self.api("POST", "/contacts", contact)["id"]
        for one, other, strength in (("me", "ana", 0.9), ("ana", "bruno", 0.7), ("bruno", "mei", 0.8)):
            tie = {"from_contact_id": ids[one], "to_contact_id": ids[other], "strength": strength, "mutual": True}
            self.api("PUT", "/graph/relationships", tie)
        return ids

    def mails(self, to: str) -> list[dict[str, Any]]:
        """The mails to an address, the newest first."""
        with urllib.request.urlopen(f"{self.base_url}/dev/mailbox?to={to}") as answer:
            return list(json.load(answer)["items"])

    def mailed_link(self, to: str) -> str:
        """The answer link of the newest mail to somebody, waited for."""
        for _ in range(60):
            for mail in self.mails(to):
                if found := re.search(r"/respond/[\w.-]+", mail["text"]):
                    return found[0]
            time.sleep(0.5)
        pytest.fail(f"no mail with a link came to {to}")


class App(Client):
    """The app in one tab, signed in as somebody; `problems` are what the browser complained about."""

    def __init__(self, page: Page, base_url: str, email: str) -> None:
        super().__init__(base_url, email)
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def open(self, path: str) -> None:
        """Goes to a view and waits until it stands still."""
        self.page.goto(self.base_url + path)
        self.page.wait_for_load_state("networkidle")
        self.page.locator("h1").first.wait_for(state="attached")

    def press(self, *keys: str) -> None:
        """Presses keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Types as people do, a little faster."""
        self.page.keyboard.type(text, delay=25)

    def tab_to(self, target: Locator) -> None:
        """Presses Tab until the focus is where it is wanted; nothing else brings it there."""
        target.wait_for()
        for _ in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        pytest.fail(f"{MOST_TABS} times Tab do not lead to {target}")

    def toast(self, text: str) -> None:
        """Waits until the app has said so."""
        self.page.get_by_text(text, exact=False).first.wait_for()

    def eventually(self, holds: Callable[[], bool]) -> None:
        """Waits until something holds that the app has asked the API for."""
        for _ in range(50):
            if holds():
                return
            self.page.wait_for_timeout(200)
        assert holds()


def token(base_url: str, email: str) -> str:
    """A token of the local issuer."""
    body = json.dumps({"email": email}).encode()
    request = urllib.request.Request(base_url + "/dev/token", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["access_token"])


def session_script(base_url: str, email: str) -> str:
    """What a tab of somebody signed in remembers."""
    state = json.dumps({"state": {"token": token(base_url, email), "expired": False}, "version": 0})
    return f"sessionStorage.setItem('warmpath-session', {json.dumps(state)})"


@pytest.fixture
def open_app(browser: Browser, base_url: str) -> Iterator[Callable[..., App]]:
    """Opens the app in a tab of its own: `open_app("ana@example.com", dark=True, narrow=True)`."""
    apps: list[App] = []
    with contextlib.ExitStack() as contexts:

        def open_one(email: str, *, dark: bool = False, narrow: bool = False, signed_in: bool = True) -> App:
            context = browser.new_context(
                viewport=NARROW if narrow else WIDE,
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                accept_downloads=True,
            )
            contexts.callback(context.close)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = context.new_page()
            page.set_default_timeout(15_000)
            if signed_in:
                page.add_init_script(session_script(base_url, email))
            apps.append(App(page, base_url, email))
            return apps[-1]

        yield open_one
        problems = [problem for app in apps for problem in app.problems]
    assert not problems, problems


@pytest.fixture
def linkedin_file(tmp_path: Path) -> Path:
    """LinkedIn's list of connections: two people, and a row with nothing that can be read."""
    path = tmp_path / "Connections.csv"
    path.write_text(LINKEDIN)
    return path


@pytest.fixture
def email(request: pytest.FixtureRequest) -> str:
    """An address of somebody new, so that tests do not meet each other's contacts."""
    return f"e2e-{abs(hash((request.node.nodeid, time.time_ns()))):x}@example.com"
