"""Build the archive that Cloud Build makes the image of.

The same files give the same bytes at any time on any machine, so a name that is a hash of them changes only with them.
"""

from __future__ import annotations

import hashlib
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parent.parent
MANIFEST = PROJECT / "functions" / "manifest.json"
IMAGE_ARCHIVE = PROJECT / "terraform" / ".build" / "image.zip"
# In the cloud a bucket has the app, so the image is built up to the stage before it, and a change of the app alone is the same image.
LEFT_OUT = "frontend"

# The earliest date a ZIP can hold: dates must not make two archives of the same files differ.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


class MissingSource(Exception):
    """A file that the archive must hold is not there."""


def image_files(project: Path = PROJECT) -> dict[str, Path]:
    """List the files of the image's archive: the Dockerfile and the files that .dockerignore includes, but for the app.

    Returns:
        Path in the archive, and the file, in the order of writing.

    Raises:
        MissingSource: .dockerignore, or a file that it names, is missing.
    """
    ignore = project / ".dockerignore"
    lines = ignore.read_text(encoding="utf-8").splitlines() if ignore.is_file() else []
    let_through = [line[1:] for line in lines if line.startswith("!") and line[1:] != LEFT_OUT]
    left_out = [line for line in lines if line and not line.startswith(("!", "#")) and line != "*"]
    missing = [name for name in ("Dockerfile", ".dockerignore", *let_through) if not (project / name).exists()]
    if missing:
        raise MissingSource(f"not found in {project}: {', '.join(missing)}")
    named = [project / name for name in ("Dockerfile", *let_through)]
    files = [path for path in named if path.is_file()]
    files += [path for folder in named if folder.is_dir() for path in _files_below(folder, project, left_out)]
    return dict(sorted((path.relative_to(project).as_posix(), path) for path in files))


def _files_below(folder: Path, project: Path, left_out: list[str]) -> Iterator[Path]:
    """Walk a folder without entering ignored folders: frontend/node_modules holds more files than all others."""
    for path in folder.iterdir():
        inside = path.relative_to(project).as_posix()
        # "**/*.pyc" matches at any depth, "frontend/dist" only that folder.
        if any(fnmatch(path.name, rule[3:]) if rule.startswith("**/") else inside == rule for rule in left_out):
            continue
        if path.is_dir():
            yield from _files_below(path, project, left_out)
        elif path.is_file():
            yield path


def build_image_source(archive: Path = IMAGE_ARCHIVE, project: Path = PROJECT) -> str:
    """Write the archive of the image. Stored, not compressed: compressed bytes differ between versions of zlib.

    Returns:
        SHA-256 of the archive, in hex: the image's tag.

    Raises:
        MissingSource: as `image_files`.
    """
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for name, path in image_files(project).items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = _MODE
            entry.create_system = 3  # Unix, also for an archive built on Windows
            target.writestr(entry, path.read_bytes())
    return hashlib.sha256(archive.read_bytes()).hexdigest()
