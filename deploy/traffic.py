"""Split requests between the revisions of two releases: a new one gets a few first, and an old one all of them within seconds."""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.cloud import DeployError, ask, read_json, run

if TYPE_CHECKING:
    from deploy.target import Target

ALL = 100
# Revisions that served before the last deployment, by service; beside the records of releases.
_BEFORE = "releases/revisions-before"
# Each command takes seconds, most of which it waits.
_AT_ONCE = 8


def serving(target: Target) -> dict[str, str]:
    """Return the revision of each service that gets most of its requests; none before the first deployment."""
    services = read_json(
        ask(
            "gcloud", "run", "services", "list", f"--region={target.region}", f"--project={target.project}",
            "--filter=metadata.labels.app=warmpath", "--format=json",
        )
    )  # fmt: skip
    found = {}
    for service in services or []:
        shares = [each for each in service.get("status", {}).get("traffic", []) if each.get("revisionName")]
        if shares:
            most = max(shares, key=lambda each: int(each.get("percent") or 0))
            found[service["metadata"]["name"]] = most["revisionName"]
    return found


def arguments(share: int, before: dict[str, str]) -> list[str]:
    """Return Terraform's argument for a share of the requests; empty for all of them.

    Args:
        share: percentage for the newest revisions.
        before: the revisions that get the others, by service.

    Raises:
        DeployError: nothing has been deployed yet.
    """
    if share == ALL:
        return []
    if not before:
        raise DeployError(f"Nothing runs there yet that could get the other {ALL - share} % of the requests.")
    return [f"-var=traffic={json.dumps({'percent': share, 'stable': before}, sort_keys=True)}"]


def note_before(target: Target, before: dict[str, str]) -> None:
    """Keep the revisions that serve before a deployment, for `shift`."""
    if not before:
        return
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "revisions"
        written.write_text(json.dumps(before, sort_keys=True), encoding="utf-8")
        run("gcloud", "storage", "cp", str(written), f"gs://{target.source_bucket}/{_BEFORE}")


def shift(target: Target, share: int) -> None:
    """Give the newest revisions a share of the requests, and those before the last deployment the others.

    This holds until the next deployment. A service that the last deployment has added keeps all of its requests.

    Raises:
        DeployError: no deployment has noted revisions, or a service did not change; the others did.
    """
    before = read_json(ask("gcloud", "storage", "cat", f"gs://{target.source_bucket}/{_BEFORE}"))
    if not before:
        raise DeployError("No deployment has noted the revisions before it: there has been one at the most.")

    def change(service: str) -> str | None:
        shares = {"LATEST": share, before[service]: ALL - share}
        split = ",".join(f"{revision}={percent}" for revision, percent in shares.items() if percent)
        done = ask(
            "gcloud", "run", "services", "update-traffic", service, f"--to-revisions={split}",
            f"--region={target.region}", f"--project={target.project}",
        )  # fmt: skip
        return service if done is None else None

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        failed = [service for service in pool.map(change, sorted(before)) if service]
    print(f"{len(before) - len(failed)} services: {share} % to the newest revision", flush=True)
    if failed:
        raise DeployError(
            f"Not changed: {', '.join(failed)}. See: gcloud run revisions list --service={failed[0]} "
            f"--region={target.region} --project={target.project}"
        )
