from __future__ import annotations

import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dev import environment, frontend
from dev.environment import EnvironmentProblem
from dev.processes import PORTS, StackError
from dev.stack import Options
from selfhost.scheduler import seconds_until_next

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("schedule", "seconds"), [("*/15 * * * *", 300), ("0 * * * *", 1200), ("40 12 * * *", 86400), ("41 12 * * *", 60)]
)
def test_a_schedule_names_the_next_time_after_now(schedule: str, seconds: float) -> None:
    assert seconds_until_next(schedule, datetime(2026, 3, 1, 12, 40, tzinfo=UTC)) == seconds


def test_the_options_of_a_run_have_the_defaults_of_the_contract() -> None:
    options = Options.from_environment({})
    assert (options.port, options.folder, options.seed) == (8080, PROJECT / ".data", True)


def test_the_options_of_a_run_come_from_the_environment() -> None:
    options = Options.from_environment(
        {"PORT": "9000", "DATA_DIR": "/x y", "SEED": "none", "DATABASE_URL": "a", "REDIS_URL": "b"}
    )
    assert options == Options(
        port=9000, folder=Path("/x y"), seed=False, frontend=True, database_url="a", redis_url="b"
    )


@pytest.mark.parametrize("port", ["-1", "0", "65536", "8o8o", "８０"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(StackError, match=re.escape(port)):
        Options.from_environment({"PORT": port})


def test_ports_of_servers_are_below_those_that_clients_are_given() -> None:
    assert max(PORTS) < 32768


def test_packages_are_installed_again_only_when_the_requirements_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in environment.REQUIREMENTS["dev"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a==1", encoding="ascii")
    monkeypatch.setattr(environment, "PROJECT", tmp_path)
    monkeypatch.setattr(environment, "FOLDER", tmp_path)
    assert not environment.is_current("run")
    (tmp_path / "packages-run").write_text(environment.fingerprint("run"), encoding="ascii")
    (tmp_path / "requirements-dev.txt").write_text("a==2", encoding="ascii")
    assert environment.is_current("run")
    (tmp_path / "requirements.txt").write_text("a==2", encoding="ascii")
    assert not environment.is_current("run")


def test_a_python_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(EnvironmentProblem, match=r"Python 3\.11 or newer is needed, and .* is 3\.9"):
        environment.suitable_python()
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == "python3.12" else None)
    assert environment.suitable_python() == "/usr/bin/python3.12"


@pytest.mark.parametrize(
    ("complaint", "says"),
    [
        ("ensurepip is not available", "apt install python3-venv"),
        ("No module named venv", "apt install python3-venv"),
        ("Error: [Errno 13] Permission denied: '/x/.venv'", "cannot write in"),
        ("no space left", r"\.venv cannot be made: no space left"),
    ],
)
def test_an_environment_that_cannot_be_made_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaint: str, says: str
) -> None:
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\necho "{complaint}" >&2\nexit 1\n', encoding="ascii")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "suitable_python", lambda: str(python))
    with pytest.raises(EnvironmentProblem, match=says):
        environment._create()


def test_a_front_end_is_built_again_only_when_a_source_changes(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.tsx").write_text("one", encoding="ascii")
    before = frontend.fingerprint(tmp_path)
    for made in ("dist", "node_modules"):
        (tmp_path / made).mkdir()
        (tmp_path / made / "x.js").write_text("made", encoding="ascii")
    (tmp_path / "tsconfig.tsbuildinfo").write_text("made", encoding="ascii")
    assert frontend.fingerprint(tmp_path) == before
    (tmp_path / "src" / "main.tsx").write_text("two", encoding="ascii")
    assert frontend.fingerprint(tmp_path) != before


def test_without_a_front_end_nothing_is_built(tmp_path: Path) -> None:
    assert not frontend.build(print, tmp_path)


def test_make_lists_every_command_and_each_exists() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="ascii")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    described = re.findall(r"^([a-z0-9-]+):.*## \S", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == {*described, "environment", "run-environment"}
    for module in re.findall(r"-m (dev\.\w+)", makefile):
        place = PROJECT / module.replace(".", "/")
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists()
