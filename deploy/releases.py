"""Records of releases for `make rollback`: one for each, beside the archives, and one that names the running release."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deploy.cloud import DeployError, ask, run

_FOLDER = "releases"
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Release:
    """One deployment of code.

    Attributes:
        at: time in UTC, as text that sorts by age.
        page: name of the copy of the app's index page in the app's bucket.
        source: name of the functions' archive in the bucket.
    """

    at: str
    page: str
    source: str

    @property
    def name(self) -> str:
        """Name of the release's record; the name of an archive does not contain an underscore."""
        return f"{self.at}_{self.page}_{self.source}"

    def same_code(self, other: Release) -> bool:
        """Whether both run the same functions and show the same app."""
        return (self.page, self.source) == (other.page, other.source)


def list_releases(bucket: str) -> list[Release]:
    """List the kept releases, oldest first; the bucket deletes archives and records after half a year."""
    names = (ask("gcloud", "storage", "ls", f"gs://{bucket}/{_FOLDER}/") or "").split()
    records = sorted(name.rsplit("/", 1)[-1] for name in names)
    return [Release(*record.split("_")) for record in records if record.count("_") == len(Release.__slots__) - 1]


def running_release(bucket: str, releases: list[Release]) -> Release | None:
    """Return the release that was deployed, or gone back to, last."""
    name = ask("gcloud", "storage", "cat", f"gs://{bucket}/{_FOLDER}/{_CURRENT}")
    return next((release for release in releases if release.name == name), None)


def record(bucket: str, page: str, source: str) -> None:
    """Record that this code runs from now on; deploying the same code again does not make a new release."""
    release = Release(f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}", page, source)
    running = running_release(bucket, list_releases(bucket))
    if running and running.same_code(release):
        return
    _write(bucket, release.name, release.name)
    set_running(bucket, release)


def set_running(bucket: str, release: Release) -> None:
    """Record which release runs."""
    _write(bucket, _CURRENT, release.name)


def previous_release(releases: list[Release], running: Release | None) -> Release:
    """Return the release before the running one.

    Raises:
        DeployError: no earlier release is recorded.
    """
    earlier = releases[: releases.index(running)] if running else []
    if not earlier:
        raise DeployError("No earlier release is recorded; `make deploy` records one each time the code has changed.")
    return earlier[-1]


def _write(bucket: str, name: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "record"
        written.write_text(text, encoding="utf-8")
        run("gcloud", "storage", "cp", str(written), f"gs://{bucket}/{_FOLDER}/{name}")
