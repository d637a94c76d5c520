"""The container's server on this machine, as the image starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from dev.processes import free_port
from selfhost.sign_in import write_sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[3]
PATHS = ("/api/crm/health", "/api/crm/contacts", "/")
COMPOSE = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
PROVIDER = {
    "OIDC_AUDIENCE": "warmpath",
    "OIDC_ISSUER": "https://id.example.com/realms/crm",
    "OIDC_JWKS_URL": "https://id.example.com/realms/crm/keys",
}
# Python runs it at its start, before anything of ours: one line in `WRITES` for each file or folder that is opened to be written, made
# or moved, by this process or one forked from it.
RECORD_WRITES = """
import os, sys

log = os.open(os.environ["WRITES"], os.O_WRONLY | os.O_APPEND)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.mkdir", "os.rename", "os.symlink", "os.link", "os.truncate", "os.chmod"}


def note(event, arguments):
    if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
        if not isinstance(arguments[0], int):
            os.write(log, os.fsencode(arguments[0]) + b"\\n")


sys.addaudithook(note)
"""


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


@contextmanager
def container(environment: dict[str, str]) -> Iterator[str]:
    """Runs a container's server on a free port, with this environment and the machine's; answers its address."""
    port = free_port()
    whole = os.environ | environment | {"PORT": str(port)}
    with subprocess.Popen([sys.executable, "-m", "selfhost.container"], cwd=PROJECT, env=whole) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "statuses"),
    [
        ("", (200, 401, 200, 200)),
        ("get_health", (200, 200, 200, 204)),
        ("get_health, list_contacts", (200, 401, 404, 204)),
    ],
    ids=["everything", "one function", "two functions"],
)
def test_a_container_serves_everything_or_the_functions_it_is_told(
    owner_url: str, tmp_path: Path, target: str, statuses: tuple[int, ...]
) -> None:
    environment = PROVIDER | {
        "DATABASE_URL": owner_url,
        "EVENT_DELIVERY": "outbox",
        "FUNCTION_TARGET": target,
        "HOME": str(tmp_path),
    }
    with container(environment) as url:
        assert tuple(status_of(f"{url}{path}") for path in (*PATHS, "/startup")) == statuses


def test_a_target_that_is_no_function_is_named() -> None:
    environment = PROVIDER | {"DATABASE_URL": "postgresql://127.0.0.1:1/x", "FUNCTION_TARGET": "get_health,get_helth"}
    done = subprocess.run(
        [sys.executable, "-m", "selfhost.container"],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert 'FUNCTION_TARGET names "get_helth"' in done.stderr


@pytest.fixture
def writes(tmp_path: Path) -> dict[str, str]:
    """The environment in which Python records what is written to; the record is the file `WRITES`, `TMPDIR` is empty."""
    for folder in ("recorder", "temporary"):
        (tmp_path / folder).mkdir()
    (tmp_path / "recorder" / "sitecustomize.py").write_text(RECORD_WRITES)
    (tmp_path / "writes").touch()
    return {
        "PYTHONDONTWRITEBYTECODE": "1",  # an image's modules are compiled
        "PYTHONPATH": str(tmp_path / "recorder"),
        "TMPDIR": str(tmp_path / "temporary"),
        "WRITES": str(tmp_path / "writes"),
    }


def written_outside(writes: dict[str, str], folders: list[str]) -> list[str]:
    """What was written to that a read-only container with these folders in memory would have refused."""
    allowed = ["/dev/", *(writes["TMPDIR"] if folder == "/tmp" else folder for folder in folders)]
    written = Path(writes["WRITES"]).read_text(encoding="utf-8").splitlines()
    return [path for path in written if not path.startswith(tuple(allowed))]


@pytest.mark.slow
def test_a_server_writes_only_where_compose_lets_it_and_says_how_people_sign_in(
    owner_url: str, writes: dict[str, str]
) -> None:
    service = COMPOSE["services"]["warmpath"]
    given = {"OIDC_CLIENT_ID": "crm-web", "OIDC_ORIGINS": "https://login.example.com"}
    environment = (
        PROVIDER | given | writes | {"DATABASE_URL": owner_url, "EVENT_DELIVERY": "outbox", "FUNCTION_TARGET": ""}
    )
    assert service["read_only"]
    with container(environment) as url:
        assert status_of(f"{url}/api/crm/health") == 200
        with urllib.request.urlopen(f"{url}/config.json", timeout=10) as answer:
            said = json.load(answer)
        with urllib.request.urlopen(f"{url}/", timeout=10) as answer:
            policy = answer.headers["Content-Security-Policy"]
    assert said == {
        "oidc": {
            "issuer": "https://id.example.com/realms/crm",
            "client_id": "crm-web",
            "origins": ["https://login.example.com"],
        }
    }
    assert "connect-src 'self' https://id.example.com https://login.example.com;" in policy
    assert Path(writes["WRITES"]).read_text(), "nothing was recorded, so nothing is known"
    assert written_outside(writes, service["tmpfs"]) == []


def test_a_migration_writes_nowhere(owner_url: str, writes: dict[str, str]) -> None:
    service = COMPOSE["services"]["migrate"]
    assert service["read_only"]
    done = subprocess.run(
        [sys.executable, "-m", "selfhost.container", *service["command"]],
        cwd=PROJECT,
        env=os.environ | writes | {"DATABASE_URL": owner_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert written_outside(writes, service.get("tmpfs", [])) == []


def test_a_client_has_the_name_of_the_audience_unless_it_has_its_own(tmp_path: Path) -> None:
    said = json.loads(write_sign_in(PROVIDER, tmp_path / "none", tmp_path).read_text())
    assert said == {"oidc": {"issuer": "https://id.example.com/realms/crm", "client_id": "warmpath"}}


@pytest.mark.parametrize("built", ['{"oidc": null}', '{"oidc": null, "identity_platform": null}', "[]"])
def test_the_environment_holds_over_what_the_build_has_left(tmp_path: Path, built: str) -> None:
    (tmp_path / "built.json").write_text(built)
    said = json.loads(write_sign_in(PROVIDER, tmp_path / "built.json", tmp_path).read_text())
    assert said["oidc"]["client_id"] == "warmpath"


def test_a_configuration_that_an_operator_has_put_there_holds_over_the_environment(tmp_path: Path) -> None:
    mounted = tmp_path / "mounted.json"
    mounted.write_text('{"oidc": {"issuer": "https://other.example", "client_id": "x", "token": "access_token"}}')
    assert write_sign_in(PROVIDER, mounted, tmp_path) == mounted


@pytest.mark.parametrize("variable", ["OIDC_ISSUER", "OIDC_ORIGINS"])
@pytest.mark.parametrize(
    "value", ["id.example.com", "ftp://id.example.com", "https://", "https://a;script-src", "https://a'x", "https://[::1", "https://a:99999"]
)  # fmt: skip
def test_an_address_that_is_none_is_refused_by_name_and_value(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SystemExit, match=variable) as refused:
        write_sign_in(PROVIDER | {variable: value}, tmp_path / "none", tmp_path)
    assert value in str(refused.value)


def test_a_mounted_configuration_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{oidc}")
    with pytest.raises(SystemExit, match=r"config\.json is not JSON"):
        write_sign_in(PROVIDER, tmp_path / "config.json", tmp_path / "other")
