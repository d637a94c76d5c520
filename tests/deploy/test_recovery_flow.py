"""`make destroy` and deploying again, `make restore-cloud`: against stand-ins that refuse what Google refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.deploy.conftest import Machine

pytestmark = pytest.mark.slow

POINT = "2026-01-31T09:59:00Z"
NETWORK = ["google_compute_network.this", "google_compute_subnetwork.functions"]


def cloud(machine: Machine) -> dict[str, Any]:
    found: dict[str, Any] = machine.state["cloud"]
    return found


@pytest.fixture
def deployed(machine: Machine, answers: dict[str, tuple[int, str, bytes]]) -> Machine:
    """Machine with a deployment, whose private function answers."""
    address = f"{machine.url}/empty-cache"
    machine.set_cloud(functions={"empty_cache": {"kind": "private", "service": "operators", "url": address}})
    answers["/empty-cache"] = (200, "application/json", b'{"emptied": true}')
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 0, done.stdout + done.stderr
    return machine


def instance_file(machine: Machine, name: str) -> str:
    path = machine.folder / "acme.tfvars"
    path.write_text(f'database = {{ instance = "{name}" }}\n')
    return f"--vars={path}"


def test_destroying_waits_for_the_network_and_deletes_the_peering_that_holds_it(deployed: Machine) -> None:
    deployed.set_cloud(held=2)
    done = deployed.run("destroy", "--confirm=acme-crm", "--hold=5")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Only the network is left" in done.stdout
    assert (cloud(deployed)["resources"], cloud(deployed)["peering"]) == ({}, False)
    assert deployed.state["unknown"] == []


def test_destroying_that_ran_out_of_time_says_so_and_goes_on_when_called_again(deployed: Machine) -> None:
    deployed.set_cloud(held=3)
    done = deployed.run("destroy", "--confirm=acme-crm", "--hold=0")
    assert done.returncode == 1
    assert "nothing that is left costs anything" in done.stderr
    assert sorted(cloud(deployed)["resources"]) == NETWORK
    deployed.set_cloud(held=0)
    assert deployed.run("destroy", "--confirm=acme-crm", "--hold=0").returncode == 0
    assert cloud(deployed)["resources"] == {}
    assert "Nothing is deployed there." in deployed.run("destroy", "--confirm=acme-crm").stdout


def test_destroying_that_fails_for_another_reason_does_not_wait(deployed: Machine) -> None:
    resources = cloud(deployed)["resources"] | {"google_compute_global_address.edge": "warmpath-edge"}
    deployed.set_cloud(held=5, resources=resources)
    done = deployed.run("destroy", "--confirm=acme-crm", "--hold=1000")
    assert done.returncode == 1
    assert "3 resources are left, among them google_compute_network.this" in done.stderr
    assert not deployed.calls("gcloud", "compute", "networks", "peerings", "delete")


def test_deploying_into_a_project_again_takes_identity_platform_over_and_needs_another_instance(
    deployed: Machine,
) -> None:
    assert deployed.run("destroy", "--confirm=acme-crm", "--hold=0.1").returncode == 0
    assert cloud(deployed)["identity_platform"], "Google has no off switch"
    again = deployed.run("deploy", "--confirm=yes")
    assert again.returncode == 1
    assert "Google holds its name until" in again.stderr
    assert 'instance = "warmpath-primary-2"' in again.stderr
    assert not deployed.calls("terraform", "apply")
    other = deployed.run("deploy", "--confirm=yes", instance_file(deployed, "warmpath-primary-2"))
    assert other.returncode == 0, other.stdout + other.stderr
    assert list(cloud(deployed)["instances"]) == ["warmpath-primary-2"]


def test_a_week_after_it_was_destroyed_the_name_is_free(deployed: Machine) -> None:
    deployed.run("destroy", "--confirm=acme-crm", "--hold=0.1")
    before = f"{datetime.now(UTC) - timedelta(days=7, minutes=1):%Y-%m-%dT%H:%M:%S+00:00}"
    record = "gs://acme-crm-warmpath-state/destroyed/warmpath-primary"
    deployed.set_cloud(gone=[], objects=cloud(deployed)["objects"] | {record: [before, ""]})
    done = deployed.run("deploy", "--confirm=yes")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_deployment_never_deletes_the_database(deployed: Machine) -> None:
    done = deployed.run("deploy", "--confirm=yes", instance_file(deployed, "warmpath-other"))
    assert done.returncode == 1
    assert "This plan deletes the database warmpath-primary" in done.stderr
    assert not deployed.calls("terraform", "apply")


def test_a_moment_is_restored_beside_the_present_database_and_served_once_the_variables_name_it(
    deployed: Machine,
) -> None:
    first = deployed.run("restore-cloud", f"--point={POINT}", "--confirm=acme-crm")
    assert first.returncode == 75, first.stdout + first.stderr
    assert 'instance = "warmpath-restored"' in first.stdout
    assert cloud(deployed)["instances"] == {"warmpath-primary": "RUNNABLE", "warmpath-restored": "RUNNABLE"}
    assert not deployed.calls("terraform", "apply")
    named = instance_file(deployed, "warmpath-restored")
    second = deployed.run("restore-cloud", f"--point={POINT}", "--confirm=acme-crm", named)
    assert second.returncode == 0, second.stdout + second.stderr
    assert not deployed.calls("gcloud", "sql", "instances", "clone"), "it is there"
    assert cloud(deployed)["resources"]["google_sql_database_instance.primary[0]"] == "warmpath-restored"
    assert "warmpath-primary" in cloud(deployed)["instances"], "what was there stays"
    assert cloud(deployed)["paused"] == ["relay-outbox", "warm-contacts"]
    assert deployed.calls("gcloud", "run", "jobs", "execute", "migration", "--wait")
    assert deployed.calls("gcloud", "auth", "print-identity-token"), "the private function has emptied the cache"
    assert not (deployed.folder / "terraform" / "restored.tf").exists()
    assert deployed.run("resume-schedules").returncode == 0
    assert (cloud(deployed)["paused"], deployed.state["unknown"]) == ([], [])
    assert deployed.run("deploy", "--confirm=yes", named).returncode == 0, "later deployments stay with it"


def test_a_restore_that_was_interrupted_goes_on_when_called_again(deployed: Machine) -> None:
    named = instance_file(deployed, "warmpath-restored")
    kept = {
        address: name for address, name in cloud(deployed)["resources"].items() if not address.startswith("google_sql_")
    }
    instances = {"warmpath-primary": "RUNNABLE", "warmpath-restored": "PENDING_CREATE"}
    deployed.set_cloud(resources=kept, instances=instances, operations={"op-7": "warmpath-restored"})
    done = deployed.run("restore-cloud", f"--point={POINT}", "--confirm=acme-crm", named)
    assert done.returncode == 0, done.stdout + done.stderr
    assert cloud(deployed)["resources"]["google_sql_database_instance.primary[0]"] == "warmpath-restored"
    assert cloud(deployed)["resources"]["google_sql_user.owner[0]"] == "warmpath_owner"


def test_what_is_not_confirmed_changes_nothing(deployed: Machine) -> None:
    before = cloud(deployed)["resources"]
    named = instance_file(deployed, "warmpath-restored")
    done = deployed.run("restore-cloud", f"--point={POINT}", "--confirm=yes", named)
    assert done.returncode == 1
    assert "Not confirmed" in done.stderr
    assert (cloud(deployed)["resources"], cloud(deployed)["paused"]) == (before, [])


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("yesterday", 'POINT must be a time such as 2026-01-31T09:59:00Z, not "yesterday"'),
        ("2026-01-31T09:59:00", "POINT must be a time such as"),
        ("2999-01-31T09:59:00Z", "POINT must be past"),
        ("2025-12-31T09:59:00Z", "cannot be restored to 2025-12-31T09:59:00.000Z"),
    ],
)
def test_a_moment_that_cannot_be_restored_is_refused_with_the_reason(deployed: Machine, point: str, said: str) -> None:
    done = deployed.run("restore-cloud", f"--point={point}", "--confirm=acme-crm")
    assert done.returncode == 1
    assert said in done.stderr


def test_where_nothing_is_deployed_nothing_is_restored(machine: Machine) -> None:
    done = machine.run("restore-cloud", f"--point={POINT}", "--confirm=acme-crm")
    assert done.returncode == 1
    assert "No database is in Terraform's state" in done.stderr


CLUSTER, POOL_USER = "google_alloydb_cluster.this[0]", 'google_alloydb_user.function["get_user"]'
KEY = "projects/acme-crm/locations/europe-west1/keyRings/crm/cryptoKeys/crm"


def cluster_file(machine: Machine, name: str) -> str:
    path = machine.folder / "acme.tfvars"
    path.write_text(f'database = {{ engine = "alloydb", instance = "{name}" }}\n')
    return f"--vars={path}"


@pytest.fixture
def on_alloydb(machine: Machine, answers: dict[str, tuple[int, str, bytes]]) -> Machine:
    """Machine with a deployment on AlloyDB."""
    address = f"{machine.url}/empty-cache"
    machine.set_cloud(
        functions={"empty_cache": {"kind": "private", "service": "operators", "url": address}},
        coming=["BOOTSTRAPPING", "READY"],
    )
    answers["/empty-cache"] = (200, "application/json", b'{"emptied": true}')
    done = machine.run("deploy", "--confirm=yes", cluster_file(machine, "warmpath-primary"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert cloud(machine)["clusters"]["warmpath-primary"]["instances"] == ["primary"]
    return machine


def restore(machine: Machine, variables: str, *more: str) -> Any:
    return machine.run("restore-cloud", f"--point={POINT}", "--confirm=acme-crm", "--look-every=0", variables, *more)


def test_a_cluster_of_alloydb_is_restored_beside_the_present_one_and_served_once_the_variables_name_it(
    on_alloydb: Machine,
) -> None:
    on_alloydb.set_cloud(cmek_key=KEY)
    first = restore(on_alloydb, cluster_file(on_alloydb, "warmpath-primary"))
    assert first.returncode == 75, first.stdout + first.stderr
    assert "warmpath-restored: BOOTSTRAPPING" in first.stdout
    assert 'instance = "warmpath-restored"' in first.stdout
    assert not on_alloydb.calls("terraform", "apply")
    named = cluster_file(on_alloydb, "warmpath-restored")
    second = restore(on_alloydb, named)
    assert second.returncode == 0, second.stdout + second.stderr
    assert not on_alloydb.calls("gcloud", "alloydb", "clusters", "restore"), "it is there"
    assert cloud(on_alloydb)["resources"][CLUSTER] == "warmpath-restored"
    made = cloud(on_alloydb)["clusters"]["warmpath-restored"]
    assert (made["instances"], made["users"]) == (["primary"], ["postgres", "fn-get-user@acme-crm.iam"])
    assert "warmpath-primary" in cloud(on_alloydb)["clusters"], "what was there stays"
    assert cloud(on_alloydb)["paused"] == ["relay-outbox", "warm-contacts"]
    assert on_alloydb.calls("gcloud", "run", "jobs", "execute", "migration", "--wait")
    assert not (on_alloydb.folder / "terraform" / "restored.tf").exists()
    assert on_alloydb.state["unknown"] == []
    assert on_alloydb.run("deploy", "--confirm=yes", named).returncode == 0, "later deployments stay with it"


@pytest.mark.parametrize("until", ["the state has forgotten the old one", "it has its primary instance"])
def test_a_restore_of_alloydb_that_was_interrupted_goes_on_when_called_again(on_alloydb: Machine, until: str) -> None:
    restore(on_alloydb, cluster_file(on_alloydb, "warmpath-primary"))
    found = cloud(on_alloydb)
    kept = {address: name for address, name in found["resources"].items() if not address.startswith("google_alloydb_")}
    if until == "it has its primary instance":
        kept |= {CLUSTER: "warmpath-restored", "google_alloydb_instance.primary[0]": "primary"}
        found["clusters"]["warmpath-restored"]["instances"] = ["primary"]
    on_alloydb.set_cloud(resources=kept, clusters=found["clusters"])
    done = restore(on_alloydb, cluster_file(on_alloydb, "warmpath-restored"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert cloud(on_alloydb)["resources"][CLUSTER] == "warmpath-restored"
    assert POOL_USER in cloud(on_alloydb)["resources"]
    assert cloud(on_alloydb)["clusters"]["warmpath-restored"]["instances"] == ["primary"]


@pytest.mark.parametrize(
    ("coming", "said"),
    [
        (["BOOTSTRAPPING", "FAILED"], "The cluster warmpath-restored is FAILED"),
        (["GONE"], "warmpath-restored is not there"),
    ],
)
def test_a_cluster_that_google_does_not_finish_is_reported_and_nothing_is_applied(
    on_alloydb: Machine, coming: list[str], said: str
) -> None:
    on_alloydb.set_cloud(coming=coming)
    before = cloud(on_alloydb)["resources"]
    done = restore(on_alloydb, cluster_file(on_alloydb, "warmpath-restored"))
    assert done.returncode == 1
    assert said in done.stderr
    assert cloud(on_alloydb)["resources"] == before
    assert not on_alloydb.calls("terraform", "apply")


def test_a_moment_before_the_window_of_alloydb_is_refused_with_the_reason(on_alloydb: Machine) -> None:
    done = on_alloydb.run("restore-cloud", "--point=2025-12-31T09:59:00Z", cluster_file(on_alloydb, "warmpath-primary"))
    assert done.returncode == 1
    assert "cannot be restored to 2025-12-31T09:59:00.000Z" in done.stderr
    assert "earliestRestorableTime" in done.stderr


def test_destroying_alloydb_goes_on_when_called_again(on_alloydb: Machine) -> None:
    named = cluster_file(on_alloydb, "warmpath-primary")
    on_alloydb.set_cloud(cluster_stays=True)
    done = on_alloydb.run("destroy", "--confirm=acme-crm", "--hold=1000", named)
    assert done.returncode == 1
    assert "resources are left, among them google_alloydb_cluster.this[0]" in done.stderr
    on_alloydb.set_cloud(cluster_stays=False)
    again = on_alloydb.run("destroy", "--confirm=acme-crm", "--hold=0.1", named)
    assert again.returncode == 0, again.stdout + again.stderr
    assert (cloud(on_alloydb)["resources"], cloud(on_alloydb)["clusters"]) == ({}, {})


def test_a_deployment_never_deletes_the_cluster(on_alloydb: Machine) -> None:
    done = on_alloydb.run("deploy", "--confirm=yes", cluster_file(on_alloydb, "warmpath-other"))
    assert done.returncode == 1
    assert "This plan deletes the AlloyDB cluster warmpath-primary" in done.stderr
    assert not on_alloydb.calls("terraform", "apply")
