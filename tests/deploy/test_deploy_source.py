"""The functions' archive: complete, nothing besides, and the same bytes for the same files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deploy.source import MissingSource, build_image_source, build_source, image_files, source_files

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's deployed files, somewhere else."""
    for name, path in source_files(PROJECT).items():
        to = tmp_path / "copy" / (name if name != "requirements.txt" else "requirements.lock")
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)
    return tmp_path / "copy"


def test_the_same_files_give_the_same_archive_whenever_and_wherever_it_is_built(copy: Path, tmp_path: Path) -> None:
    here = build_source(tmp_path / "here.zip", PROJECT)
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        if path.is_file():
            path.chmod(0o600)
    assert build_source(tmp_path / "there.zip", copy) == here
    assert (tmp_path / "here.zip").read_bytes() == (tmp_path / "there.zip").read_bytes()


def test_one_changed_letter_gives_another_archive(copy: Path, tmp_path: Path) -> None:
    before = build_source(tmp_path / "before.zip", copy)
    with (copy / "main.py").open("a") as main:
        main.write("#")
    assert build_source(tmp_path / "after.zip", copy) != before


def test_the_archive_holds_what_functions_need_and_nothing_else(tmp_path: Path) -> None:
    build_source(tmp_path / "it.zip")
    names = set(zipfile.ZipFile(tmp_path / "it.zip").namelist())
    assert {"main.py", "requirements.txt", "functions/manifest.json", "shared/migrations/0001_users.sql"} <= names
    assert {
        "shared/migrations/superseded.json",
        "shared/teams/functions.sql",
        "shared/graph/functions/network.sql",
        "shared/graph/triggers.sql",
    } <= names
    assert {name.split("/")[0] for name in names} == {"main.py", "requirements.txt", "functions", "shared"}
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "dev"))]


def test_every_function_can_be_loaded_from_the_archive_alone(tmp_path: Path) -> None:
    build_source(tmp_path / "it.zip")
    zipfile.ZipFile(tmp_path / "it.zip").extractall(tmp_path / "unpacked")
    code = "import main, pathlib; [getattr(main, file.stem) for file in pathlib.Path('functions').glob('*/[a-z]*.py')]"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=tmp_path / "unpacked",
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_gcloudignore_lets_the_same_files_through() -> None:
    listed = (PROJECT / ".gcloudignore").read_text().splitlines()
    rules = [rule for rule in listed if rule and not rule.startswith("#")]
    kept = {rule.removeprefix("!/").rstrip("/") for rule in rules if rule.startswith("!")}
    assert rules[0] == "/*", "everything is left out that is not named"
    assert kept == {"main.py", "requirements.txt", "functions", "shared"}
    assert "__pycache__/" in rules


def test_the_images_archive_holds_what_the_dockerfile_copies_and_what_dockerignore_leaves_out_is_not_in_it(
    tmp_path: Path,
) -> None:
    for inside in (
        "frontend/node_modules/react/index.js", "frontend/dist/index.html", "frontend/coverage/x", "frontend/src/main.tsx", "frontend/src/dist/x.ts",
        "functions/__pycache__/x.pyc", "functions/manifest.json", "shared/old.pyc", "shared/deep/__pycache__/x.py", "selfhost/x.py", "selfhost/container.lock",
        "main.py", "docs/x.md", ".env", "frontend/package.json",
    ):  # fmt: skip
        (tmp_path / inside).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / inside).touch()
    for name in ("Dockerfile", ".dockerignore"):
        shutil.copy(PROJECT / name, tmp_path / name)
    assert list(image_files(tmp_path)) == [
        "Dockerfile", "frontend/package.json", "frontend/src/dist/x.ts", "frontend/src/main.tsx", "functions/manifest.json", "main.py",
        "selfhost/container.lock", "selfhost/x.py",
    ]  # fmt: skip
    copied = {
        word.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.+)$", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
        for word in line.split()[:-1]
    }
    held = image_files(PROJECT)
    assert all(any(f"{name}/".startswith(f"{word}/") for name in held) for word in copied)


def test_an_image_of_the_same_files_has_the_same_name_and_of_others_another(tmp_path: Path) -> None:
    for inside in (
        "Dockerfile",
        ".dockerignore",
        "main.py",
        "functions/x",
        "shared/x",
        "selfhost/x",
        "frontend/x",
    ):
        (tmp_path / inside).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / inside).touch()
    shutil.copy(PROJECT / ".dockerignore", tmp_path)
    before = build_image_source(tmp_path / "before.zip", tmp_path)
    os.utime(tmp_path / "main.py", (1_000_000_000, 1_000_000_000))
    assert build_image_source(tmp_path / "same.zip", tmp_path) == before
    (tmp_path / "shared" / "x").write_text("#")
    assert build_image_source(tmp_path / "other.zip", tmp_path) != before


@pytest.mark.parametrize("missing", ["Dockerfile", ".dockerignore", "main.py", "shared"])
def test_without_something_the_image_needs_nothing_is_built(tmp_path: Path, missing: str) -> None:
    for inside in ("Dockerfile", "main.py", "functions/x", "shared/x", "selfhost/x", "frontend/x"):
        if not inside.startswith(missing):
            (tmp_path / inside).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / inside).touch()
    if missing != ".dockerignore":
        shutil.copy(PROJECT / ".dockerignore", tmp_path)
    with pytest.raises(MissingSource, match=missing):
        build_image_source(tmp_path / "it.zip", tmp_path)


def test_without_locked_requirements_nothing_is_built(copy: Path, tmp_path: Path) -> None:
    (copy / "requirements.lock").unlink()
    with pytest.raises(MissingSource, match=r"requirements\.lock"):
        build_source(tmp_path / "it.zip", copy)


def test_the_lock_has_every_requirement_with_hashes() -> None:
    lock = (PROJECT / "requirements.lock").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    wanted = re.findall(
        r"^([A-Za-z0-9_-]+)(?:\[[a-z0-9,]+\])?==(\S+)", (PROJECT / "requirements.txt").read_text(), re.MULTILINE
    )
    assert wanted
    assert {name.lower().replace("_", "-"): version for name, version in wanted}.items() <= locked.items(), "make lock"
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock, "where packages come from is every machine's own business"


@pytest.mark.parametrize(("epoch", "compiles"), [("315532800", False), (None, True)], ids=["as deployed", "without it"])
def test_bytecode_outlives_the_dates_that_an_image_gives_its_files(
    tmp_path: Path, epoch: str | None, compiles: bool
) -> None:
    """What Google's build does: compile, then write an image in which every file is of 1980. Terraform sets the variable."""
    build_source(tmp_path / "it.zip")
    zipfile.ZipFile(tmp_path / "it.zip").extractall(tmp_path / "app")
    environment = {"PATH": os.environ["PATH"]} | ({"SOURCE_DATE_EPOCH": epoch} if epoch else {})

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path / "app",
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stderr

    for path in (tmp_path / "app").rglob("*.py"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    python("-m", "compileall", "-f", "-q", "functions", "shared", "main.py")
    for path in (tmp_path / "app").rglob("*"):
        os.utime(path, (315_532_801, 315_532_801))
    said = python("-B", "-v", "-c", "import main")
    assert ("bytecode is stale for 'main'" in said) is compiles
