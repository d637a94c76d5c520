"""The image's archive: complete, nothing besides, and the same bytes for the same files."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from deploy.source import MissingSource, build_image_source, image_files

PROJECT = Path(__file__).parents[2]


def test_the_images_archive_holds_what_the_functions_stage_copies_and_neither_the_app_nor_what_dockerignore_leaves_out(
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
        "Dockerfile", "functions/manifest.json", "main.py", "selfhost/container.lock", "selfhost/x.py",
    ]  # fmt: skip
    stages = re.split(r"^(?=FROM )", (PROJECT / "Dockerfile").read_text(), flags=re.MULTILINE)
    needed = [stage for stage in stages if re.match(r"FROM \S+ AS (packages|functions)$", stage, re.MULTILINE)]
    assert len(needed) == 2
    copied = {
        word.rstrip("/")
        for stage in needed
        for line in re.findall(r"^COPY (?!--from)(.+)$", stage, re.MULTILINE)
        for word in line.split()[:-1]
    }
    assert set(re.findall(r"--from=(\w+)", "".join(needed))) == {"packages"}, (
        "the app's stage is not built in the cloud"
    )
    assert "--target=functions" in (PROJECT / "deploy" / "image.yaml").read_text()
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
    (tmp_path / "frontend" / "x").write_text("#")
    assert build_image_source(tmp_path / "same.zip", tmp_path) == before, "a change of the app builds no functions"
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
