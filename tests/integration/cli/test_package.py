from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[3]


def test_the_package_has_all_that_the_program_imports_and_needs_nothing_but_the_standard_library(
    tmp_path: Path,
) -> None:
    described = tomllib.loads((PROJECT / "cli" / "pyproject.toml").read_text(encoding="utf-8"))
    packed = described["tool"]["hatch"]["build"]["targets"]["wheel"]
    shutil.copytree(PROJECT / "cli" / "warmpath", tmp_path / "warmpath")
    for source, target in packed["force-include"].items():
        path = PROJECT / "cli" / source
        if path.is_dir():
            shutil.copytree(path, tmp_path / target)
        else:
            (tmp_path / target).parent.mkdir(exist_ok=True)
            shutil.copy(path, tmp_path / target)
    (tmp_path / "all.mbox").write_text(
        "From x Tue Jul  1 08:52:37 2003\nFrom: Ana <ana@acme.example>\nTo: ben@globex.example\n"
        "Date: Tue, 1 Jul 2003 10:52:37 +0200\n\nbody\n"
    )
    # -S: no packages of the environment; -P and the folder: nothing of the repository.
    command = [
        sys.executable,
        "-S",
        "-P",
        "-m",
        "warmpath",
        "mail",
        "all.mbox",
        "--mine",
        "ana@acme.example",
        "--dry-run",
        "--json",
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"messages": 1' in done.stdout
    assert described["project"]["scripts"] == {"warmpath": "warmpath.program:main"}
