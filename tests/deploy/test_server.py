"""A small server without Docker: systemd's units, and Caddy in front."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "selfhost" / "server"
UNITS = sorted(path for path in FOLDER.iterdir() if path.suffix in {".service", ".timer"})
PAGE = (PROJECT / "docs" / "self-hosting.md").read_text(encoding="utf-8")
SERVICE = (FOLDER / "warmpath.service").read_text(encoding="utf-8")


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is part of systemd: apt install systemd"
)
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_each_unit(unit: Path, tmp_path: Path) -> None:
    for each in UNITS:  # a timer is checked with its service; a program has to be there
        text = each.read_text(encoding="utf-8").replace("/opt/warmpath/venv/bin/python", sys.executable)
        (tmp_path / each.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / unit.name)],
        capture_output=True, text=True, check=False, env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip
    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.name in line]) == (0, [])


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is part of systemd: apt install systemd"
)
def test_the_server_may_do_little() -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--no-pager", "--offline=yes", "--threshold=20", str(FOLDER / "warmpath.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "does not support" in done.stderr or "nrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze judges no file: it is older than version 250")
    assert done.returncode == 0, done.stdout[-400:] + done.stderr


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed: apt install caddy")
def test_caddy_understands_its_file() -> None:
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(FOLDER / "Caddyfile")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_proxy_passes_on_what_the_server_takes_and_to_where_it_listens() -> None:
    text = (FOLDER / "Caddyfile").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    assert "max_size 33MB" in text
    (port,) = re.findall(r"PORT=(\d+)", SERVICE)
    assert f"127.0.0.1:{port}" in text


def test_the_server_runs_what_the_image_runs() -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    assert 'ENTRYPOINT ["python", "-m", "selfhost.container"]' in dockerfile
    commands = re.findall(r"^ExecStart(?:Pre)?=\S+ -m selfhost\.container (\w+)$", SERVICE, re.MULTILINE)
    assert commands == ["migrate", "serve"]
    assert "--require-hashes --no-deps -r selfhost/container.lock" in PAGE


def test_the_page_names_every_unit_and_every_setting_without_which_nothing_starts() -> None:
    for path in FOLDER.iterdir():
        assert path.name in PAGE
    compose = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
    needed = {name for name, value in compose["x-environment"].items() if ":?" in value}
    assert {name for name in needed if f"\n{name}=" not in PAGE} == set()


def test_operating_an_installation_installs_no_test_packages() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in ("backup", "migrate", "restore", "seed"):
        assert re.search(rf"^{target}: run-environment ##", makefile, re.MULTILINE), target
