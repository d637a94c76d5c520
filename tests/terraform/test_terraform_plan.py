"""What Terraform would make of the real manifest, in each environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deploy.image import BUILD_ACCOUNT, BUILD_FIRST, MIGRATION, MIGRATION_FIRST
from deploy.target import Target
from shared.manifest import functions
from tests.terraform.module import IMAGE, VARIABLES, Terraform, copy_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROJECT = Path(__file__).parents[2]
SKIPS = Path(__file__).with_name("checkov_skips.json")


def resources(plan: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """Planned resources of one type, by their key or name."""
    return {
        str(resource.get("index", resource["name"])): resource["values"]
        for resource in plan["planned_values"]["root_module"]["resources"]
        if resource["type"] == kind and resource["mode"] == "managed"
    }


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def targets(plan: dict[str, Any]) -> dict[str, str]:
    """Each function, and the planned service that is told to serve it."""
    return {
        name: service
        for service, values in resources(plan, "google_cloud_run_v2_service").items()
        for variable in values["template"][0]["containers"][0]["env"]
        if variable["name"] == "FUNCTION_TARGET"
        for name in variable["value"].split(",")
    }


def test_every_manifest_entry_is_deployed_once_and_reachable_as_it_says(environment_plan: dict[str, Any]) -> None:
    services = resources(environment_plan, "google_cloud_run_v2_service")
    ingress = {name: services[service]["ingress"] for name, service in targets(environment_plan).items()}
    inside = "INGRESS_TRAFFIC_INTERNAL_ONLY"
    expected = {"private": "INGRESS_TRAFFIC_ALL", "topic": inside, "schedule": inside}
    assert ingress == {
        name: expected.get(function.trigger.split(" ")[0], "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER")
        for name, function in functions().items()
    }


def test_the_load_balancer_routes_exactly_the_manifests_http_functions(environment_plan: dict[str, Any]) -> None:
    routes = environment_plan["planned_values"]["outputs"]["routes"]["value"]
    served = {
        route["function"]: f"{route['method']} {(route['exact'] or route['template']).replace('=*}', '}')}"
        for route in routes
    }
    assert served == {name: function.http for name, function in functions().items() if function.http}
    rules = resources(environment_plan, "google_compute_url_map")["https"]["path_matcher"][0]["route_rules"]
    priorities = [rule["priority"] for rule in rules]
    assert priorities == sorted(set(priorities)), "the API sorts rules; any other order is a difference for ever"
    assert priorities[: len(routes)] == [route["priority"] for route in routes]


def test_an_exact_path_comes_before_a_template_that_matches_it(environment_plan: dict[str, Any]) -> None:
    routes = environment_plan["planned_values"]["outputs"]["routes"]["value"]
    for index, template in enumerate(routes):
        if not template["template"]:
            continue
        pattern = re.compile(re.sub(r"\{\w+=\*\}", "[^/]+", template["template"]))
        later = [route["exact"] for route in routes[index:] if route["exact"] and route["method"] == template["method"]]
        assert not [path for path in later if pattern.fullmatch(path)], f"{template['template']} hides them"


def test_consumers_and_schedules_cannot_be_called_by_the_public(environment_plan: dict[str, Any]) -> None:
    services = resources(environment_plan, "google_cloud_run_v2_service")
    public = {name for name, service in targets(environment_plan).items() if services[service]["invoker_iam_disabled"]}
    assert public == {name for name, function in functions().items() if function.is_public}
    elsewhere = [
        resource["address"]
        for resource in environment_plan["planned_values"]["root_module"]["resources"]
        if resource["type"].endswith(("_iam_member", "_iam_binding", "_iam_policy"))
        and {"allUsers", "allAuthenticatedUsers"} & set(strings(resource["values"]))
    ]
    assert elsewhere == ["google_storage_bucket_iam_member.app"]


def test_nothing_with_data_has_a_public_address(environment_plan: dict[str, Any]) -> None:
    for instance in resources(environment_plan, "google_sql_database_instance").values():
        address = instance["settings"][0]["ip_configuration"][0]
        assert address["ipv4_enabled"] is False
        assert not address["authorized_networks"]
    assert resources(environment_plan, "google_redis_instance")["0"]["connect_mode"] == "PRIVATE_SERVICE_ACCESS"
    buckets = resources(environment_plan, "google_storage_bucket")
    assert buckets["source"]["public_access_prevention"] == "enforced"


def test_every_subscription_of_a_consumer_has_dead_letters_that_are_kept(environment_plan: dict[str, Any]) -> None:
    consumers = {name for name, function in functions().items() if function.topic}
    planned = [
        r
        for r in environment_plan["planned_values"]["root_module"]["resources"]
        if r["type"] == "google_pubsub_subscription"
    ]
    pushed = {r["index"]: r["values"] for r in planned if r["name"] == "consumer"}
    kept = {r["index"]: r["values"] for r in planned if r["name"] == "dead_letter"}
    assert set(pushed) == set(kept) == consumers
    assert all(values["dead_letter_policy"] and values["push_config"] for values in pushed.values())
    assert all(not values["push_config"] and values["expiration_policy"] == [{"ttl": ""}] for values in kept.values())


def test_the_migration_is_what_a_deployment_builds_and_executes(environment_plan: dict[str, Any]) -> None:
    target = Target(project="crm-test", region="europe-west1", domain="crm.example.com")
    job = resources(environment_plan, "google_cloud_run_v2_job")["migration"]
    assert job["name"] == MIGRATION
    assert job["template"][0]["template"][0]["containers"][0]["image"] == IMAGE == f"{target.image('1a2b3c')}"
    accounts = {account["account_id"] for account in resources(environment_plan, "google_service_account").values()}
    assert {BUILD_ACCOUNT, "migration"} <= accounts
    assert resources(environment_plan, "google_storage_bucket")["source"]["name"] == target.source_bucket
    (registry,) = resources(environment_plan, "google_artifact_registry_repository").values()
    assert f"/{registry['repository_id']}/" in IMAGE
    there = {
        f"-target={resource['type']}.{resource['name']}"
        for resource in environment_plan["planned_values"]["root_module"]["resources"]
    }
    assert {*BUILD_FIRST, *MIGRATION_FIRST} - there == {"-target=google_alloydb_instance.primary"}


def test_connections_stay_within_the_budget_and_say_how_many(environment_plan: dict[str, Any]) -> None:
    capacity = environment_plan["planned_values"]["outputs"]["capacity"]["value"]
    assert len(capacity) == 6
    for name, size in capacity.items():
        assert 0 < size["needed"] <= size["limit"], name


def test_only_production_and_staging_cost_more_than_the_cheapest(environment_plan: dict[str, Any]) -> None:
    environment = environment_plan["environment"]
    (primary,) = (
        resource["values"]
        for resource in environment_plan["planned_values"]["root_module"]["resources"]
        if resource["address"] == "google_sql_database_instance.primary[0]"
    )
    redis = resources(environment_plan, "google_redis_instance")["0"]
    warm = sum(
        service["scaling"][0]["min_instance_count"]
        for service in resources(environment_plan, "google_cloud_run_v2_service").values()
    )
    shape = (primary["settings"][0]["tier"], primary["settings"][0]["availability_type"], redis["tier"], warm > 0)
    assert (
        shape
        == {
            "minimal": ("db-f1-micro", "ZONAL", "BASIC", False),
            "staging": ("db-custom-1-4864", "ZONAL", "BASIC", False),
            "production": ("db-custom-4-26624", "REGIONAL", "STANDARD_HA", True),
        }[environment]
    )
    assert primary["deletion_protection"] is (environment == "production")


def test_settings_reach_every_function_under_the_names_the_code_reads(environment_plan: dict[str, Any]) -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("shared", "selfhost")
        for path in (PROJECT / folder).rglob("*.py")
    )
    for change in environment_plan["resource_changes"]:
        if change["type"] != "google_cloud_run_v2_service":
            continue
        told = {variable["name"] for variable in change["change"]["after"]["template"][0]["containers"][0]["env"]}
        for name in told - {
            "LOG_EXECUTION_ID",
            "THREADS",
            "OTEL_RESOURCE_ATTRIBUTES",
        }:  # the framework's and OpenTelemetry's own
            # The variables of an instance are read by their common beginning.
            assert f'"{name}"' in code or f'"{name.rpartition("_")[0]}"' in code, (
                f"{change['index']}: nothing reads {name}"
            )


def test_what_is_counted_from_logs_is_logged() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "shared").rglob("*.py"))
    counted = re.findall(
        r'jsonPayload\.message=\\"([\w.]+)', (PROJECT / "terraform" / "monitoring.tf").read_text(encoding="utf-8")
    )
    assert counted
    assert [name for name in counted if not re.search(rf'log\.\w+\(\s*"{re.escape(name)}"', code)] == []


def test_every_alert_has_its_section_in_the_runbook_and_the_other_way_round(environment_plan: dict[str, Any]) -> None:
    linked = {
        link["url"].rpartition("#")[2]
        for alert in environment_plan["planned_values"]["root_module"]["resources"]
        if alert["type"] == "google_monitoring_alert_policy"
        for link in alert["values"]["documentation"][0]["links"]
    }
    sections = {
        title.lower().replace(" ", "-")
        for title in re.findall(
            r"^### (.+)$", (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    only_with = {"replica-lag"} if environment_plan["environment"] == "minimal" else set()
    if not any(function.topic for function in functions().values()):
        only_with |= {"queue-age", "dead-letters"}
    assert linked == sections - only_with


SMALL = 'database={tier="db-f1-micro",max_connections=16,pool_size=1}'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "limit", "what"),
    [
        ("quota={backend_services=1}", 1, "backend services"),
        ("quota={cpus=5}", 5, "processors in europe-west1"),
        ("quota={service_accounts=5}", 5, "service accounts"),
        ("subnet_cidr=100.64.0.0/26", 60, "addresses of 100.64.0.0/26"),
        (SMALL, 6, "database connections"),
        (SMALL.replace("16", "100").replace("pool_size=1", "pool_size=2"), 307, "MB of db-f1-micro's 614"),
    ],
)
def test_a_plan_that_exceeds_a_limit_says_how_many_of_how_many(
    terraform: Terraform, variable: str, limit: int, what: str
) -> None:
    done = terraform("plan", "-input=false", "-var-file=environments/minimal.tfvars", *VARIABLES, f"-var={variable}")
    assert done.returncode == 1
    said = " ".join(re.sub("[│╷╵]", " ", done.stderr).split())
    found = re.search(rf"(\d+) of {limit} {re.escape(what)}", said)
    assert found, said
    assert int(found[1]) > limit


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_was_deployed_before_engines_were_variables_stays_as_it_is(
    tmp_path: Path, providers: dict[str, str]
) -> None:
    before = {
        "google_redis_instance.this": {
            "name": "warmpath", "id": "cache", "host": "10.0.0.2", "port": 6378, "auth_string": "secret",
            "server_ca_certs": [{"cert": "c", "create_time": "", "expire_time": "", "serial_number": "", "sha1_fingerprint": ""}],
        },
        "google_sql_database_instance.primary": {
            "name": "warmpath-primary", "id": "database", "private_ip_address": "10.0.0.3", "connection_name": "crm-test:europe-west1:warmpath-primary",
        },
        "google_sql_database.this": {"name": "warmpath", "id": "contacts"},
        "google_sql_user.owner": {"name": "warmpath_owner", "id": "owner"},
    }
    terraform = Terraform(copy_module(tmp_path), providers)
    state = {
        "version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "a", "outputs": {},
        "resources": [
            {
                "mode": "managed", "type": address.split(".")[0], "name": address.split(".")[1],
                "provider": 'provider["registry.terraform.io/hashicorp/google"]',
                "instances": [{"schema_version": 0, "attributes": values}],
            }
            for address, values in before.items()
        ],
    }  # fmt: skip
    (terraform.folder / "terraform.tfstate").write_text(json.dumps(state))
    plan = terraform.plan("minimal", "-refresh=false")
    changes = {
        change["previous_address"]: (change["address"], change["change"]["actions"])
        for change in plan["resource_changes"]
        if "previous_address" in change
    }
    assert changes.keys() == before.keys()
    for earlier, (now, actions) in changes.items():
        assert now == f"{earlier}[0]"
        assert actions in (["no-op"], ["update"]), f"{earlier} would be {actions}"


@pytest.mark.slow
@pytest.mark.parametrize("environment", ["large"])
def test_the_example_of_larger_engines_fits_and_has_one_of_each(
    planned: Callable[[str], dict[str, Any]], environment: str
) -> None:
    plan = planned(environment)
    kinds = {resource["type"] for resource in plan["planned_values"]["root_module"]["resources"]}
    assert {"google_alloydb_cluster", "google_memorystore_instance"} <= kinds
    assert not {kind for kind in kinds if kind.startswith(("google_sql_", "google_redis_"))}
    assert resources(plan, "google_memorystore_instance")["0"]["shard_count"] == 3
    assert resources(plan, "google_alloydb_instance").keys() == {"0"}
    for name, limit in plan["planned_values"]["outputs"]["capacity"]["value"].items():
        assert limit["needed"] <= limit["limit"], name


def checkov() -> str | None:
    return (
        os.environ.get("CHECKOV")
        or shutil.which("checkov")
        or shutil.which(str(PROJECT / "terraform/.build/checkov/bin/checkov"))
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("environment", ["production", "large"])
def test_checkov_finds_nothing_but_what_is_explained(
    planned: Callable[[str], dict[str, Any]], environment: str, tmp_path: Path
) -> None:
    program = checkov()
    if not program:
        pytest.skip("checkov is not installed: make terraform-tools")
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(planned(environment)))
    done = subprocess.run(
        [program, "--file", str(plan), "--framework", "terraform_plan", "--output", "json", "--compact", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"BC_SKIP_MAPPING": "TRUE", "CHECKOV_RUN_SCA_PACKAGE_SCAN": "false"},
    )
    report = json.loads(done.stdout)
    failed = {(check["check_id"], check["resource"].split("[")[0]) for check in report["results"]["failed_checks"]}
    there = {resource["address"].split("[")[0] for resource in planned(environment)["planned_values"]["root_module"]["resources"]}
    explained = {
        (skip["check"], resource)
        for skip in json.loads(SKIPS.read_text())
        for resource in skip["resources"]
        if resource in there
    }
    assert report["summary"]["passed"] > 500
    assert failed - explained == set(), "fix it, or explain in checkov_skips.json why not"
    assert explained - failed == set(), "these explanations are of no use any more"
