"""Records of releases for `make rollback`: one for each, with its manifest, and one that names the running release."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deploy.cloud import DeployError, ask, run

_FOLDER = "releases"
_CURRENT = "current"
_RECORD = re.compile(r"[0-9TZ]+_[0-9a-f]+_[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Release:
    """One deployment of code.

    Attributes:
        at: time in UTC, as text that sorts by age.
        page: name of the copy of the app's index page in the app's bucket.
        digest: digest of the image, without `sha256:`.
    """

    at: str
    page: str
    digest: str

    @property
    def name(self) -> str:
        """Name of the release's record."""
        return f"{self.at}_{self.page}_{self.digest}"

    def image(self, other: str) -> str:
        """Return the name by digest of the release's image, in the registry of another image."""
        return f"{other.partition('@')[0]}@sha256:{self.digest}"

    def same_code(self, other: Release) -> bool:
        """Whether both run the same functions and show the same app."""
        return (self.page, self.digest) == (other.page, other.digest)


def list_releases(bucket: str) -> list[Release]:
    """List the kept releases, oldest first; the bucket deletes records after half a year."""
    names = (ask("gcloud", "storage", "ls", f"gs://{bucket}/{_FOLDER}/") or "").split()
    records = sorted(name.rsplit("/", 1)[-1] for name in names)
    # Records of an earlier form name an archive that nothing builds any more.
    return [Release(*record.split("_")) for record in records if _RECORD.fullmatch(record)]


def running_release(bucket: str, releases: list[Release]) -> Release | None:
    """Return the release that was deployed, or gone back to, last."""
    name = ask("gcloud", "storage", "cat", f"gs://{bucket}/{_FOLDER}/{_CURRENT}")
    return next((release for release in releases if release.name == name), None)


def record(bucket: str, page: str, image: str, manifest: Path) -> None:
    """Record that this code runs from now on, with its manifest; deploying the same code again does not make a new release."""
    release = Release(f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}", page, image.rpartition(":")[2])
    running = running_release(bucket, list_releases(bucket))
    if running and running.same_code(release):
        return
    _write(bucket, release.name, manifest.read_text(encoding="utf-8"))
    set_running(bucket, release)


def fetch_manifest(bucket: str, release: Release, to: Path) -> None:
    """Write the manifest of a release to a file.

    Raises:
        DeployError: the record cannot be read.
    """
    text = ask("gcloud", "storage", "cat", f"gs://{bucket}/{_FOLDER}/{release.name}")
    if not text:
        raise DeployError(f"The record gs://{bucket}/{_FOLDER}/{release.name} cannot be read.")
    to.parent.mkdir(exist_ok=True)
    to.write_text(text, encoding="utf-8")


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
