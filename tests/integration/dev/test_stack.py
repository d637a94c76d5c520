from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev.processes import LOOPBACK, free_port, reserve_port
from selfhost.serve import THREADS

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[3]
MEBIBYTE = 1024 * 1024


class Stack:
    """`make run`, without make: the same process that it becomes."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = environment.setdefault("PORT", str(free_port()))
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dev.stack"],
            cwd=PROJECT,
            env={**kept, "DATA_DIR": str(folder), "FRONTEND": "none", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed: list[str] = []

    def wait_until_ready(self) -> Stack:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line.rstrip())
            if line.startswith("ready:"):
                return self
        pytest.fail("it ended before it was ready:\n" + "\n".join(self.printed))

    def rest(self) -> str:
        """What it prints until it ends."""
        assert self.process.stdout is not None
        with self.process:
            return self.process.stdout.read()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.rest()
        return self.process.returncode

    def call(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, content and headers; JSON is read."""
        with closing(http.client.HTTPConnection(LOOPBACK, int(self.port), timeout=30)) as connection:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            content: Any = answer.read()
            if "json" in answer.headers.get("Content-Type", ""):
                content = json.loads(content)
            return answer.status, content, dict(answer.headers)

    def signed_in(self, **person: str) -> dict[str, str]:
        """Headers with the token of a person."""
        status, content, _ = self.call("POST", "/dev/token", json.dumps(person).encode() if person else None)
        assert status == 200
        return {"Authorization": f"Bearer {content['access_token']}"}

    def server_pid(self) -> int:
        return int((self.folder / "postgres" / "postmaster.pid").read_text(encoding="ascii").split()[0])


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    started = Stack(tmp_path_factory.mktemp("a stack") / "its data").wait_until_ready()
    yield started
    assert started.stop(signal.SIGINT) == 0


def test_it_says_what_it_does_and_then_where_it_answers(stack: Stack) -> None:
    assert stack.printed[-1] == f"ready: http://localhost:{stack.port}"
    assert any("applied 0001_users" in line for line in stack.printed)
    assert stack.call("GET", "/api/crm/health")[:2] == (200, {"status": "ok", "database": "ok", "cache": "ok"})


def test_the_demo_user_has_the_demo_network_and_others_only_themselves(stack: Stack) -> None:
    path = "/api/crm/contacts?include_total=true&limit=1"
    assert stack.call("GET", path, headers=stack.signed_in())[1]["total"] == 2000 + 1
    assert stack.call("GET", path, headers=stack.signed_in(email="ana@example.com"))[1]["total"] == 1


def test_the_demo_user_has_a_past_to_look_at(stack: Stack) -> None:
    def get(path: str) -> Any:
        status, content, _ = stack.call("GET", f"/api/crm{path}", headers=stack.signed_in())
        assert status == 200
        return content

    for window in ("30d", "90d"):
        stats = get(f"/viral/stats?window={window}")
        assert all(stats["invitations"].values())
        assert all(stats["funnel"].values())
        assert stats["k_factor"] > 0
        assert stats["everyone"]["k_factor"] > 0
        assert stats["everyone"]["active_users"] > 20
        assert sum(cohort["users"] > 0 for cohort in stats["cohorts"]) >= 8
    for period in ("30d", "all"):
        standings = get(f"/viral/leaderboard?period={period}")
        assert len(standings["items"]) >= 12
        assert len({standing["score"] for standing in standings["items"]}) >= 3
    assert {item["status"] for item in get("/graph/introductions")["items"]} == {
        "requested", "connector_accepted", "introduced", "completed", "declined", "not_now", "withdrawn", "expired",
    }  # fmt: skip
    lines = get("/enrichment/credits/ledger?limit=200")["items"]
    assert {line["kind"] for line in lines} == {"grant", "charge", "release"}
    assert sum(line["credits"] for line in lines) == get("/enrichment/credits")["balance"]
    assert [member["shares_ties"] for member in get("/teams/mine")["team"]["members"]] == [True] * 3


def test_colleagues_of_the_demo_team_open_ways_that_the_demo_user_has_not(stack: Stack) -> None:
    headers = stack.signed_in()
    found = 0
    for contact in stack.call("GET", "/api/crm/contacts?has_email=true&limit=100", headers=headers)[1]["items"]:
        paths = stack.call("GET", f"/api/crm/graph/path?through_team=true&to={contact['id']}", headers=headers)[1][
            "paths"
        ]
        found += any(path.get("colleague") for path in paths)
    assert found > 0


