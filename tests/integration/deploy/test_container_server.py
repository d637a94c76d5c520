"""The container's server on this machine, as the image starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dev.processes import free_port

PROJECT = Path(__file__).parents[3]
PATHS = ("/api/crm/health", "/api/crm/contacts", "/")


def status_of(url: str) -> int:
    """Status of a GET; waits until somebody listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nobody answers at {url}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "statuses"), [("", (200, 401, 200)), ("get_health", (200, 200, 200))], ids=["everything", "one function"]
)
def test_a_container_serves_everything_or_the_one_function_it_is_told(
    owner_url: str, tmp_path: Path, target: str, statuses: tuple[int, ...]
) -> None:
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": owner_url,
        "EVENT_DELIVERY": "outbox",
        "FUNCTION_TARGET": target,
        "HOME": str(tmp_path),
        "OIDC_AUDIENCE": "warmpath",
        "OIDC_ISSUER": "https://id.example.com",
        "OIDC_JWKS_URL": "https://id.example.com/keys",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PORT": str(port),
    }
    with subprocess.Popen([sys.executable, "-m", "deploy.container"], cwd=PROJECT, env=environment) as server:
        try:
            assert tuple(status_of(f"http://127.0.0.1:{port}{path}") for path in PATHS) == statuses
        finally:
            server.terminate()
            server.wait(10)


def test_a_container_migrates_and_then_finds_nothing_to_do(owner_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.container", "migrate"],
        cwd=PROJECT,
        env=os.environ | {"DATABASE_URL": owner_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "0 migrations applied\n"
