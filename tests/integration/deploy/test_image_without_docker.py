"""The image's steps without Docker: its files alone, with the environment that compose gives them, on real servers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from deploy.smoke import smoke
from deploy.source import image_files
from dev.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[3]
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
REFERENCE = re.compile(r"\$(?:\$|\{(\w+)(?:(:[-?])([^}]*))?\})")


def interpolated(text: str, values: dict[str, str]) -> str:
    """Replaces variables as compose does: `${NAME:-default}`, `${NAME:?why}` and `$$`."""

    def value(match: re.Match[str]) -> str:
        name, rule, other = match.groups()
        if name is None:
            return "$"
        given = values.get(name, "")
        assert given or rule != ":?", f"{name} is not set: {other}"
        return given or (other if rule == ":-" else "")

    return REFERENCE.sub(value, text)


def settings_of_the_example() -> dict[str, str]:
    """`.env` as an operator fills it in."""
    lines = re.findall(r"^(\w+)=(.*)$", (PROJECT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    return dict(lines) | {"POSTGRES_PASSWORD": "only4tests", "REDIS_PASSWORD": "only4tests"}


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The folder of the image: what its stages copy of the files that the builder is sent, and a built page."""
    stages = DOCKERFILE[DOCKERFILE.index(" AS functions") :]
    copied = [line.split()[-2].rstrip("/") for line in re.findall(r"^COPY (?!--from).+$", stages, re.MULTILINE)]
    folder = tmp_path / "app"
    for name, path in image_files().items():
        if any(name == each or name.startswith(f"{each}/") for each in copied):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / name)
    dist = folder / "frontend" / "dist"
    dist.mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><html><body></body></html>")
    (dist / "config.json").write_text('{"oidc": null}')
    return folder


@pytest.fixture
def environment(owner_url: str, redis_url: str) -> dict[str, str]:
    """The environment of compose's services, with the servers of this run in place of its own."""
    values = settings_of_the_example()
    given = {name: interpolated(value, values) for name, value in COMPOSE["x-environment"].items()}
    assert urlsplit(given["DATABASE_URL"]).hostname == "postgres"
    assert urlsplit(given["REDIS_URL"]).hostname == "redis"
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | given | {"DATABASE_URL": owner_url, "REDIS_URL": redis_url, "PORT": str(free_port())}


@pytest.fixture
def server(image: Path, environment: dict[str, str]) -> Iterator[str]:
    """The address of the server, which compose starts after the migration."""
    entry = [sys.executable, *re.findall(r'ENTRYPOINT \["python", "(-m)", "([\w.]+)"\]', DOCKERFILE)[0]]
    migrate = [*entry, *COMPOSE["services"]["migrate"]["command"]]
    subprocess.run(migrate, cwd=image, env=environment, check=True, timeout=120)
    with subprocess.Popen([*entry, "serve"], cwd=image, env=environment) as running:
        try:
            yield f"http://127.0.0.1:{environment['PORT']}"
        finally:
            running.terminate()
            running.wait(20)


@pytest.mark.slow
def test_the_images_files_are_all_that_it_needs_to_migrate_serve_and_be_healthy(
    server: str, environment: dict[str, str]
) -> None:
    assert smoke(server, wait_s=20) == []
    check = re.findall(r"HEALTHCHECK.*\\\n\s+CMD \[(.+)\]$", DOCKERFILE, re.MULTILINE)[0]
    program = yaml.safe_load(f"[{check}]")
    assert program[0] == "python"
    subprocess.run([sys.executable, *program[1:]], env=environment, check=True, timeout=20)


@pytest.mark.slow
def test_the_owner_that_compose_makes_is_no_superuser_and_owns_the_database(owner_url: str, tmp_path: Path) -> None:
    if not shutil.which("psql"):
        pytest.skip("psql is not installed: apt install postgresql-client")
    (config,) = COMPOSE["services"]["postgres"]["configs"]
    assert config["target"].endswith(".sh")
    script = interpolated(COMPOSE["configs"][config["source"]]["content"], {})
    admin = urlsplit(os.environ["TEST_DATABASE_URL"])
    # The role's name is fixed, so what this makes is rolled back; a database cannot be made in a transaction.
    dry = script.replace("create database", "-- create database").replace("<<'SQL'", "<<'SQL'\nbegin;")
    file = tmp_path / "owner.sh"
    file.write_text(dry.replace("--username=postgres", f"--username={admin.username} --dbname=postgres"))
    connection = {"PGHOST": str(admin.hostname), "PGPORT": str(admin.port), "PGPASSWORD": str(admin.password)}
    environment = os.environ | connection | {"POSTGRES_PASSWORD": "it's"}
    done = subprocess.run(["sh", str(file)], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split("\n")[:2]) == (0, ["BEGIN", "CREATE ROLE"]), done.stderr
    assert "owner warmpath_owner" in script
    assert "superuser" not in script
