"""An import of a large file whose server is killed again and again: in the upload, in reading and in merging.

`IMPORT_MB` is the size of the file, `IMPORT_KB_PER_S` the speed of the line that it is sent by. By hand, for what is promised of files that no request
could carry: `IMPORT_MB=300 pytest -m slow -s tests/integration/imports/test_endurance.py --timeout 7200`.
"""

from __future__ import annotations

import contextlib
import csv
import http.client
import json
import os
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pytest

from dev.processes import LOOPBACK
from tests.integration.dev.test_stack import Stack, children, kill_the_gateway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IMPORTS = "/api/crm/imports"
MEGABYTES = float(os.environ.get("IMPORT_MB", "3"))
KB_PER_S = float(os.environ.get("IMPORT_KB_PER_S", "4000"))
SETTLED_S = 600 + 40 * MEGABYTES
GREW_AT_MOST_MB = 60
# Of every hundred rows one is of a person whom the file has already, and of every thousand one says nobody.
AGAIN, NOBODY = 100, 1000
HEADER = ["Full Name", "E-mail", "Phone", "Company", "Job Title", "Notes"]
SYLLABLES = ["an", "bel", "cor", "dim", "el", "fen", "gor", "hal", "in", "jor"]


class Rows(NamedTuple):
    """What a file holds: contacts, rows of people whom it has already, rows of nobody."""

    contacts: int
    again: int
    refused: int


def word(number: int) -> str:
    """A word without digits, another one for each number below ten million."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:07}").capitalize()


def write_file(path: Path, megabytes: float) -> Rows:
    contacts = again = refused = number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        while file.tell() < megabytes * 2**20:
            for _ in range(500):
                number += 1
                if number % NOBODY == 0:
                    refused += 1
                    writer.writerow(["", "nobody at all", "", "", "", ""])
                    continue
                person = number - 7 if number % AGAIN == 50 else number
                again += person != number
                contacts += person == number
                name = f"{word(person)} {word(person // 3 + 4_000_000)}"
                phone = f"+1 555 {person:07}" if person % 3 == 0 else ""
                notes = "met at the conference in Berlin, wants to hear of the next one"
                writer.writerow(
                    [name, f"p{person}@firm{person % 997}.com", phone, f"Firm {person % 997}", "Engineer", notes]
                )
    return Rows(contacts, again, refused)


class Watch:
    """The most memory that processes had of their own, in MB, by what they are; taken twice a second."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.phase = "before"
        self.peaks: dict[tuple[str, str], float] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.5):
            for pid in children(self._stack.process.pid):
                with contextlib.suppress(OSError):
                    command = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
                    if "dev.serve" in command:
                        self._note("gateway", children(pid))
                    elif "postgres" in command:
                        self._note("a Postgres process", children(pid))
                    elif "redis" in command:
                        self._note("Redis", [pid])

    def _note(self, name: str, pids: list[int]) -> None:
        for pid in pids:
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
                own = next(
                    (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("RssAnon")), 0
                )
                key = (name, self.phase)
                self.peaks[key] = max(own, self.peaks.get(key, 0))

    def of(self, name: str, phase: str) -> float:
        return self.peaks.get((name, phase), 0)


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """A stack without anybody in it."""
    stack = Stack(tmp_path / "data", SEED="none")
    try:
        yield stack.wait_until_ready()
    finally:
        stack.process.terminate()
        stack.rest()