def test_a_token_carries_the_name_and_address_asked_for(stack: Stack) -> None:
    headers = stack.signed_in(email="kim@example.com", name="Kim Ng")
    user = stack.call("GET", "/api/crm/users/me", headers=headers)[1]
    assert (user["email"], user["name"]) == ("kim@example.com", "Kim Ng")


def test_a_body_beyond_the_limit_is_refused_with_an_answer_and_not_with_a_reset(stack: Stack) -> None:
    headers = stack.signed_in() | {"Content-Type": "text/csv"}
    status, content, _ = stack.call("POST", "/api/crm/contacts/import", b"x" * (33 * MEBIBYTE), headers)
    assert (status, content["code"]) == (413, "too_large")


def test_a_body_in_chunks_beyond_the_limit_is_refused_too(stack: Stack) -> None:
    headers = stack.signed_in() | {"Content-Type": "text/csv", "Transfer-Encoding": "chunked"}
    chunks = (b"x" * MEBIBYTE for _ in range(33))
    with closing(http.client.HTTPConnection(LOOPBACK, int(stack.port), timeout=30)) as connection:
        connection.request("POST", "/api/crm/contacts/import", chunks, headers, encode_chunked=True)
        assert connection.getresponse().status == 413


def test_postgres_that_dies_is_started_again_and_nothing_committed_is_lost(stack: Stack) -> None:
    headers = stack.signed_in(email="lou@example.com") | {"Content-Type": "application/json"}
    created = stack.call("POST", "/api/crm/contacts", b'{"name": "Kept", "enrich": false}', headers)
    assert created[0] == 201
    os.kill(stack.server_pid(), signal.SIGQUIT)
    deadline = time.monotonic() + 20
    statuses = set()
    while time.monotonic() < deadline:
        status, content, _ = stack.call("GET", "/api/crm/contacts?limit=5", headers=headers)
        statuses.add(status)
        if status == 200 and "Kept" in {item["name"] for item in content["items"]}:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the contact is gone, or Postgres did not come back")
    assert statuses <= {200, 503}


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def kill_the_gateway(stack: Stack) -> None:
    gateway = next(
        pid
        for pid in children(stack.process.pid)
        if "dev.serve" in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    )
    (worker,) = children(gateway)
    os.kill(gateway, signal.SIGKILL)
    while Path(f"/proc/{worker}").exists():
        time.sleep(0.01)


def test_a_gateway_that_dies_is_started_again_on_the_same_port(stack: Stack) -> None:
    kill_the_gateway(stack)
    # The port is held meanwhile: who calls now waits, and is not refused.
    assert stack.call("GET", "/api/crm/health")[0] == 200


def test_a_new_gateway_answers_more_callers_at_once_than_it_has_threads(stack: Stack) -> None:
    token = stack.signed_in(email="uma@example.com")
    kill_the_gateway(stack)
    # None of them can be answered before the issuer's keys are there, so all threads wait for those.
    with ThreadPoolExecutor(3 * THREADS) as pool:
        answers = list(pool.map(lambda _: stack.call("GET", "/api/crm/users/me", headers=token)[0], range(3 * THREADS)))
    assert answers == [200] * 3 * THREADS


