"""Build the app and upload it, so that a visitor never gets a page whose files are missing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

from deploy.cloud import DeployError, run
from deploy.source import PROJECT

FRONTEND = PROJECT / "frontend"
DIST = FRONTEND / "dist"

# Files in assets/ have a hash of their content in their names, so they never change. Browsers ask for all other files again
# each time (the answer for an unchanged file is 304).
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# Written for each deployment; the built file is that of the local stack.
CONFIG = "config.json"
PAGE = "index.html"

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def build_app() -> None:
    """Build the app from its locked packages."""
    run("npm", "ci", "--no-audit", "--no-fund", folder=FRONTEND)
    run("npm", "run", "build", folder=FRONTEND)


def page_name(dist: Path = DIST) -> str:
    """Name the built page by a hash of its content, which names all other files of the app."""
    return hashlib.sha256((dist / PAGE).read_bytes()).hexdigest()[:16]


def check_inline_scripts(hashes: list[str], page: Path = DIST / PAGE) -> None:
    """Make sure that the content security policy lets the page's own inline scripts run.

    Args:
        hashes: `sha256-...` of the scripts that the load balancer's policy allows.
        page: the built page.

    Raises:
        DeployError: the page has a script that Terraform did not read from frontend/index.html.
    """
    for script in _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8")):
        found = "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        if found not in hashes:
            raise DeployError(
                f"The built page has an inline script ({found}) that the content security policy does not allow. "
                "Keep inline scripts in frontend/index.html as plain <script>, which the build leaves as they are."
            )


def upload_app(bucket: str, config: dict[str, Any], dist: Path = DIST) -> None:
    """Upload the built app: first the files that the page refers to, the page last. Open tabs need old files, so none are deleted.

    A copy of the page is kept under its name, for `restore_page`.

    Args:
        bucket: name of the app's bucket.
        config: content of /config.json.
        dist: folder that the build wrote.
    """
    to = f"gs://{bucket}"
    if (dist / "assets").is_dir():
        run(
            "gcloud",
            "storage",
            "rsync",
            "--recursive",
            f"--cache-control={FOR_EVER}",
            str(dist / "assets"),
            f"{to}/assets",
        )
    others = sorted(
        path
        for path in dist.rglob("*")
        if path.is_file() and path.name not in {PAGE, CONFIG} and "assets" not in path.relative_to(dist).parts
    )
    for path in others:
        run(
            "gcloud",
            "storage",
            "cp",
            f"--cache-control={ASK_AGAIN}",
            str(path),
            f"{to}/{path.relative_to(dist).as_posix()}",
        )
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / CONFIG
        written.write_text(json.dumps(config), encoding="utf-8")
        run("gcloud", "storage", "cp", f"--cache-control={ASK_AGAIN}", str(written), f"{to}/{CONFIG}")
    for place in (f"releases/{page_name(dist)}/{PAGE}", PAGE):
        run("gcloud", "storage", "cp", f"--cache-control={ASK_AGAIN}", str(dist / PAGE), f"{to}/{place}")


def restore_page(bucket: str, page: str) -> None:
    """Serve the page of an earlier release again; its files are still in the bucket."""
    to = f"gs://{bucket}"
    run("gcloud", "storage", "cp", f"--cache-control={ASK_AGAIN}", f"{to}/releases/{page}/{PAGE}", f"{to}/{PAGE}")
