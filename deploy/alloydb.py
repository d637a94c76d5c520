"""Restore an AlloyDB cluster to a moment, into a new cluster, and take that over; `deploy.restore` does it for Cloud SQL."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from deploy.cloud import DeployError, ask
from deploy.plans import CLUSTER, changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deploy.target import Target

PRIMARY_INSTANCE = "google_alloydb_instance.primary[0]"
OF_THE_DATABASE = ("google_alloydb_cluster.", "google_alloydb_instance.", "google_alloydb_user.")
# States of a cluster in which it is still on its way (https://cloud.google.com/alloydb/docs/reference/rest/v1/projects.locations.clusters#State).
_UNDER_WAY = {"CREATING", "BOOTSTRAPPING", "MAINTENANCE", "STATE_UNSPECIFIED"}
LOOK_EVERY_S = 15.0
_LOOKS_FOR_A_NAME = 4


def state_of(target: Target, cluster: str) -> str | None:
    """Return the state of a cluster as Google names it; None where the cluster does not exist."""
    return ask(
        "gcloud", "alloydb", "clusters", "describe", cluster, f"--region={target.region}", f"--project={target.project}",
        "--format=value(state)",
    )  # fmt: skip


def begin_clone(target: Target, source: Mapping[str, Any], point: str, cluster: str) -> None:
    """Begin to make a cluster of the database as it was at a moment.

    It will have no instance: Terraform makes its instances when it takes the cluster over.

    Args:
        target: the deployment.
        source: values of the present cluster in Terraform's state.
        point: the moment.
        cluster: name of the new cluster.

    Raises:
        DeployError: gcloud refuses.
    """
    network, key = _first(source, "network_config"), _first(source, "encryption_config").get("kms_key_name")
    where = (f"--region={target.region}", f"--project={target.project}")
    started = ask(
        "gcloud", "alloydb", "clusters", "restore", cluster, f"--source-cluster={source['cluster_id']}",
        f"--point-in-time={point}", f"--network={network.get('network')}",
        f"--allocated-ip-range-name={network.get('allocated_ip_range')}", *([f"--kms-key={key}"] if key else []), *where,
        "--async", "--format=value(name)",
    )  # fmt: skip
    if started is None:
        raise DeployError(
            f"{source['cluster_id']} cannot be restored to {point}. It goes back `database.log_retention_days` (7) at the most: see "
            f"gcloud alloydb clusters describe {source['cluster_id']} {' '.join(where)} "
            "--format='value(continuousBackupInfo.earliestRestorableTime)'"
        )


def wait_for(target: Target, cluster: str, *, look_every_s: float) -> None:
    """Wait until a cluster is ready; gcloud has no command that waits for an operation of AlloyDB.

    Raises:
        DeployError: the cluster cannot be used, or has gone again.
    """
    state = state_of(target, cluster)
    for _ in range(_LOOKS_FOR_A_NAME):  # right after the beginning it may not be listed
        if state is not None:
            break
        time.sleep(look_every_s)
        state = state_of(target, cluster)
    while state in _UNDER_WAY:
        print(f"{cluster}: {state}", flush=True)
        time.sleep(look_every_s)
        state = state_of(target, cluster)
    if state != "READY":
        raise DeployError(
            f"The cluster {cluster} is {state or 'not there'}; see: gcloud alloydb operations list --cluster={cluster} "
            f"--region={target.region} --project={target.project}"
        )


def has_primary(target: Target, cluster: str) -> bool:
    """Whether a cluster has its primary instance, without which nobody can ask for its users."""
    planned = changes().get(PRIMARY_INSTANCE, {}).get("after") or {}
    return str(planned.get("instance_id")) in _named(target, "instances", cluster)


def import_blocks(target: Target, cluster: str) -> str:
    """Write Terraform's import blocks for what the plan would make and the cluster has: itself, its instances, its users."""
    path = f"projects/{target.project}/locations/{target.region}/clusters/{cluster}"
    instances = _named(target, "instances", cluster)
    users = _named(target, "users", cluster) if has_primary(target, cluster) else []
    blocks = []
    for address, change in changes().items():
        after = change.get("after") or {}
        if change.get("actions") != ["create"]:
            continue
        if address == CLUSTER:
            identity = path
        elif address.startswith("google_alloydb_instance.") and after.get("instance_id") in instances:
            identity = f"{path}/instances/{after['instance_id']}"
        elif address.startswith("google_alloydb_user.") and after.get("user_id") in users:
            identity = f"{path}/users/{after['user_id']}"
        else:
            continue
        blocks.append(f"import {{\n  to = {address}\n  id = {json.dumps(identity)}\n}}\n")
    return "\n".join(blocks)


def _named(target: Target, what: str, cluster: str) -> list[str]:
    return (
        ask(
            "gcloud", "alloydb", what, "list", f"--cluster={cluster}", f"--region={target.region}", f"--project={target.project}",
            "--format=value(name.basename())",
        )
        or ""
    ).split()  # fmt: skip


def _first(values: Mapping[str, Any], block: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = values.get(block) or [{}]
    return found[0]
