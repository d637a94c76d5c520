"""Read from the shown plan what it would do to the database, and to resources that outlive a deployment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from deploy.cloud import DeployError, ask, read_json, write_object
from deploy.target import PLAN, TERRAFORM

if TYPE_CHECKING:
    from deploy.target import Target

PRIMARY = "google_sql_database_instance.primary[0]"
CLUSTER = "google_alloydb_cluster.this[0]"
IDENTITY_PLATFORM = "google_identity_platform_config.this[0]"
# https://cloud.google.com/sql/docs/postgres/delete-instance: the name of a deleted instance cannot be used again for a week.
NAME_HELD_FOR = timedelta(days=7)
_DESTROYED = "destroyed"


def changes() -> dict[str, dict[str, Any]]:
    """Return the changes of the shown plan by address: `actions`, `before` and `after`, as in Terraform's JSON."""
    plan = read_json(ask("terraform", f"-chdir={TERRAFORM}", "show", "-json", str(PLAN))) or {}
    return {change["address"]: change["change"] for change in plan.get("resource_changes", [])}


def in_state() -> list[str]:
    """Return the addresses of all resources in the state; empty where nothing is deployed."""
    return (ask("terraform", f"-chdir={TERRAFORM}", "state", "list") or "").split()


def adopt_identity_platform(target: Target, image: str) -> bool:
    """Take over the project's Identity Platform where the plan would enable it and an earlier deployment has done so.

    Enabling cannot be undone and fails the second time, so after `make destroy` it is there and not in the state.

    Returns:
        Whether it was taken over, so that the plan is out of date.
    """
    if changes().get(IDENTITY_PLATFORM, {}).get("actions") != ["create"]:
        return False
    imported = ask(
        "terraform", f"-chdir={TERRAFORM}", "import", "-input=false", *target.arguments(image), IDENTITY_PLATFORM,
        f"projects/{target.project}",
    )  # fmt: skip
    if imported is None:  # the project has none yet
        return False
    print(f"{target.project} has Identity Platform from an earlier deployment; its users stay", flush=True)
    return True


def check_database(target: Target) -> None:
    """Refuse a plan that deletes the database, or makes one under a name that Google still holds.

    Raises:
        DeployError: names the instance and the remedy.
    """
    planned = changes()
    if "delete" in planned.get(CLUSTER, {}).get("actions", []):
        raise DeployError(
            f"This plan deletes the AlloyDB cluster {(planned[CLUSTER].get('before') or {}).get('cluster_id')} with everything in it. "
            "Another engine gets the data by a backup and a restore (docs/scale.md); to delete everything, `make destroy`."
        )
    change = planned.get(PRIMARY, {})
    actions, before, after = change.get("actions", []), change.get("before") or {}, change.get("after") or {}
    if "delete" in actions:
        raise DeployError(
            f"This plan deletes the database {before.get('name')} with everything in it. To serve from another instance, run "
            "`make restore-cloud`, which keeps the old one (docs/recovery.md); to delete everything, `make destroy`."
        )
    name = str(after.get("name"))
    held_until = _held_until(target, name) if actions == ["create"] else None
    if held_until and held_until > datetime.now(UTC):
        raise DeployError(
            f"The database {name} was deleted, and Google holds its name until {held_until:%Y-%m-%d %H:%M} UTC. "
            f'Give the new one another: database = {{ instance = "{name}-2", ... }} in a file, and `make deploy ... VARS=that-file`.'
        )


def note_destroyed(target: Target, names: list[str]) -> None:
    """Record that instances were deleted, beside the state, which stays."""
    for name in names:
        write_object(f"gs://{target.state_bucket}/{_DESTROYED}/{name}", datetime.now(UTC).isoformat())


def _held_until(target: Target, name: str) -> datetime | None:
    text = ask("gcloud", "storage", "cat", f"gs://{target.state_bucket}/{_DESTROYED}/{name}")
    return datetime.fromisoformat(text) + NAME_HELD_FOR if text else None
