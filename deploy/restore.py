"""Restore the database to a moment, into a new instance beside the present one, and serve from it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from deploy import alloydb
from deploy.calls import call
from deploy.cloud import DeployError, ask, confirm, read_json, run
from deploy.image import migrate
from deploy.plans import CLUSTER, PRIMARY, changes, in_state
from deploy.target import TERRAFORM

if TYPE_CHECKING:
    from deploy.target import Target

# Terraform imports what this file names; it is there during one plan and its apply.
IMPORTS = TERRAFORM / "restored.tf"
_OF_THE_DATABASE = ("google_sql_database_instance.", "google_sql_database.", "google_sql_user.")
_DATABASE = "google_sql_database.this[0]"


def parse_point(text: str) -> str:
    """Return a moment in the form that Cloud SQL takes.

    Raises:
        DeployError: the text is not a time with a zone, or not past.
    """
    try:
        point = datetime.fromisoformat(text)
    except ValueError:
        point = None
    if point is None or point.tzinfo is None:
        raise DeployError(f'POINT must be a time such as 2026-01-31T09:59:00Z, not "{text}"')
    if point >= datetime.now(UTC):
        raise DeployError(f'POINT must be past, not "{text}"')
    return f"{point.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{point.microsecond // 1000:03}Z"


def clone(target: Target, point: str, instance: str, *, look_every_s: float = alloydb.LOOK_EVERY_S) -> None:
    """Make an instance of the database as it was at a moment, however long that takes; one that is there already stays.

    At AlloyDB the instance is a cluster.

    Raises:
        DeployError: gcloud fails, or the instance cannot be used.
    """
    cluster_state = alloydb.state_of(target, instance)
    if cluster_state is not None or CLUSTER in in_state():
        if cluster_state is None:
            alloydb.begin_clone(target, _present(CLUSTER), point, instance)
        alloydb.wait_for(target, instance, look_every_s=look_every_s)
        return
    state = _state_of(target, instance)
    if state is None:
        source = present_instance()
        started = ask(
            "gcloud", "sql", "instances", "clone", source, instance, f"--point-in-time={point}",
            f"--project={target.project}", "--async", "--format=value(name)",
        )  # fmt: skip
        if started is None:
            raise DeployError(
                f"{source} cannot be restored to {point}. Its logs reach back `database.log_retention_days` (7) at the most: see "
                f"gcloud sql instances get-latest-recovery-time {source} --project={target.project}"
            )
    # gcloud itself waits for five minutes; a clone of a large disk takes longer.
    for operation in _running_operations(target, instance):
        run("gcloud", "sql", "operations", "wait", operation, "--timeout=unlimited", f"--project={target.project}")
    state = _state_of(target, instance)
    if state != "RUNNABLE":
        raise DeployError(
            f"The instance {instance} is {state or 'not there'}; see: gcloud sql operations list --instance={instance}"
        )


def present_instance() -> str:
    """Return the name of the Cloud SQL instance that the deployment serves from.

    Raises:
        DeployError: nothing is deployed.
    """
    return str(_present(PRIMARY)["name"])


def planned_instance() -> str | None:
    """Return the instance that the variables name, from the shown plan; None where the plan leaves the present one."""
    planned = changes()
    after = planned.get(CLUSTER, planned.get(PRIMARY, {})).get("after") or {}
    name = after.get("cluster_id" if CLUSTER in planned else "name")
    return None if name is None else str(name)


def switch(target: Target, image: str, instance: str, *, given: str | None) -> None:
    """Serve from an instance that is there, and leave the present one as it is, unknown to Terraform.

    Args:
        target: the deployment.
        image: the present image.
        instance: name of the instance, which the variables name as well.
        given: the answer to the question, where it was given in advance.

    Raises:
        DeployError: not confirmed, or Terraform would make or delete an instance instead.
    """
    is_alloydb = CLUSTER in changes()
    confirm(f"Serve {target.project} from {instance}?", expected=target.project, given=given)
    pause_schedules(target, pause=True)
    present = [address for address in in_state() if address.startswith((*_OF_THE_DATABASE, *alloydb.OF_THE_DATABASE))]
    if present:
        run("terraform", "state", "rm", *present, folder=TERRAFORM)
    target.plan(image)
    try:
        if is_alloydb:
            IMPORTS.write_text(alloydb.import_blocks(target, instance), encoding="utf-8")
            target.plan(image)
            _refuse_another(CLUSTER, instance)
            if not alloydb.has_primary(target, instance):
                # The users of the restored database can be named once it has an instance.
                target.apply_parts(image, f"-target={alloydb.PRIMARY_INSTANCE}")
                IMPORTS.unlink()
                target.plan(image)
                IMPORTS.write_text(alloydb.import_blocks(target, instance), encoding="utf-8")
                target.plan(image)
        else:
            IMPORTS.write_text(_import_blocks(target, instance), encoding="utf-8")
            target.plan(image)
        _refuse_another(CLUSTER if is_alloydb else PRIMARY, instance)
        target.apply()
    finally:
        IMPORTS.unlink(missing_ok=True)


def _refuse_another(address: str, instance: str) -> None:
    actions = changes().get(address, {}).get("actions", [])
    if {"create", "delete"} & set(actions):
        raise DeployError(
            f"Terraform would not take {instance} over ({', '.join(actions)}); nothing more was applied. Run this again."
        )


def bring_back(target: Target) -> None:
    """Bring the restored schema up to date, let the functions in, and empty the cache, which knows later contacts."""
    migrate(target)
    call(target, "empty_cache", "{}")


def pause_schedules(target: Target, *, pause: bool) -> None:
    """Pause or resume all schedules."""
    where = (f"--location={target.region}", f"--project={target.project}")
    names = (ask("gcloud", "scheduler", "jobs", "list", *where, "--format=value(name.basename())") or "").split()
    for name in names:
        run("gcloud", "scheduler", "jobs", "pause" if pause else "resume", name, *where)


def _present(address: str) -> dict[str, Any]:
    """Return what Terraform's state knows of the database."""
    state = read_json(ask("terraform", f"-chdir={TERRAFORM}", "show", "-json")) or {}
    resources: list[dict[str, Any]] = state.get("values", {}).get("root_module", {}).get("resources", [])
    for resource in resources:
        if resource["address"] == address:
            return dict(resource["values"])
    raise DeployError("No database is in Terraform's state; is it the right project?")