def program(stack: Stack, *arguments: str, python: str | Path = sys.executable) -> subprocess.CompletedProcess[str]:
    """Runs a terminal program against the stack."""
    return subprocess.run(
        [python, "-m", *arguments],
        cwd=PROJECT,
        env={**os.environ, "PORT": stack.port, "DATA_DIR": str(stack.folder), "DATABASE_URL": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def command(stack: Stack, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `warmpath` in a Python without any package, as people have it."""
    return subprocess.run(
        [
            Path(sys.base_prefix) / "bin" / "python3",
            "-m",
            "warmpath",
            *arguments,
            "--url",
            f"http://localhost:{stack.port}",
        ],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{PROJECT / 'cli'}:{PROJECT}", "XDG_CONFIG_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_is_imported_from_the_terminal(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    rows = ("Name,Email,Title", "Zoë Quick,zoe@quick.example,", "Nobody,not an address,", ",,Engineer")
    file.write_text("\n".join(rows), encoding="utf-8")
    signed_in = command(stack, tmp_path, "login", "--email", "importer@example.com")
    assert signed_in.returncode == 0, signed_in.stderr
    first = command(stack, tmp_path, "import", str(file))
    assert first.returncode == 0, first.stdout + first.stderr
    assert "line 3, email: " in first.stderr
    assert "line 4, row: needs a name" in first.stderr
    again = command(stack, tmp_path, "import", str(file), "--json")
    assert json.loads(again.stdout)["result"]["created"] == 0, again.stdout
    found = command(stack, tmp_path, "search", "quick")
    assert "Zoë Quick" in found.stdout


def test_a_file_that_cannot_be_imported_is_refused_with_the_reason(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    command(stack, tmp_path, "login", "--email", "importer@example.com")
    for name in ("empty.csv", "missing.csv"):
        refused = command(stack, tmp_path, "import", str(tmp_path / name))
        assert refused.returncode == 1, refused.stdout + refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_token_is_printed_for_the_terminal(stack: Stack) -> None:
    printed = program(stack, "dev.token", "zoe@example.com").stdout.strip()
    user = stack.call("GET", "/api/crm/users/me", headers={"Authorization": f"Bearer {printed}"})[1]
    assert user["email"] == "zoe@example.com"


def test_the_database_of_a_running_stack_is_looked_after_from_the_terminal(stack: Stack) -> None:
    assert program(stack, "operate.database", "migrate").stdout == "warmpath: the database is up to date\n"
    assert program(stack, "operate.database", "seed").stdout.endswith("warmpath: the demo user has contacts already\n")


def test_a_second_run_on_the_same_data_says_so_in_one_sentence(stack: Stack) -> None:
    second = Stack(stack.folder)
    said = second.rest()
    assert second.process.returncode == 1
    assert said == (
        f"warmpath: {stack.folder} is in use by another run (process {stack.process.pid}): "
        "stop it, or choose another DATA_DIR\n"
    )


def test_a_port_in_use_is_said_in_one_sentence(tmp_path: Path) -> None:
    with closing(reserve_port(free_port())) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        second = Stack(tmp_path, PORT=str(port))
        assert second.rest().startswith(f"warmpath: port {port} is in use by another program")
    assert second.process.returncode == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "eighty", "PORT must be a number"),
        ("PORT", "70000", "PORT must be a number"),
        ("SEED", "lots", "SEED must be demo or none"),
        ("DATABASE_URL", "postgresql://x:y@127.0.0.1:9/none", "cannot be reached"),
        ("DATABASE_URL", "mysql://x", "begins with postgresql://"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(tmp_path: Path, name: str, value: str, says: str) -> None:
    refused = Stack(tmp_path, **{name: value})
    said = refused.rest()
    assert refused.process.returncode == 1
    assert says in said.splitlines()[-1]
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence() -> None:
    refused = Stack(Path("/proc/nothing/here"))
    assert refused.rest().startswith("warmpath: cannot write in /proc/nothing/here")


def test_a_killed_run_leaves_nothing_that_the_next_one_stumbles_over(tmp_path: Path) -> None:
    port = str(free_port())
    first = Stack(tmp_path, PORT=port, SEED="none").wait_until_ready()
    first.process.kill()
    with first.process:
        pass
    second = Stack(tmp_path, PORT=port, SEED="none").wait_until_ready()
    items = second.call("GET", "/api/crm/contacts", headers=second.signed_in())[1]["items"]
    assert [item["is_self"] for item in items] == [True]
    assert second.stop() == 0


def test_servers_that_run_elsewhere_are_used_and_none_is_started(
    tmp_path: Path, owner_url: str, redis_url: str
) -> None:
    elsewhere = Stack(tmp_path, DATABASE_URL=owner_url, REDIS_URL=redis_url).wait_until_ready()
    try:
        assert not (tmp_path / "postgres").exists()
        assert elsewhere.call("GET", "/api/crm/health")[1]["cache"] == "ok"
        # Somebody's own database gets no demo network once it has users.
        elsewhere.signed_in(email="first@example.com")
    finally:
        assert elsewhere.stop() == 0
