"""Builds the one archive that every function is made from; the same files give the same bytes, whenever and wherever."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

PROJECT = Path(__file__).parent.parent
ARCHIVE = PROJECT / "terraform" / ".build" / "functions.zip"

# What a function needs at run time; .gcloudignore says the same to `gcloud functions deploy`, and a test compares the two.
TREES = {"functions": {".json", ".py"}, "shared": {".py", ".sql"}}
# Name in the archive, and where it comes from: pip in the cloud reads requirements.txt, and with hashes in it refuses anything
# that is not what was tested.
FILES = {"main.py": "main.py", "requirements.txt": "requirements.lock"}

# The earliest date a ZIP can hold: dates must not make two archives of the same files differ.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


class MissingSource(Exception):
    """A file that the archive must hold is not there."""


def source_files(project: Path = PROJECT) -> dict[str, Path]:
    """What goes into the archive.

    Returns:
        Path in the archive to the file, in the order in which they are written.

    Raises:
        MissingSource: the requirements are not locked, or this is not the project's folder.
    """
    files = {name: project / path for name, path in FILES.items()}
    for tree, suffixes in TREES.items():
        for path in (project / tree).rglob("*"):
            if path.suffix in suffixes and "__pycache__" not in path.parts and path.is_file():
                files[path.relative_to(project).as_posix()] = path
    missing = sorted(str(path.relative_to(project)) for path in files.values() if not path.is_file())
    if missing:
        raise MissingSource(f"not found in {project}: {', '.join(missing)}")
    return dict(sorted(files.items()))


def build_source(archive: Path = ARCHIVE, project: Path = PROJECT) -> str:
    """Write the archive.

    Stored, not compressed: what a compressor writes changes from one version of zlib to the next, and 1 MB travels quickly.

    Returns:
        SHA-256 of the archive, in hex: its name in the bucket is made of it.

    Raises:
        MissingSource: as `source_files`.
    """
    files = source_files(project)
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for name, path in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = _MODE
            entry.create_system = 3  # Unix, also where it is built on Windows
            target.writestr(entry, path.read_bytes())
    return hashlib.sha256(archive.read_bytes()).hexdigest()