def _state_of(target: Target, instance: str) -> str | None:
    return ask(
        "gcloud", "sql", "instances", "describe", instance, f"--project={target.project}", "--format=value(state)"
    )


def _running_operations(target: Target, instance: str) -> list[str]:
    return (
        ask(
            "gcloud", "sql", "operations", "list", f"--instance={instance}", f"--project={target.project}",
            "--filter=status!=DONE", "--format=value(name)",
        ) or ""
    ).split()  # fmt: skip


def _import_blocks(target: Target, instance: str) -> str:
    """Write Terraform's import blocks for what the plan would make and the instance has: itself, its database, its users."""
    users = _named(target, "users", instance)
    databases = _named(target, "databases", instance)
    blocks = []
    for address, change in changes().items():
        if change.get("actions") != ["create"] or not address.startswith(_OF_THE_DATABASE):
            continue
        name = str((change.get("after") or {}).get("name"))
        if address == PRIMARY:
            identity = f"projects/{target.project}/instances/{instance}"
        elif address == _DATABASE and name in databases:
            identity = f"projects/{target.project}/instances/{instance}/databases/{name}"
        elif address.startswith("google_sql_user.") and name in users:
            identity = f"{target.project}/{instance}/{name}"
        else:
            continue
        blocks.append(f"import {{\n  to = {address}\n  id = {json.dumps(identity)}\n}}\n")
    return "\n".join(blocks)


def _named(target: Target, what: str, instance: str) -> list[str]:
    return (
        ask(
            "gcloud",
            "sql",
            what,
            "list",
            f"--instance={instance}",
            f"--project={target.project}",
            "--format=value(name)",
        )
        or ""
    ).split()
