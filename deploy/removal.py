"""Delete a deployment, and try again for as long as Google holds its network."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from deploy.cloud import DeployError, ask, confirm, run
from deploy.plans import changes, in_state, note_destroyed

if TYPE_CHECKING:
    from deploy.target import Target

# https://cloud.google.com/run/docs/configuring/vpc-direct-vpc: addresses of instances are held for one to two hours after the
# last service is gone, and the subnet cannot be deleted as long.
HELD_FOR_S = 9000
BETWEEN_TRIES_S = 300
NETWORK = "warmpath"
# The peering with the network of Cloud SQL and Memorystore; Google keeps its side for days, ours can go at once.
PEERING = "servicenetworking-googleapis-com"
_OF_THE_NETWORK = (
    "google_compute_global_address.services",
    "google_compute_network.",
    "google_compute_subnetwork.",
    "google_network_connectivity_service_connection_policy.",
    "google_project_service.",
    "google_service_networking_connection.",
)


def destroy_everything(target: Target, image: str, *, given: str | None, held_for_s: float = HELD_FOR_S) -> bool:
    """Delete everything that Terraform made. May be called again after any interruption.

    Args:
        target: the deployment.
        image: any image; the plan needs one.
        given: the answer to the question, where it was given in advance.
        held_for_s: how long to try again while only the network is left.

    Returns:
        False where nothing is deployed.

    Raises:
        DeployError: something else than the network is left, or the network after that time; says what to do.
    """
    if not target.plan(image, "-destroy"):
        return False
    confirm(f"Delete all of this, with every contact in {target.project}?", expected=target.project, given=given)
    instances = [
        str(change["before"]["name"])
        for address, change in changes().items()
        if address.startswith("google_sql_database_instance.") and change["actions"] == ["delete"]
    ]
    end = time.monotonic() + held_for_s
    until = datetime.now(UTC) + timedelta(seconds=held_for_s)
    while not _applied(target):
        left = in_state()
        if any(not address.startswith(_OF_THE_NETWORK) for address in left):
            raise DeployError(
                f"{len(left)} resources are left, among them {', '.join(left[:3])}; the reason is above. "
                "Mend it and run `make destroy` again: it goes on with the rest."
            )
        if not _delete_peering(target):
            _wait(end, until, held_for_s)
        if not target.plan(image, "-destroy"):
            break
    note_destroyed(target, instances)
    return True


def _applied(target: Target) -> bool:
    try:
        target.apply()
    except DeployError:
        return False
    return True


def _wait(end: float, until: datetime, held_for_s: float) -> None:
    if time.monotonic() >= end:
        raise DeployError(
            "Everything is deleted but the network, whose addresses Google holds for up to two hours. "
            "Run `make destroy` again later; nothing that is left costs anything."
        )
    print(
        f"Only the network is left. Google holds its addresses for up to two hours; trying until {until:%H:%M} UTC. "
        "Stopping here is safe: `make destroy` goes on.",
        flush=True,
    )
    time.sleep(min(BETWEEN_TRIES_S, held_for_s))


def _delete_peering(target: Target) -> bool:
    """Delete our side of the peering, without which the network cannot be deleted; return whether it was there."""
    found = ask(
        "gcloud", "compute", "networks", "peerings", "list", f"--network={NETWORK}", f"--project={target.project}",
        "--flatten=peerings[]", "--format=value(peerings.name)",
    )  # fmt: skip
    if PEERING not in (found or "").split():
        return False
    run(
        "gcloud", "compute", "networks", "peerings", "delete", PEERING, f"--network={NETWORK}", f"--project={target.project}",
        "--quiet",
    )  # fmt: skip
    return True