class Client:
    """A program that imports a file, and asks again where the server is away."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._headers = stack.signed_in(email="ana@example.com")

    def ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        deadline = time.monotonic() + 120
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, answer, _ = self._stack.call(
                    method, path, data, self._headers | {"Content-Type": "application/json"}
                )
                if status < 500:
                    assert status < 400, answer
                    return answer
            assert time.monotonic() < deadline
            time.sleep(0.5)

    def has_arrived(self, url: str, size: int) -> int:
        """How many bytes the server has."""
        status, _, headers = self._put(url, b"", f"bytes */{size}")
        if status == 200:
            return size
        return int(headers["Range"].rpartition("-")[2]) + 1 if "Range" in headers else 0

    def _put(self, url: str, body: bytes, content_range: str) -> tuple[int, Any, dict[str, str]]:
        path = "/" + url.partition("//")[2].partition("/")[2]
        return self._stack.call("PUT", path, body, {"Content-Range": content_range})

    def send(self, file: Path, url: str, chunk_bytes: int, *, upto: float = 1.0) -> None:
        """Send a file by a slow line, from what has arrived on, and stop behind a part of it."""
        size = file.stat().st_size
        with file.open("rb") as stream:
            at = self.has_arrived(url, size)
            while at < size * upto:
                stream.seek(at)
                chunk = stream.read(chunk_bytes)
                time.sleep(len(chunk) / 1000 / KB_PER_S)
                status, answer, headers = self._put(url, chunk, f"bytes {at}-{at + len(chunk) - 1}/{size}")
                assert status in (200, 308), answer
                at = size if status == 200 else int(headers["Range"].rpartition("-")[2]) + 1

    def wait(self, import_id: str, until: Callable[[Any], bool]) -> Any:
        deadline = time.monotonic() + SETTLED_S
        while time.monotonic() < deadline:
            job = self.ask("GET", f"{IMPORTS}/{import_id}")
            assert job["status"] != "failed", job
            if until(job):
                return job
            time.sleep(0.1)
        pytest.fail(f"it stays at {job['phase']}, {job['progress']}")


def break_off_a_chunk(stack: Stack, url: str, at: int, size: int, chunk_bytes: int) -> None:
    """Kill the server while a chunk is on its way."""
    path = "/" + url.partition("//")[2].partition("/")[2]
    last = min(at + chunk_bytes, size) - 1
    with closing(http.client.HTTPConnection(LOOPBACK, int(stack.port), timeout=30)) as connection:
        connection.putrequest("PUT", path)
        connection.putheader("Content-Length", str(last - at + 1))
        connection.putheader("Content-Range", f"bytes {at}-{last}/{size}")
        connection.endheaders()
        connection.send(b"x" * 1000)
        kill_the_gateway(stack)
    assert stack.call("GET", "/api/crm/health")[0] == 200


@pytest.mark.slow
@pytest.mark.timeout(int(1200 + 60 * MEGABYTES))
def test_a_large_file_arrives_whole_although_the_server_is_killed_in_the_upload_in_reading_and_in_merging(
    stack, tmp_path, capsys
):
    file = tmp_path / "people.csv"
    rows = write_file(file, MEGABYTES)
    size = file.stat().st_size
    client = Client(stack)
    began = time.monotonic()
    laps = []

    def lap(name: str) -> None:
        laps.append(f"{name} at {time.monotonic() - began:.0f} s")
        with capsys.disabled():
            print(laps[-1], flush=True)

    with Watch(stack) as watch:
        time.sleep(1)
        made = client.ask("POST", IMPORTS, {"kind": "contacts", "filename": "people.csv", "size": size})
        import_id, url, chunk_bytes = made["id"], made["upload"]["url"], min(made["upload"]["chunk_bytes"], 2**20)
        watch.phase = "upload"
        client.send(file, url, chunk_bytes, upto=0.5)
        has = client.has_arrived(url, size)
        assert 0 < has < size
        break_off_a_chunk(stack, url, has, size, chunk_bytes)
        assert client.has_arrived(url, size) == has, "a chunk that broke off counts only as far as it is of the file"
        lap("killed in the upload")
        client.send(file, url, chunk_bytes)
        lap("sent")

        watch.phase = "read"
        read = client.wait(import_id, lambda job: job["phase"] == "read" and job["progress"]["done"] > size / 4)
        kill_the_gateway(stack)
        assert read["status"] == "running"
        lap("killed in reading")
        planned = client.wait(import_id, lambda job: job["status"] == "waiting")
        lap("planned")
        counts = planned["counts"]
        assert counts == {
            "received": rows.contacts + rows.again + rows.refused,
            "new": rows.contacts,
            "changed": 0,
            "known": rows.again,
            "refused": rows.refused,
        }

        watch.phase = "merge"
        client.ask("POST", f"{IMPORTS}/{import_id}/start", {})
        merged = client.wait(import_id, lambda job: job["phase"] == "merge" and job["progress"]["done"] > 0)
        kill_the_gateway(stack)
        assert merged["status"] == "running"
        lap("killed in merging")
        done = client.wait(import_id, lambda job: job["status"] == "done")
        lap("merged")

    result = done["result"]
    assert {name: result[name] for name in ("received", "created", "updated", "unchanged", "failed")} == {
        "received": rows.contacts + rows.again + rows.refused,
        "created": rows.contacts,
        "updated": 0,
        "unchanged": rows.again,
        "failed": rows.refused,
    }
    found = client.ask("GET", "/api/crm/contacts?include_total=true&limit=1")
    assert found["total"] == rows.contacts + 1, "and the user"
    with capsys.disabled():
        print(f"{size / 2**20:.0f} MB, {rows}: {', '.join(laps)}; MB of their own: {watch.peaks}")
    for phase in ("upload", "read", "merge"):
        assert watch.of("gateway", phase) - watch.of("gateway", "before") < GREW_AT_MOST_MB
